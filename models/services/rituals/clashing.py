"""Meetings that share people and time: worth a word to whoever sets one up, and never refused."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.rituals.recurrence import upcoming
from models.rules.rituals.steps import RitualState, Timetable
from models.services.rituals.setups import Row, followed_by, rest_of, rows_of
from models.services.rituals.timetables import timetables
from models.tables import memberships, rituals

_TIMES = 6
"""How many of the next times are compared."""


def clashes_of(session: Session, row: Row, now: datetime) -> tuple[str, ...]:
    """Return the names of other meetings at one of this one's next times, with some of the same people."""
    if not row.duration_minutes:
        return ()
    others = rows_of(
        session,
        rituals.c.workspace_id == row.workspace_id,
        rituals.c.id != row.id,
        rituals.c.duration_minutes > 0,
        rituals.c.state == RitualState.ACTIVE,
    )
    followed = followed_by(session, others)
    awake = [other for other in others if rest_of(other, followed, now) is None]
    if not awake:
        return ()
    tables = timetables(session, [row, *awake], now)
    people = _people(session, [row, *awake])
    ours = _spans(tables[row.id], row.duration_minutes, now)
    return tuple(
        other.name
        for other in awake
        if _share_people(row, other, people)
        and _overlap(ours, _spans(tables[other.id], other.duration_minutes, now))
    )


def _people(session: Session, rows: list[Row]) -> frozenset[tuple[object, object]]:
    """Return who is on which of these rituals' projects."""
    project_ids = {row.project_id for row in rows if row.project_id is not None}
    found = session.connection().execute(
        select(memberships.c.project_id, memberships.c.person_id).where(
            memberships.c.project_id.in_(project_ids)
        )
    )
    return frozenset((each.project_id, each.person_id) for each in found)


def _share_people(one: Row, other: Row, people: frozenset[tuple[object, object]]) -> bool:
    """Tell whether somebody is wanted at both; the organisation's own meetings are for all who lead."""
    if one.project_id is None or other.project_id is None:
        return bool(one.project_id == other.project_id or one.owner_id == other.owner_id)
    members = {person for project, person in people if project == one.project_id}
    return one.project_id == other.project_id or any(
        project == other.project_id and person in members for project, person in people
    )


def _spans(timetable: Timetable, minutes: int, now: datetime) -> list[tuple[datetime, datetime]]:
    found = upcoming(
        timetable.rule,
        timetable.zone,
        now,
        _TIMES,
        holidays=timetable.days_off,
        on_holiday=timetable.on_holiday,
    )
    return [(at, at + timedelta(minutes=minutes)) for _, at in found]


def _overlap(ours: list[tuple[datetime, datetime]], theirs: list[tuple[datetime, datetime]]) -> bool:
    return any(
        start < other_end and other_start < end for start, end in ours for other_start, other_end in theirs
    )
