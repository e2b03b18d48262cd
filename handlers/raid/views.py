"""These records' messages to whoever asked: what was logged, one record, what became of it."""

from collections.abc import Iterator
from datetime import date, datetime

from handlers.actions.views import steps
from handlers.answers import Answer, again, say
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    day,
    divider,
    escape,
    moment,
    option,
    overflow,
    quote,
    section,
)
from handlers.ids import ActionId
from handlers.raid import words
from handlers.raid.questions import MOVE_WORDS
from handlers.typed.text import readable
from handlers.views import links
from handlers.views.taking_back import Undo
from models.read_models import LinkedRecord, RaidDetails, RaidView
from models.rules.raid.states import RaidMove, is_young
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility

HISTORY_SHOWN = 8
UNDO = Undo(ActionId.RAID_UNDO, ActionId.RAID_TAKE_BACK, ActionId.RAID_DETAILS)
NEW_BUTTONS = {
    RaidKind.ISSUE: ActionId.RAID_NEW_ISSUE,
    RaidKind.ASSUMPTION: ActionId.RAID_NEW_ASSUMPTION,
    RaidKind.DEPENDENCY: ActionId.RAID_NEW_DEPENDENCY,
    RaidKind.DECISION: ActionId.RAID_NEW_DECISION,
}
"""The button that opens the form of each kind."""
MOVE_BUTTONS = {
    RaidMove.RESOLVE: ActionId.RAID_RESOLVE,
    RaidMove.CONFIRM: ActionId.RAID_CONFIRM,
    RaidMove.DOUBT: ActionId.RAID_DOUBT,
    RaidMove.WRONG: ActionId.RAID_WRONG,
    RaidMove.MET: ActionId.RAID_MET,
    RaidMove.MISSED: ActionId.RAID_MISSED,
    RaidMove.DECIDE: ActionId.RAID_DECIDE,
}
"""The moves that have a button of their own; the others stand in the menu."""
_MEANINGS = (
    "*Issue* – it has happened, and needs somebody",
    "*Assumption* – we believe it without having checked",
    "*Dependency* – we get it from somebody, or give it to them",
    "*Decision* – to be decided, or decided and worth keeping",
    "*Risk* – it may happen, and has not yet",
)


def what_is_it(typed: str, before: str = "") -> Answer:
    """Ask what kind of record it is, ``before`` said first; what was typed is kept behind each button."""
    kept = f"\nI kept: “{escape(readable(typed))}”" if typed else ""
    buttons = [button(kind.value.capitalize(), action, typed) for kind, action in NEW_BUTTONS.items()]
    buttons.append(button("Risk", ActionId.RISK_NEW, typed))
    if not typed:
        buttons.append(button("What there is", ActionId.RAID_LIST_OPEN, "{}"))
    example = "`/raid issue Staging is down i4 @dana due fri`"
    small = f"In one line: {example}; `/raid help` has the rest."
    meanings = "\n".join(_MEANINGS)
    asked = section(f"{before or '*What is it?*'}{kept}\n{meanings}")
    blocks = (asked, actions(buttons), context(small))
    return Answer(text="What is it?", blocks=blocks)


def logged(item: RaidView, today: date) -> Answer:
    """Confirm a record to whoever logged it."""
    told = " · ".join(filter(None, [f"✓ Logged {words.headline(item)}", words.badness(item)]))
    buttons = [button("Details", ActionId.RAID_DETAILS, str(item.id))]
    if not item.is_final:
        buttons.insert(0, button("Edit", ActionId.RAID_EDIT, str(item.id)))
    blocks = (section(f"{told}\n{_standing(item, today)}"), actions([*buttons, UNDO.button(item.id)]))
    return Answer(text=f"Logged {item.reference}.", blocks=blocks, again=_again(item))


def _standing(item: RaidView, today: date) -> str:
    """Return in a line or two where a record stands."""
    parts = [words.sides(item), words.who(item), _when(item, today)]
    if item.visibility is Visibility.RESTRICTED:
        parts.append("🔒 only the project's leads, its owner and you can see it")
    line = " · ".join(filter(None, parts))
    return "\n".join(filter(None, [line[:1].upper() + line[1:], words.outcome(item)]))


def changed(item: RaidView, today: date, led_to: tuple[LinkedRecord, ...] = ()) -> Answer:
    """Confirm what became of a record, and which other it led to."""
    text = f"✓ {words.headline(item)} · {words.state(item)}\n{_standing(item, today)}"
    more = actions([button("Details", ActionId.RAID_DETAILS, str(item.id))])
    blocks = (section(text), *links.led_to(led_to), more)
    return Answer(text=f"{item.reference}: {words.state(item)}", blocks=blocks)


def which_end(found: RaidDetails) -> Answer:
    """Ask how a record ended, where several ends are possible."""
    ends = [move for move in found.permissions.moves if move in MOVE_BUTTONS]
    if not ends:
        return say(f"{words.headline(found.item)} is {words.state(found.item)} already.")
    value = str(found.item.id)
    buttons = [button(MOVE_WORDS[move].label, MOVE_BUTTONS[move], value) for move in ends]
    typed = ", ".join(f"`/raid {move} {found.item.reference} …`" for move in ends)
    return say(f"How did {words.headline(found.item)} end? In words: {typed}", actions(buttons))


def details(found: RaidDetails, here: datetime) -> Answer:
    """Show one record with its history, newest first; ``here`` is now where the reader is."""
    item, today = found.item, here.date()
    blocks = [section("\n".join(_facts(item, here)))]
    if said := words.outcome(item):
        blocks.append(section(said))
    if item.details:
        blocks.append(quote(item.details))
    blocks += [*links.came_from(found.came_from), *links.led_to(found.led_to)]
    blocks += steps(found.actions, found.permissions.changeable_actions, today)
    if found.permissions.why_no_more:
        blocks.append(context(found.permissions.why_no_more))
    blocks.append(divider())
    blocks.append(_history(found))
    if buttons := list(_buttons(found, here)):
        blocks.append(actions(buttons))
    name = str(item.reference)
    return Answer(text=f"{name} in detail", blocks=tuple(blocks), title=name, again=_again(found.item))


def _again(item: RaidView) -> str:
    return again(ActionId.RAID_DETAILS, item.id)


def _facts(item: RaidView, here: datetime) -> Iterator[str]:
    today, raised_on = here.date(), item.raised_at.astimezone(here.tzinfo).date()
    yield words.headline(item)
    kind = item.kind.value.capitalize()
    yield " · ".join(filter(None, [kind, words.badness(item), words.state(item), _when(item, today)]))
    logged_by = f"logged by {escape(item.raised_by.name)} {day(raised_on, today)}"
    who = " · ".join(filter(None, [words.who(item), logged_by]))
    yield who[:1].upper() + who[1:]
    sides = words.sides(item)
    supplier = f"{escape(item.supplier)} sees to it on their side" if item.supplier else ""
    if extra := " · ".join(filter(None, [sides[:1].upper() + sides[1:], supplier])):
        yield extra
    if item.visibility is Visibility.RESTRICTED:
        yield "🔒 only project leads, owner and whoever logged it see it"


def _when(item: RaidView, today: date) -> str:
    """Return by when, how late, or since when it is over; the state stands beside it."""
    if not item.is_live:
        return day(item.settled_on, today) if item.settled_on else ""
    return words.when(item, today)


def _history(found: RaidDetails) -> Block:
    shown = found.history[:HISTORY_SHOWN]
    lines = [f"{moment(entry.at)} {words.happened(entry)}" for entry in shown]
    earlier = len(found.history) - len(shown)
    if earlier:
        lines.append(f"… and {earlier} earlier")
    return context("\n".join(lines))


def _buttons(found: RaidDetails, now: datetime) -> Iterator[Element]:
    value, may = str(found.item.id), found.permissions
    for move in may.moves:
        if move in MOVE_BUTTONS:
            yield button(MOVE_WORDS[move].label, MOVE_BUTTONS[move], value)
    if may.may_supersede:
        yield button("Decide anew", ActionId.RAID_SUPERSEDE, value)
    if may.may_add_action:
        yield button("Add an action", ActionId.RAID_ACTION, value)
    theirs = [each for each in found.actions if each.is_open and each.id in may.changeable_actions]
    if theirs:
        yield button("Change an action", ActionId.ACTION_CHANGE, str(theirs[0].id))
    if may.may_edit:
        yield button("Edit", ActionId.RAID_EDIT, value)
    if may.may_undo and is_young(found.item.raised_at, now):
        yield UNDO.button(found.item.id)
    others = [move for move in may.moves if move not in MOVE_BUTTONS]
    if others:
        yield overflow(
            ActionId.RAID_NEXT, [option(MOVE_WORDS[move].label, f"{move}:{value}") for move in others]
        )
