"""What the submissions of records' modals share: writing, and showing both where somebody was faster."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar
from uuid import UUID

from handlers.access import person
from handlers.answers import Answer, CloseModal, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Submission
from handlers.blocks import Block, escape, notice
from handlers.edge.returning import behind
from handlers.forms import Raw, beside_fields
from handlers.kit import Kit
from models.errors import Conflict, Invalid
from models.read_models import Actor, FieldChange

T = TypeVar("T")

_KEPT = "kept"
"""What a form remembers that was opened from a message with a line in it."""


class Draft(Protocol):
    """A modal with what is filled in so far."""

    @property
    def values(self) -> Mapping[str, Raw]:
        """Return what is filled in."""

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""


def of_kept(view: Block, typed: str) -> OpenModal:
    """Open the form of a line that a message kept; once it is sent, the message offers it no more."""
    return OpenModal(view, place=_KEPT if typed else "")


def kept_as(name: object = "") -> Answer:
    """Say what became of the line, in the place of the message that kept it."""
    return say(f"✓ Logged as *{name}*." if name else "✓ Logged.")


def written(
    sent: Submission,
    write: Callable[[], T],
    names: Mapping[str, str],
    told: Callable[[T], Answer] | None = None,
    instead: Callable[[T], Answer] | None = None,
) -> SubmissionAnswer:
    """Write it; what can't stand is said beside its field. ``names`` is as ``beside_fields`` takes it.

    What came of it is ``told`` in the form's place, if at all: where the form lies on a modal that shows it,
    that is drawn anew instead. A message that the form remembers says something else ``instead``.
    """
    try:
        done = write()
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, names)
    shown = behind({"view": sent.view})
    if told is None or (shown is not None and shown.view_id):
        return CloseModal(instead(done) if instead is not None else None)
    answer = told(done)
    return UpdateModal(notice(answer.title, answer.blocks))


def written_or(
    sent: Submission,
    write: Callable[[], object],
    names: Mapping[str, str],
    redraw: Callable[[Conflict], Block],
) -> SubmissionAnswer:
    """Write it; when somebody was faster, draw the modal again."""
    try:
        return written(sent, write, names)
    except Conflict as conflict:
        return UpdateModal(redraw(conflict))


def chosen_id(kit: Kit, sent: Submission, form: Draft, name: str = "owner") -> UUID | None:
    """Return who is chosen in a field, looked up. Raises DirectoryDown, Invalid."""
    chosen = form.get(name)
    return person(kit, sent, chosen).id if chosen else None


def note_of_both(conflict: Conflict, actor: Actor, change: Callable[[FieldChange], str]) -> str:
    """Return what stands above a modal of which somebody else was faster; ``change`` words one field."""
    lines = [f"• {change(item)}" for item in conflict.changes]
    is_other = conflict.by is not None and conflict.by.id != actor.person.id
    who = escape(conflict.by.name) if conflict.by is not None and is_other else "Somebody"
    return (
        f"*{who} changed {conflict.current.reference} while you were writing.* "
        "Nothing of yours is saved yet.\n"
        + "\n".join(lines)
        + "\nBelow, what you changed is as you left it, and the rest is as it is now."
        " Press the button again to save it so: where you both changed the same, yours replaces theirs."
    )


def rebased(form: Draft, conflict: Conflict, names: Mapping[str, str]) -> Mapping[str, Raw]:
    """Take over what somebody else changed in fields that this person left alone."""
    newer = {}
    for item in conflict.changes:
        name, (before, after) = names.get(item.field, item.field), item.raw
        if form.get(name) == (before or ""):
            newer[name] = after
    return {**form.values, **newer}
