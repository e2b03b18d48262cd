"""``/drumbeat``: help, people and roles, and every other command behind its name."""

from collections.abc import Callable, Mapping

from handlers.actions import lists
from handlers.answers import CommandAnswer, say
from handlers.asks import Ask
from handlers.blocks import escape
from handlers.drumbeat import diagnosis, roles, settings
from handlers.drumbeat.overview import overview
from handlers.edge.routes import Routes
from handlers.grammar import DRUMBEAT, HELP, nearest, parse
from handlers.help import reader
from handlers.kit import Kit
from handlers.typed.text import readable

Run = Callable[[Kit, Ask, str], CommandAnswer]


def register(routes: Routes, commands: Mapping[str, Run]) -> None:
    """Register each command under its own name, and all of them behind ``/drumbeat``."""
    routes.commands({**commands, DRUMBEAT.name: dispatcher(commands)})
    roles.register(routes)
    settings.register(routes)


def dispatcher(commands: Mapping[str, Run]) -> Run:
    """Return what ``/drumbeat <command> …`` and ``/drumbeat <verb> …`` do."""

    def run(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
        first, _, rest = text.strip().partition(" ")
        chosen = commands.get(first.lower())
        if chosen is not None:
            return chosen(kit, ask, rest)
        verb = parse(DRUMBEAT, text).verb
        if verb is None and DRUMBEAT.by_name.get(first.lower()) is HELP:
            about = commands.get(rest.partition(" ")[0].lower())
            return about(kit, ask, HELP.name) if about else _help(kit, ask, rest)
        if verb is not None or not first:
            return _VERBS[verb.name if verb else "help"](kit, ask, rest)
        if settings.is_wish(text):
            return settings.typed(kit, ask, text)
        return _slip(first, commands)

    return run


def _slip(first: str, commands: Mapping[str, Run]) -> CommandAnswer:
    known = DRUMBEAT.by_name.get(first.lower())
    if known is not None:
        return say(f"I don't know what is behind that. Type `/drumbeat {known.usage}`.")
    names = [*commands, *(name for verb in DRUMBEAT.verbs for name in verb.names)]
    meant = nearest(first, names)
    hint = f"Did you mean `/drumbeat {meant}`?" if meant else "Try `/drumbeat help`."
    return say(f"I don't know “{escape(readable(first))}”. {hint}")


def _help(kit: Kit, ask: Ask, _rest: str) -> CommandAnswer:
    """Show everything, and what of it works for whoever asks. Raises Unwelcome."""
    return overview(reader(kit, ask))


_VERBS: Mapping[str, Run] = {
    "help": _help,
    "actions": lists.typed,
    "settings": settings.typed,
    "away": settings.away,
    "people": roles.people,
    "role": roles.typed,
    "doctor": diagnosis.run,
}
