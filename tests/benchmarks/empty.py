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
from handlers.edge.routes import Routes
from handlers.kit import Kit

COMMAND = "/nothing"


def nothing(_kit: Kit, _ask: Ask, _text: str) -> CommandAnswer:
    """Do nothing, and say nothing."""
    return None


def main() -> None:
    """Serve as the product does."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    application = build(settings)
    _routes(application.bolt).commands({COMMAND.removeprefix("/"): nothing})
    run(application, settings)


def _routes(app: App) -> Routes:
    """Return where the product's own commands are found."""
    return next(each for each in app._middleware_list if isinstance(each, Routes))


if __name__ == "__main__":
    main()
