"""Reads and writes mood alerts' rows; an alert always comes with whom it was told to."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, insert, select, update
from sqlalchemy.orm import Session

from models.read_models import MoodAlertView, PersonRef
from models.rules.moods.alerts import Alert
from models.services.projects.rows import IS_ACTIVE
from models.tables import mood_alert_recipients, mood_alerts, projects
from models.tables import people as _people
from models.value import Value

ALERT = "mood alert"
"""What refusals call it."""
ENTITY = "mood_alert"
"""What the audit trail calls it."""

_takers = _people.alias("takers")

_SELECT: Select[Any] = (
    select(
        mood_alerts,
        projects.c.key.label("project_key"),
        _takers.c.slack_user_id.label("taker_slack_id"),
        _takers.c.name.label("taker_name"),
        _people.c.id.label("person_id"),
        _people.c.slack_user_id,
        _people.c.name,
    )
    .join(projects, projects.c.id == mood_alerts.c.project_id)
    .outerjoin(_takers, _takers.c.id == mood_alerts.c.taken_by_id)
    .outerjoin(mood_alert_recipients, mood_alert_recipients.c.alert_id == mood_alerts.c.id)
    .outerjoin(_people, and_(_people.c.id == mood_alert_recipients.c.person_id, IS_ACTIVE))
    .order_by(_people.c.name, _people.c.id)
)


class NewAlert(Value):
    """An alert that is to be written."""

    id: UUID
    project_id: UUID
    alert: Alert
    told: tuple[PersonRef, ...]


def open_of(
    session: Session, workspace_id: UUID, project_id: UUID, *, lock: bool = False
) -> MoodAlertView | None:
    """Return the project's open alert; ``lock`` keeps others off it."""
    is_it = and_(mood_alerts.c.project_id == project_id, mood_alerts.c.ended_at.is_(None))
    return _one(session, workspace_id, is_it, lock=lock)


def find_alert(
    session: Session, workspace_id: UUID, alert_id: UUID, *, lock: bool = False
) -> MoodAlertView | None:
    """Return the workspace's alert; ``lock`` keeps others off it."""
    return _one(session, workspace_id, mood_alerts.c.id == alert_id, lock=lock)


def find_alerts(session: Session, workspace_id: UUID, alert_ids: Collection[UUID]) -> Sequence[MoodAlertView]:
    """Return the workspace's alerts of these ids, the oldest first."""
    wanted = and_(mood_alerts.c.workspace_id == workspace_id, mood_alerts.c.id.in_(alert_ids))
    found: dict[UUID, list[Row[Any]]] = {}
    for row in session.connection().execute(_SELECT.where(wanted)):
        found.setdefault(row.id, []).append(row)
    return sorted(map(_alert_of, found.values()), key=lambda alert: (alert.opened_on, alert.project_key))


def _one(
    session: Session, workspace_id: UUID, condition: ColumnElement[bool], *, lock: bool
) -> MoodAlertView | None:
    is_it = and_(mood_alerts.c.workspace_id == workspace_id, condition)
    if lock:
        # On its own: Postgres locks nothing on the empty side of an outer join.
        session.connection().execute(select(mood_alerts.c.id).where(is_it).with_for_update())
    rows = session.connection().execute(_SELECT.where(is_it)).all()
    return _alert_of(rows) if rows else None


def _alert_of(rows: Sequence[Row[Any]]) -> MoodAlertView:
    first: Any = rows[0]
    is_taken = first.taken_by_id is not None
    return MoodAlertView(
        id=first.id,
        workspace_id=first.workspace_id,
        project_id=first.project_id,
        project_key=first.project_key,
        version=first.version,
        cause=first.cause,
        opened_on=first.opened_on,
        taken_by=PersonRef(first.taken_by_id, first.taker_slack_id, first.taker_name) if is_taken else None,
        taken_at=first.taken_at,
        ended_at=first.ended_at,
        outcome=first.outcome,
        told=tuple(PersonRef(row.person_id, row.slack_user_id, row.name) for row in rows if row.person_id),
    )


def insert_alert(session: Session, workspace_id: UUID, new: NewAlert, now: datetime) -> None:
    """Write a new alert and whom it is told to. A second open one of the project is refused by its index."""
    connection = session.connection()
    connection.execute(
        insert(mood_alerts),
        {
            "id": new.id,
            "workspace_id": workspace_id,
            "project_id": new.project_id,
            "version": 1,
            "cause": new.alert.cause,
            "opened_on": new.alert.opened_on,
            "opened_at": now,
        },
    )
    people = [
        {"alert_id": new.id, "person_id": person.id, "workspace_id": workspace_id} for person in new.told
    ]
    if people:
        connection.execute(insert(mood_alert_recipients), people)


def update_alert(session: Session, alert: MoodAlertView) -> None:
    """Write a changed alert over the one that was locked for it."""
    taken = alert.taken_by
    session.connection().execute(
        update(mood_alerts).where(mood_alerts.c.id == alert.id, mood_alerts.c.version == alert.version - 1),
        {
            "version": alert.version,
            "cause": alert.cause,
            "opened_on": alert.opened_on,
            "taken_by_id": taken.id if taken else None,
            "taken_at": alert.taken_at,
            "ended_at": alert.ended_at,
            "outcome": alert.outcome,
        },
    )
