"""What a risk's submitted modals do."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from handlers.access import identify, person
from handlers.answers import CloseModal, FieldErrors, SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.blocks import Block, escape
from handlers.forms import Unreadable, beside_fields
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.risks import modals
from handlers.risks.forms import FIELD_OF_PROBLEM, RiskForm
from handlers.risks.words import change
from models.errors import Conflict, Invalid
from models.read_models import Actor, RiskView


def log(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Log a risk from the modal."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    problems = form.problems(today(kit, actor))
    project_id = form.project_id()
    if project_id is None:
        problems["project"] = "Choose the project it belongs to."
    if problems or project_id is None:
        return FieldErrors(problems)

    def write() -> RiskView:
        return kit.risks.log(
            actor,
            kit.projects.get(actor, project_id),
            form.fields(_owner_id(kit, sent, form)),
            confirm_in=form.channel_id or actor.person.slack_user_id,
            origin=origin(kit, sent),
            now=kit.clock(),
        )

    return _written(sent, write)


def edit(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save a changed risk; when somebody was faster, show both and lose nothing."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    risk_id = _risk_id(form)
    before = kit.risks.details(actor, risk_id, in_project=None).risk
    if problems := form.problems(today(kit, actor), due_before=before.due_on):
        return FieldErrors(problems)

    def write() -> RiskView:
        return kit.risks.edit(
            actor,
            risk_id,
            form.fields(_owner_id(kit, sent, form)),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )

    return _written_or_both(sent, write, form, actor, modals.edit_modal)


def score(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Score a proposed risk."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    probability, impact = form.level("probability"), form.level("impact")
    if probability is None or impact is None:
        missing = {"probability": probability, "impact": impact}
        return FieldErrors(
            {name: "Choose one of the five." for name, level in missing.items() if level is None}
        )

    def write() -> RiskView:
        return kit.risks.score(
            actor,
            _risk_id(form),
            probability,
            impact,
            _owner_id(kit, sent, form),
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )

    return _written_or_both(sent, write, form, actor, modals.score_modal)


def move(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Make the move that the modal asked the reason of."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    chosen, reason = form.move, form.get("reason")
    if chosen is None:
        raise Unreadable
    return _written(
        sent,
        lambda: kit.risks.move(
            actor, _risk_id(form), chosen, reason, origin=origin(kit, sent), now=kit.clock()
        ),
    )


def _written(sent: Submission, write: Callable[[], RiskView]) -> SubmissionAnswer:
    try:
        write()
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, FIELD_OF_PROBLEM)
    return CloseModal()


def _written_or_both(
    sent: Submission,
    write: Callable[[], RiskView],
    form: RiskForm,
    actor: Actor,
    draw: Callable[[RiskForm], Block],
) -> SubmissionAnswer:
    """Write it; when somebody was faster, draw the modal again with both."""
    try:
        return _written(sent, write)
    except Conflict as conflict:
        return UpdateModal(draw(_with_both(form, conflict, actor)))


def _risk_id(form: RiskForm) -> UUID:
    if form.risk_id is None:
        raise Unreadable
    return form.risk_id


def _owner_id(kit: Kit, sent: Submission, form: RiskForm) -> UUID | None:
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
