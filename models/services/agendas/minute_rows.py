"""Reads and writes what meetings agreed, and finds the meetings that took place."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import MinutePointView, MinutesView, PersonRef
from models.rules.references import Reference
from models.rules.rituals.steps import IS_OFF
from models.services.agendas.meetings import MEETING, ritual_of
from models.services.agendas.rows import find_agenda
from models.tables import (
    action_items,
    agendas,
    minute_points,
    people,
    projects,
    raid_items,
    ritual_occurrences,
    rituals,
)
from models.value import Value

POINT = "point"
"""What refusals call one thing that was agreed."""

_owners = people.alias("point_owner")
_writers = people.alias("point_writer")

_SELECT: Select[Any] = (
    select(
        minute_points,
        projects.c.key.label("project_key"),
        raid_items.c.number,
        raid_items.c.kind,
        action_items.c.owner_id,
        action_items.c.due_on,
        action_items.c.status,
        _owners.c.slack_user_id.label("owner_slack_id"),
        _owners.c.name.label("owner_name"),
        _writers.c.slack_user_id.label("writer_slack_id"),
        _writers.c.name.label("writer_name"),
    )
    .join(_writers, _writers.c.id == minute_points.c.added_by_id)
    .outerjoin(projects, projects.c.id == minute_points.c.project_id)
    .outerjoin(raid_items, raid_items.c.id == minute_points.c.decision_id)
    .outerjoin(action_items, action_items.c.id == minute_points.c.action_id)
    .outerjoin(_owners, _owners.c.id == action_items.c.owner_id)
    .where(or_(raid_items.c.id.is_(None), raid_items.c.withdrawn_at.is_(None)))
)
"""A decision that somebody took back was none."""


class NewPoint(Value):
    """A point that is to be written."""

    text: str
    project_id: UUID | None = None
    is_decision: bool = False
    decision_id: UUID | None = None
    action_id: UUID | None = None


class HeldMeeting(Value):
    """A meeting that has begun, for which an agenda was posted."""

    agenda_id: UUID
    ritual_id: UUID
    channel_id: str | None
    starts_at: datetime


def held_meetings(session: Session, workspace_id: UUID, now: datetime, most: int) -> tuple[HeldMeeting, ...]:
    """Return the workspace's meetings that have begun, the latest first."""
    rows = session.connection().execute(
        select(agendas.c.id, agendas.c.ritual_id, rituals.c.channel_id, ritual_occurrences.c.starts_at)
        .join(rituals, rituals.c.id == agendas.c.ritual_id)
        .join(ritual_occurrences, ritual_occurrences.c.id == agendas.c.occurrence_id)
        .where(
            agendas.c.workspace_id == workspace_id,
            ritual_occurrences.c.starts_at <= now,
            ritual_occurrences.c.state.not_in(IS_OFF),
        )
        .order_by(ritual_occurrences.c.starts_at.desc(), agendas.c.id)
        .limit(most)
    )
    return tuple(HeldMeeting(row.id, row.ritual_id, row.channel_id, row.starts_at) for row in rows)


def minutes_of(session: Session, workspace_id: UUID, agenda_id: UUID, *, lock: bool = False) -> MinutesView:
    """Return a meeting's agenda with what was agreed; ``lock`` keeps others off it. Raises NotFound."""
    ritual_id = session.scalar(
        select(agendas.c.ritual_id).where(agendas.c.workspace_id == workspace_id, agendas.c.id == agenda_id)
    )
    ritual = ritual_of(session, workspace_id, ritual_id) if ritual_id else None
    agenda = find_agenda(session, ritual, agendas.c.id == agenda_id, lock=lock) if ritual else None
    if agenda is None:
        raise NotFound(MEETING, str(agenda_id))
    rows = (
        session.connection()
        .execute(_SELECT.where(minute_points.c.agenda_id == agenda_id).order_by(minute_points.c.position))
        .all()
    )
    writers = {
        row.added_by_id: PersonRef(row.added_by_id, row.writer_slack_id, row.writer_name) for row in rows
    }
    return MinutesView(agenda, tuple(map(_point_of, rows)), tuple(writers.values()))


def insert_points(
    session: Session,
    workspace_id: UUID,
    agenda_id: UUID,
    new: Sequence[NewPoint],
    by: tuple[UUID, datetime],
) -> None:
    """Write further points behind those that are there; ``by`` is who adds them, and when."""
    last = session.scalar(
        select(func.max(minute_points.c.position)).where(minute_points.c.agenda_id == agenda_id)
    )
    begin = 0 if last is None else int(last) + 1
    person_id, now = by
    session.connection().execute(
        insert(minute_points),
        [
            {
                "id": uuid4(),
                "workspace_id": workspace_id,
                "agenda_id": agenda_id,
                "position": position,
                "project_id": point.project_id,
                "text": point.text,
                "is_decision": point.is_decision,
                "decision_id": point.decision_id,
                "action_id": point.action_id,
                "added_by_id": person_id,
                "added_at": now,
            }
            for position, point in enumerate(new, start=begin)
        ],
    )


class WrittenPoint(Value):
    """A point as it is kept, and when somebody wrote it."""

    id: UUID
    agenda_id: UUID
    text: str
    added_at: datetime
    decision_id: UUID | None
    action_id: UUID | None

    @property
    def fingerprint(self) -> str:
        """Return what only these words have."""
        return sha256(self.text.encode()).hexdigest()[:16]


def last_of(session: Session, agenda_id: UUID, person_id: UUID) -> tuple[WrittenPoint, ...]:
    """Return what a person wrote down about a meeting at once, the last time that they did."""
    theirs = and_(minute_points.c.agenda_id == agenda_id, minute_points.c.added_by_id == person_id)
    last = select(func.max(minute_points.c.added_at)).where(theirs).scalar_subquery()
    rows = session.connection().execute(
        select(minute_points)
        .where(theirs, minute_points.c.added_at == last)
        .order_by(minute_points.c.position)
    )
    return tuple(map(_written, rows))


def find_point(session: Session, workspace_id: UUID, point_id: UUID) -> WrittenPoint:
    """Return the workspace's point of that id. Raises NotFound."""
    wanted = select(minute_points).where(
        minute_points.c.workspace_id == workspace_id, minute_points.c.id == point_id
    )
    row = session.connection().execute(wanted).one_or_none()
    if row is None:
        raise NotFound(POINT, str(point_id))
    return _written(row)


def say_otherwise(session: Session, point_id: UUID, text: str) -> None:
    """Write another text over a point's; none removes it."""
    if text:
        session.connection().execute(
            update(minute_points).where(minute_points.c.id == point_id), {"text": text}
        )
    else:
        remove_points(session, [point_id])


def remove_points(session: Session, ids: Sequence[UUID]) -> None:
    """Delete points; what they said is in the audit trail."""
    session.connection().execute(delete(minute_points).where(minute_points.c.id.in_(ids)))


def _written(row: Row[Any]) -> WrittenPoint:
    return WrittenPoint(row.id, row.agenda_id, row.text, row.added_at, row.decision_id, row.action_id)


def _point_of(row: Row[Any]) -> MinutePointView:
    is_record = row.number is not None
    return MinutePointView(
        id=row.id,
        text=row.text,
        is_decision=row.is_decision,
        project_key=row.project_key or "",
        reference=str(Reference(row.number, row.project_key, row.kind.marker)) if is_record else "",
        owner=PersonRef(row.owner_id, row.owner_slack_id, row.owner_name) if row.owner_id else None,
        due_on=row.due_on,
        status=row.status,
        decision_id=row.decision_id,
        action_id=row.action_id,
        added_by=PersonRef(row.added_by_id, row.writer_slack_id, row.writer_name),
    )
