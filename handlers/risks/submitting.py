"""What the submissions of a risk's modals share: writing, and showing both where somebody was faster."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from handlers.access import person
from handlers.answers import CloseModal, SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.blocks import Block, escape
from handlers.forms import Unreadable, beside_fields
from handlers.kit import Kit
from handlers.risks.forms import FIELD_OF_PROBLEM, RiskForm
from handlers.risks.words import change
from models.errors import Conflict, Invalid
from models.read_models import Actor, RiskView


def written(
    sent: Submission, write: Callable[[], RiskView], names: Mapping[str, str] = FIELD_OF_PROBLEM
) -> SubmissionAnswer:
    """Write it; what can't stand is said beside its field."""
    try:
        write()
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, names)
    return CloseModal()


def written_or_both(
    sent: Submission,
    write: Callable[[], RiskView],
    form: RiskForm,
    actor: Actor,
    draw: Callable[[RiskForm], Block],
) -> SubmissionAnswer:
    """Write it; when somebody was faster, draw the modal again with both."""
    try:
        return written(sent, write)
    except Conflict as conflict:
        return UpdateModal(draw(_with_both(form, conflict, actor)))


def risk_id_of(form: RiskForm) -> UUID:
    """Return the risk that the form is about. Raises Unreadable."""
    if form.risk_id is None:
        raise Unreadable
    return form.risk_id


def action_owner_id(kit: Kit, sent: Submission, form: RiskForm) -> UUID | None:
    """Return who is chosen to do the next step, looked up. Raises DirectoryDown, Invalid."""
    chosen = form.get("action_owner")
    return person(kit, sent, chosen).id if chosen else None


def owner_id_of(kit: Kit, sent: Submission, form: RiskForm) -> UUID | None:
    """Return who is chosen as the risk's owner, looked up. Raises DirectoryDown, Invalid."""
    chosen = form.get("owner")
    return person(kit, sent, chosen).id if chosen else None


def _with_both(form: RiskForm, conflict: Conflict, actor: Actor) -> RiskForm:
    """Return what the person typed, under a note of what changed meanwhile; sending it again keeps theirs."""
    current = conflict.current
    lines = [f"• {change(item)}" for item in conflict.changes]
    if conflict.by is not None and conflict.by.id != actor.person.id:
        who = escape(conflict.by.name)
    else:
        who = "Somebody"
    note = (
        f"*{who} changed {current.reference} while you were writing.* Nothing of yours is saved yet.\n"
        + "\n".join(lines)
        + "\nBelow, what you changed is as you left it, and the rest is as it is now."
        " Press the button again to save both."
    )
    return replace(_rebased(form, conflict), version=current.version, note=note)


def _rebased(form: RiskForm, conflict: Conflict) -> RiskForm:
    """Take over what somebody else changed in fields that this person left alone.

    An owner is compared by nobody: the change names a person, the form an id, and the form's stays.
    """
    newer = {
        FIELD_OF_PROBLEM.get(item.field, item.field): item.after
        for item in conflict.changes
        if form.get(FIELD_OF_PROBLEM.get(item.field, item.field)) == (item.before or "")
    }
    return replace(form, values={**form.values, **newer})
