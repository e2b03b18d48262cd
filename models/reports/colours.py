"""How projects stood when somebody last said so, and whether that is too long ago; one statement for all."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, repeat
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.read_models.home import HomeColour
from models.rules.rag import Colour
from models.rules.rag_periods import CADENCES, Period, Timeliness, latest_due, timeliness
from models.services.statuses.rows import submitted_since

LOOKS_BACK = timedelta(days=366)
PERIODS_BACK = 12
"""Periods that the arrow and the count of weeks at a colour look at."""


def colours_of(
    session: Session, workspace_id: UUID, rows: Sequence[Any], now: datetime
) -> Mapping[UUID, HomeColour]:
    """Return the last colour of each project, of those where there is any."""
    if not rows:
        return {}
    since = (now - LOOKS_BACK).date()
    submitted = submitted_since(session, workspace_id, [row.id for row in rows], since)
    return dict(_colours(rows, submitted, now))


def _colours(
    rows: Sequence[Any], submitted: Sequence[Any], now: datetime
) -> Iterator[tuple[UUID, HomeColour]]:
    for row in rows:
        cadence = CADENCES[row.kind]
        theirs: dict[Period, Colour] = {
            Period(each.starts_on, cadence): each.declared
            for each in submitted
            if (each.project_id, each.cadence) == (row.id, cadence)
        }
        if not theirs:
            continue
        latest = max(theirs)
        earlier = _earlier(latest, theirs)
        yield row.id, HomeColour(latest, theirs[latest], earlier, _is_stale(latest, row.timezone, now))


def _is_stale(latest: Period, timezone: str, now: datetime) -> bool:
    """Tell whether a period since then has no status for so long that it counts as missing."""
    zone = ZoneInfo(timezone)
    due = latest_due(now, zone, latest.cadence)
    is_missing = timeliness(due, zone, submitted_at=None, now=now) is Timeliness.MISSING
    return latest < (due if is_missing else due.previous)


def _earlier(latest: Period, theirs: Mapping[Period, Colour]) -> tuple[Colour | None, ...]:
    back = accumulate(repeat(latest, PERIODS_BACK + 1), lambda period, _: period.previous)
    return tuple(theirs.get(period) for period in list(back)[1:])
