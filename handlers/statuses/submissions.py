"""What a status's submitted modals do."""

from collections.abc import Mapping
from uuid import UUID

from handlers.access import identify, person
from handlers.answers import FieldErrors, SubmissionAnswer, UpdateModal
from handlers.asks import Submission
from handlers.blocks import escape
from handlers.forms import beside_fields, metadata, raw_values, reading
from handlers.kit import Kit
from handlers.origins import origin
from handlers.statuses import opening, sent_modals
from handlers.statuses.forms import FIELD_OF_PROBLEM, StatusForm, block
from models.commands import WantedStatus
from models.errors import Conflict, Invalid
from models.read_models import Actor, StatusInRow
from models.rules.statuses.plans import PlanPart
from models.rules.statuses.rag import Dimension
from models.value import replace


def post(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Post a status; what can't stand is said beside its field, and when somebody was faster, so."""
    actor = identify(kit, sent)
    form = StatusForm.read(sent.view)
    owners, unknown = _owners(kit, sent, form)
    try:
        fields = form.fields(owners)
        wanted = WantedStatus(form.project_id, form.period, fields, form.version)
        part = f":{form.project_id}:{form.period.starts_on}:{form.version or 0}"
        found = kit.statuses.submit(actor, wanted, origin=origin(kit, sent, part), now=kit.clock())
    except Invalid as invalid:
        opening.kept(kit, actor, form)
        return beside_fields({**invalid.problems, **unknown}, sent.view, FIELD_OF_PROBLEM)
    except Conflict as conflict:
        opening.kept(kit, actor, form)
        return UpdateModal(opening.drawn_again(kit, actor, _with_note(form, conflict)))
    return UpdateModal(_after(kit, actor, found))


def justify(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Note why a status is green all the same."""
    actor = identify(kit, sent)
    status_id, version, reason = _justification(sent)
    part = f":{status_id}:{version}"
    try:
        found = kit.statuses.justify(
            actor, status_id, reason, version=version, origin=origin(kit, sent, part), now=kit.clock()
        )
    except Invalid as invalid:
        return FieldErrors(dict(invalid.problems))
    return UpdateModal(_after(kit, actor, found))


def _after(kit: Kit, actor: Actor, found: StatusInRow) -> dict[str, object]:
    """Return what the modal says next: why somebody may wonder, or that it is done, and what else is owed."""
    if found.status.wants_answer:
        return sent_modals.green_but(found)
    now = kit.clock()
    owed = [each for each in kit.statuses.owed(actor, now=now) if not each.is_in]
    # Whoever sends last week's is not asked for this week's of the same project before its time.
    posted = found.status.project_id
    return sent_modals.done(found, [each for each in owed if each.project_id != posted or each.waits(now)])


@reading()
def _justification(sent: Submission) -> tuple[UUID, int, str]:
    carried = metadata(sent.view)
    reason = raw_values(sent.view).get("justification")
    return UUID(carried["status"]), int(carried["version"]), reason or ""


def _owners(
    kit: Kit, sent: Submission, form: StatusForm
) -> tuple[Mapping[Dimension, UUID], Mapping[str, str]]:
    """Return who does the plans' steps, looked up, and what to say of those whom nobody knows.

    A plan without an owner is refused anyway, with all else that can't stand. Raises DirectoryDown.
    """
    found: dict[Dimension, UUID] = {}
    unknown: dict[str, str] = {}
    for dimension in form.ticked:
        named = block(dimension, PlanPart.OWNER)
        try:
            if form.get(named):
                found[dimension] = person(kit, sent, form.get(named), named).id
        except Invalid as invalid:
            unknown |= invalid.problems
    return found, unknown


def _with_note(form: StatusForm, conflict: Conflict) -> StatusForm:
    """Return what was typed, under a note of who was faster; sending it again adds a version."""
    who = escape(conflict.by.name) if conflict.by else "Somebody"
    note = (
        f"*{who} posted {escape(str(conflict.current.reference))} while you were writing.* "
        "Nothing of yours is posted yet. Press the button again to post it as a new version; theirs is kept."
    )
    return replace(form, version=conflict.current.version, note=note)
