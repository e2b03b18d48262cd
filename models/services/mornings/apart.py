"""Who hears of what time brings in a message of its own; everybody else's morning tells them of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import PersonRef
from models.rules.mornings.paces import next_morning_at
from models.rules.mornings.quiet import next_at_work
from models.services.mornings.rows import everybodys_days_off, their_week
from models.tables import people, person_settings


def told_apart(
    session: Session, workspace_id: UUID, whom: Collection[PersonRef], came_at: datetime, now: datetime
) -> Sequence[PersonRef]:
    """Return those to whom no morning tells of what came at that time, in order.

    It came in their working hours and none has come since, or they are away and have none.
    """
    days_off = everybodys_days_off(session, {workspace_id})[workspace_id]
    rows = session.connection().execute(
        select(people.c.id, people.c.timezone, their_week, person_settings.c.away_until)
        .outerjoin(person_settings, person_settings.c.person_id == people.c.id)
        .where(people.c.id.in_({each.id for each in whom}))
    )
    apart = {row.id for row in rows if _is_apart(row, days_off, came_at, now)}
    return [each for each in whom if each.id in apart]


def _is_apart(row: Any, days_off: Collection[Any], came_at: datetime, now: datetime) -> bool:  # noqa: ANN401 - a person's row.
    zone = ZoneInfo(row.timezone)
    if row.away_until and row.away_until >= next_at_work(now, zone, row.week).astimezone(zone).date():
        return True
    is_at_work = next_at_work(came_at, zone, row.week) == came_at
    return is_at_work and next_morning_at(came_at, zone, days_off, row.week) > now
