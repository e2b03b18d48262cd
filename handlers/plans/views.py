"""What people see of anything that is planned: what became of it, its history, and a clash of two editors."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from handlers.answers import Answer, say
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    cut,
    escape,
    modal,
    moment,
    notice,
    section,
)
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.plans.forms import PlanForm
from handlers.typed.text import given_back
from handlers.views.paging import turning
from models.errors import Conflict
from models.read_models import Actor, FieldChange, HistoryEntry, PlanHistory, PlanRecord
from models.value import Value

HISTORY_SHOWN = 15
_ACTION_WORDS = {
    "added": "added it",
    "edited": "changed",
    "removed": "removed it",
    "restored": "brought it back",
    "done": "said that it is done",
    "accepted": "noted that it is accepted",
    "submitted": "handed it over",
    "rejected": "noted that it is rejected",
    "took back": "took that back",
}
"""How the history tells what was done, where its own word would not do."""

_SAID = frozenset({"state", "decided_on"})
T = TypeVar("T")
ChangeWords = Callable[[FieldChange], str]


PAGE_SIZE = 15
"""Rows of a list: with the longest words in each, Slack still takes the message."""
TITLE_SHOWN = 120
"""Characters of a title, or of a reason, that a row shows."""

_TURNS = (ActionId.PLAN_PAGE_BACK, ActionId.PLAN_PAGE_ON)


class Showing(Value):
    """How a list is shown: under a note, from which page on, and in the place of which message."""

    note: str = ""
    page: int = 1
    replaces: bool = False


FIRST = Showing()


def paged(
    name: str, project_id: object, rows: Sequence[T], showing: Showing
) -> tuple[Sequence[T], list[Element]]:
    """Return the rows of the page, the last one beyond the last, and the buttons that turn it."""
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = min(max(1, showing.page), pages)
    value = carried(name, "show", project_id)
    turns = turning(page, pages, _TURNS, lambda number: f"{value}:{number}")
    return rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], list(turns)


def short(text: str, length: int = TITLE_SHOWN) -> str:
    """Return somebody's words as a row shows them, safe as mrkdwn."""
    return cut(escape(text), length)


def carried(sort: str, verb: str, record_id: object) -> str:
    """Return what a button or a menu carries."""
    return f"{sort}:{verb}:{record_id}"


def done(
    sort: str, note: str, record: PlanRecord, *, undo: str | None, more: Sequence[Element] = ()
) -> Answer:
    """Say what became of a record, with the way back where there is one, and to all of them."""
    buttons = [button("Undo", ActionId.PLAN_UNDO, carried(sort, undo, record.id))] if undo else []
    buttons += [*more, button("Show all", ActionId.PLAN_SHOW, carried(sort, "show", record.project_id))]
    return Answer(text=note, blocks=(section(note), actions(buttons)))


def asked_back(question: str, typed: str) -> Answer:
    """Ask about what may be a slip, and give back what was typed."""
    return say(f"{escape(question)} Nothing was changed.{given_back(typed)}")


def saved(note: str) -> Block:
    """Return what a form says once it is saved."""
    return notice("Saved", [section(note)])


def history(found: PlanHistory[PlanRecord], headline: str, words: ChangeWords) -> Answer:
    """Show what was done to a record, newest first."""
    shown = found.entries[:HISTORY_SHOWN]
    lines = [f"{moment(entry.at)} {_happened(entry, words)}" for entry in shown]
    if earlier := len(found.entries) - len(shown):
        lines.append(f"… and {earlier} earlier")
    blocks = (section(f"{headline}\nWhat was changed, newest first"), context("\n".join(lines)))
    return Answer(text=f"{found.record.reference}: history", blocks=blocks)


def _happened(entry: HistoryEntry, words: ChangeWords) -> str:
    who = escape(entry.person.name) if entry.person else "Drumbeat"
    line = f"{who} {_ACTION_WORDS.get(entry.action, entry.action)}"
    changed = [words(each) for each in entry.changes if _is_told(entry.action, each)]
    if changed:
        line += f": {', '.join(changed)}"
    return f"{line} — {escape(entry.reason)}" if entry.reason else line


def _is_told(action: str, change: FieldChange) -> bool:
    """Leave out what the words for what was done say already."""
    return action != "added" and (action == "took back" or change.field not in _SAID)


def conflict_note(conflict: Conflict, actor: Actor, words: ChangeWords) -> str:
    """Say who was faster and what they changed; nothing that was typed is lost."""
    is_somebody = conflict.by is not None and conflict.by.id != actor.person.id
    who = escape(conflict.by.name) if conflict.by is not None and is_somebody else "Somebody"
    changed = "\n".join(f"• {words(item)}" for item in conflict.changes)
    return (
        f"*{who} changed this while you were writing.* Nothing of yours is saved yet.\n{changed}\n"
        "Below, what you changed is as you left it, and the rest is as it is now. "
        "Press Save again to keep both."
    )


Asked = tuple[str, str, Callable[[PlanForm], Iterable[Block]]]
"""What a form does, what to press, and its fields."""


def plan_modal(form: PlanForm, thing: str, asked: Asked) -> Block:
    """Return the form that does one thing with a record, or makes a new ``thing``."""
    what, submit, fields = asked
    blocks = [section(form.note, block_id="note")] if form.note else []
    blocks += fields(form)
    title = f"{what} {form.key}-{form.name}" if form.record_id else f"{thing} · {form.key}"
    return modal(CallbackId.PLAN_SAVE, title, blocks, submit=submit, metadata=pack(form.carried()))
