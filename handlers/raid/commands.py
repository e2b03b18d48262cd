"""What ``/raid …`` does, verb by verb."""

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, CommandAnswer, in_its_place, say
from handlers.asks import Ask, Click
from handlers.forms import identifier
from handlers.grammar import RAID, Takes, parse
from handlers.help import help_page
from handlers.kit import Kit
from handlers.origins import here_and_now
from handlers.raid import almost, changes, lists, logging, moves, promises, views
from handlers.raid.finding import find
from models.read_models import Actor
from models.rules.raid.states import RaidMove
from models.rules.raid.words import RaidKind


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/raid`` with whatever follows it."""
    parsed = parse(RAID, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, RAID, parsed.rest)
    actor = identify(kit, ask)
    if (elsewhere := almost.of_risks(text)) is not None:
        return elsewhere
    if parsed.verb is None:
        return almost.command(text, parsed)
    if not parsed.rest and parsed.verb.takes is Takes.REFERENCE and parsed.verb.name not in _ALONE:
        return say(f"Which one? Type `/raid {parsed.verb.usage}`.")
    if parsed.verb.name in _KINDS:
        return logging.typed(kit, ask, actor, _KINDS[parsed.verb.name], parsed.rest)
    return _VERBS[parsed.verb.name](kit, ask, actor, parsed.rest)


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))


def shown(kit: Kit, click: Click) -> Answer:
    """Show one record to whoever clicked."""
    actor = identify(kit, click)
    found = kit.raid.details(actor, identifier(click.value), in_project=None)
    return views.details(found, here_and_now(kit, actor))


def _show(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    found, _ = find(kit, ask, actor, rest)
    return views.details(found, here_and_now(kit, actor))


_KINDS = {kind.value: kind for kind in RaidKind}
_ALONE = frozenset({"undo"})
"""Verbs that need no name: what was logged last is meant."""
_VERBS = {
    "list": lists.typed,
    "show": _show,
    "edit": changes.edit_typed,
    "undo": changes.undo_typed,
    "supersede": changes.supersede_typed,
    "action": promises.typed,
    "close": moves.close_typed,
    **{move.value: moves.typed(move) for move in RaidMove},
}
