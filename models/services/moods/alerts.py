"""Brings a project's alert in line with its readings, and lets people take it on."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.errors import Invalid, NotFound
from models.read_models import Actor, FieldChange, MoodAlertView, ProjectView
from models.rules.access import Capability, may
from models.rules.moods.alerts import Alert, open_alert
from models.rules.moods.alerts import alerts as alerts_of
from models.rules.moods.mood import MoodDay
from models.rules.moods.words import AlertOutcome
from models.services import audit
from models.services.changes import Change
from models.services.moods.alert_rows import (
    ALERT,
    ENTITY,
    NewAlert,
    find_alert,
    insert_alert,
    open_of,
    update_alert,
)
from models.services.moods.days import days_of
from models.services.moods.notices import concerned, of_changed_alert, of_new_alert
from models.services.outbox.enqueue import enqueue
from models.services.projects.rows import delivery_managers, required_project
from models.services.standing import standing
from models.services.zones import today_of
from models.value import replace

_OVER = {"alert": "It is over already, so nobody needs to call."}


def settle(change: Change, project: ProjectView, touched: Collection[date]) -> None:
    """Open, correct or end the project's alert, as its readings say; on the ``touched`` days some changed."""
    session, workspace_id = change.session, change.actor.workspace_id
    days = days_of(session, workspace_id, [project.id])[project.id]
    wanted, present = open_alert(days), open_of(session, workspace_id, project.id, lock=True)
    if present is None:
        if wanted is not None:
            _open(change, project, wanted)
    elif wanted is None:
        _end(change, present, _outcome(present, days))
    elif any(day >= min(wanted.opened_on, present.opened_on) for day in touched):
        # Whoever was told reads in that message how the client is since.
        moved = replace(present, cause=wanted.cause, opened_on=wanted.opened_on)
        _write(change, moved, "followed" if moved == present else "corrected")


def _open(change: Change, project: ProjectView, alert: Alert) -> None:
    managers = delivery_managers(change.session, change.actor.workspace_id)
    told = concerned(project, managers, today_of(project, change.now))
    new = NewAlert(uuid4(), project.id, alert, told)
    insert_alert(change.session, change.actor.workspace_id, new, change.now)
    entry = audit.Entry(ENTITY, new.id, 1, "opened", (FieldChange("cause", None, alert.cause),))
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    enqueue(
        change.session,
        change.actor.workspace_id,
        tuple(of_new_alert(new.id, told)),
        correlation_id=change.origin.correlation_id,
        now=change.now,
    )


def _outcome(present: MoodAlertView, days: Sequence[MoodDay]) -> AlertOutcome:
    is_cleared = any(
        alert.cleared_on is not None and alert.cleared_on >= present.opened_on for alert in alerts_of(days)
    )
    return AlertOutcome.CLEARED if is_cleared else AlertOutcome.TAKEN_BACK


def _end(change: Change, present: MoodAlertView, outcome: AlertOutcome) -> None:
    ended = replace(present, ended_at=change.now, outcome=outcome)
    _write(change, ended, outcome.value, (FieldChange("outcome", None, outcome),))


def take(change: Change, alert_id: UUID) -> MoodAlertView:
    """Note that the person calls the client; who was first stays. Raises NotFound, Invalid when over."""
    present = required_alert(change.session, change.actor, alert_id, lock=True)
    if present.ended_at is not None:
        raise Invalid(_OVER)
    if present.taken_by is not None:
        return present
    person = change.actor.person
    taken = replace(present, taken_by=person, taken_at=change.now)
    return _write(change, taken, "taken", (FieldChange("taken_by_id", None, str(person.id)),))


def called(change: Change, project_id: UUID) -> None:
    """Note that the person has spoken with the client anyway: nobody else need call for the alert."""
    present = open_of(change.session, change.actor.workspace_id, project_id)
    if present is not None and may_know(change.session, change.actor, present):
        take(change, present.id)


def not_called(change: Change, project_id: UUID, called_at: datetime | None) -> None:
    """Take that back: the alert waits as before, unless it was taken on for itself."""
    present = open_of(change.session, change.actor.workspace_id, project_id)
    if present is not None and present.taken_at is not None and present.taken_at == called_at:
        hand_back(change, present.id)


def hand_back(change: Change, alert_id: UUID) -> MoodAlertView:
    """Note that the person can't call after all. Raises NotFound."""
    present = required_alert(change.session, change.actor, alert_id, lock=True)
    person = change.actor.person
    if present.taken_by is None or present.taken_by.id != person.id or present.ended_at is not None:
        return present
    free = replace(present, taken_by=None, taken_at=None)
    return _write(change, free, "handed_back", (FieldChange("taken_by_id", str(person.id), None),))


def required_alert(session: Session, actor: Actor, alert_id: UUID, *, lock: bool = False) -> MoodAlertView:
    """Return an alert that the person may know of. Raises NotFound for everybody else's."""
    found = find_alert(session, actor.workspace_id, alert_id, lock=lock)
    if found is None or not may_know(session, actor, found):
        raise NotFound(ALERT, str(alert_id))
    return found


def may_know(session: Session, actor: Actor, alert: MoodAlertView) -> bool:
    """Tell whether the person may know of the alert."""
    project = required_project(session, actor.workspace_id, alert.project_id)
    return may(standing(actor, project), Capability.SEE_MOOD_ALERT)


def _write(
    change: Change, after: MoodAlertView, action: str, changed: tuple[FieldChange, ...] = ()
) -> MoodAlertView:
    """Write the changed alert with its history, and correct what was said about it."""
    after = replace(after, version=after.version + 1)
    update_alert(change.session, after)
    entry = audit.Entry(ENTITY, after.id, after.version, action, changed)
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    enqueue(
        change.session,
        change.actor.workspace_id,
        tuple(of_changed_alert(change.session, after)),
        correlation_id=change.origin.correlation_id,
        now=change.now,
    )
    return after
