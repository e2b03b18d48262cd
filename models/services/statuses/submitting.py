"""Writes a status with all that follows: plans, the mood said along, what is found inside, what is posted."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from models.commands import StatusFields, WantedStatus
from models.errors import Conflict, Invalid
from models.read_models import MoodView, PersonRef, ProjectView, StatusView
from models.rules.access import Capability
from models.rules.statuses.inside import Inside, verdict
from models.rules.statuses.periods import CADENCES, Period, Timeliness
from models.rules.statuses.plans import PlanPart
from models.rules.statuses.rag import Colour
from models.services import audit
from models.services.changes import Change
from models.services.moods import logging as moods
from models.services.moods.turns import wait_for_turn
from models.services.mornings.touching import touch
from models.services.projects.rows import colleague, required_project
from models.services.standing import leads, require, standing
from models.services.statuses import drafts, notices, plans, screens
from models.services.statuses import fields as status_fields
from models.services.statuses.deadlines import deadlines
from models.services.statuses.inside import look_inside
from models.services.statuses.rows import STATUS
from models.services.statuses.writing import add_version, insert_status
from models.services.zones import today_of
from models.value import replace

REACHES_BACK = timedelta(days=90)
"""A period longer ago than this is more likely a slip than a status."""

_ARCHIVED = {"headline": "That project is archived, so it needs no status any more."}
_TO_COME = {"headline": "That is still to come. Choose the present one, or one before."}
_LONG_AGO = {"headline": "That is more than three months ago. Choose a later one."}
_OTHER_KIND = {"headline": "This project reports {} by now, so nothing is posted. Open the form again."}
_NO_OWNER = "Choose somebody of your own team; a guest or a bot can't do it for us."


def submit(change: Change, wanted: WantedStatus) -> StatusView:
    """Write a status, or another version of it. Raises NotFound, NotAllowed, Invalid, Conflict."""
    project = _project(change, wanted.project_id)
    today = today_of(project, change.now)
    _check_period(project, wanted.period, change.now)
    present = _present(change, project, wanted)
    is_newest = screens.newer(change.session, project, wanted.period, change.actor.workspace_id) is None
    # Where a newer status has the plans by now, an older one may tell of days that have passed since.
    measured = today if is_newest else min(today, wanted.period.ends_on)
    fields, owners, mood = _checked(change, project, wanted.fields, measured)
    said = status_fields.views_of(fields, owners)
    if is_newest:
        said = plans.settle(change, project, said)
    if mood is not None:
        moods.log(change, mood)
    rag = status_fields.rag_of(fields)
    status = StatusView(
        id=present.id if present else uuid4(),
        workspace_id=change.actor.workspace_id,
        project_id=project.id,
        project_key=project.key,
        project_name=project.name,
        project_kind=project.kind,
        channel_id=project.internal_channel_id,
        timezone=project.timezone,
        period=wanted.period,
        version=present.version + 1 if present else 1,
        submitted_by=present.submitted_by if present else change.actor.person,
        submitted_at=present.submitted_at if present else change.now,
        is_late=present.is_late if present else _is_late(change, project, wanted),
        author=change.actor.person,
        written_at=change.now,
        headline=fields.headline,
        rag=rag,
        override_reason=fields.reason if rag.is_overridden else "",
        done=fields.done,
        coming=fields.coming,
        decision=fields.decision,
        dimensions=said,
        justification=fields.justification,
    )
    looked = with_look(change, status, present, project) if is_newest else _as_looked(status, present)
    drafts.drop(change.session, change.actor, status.project_id, status.period)
    return write(change, present, looked, "edited" if present else "submitted")


def with_look(
    change: Change, status: StatusView, present: StatusView | None, project: ProjectView
) -> StatusView:
    """Return the status with what is found inside a green one.

    A reason that was given stays with it until something new is found, of which it can't be meant.
    """
    if status.rag.declared is not Colour.GREEN:
        return replace(status, justification="")
    findings = look_inside(change.session, project, change.actor.workspace_id, change.now)
    inside = verdict(each.look for each in findings if each.has_data)
    before = present.justification if present else ""
    reason = status.justification or before
    if present is not None and reason == before and present.is_new(findings):
        reason = ""
    return replace(
        status,
        inside=inside,
        findings=findings,
        justification=reason if inside is Inside.FLAGGED else "",
    )


def _as_looked(status: StatusView, present: StatusView | None) -> StatusView:
    """Return an older status with what was found when it was the newest: today's figures say little of it."""
    if present is None or status.rag.declared is not Colour.GREEN:
        return replace(status, justification="")
    return replace(
        status, inside=present.inside, findings=present.findings, justification=present.justification
    )


def write(
    change: Change, before: StatusView | None, after: StatusView, action: str, reason: str = ""
) -> StatusView:
    """Write a version with its line of history, and say it."""
    if before is None:
        insert_status(change.session, after)
    else:
        add_version(change.session, after)
    entry = audit.Entry(STATUS, after.id, after.version, action, status_fields.changes(before, after), reason)
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    _touch_mornings(change, after)
    notices.tell(change, after)
    return after


def _touch_mornings(change: Change, status: StatusView) -> None:
    """Have the mornings drawn anew that ask for it: they name the project."""
    touch(
        change.session,
        status.workspace_id,
        status.project_id,
        f"{status.id}:{status.version}",
        correlation_id=change.origin.correlation_id,
        now=change.now,
    )


def _project(change: Change, project_id: UUID) -> ProjectView:
    """Return the project, kept to this change alone. Raises NotFound, NotAllowed, Invalid."""
    session, actor = change.session, change.actor
    wait_for_turn(session, project_id)
    project = required_project(session, actor.workspace_id, project_id)
    require(standing(actor, project), Capability.SUBMIT_STATUS, leads(project.roles))
    if project.is_archived:
        raise Invalid(_ARCHIVED)
    return project


def _check_period(project: ProjectView, period: Period, now: datetime) -> None:
    """Raise Invalid for a period of another kind, to come, or long ago."""
    if period.cadence is not CADENCES[project.kind]:
        raise Invalid({"headline": _OTHER_KIND["headline"].format(CADENCES[project.kind].value)})
    today = today_of(project, now)
    if period.starts_on > today:
        raise Invalid(_TO_COME)
    if period.ends_on < today - REACHES_BACK:
        raise Invalid(_LONG_AGO)


def _present(change: Change, project: ProjectView, wanted: WantedStatus) -> StatusView | None:
    """Return the status that is there already. Raises Conflict unless it is in the version that was seen."""
    found = screens.of_period(change.session, project, wanted.period, change.actor.workspace_id)
    if (found.version if found else None) == wanted.version:
        return found
    if found is None:
        return None
    entries = audit.history(change.session, found.workspace_id, found.id, after_version=wanted.version or 0)
    raise Conflict(found, audit.collapsed(entries), entries[0].person if entries else None)


def _checked(
    change: Change, project: ProjectView, said: StatusFields, measured: date
) -> tuple[StatusFields, Mapping[UUID, PersonRef], MoodView | None]:
    """Return the fields as they are kept, who does the plans' steps, and the reading that comes along.

    Raises Invalid with everything that can't stand at once: nobody is to press again to hear the next.
    """
    problems: dict[str, str] = {}
    fields, owners, mood = said, dict[UUID, PersonRef](), None
    try:
        fields = status_fields.checked(said, project.kind, measured)
    except Invalid as invalid:
        problems |= invalid.problems
    try:
        owners = _owners(change, said)
    except Invalid as invalid:
        problems |= invalid.problems
    try:
        mood = _mood(change, project, said)
    except Invalid as invalid:
        problems |= invalid.problems
    if problems:
        raise Invalid(problems)
    return fields, owners, mood


def _mood(change: Change, project: ProjectView, said: StatusFields) -> MoodView | None:
    """Return the reading that is said along, ready to be logged. Raises Invalid."""
    if said.mood is None:
        return None
    mood = moods.new_reading(change.actor, project, said.mood, change.now)
    moods.require_whole(change, mood)
    return mood


def _owners(change: Change, fields: StatusFields) -> dict[UUID, PersonRef]:
    """Return who does the plans' steps. Raises Invalid beside the field."""
    found: dict[UUID, PersonRef] = {}
    problems = {}
    for dimension, said in fields.dimensions.items():
        if said.owner_id is None or said.owner_id in found or not said.colour.wants_plan:
            continue
        owner = colleague(change.session, change.actor.workspace_id, said.owner_id)
        if owner is None:
            problems[status_fields.field_of(dimension, PlanPart.OWNER)] = _NO_OWNER
        else:
            found[said.owner_id] = owner
    if problems:
        raise Invalid(problems)
    return found


def _is_late(change: Change, project: ProjectView, wanted: WantedStatus) -> bool:
    """Tell whether it comes after it was due, or where nobody asks, after its period was over."""
    if wanted.period.ends_on < today_of(project, change.now):
        return True
    due = deadlines(change.session, change.actor.workspace_id, change.now, [wanted.project_id])
    return due.state(wanted.project_id, wanted.period, change.now, change.now) is Timeliness.LATE
