"""For how long nobody has said how some projects stand."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.statuses.periods import Period, Timeliness
from models.services.statuses.deadlines import deadlines
from models.services.statuses.owed import looked_at_since, missed, silent_since
from models.tables import status_updates
from models.value import Value


class Silence(Value):
    """How many statuses aren't in, in a row, and whether the last of them counts as missing."""

    missed: int
    is_missing: bool
    since: date
    """Since when nobody has said it."""


def silences(
    session: Session, workspace_id: UUID, periods: Mapping[UUID, Period], now: datetime
) -> Mapping[UUID, Silence]:
    """Return the silence up to a period of each of these projects that isn't in, in three statements."""
    due = deadlines(session, workspace_id, now, periods.keys())
    rows = session.connection().execute(
        select(status_updates.c.project_id, status_updates.c.cadence, status_updates.c.starts_on).where(
            status_updates.c.project_id.in_(periods), status_updates.c.starts_on >= looked_at_since(now)
        )
    )
    starts: defaultdict[UUID, set[date]] = defaultdict(set)
    for row in rows:
        if row.cadence is periods[row.project_id].cadence:
            starts[row.project_id].add(row.starts_on)
    return {
        each: Silence(
            missed(due, each, period, starts[each], now),
            due.state(each, period, None, now) is Timeliness.MISSING,
            silent_since(due.asked_since(each), max(starts[each], default=None)),
        )
        for each, period in periods.items()
    }
