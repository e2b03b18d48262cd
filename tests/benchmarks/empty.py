"""The product with one more command, which answers nothing: ``python -m tests.benchmarks.empty``.

It goes through everything of ours: the web application, the log line, the correlation id, the deadline, Bolt
and the edge of every listener. Only that the command has nothing to do and nothing to say.
"""

from slack_bolt import App

from bot import logs
from bot.serve import run
from bot.settings import Settings
from bot.wiring import build
from handlers.answers import CommandAnswer
from handlers.asks import Ask
from handlers.edge import command_listener
from handlers.kit import Kit
from handlers.routes import Commands
from handlers.unknown import Unknown

COMMAND = "/nothing"


def nothing(_kit: Kit, _ask: Ask, _text: str) -> CommandAnswer:
    """Do nothing, and say nothing."""
    return None


def main() -> None:
    """Serve as the product does."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    application = build(settings)
    application.bolt.use(Commands({COMMAND: command_listener(application.kit, nothing)}))
    _before_the_unknown(application.bolt)
    run(application, settings)


def _before_the_unknown(app: App) -> None:
    """Move what was added last to where our commands stand: before what answers for unknown ones."""
    middleware = app._middleware_list
    place = next(place for place, each in enumerate(middleware) if isinstance(each, Unknown))
    middleware.insert(place, middleware.pop())


if __name__ == "__main__":
    main()
