"""``/drumbeat``: help, and every other command behind its name."""

from collections.abc import Callable, Mapping

from slack_bolt import App

from handlers.answers import CommandAnswer, say
from handlers.asks import Ask
from handlers.blocks import escape
from handlers.edge import command_listener
from handlers.grammar import COMMANDS, DRUMBEAT, nearest, parse
from handlers.help import overview
from handlers.kit import Kit

Run = Callable[[Kit, Ask, str], CommandAnswer]
_BY_NAME = {command.name: command for command in COMMANDS if command is not DRUMBEAT}


def register(app: App, kit: Kit, commands: Mapping[str, Run]) -> None:
    """Register each command under its own name, and all of them behind ``/drumbeat``."""
    for name, run in commands.items():
        app.command(f"/{kit.prefix}{name}")(command_listener(kit, run))
    app.command(f"/{kit.prefix}{DRUMBEAT.name}")(command_listener(kit, dispatcher(commands)))


def dispatcher(commands: Mapping[str, Run]) -> Run:
    """Return what ``/drumbeat <command> …`` does."""

    def run(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
        first, _, rest = text.strip().partition(" ")
        chosen = commands.get(first.lower())
        if chosen is not None:
            return chosen(kit, ask, rest)
        if not first or parse(DRUMBEAT, text).verb is not None:
            return overview(DRUMBEAT, _BY_NAME, kit.prefix)
        meant = nearest(first, commands)
        hint = (
            f"Did you mean `/{kit.prefix}drumbeat {meant}`?"
            if meant
            else f"Try `/{kit.prefix}drumbeat help`."
        )
        return say(f"I don't know “{escape(first)}”. {hint}")

    return run
