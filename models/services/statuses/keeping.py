"""Whether statuses came in when they were asked for: each week, or each month, counts once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.rules.rituals.steps import Outcome
from models.rules.statuses.periods import CADENCES, MISSING_AFTER, Cadence, Period, working_days_after
from models.services.rituals.adherence import PastTime
from models.tables import projects, status_updates

_LONGEST = timedelta(days=31)
"""No period is longer."""

_Projects = Mapping[UUID | None, tuple[Cadence, ZoneInfo]]
_Submitted = Mapping[tuple[UUID | None, date], bool]


def what_came(session: Session, times: Sequence[PastTime], now: datetime) -> Mapping[UUID, Outcome]:
    """Return of each time whether its period's status came in; of several in a period the last one counts."""
    if not times:
        return {}
    kinds, late = _submitted(session, times)
    found: dict[UUID, Outcome] = {}
    last: dict[tuple[UUID | None, Period], UUID] = {}
    for each in sorted(times, key=lambda one: one.day):
        if each.project_id not in kinds:
            continue
        cadence, zone = kinds[each.project_id]
        period = Period.containing(each.day, cadence)
        if earlier := last.get((each.project_id, period)):
            found[earlier] = Outcome.OPEN
        last[each.project_id, period] = each.id
        is_late = late.get((each.project_id, period.starts_on))
        found[each.id] = _outcome(each, period, is_late=is_late, today=now.astimezone(zone).date())
    return found


def _outcome(time: PastTime, period: Period, *, is_late: bool | None, today: date) -> Outcome:
    if is_late is not None:
        return Outcome.LATE if is_late else Outcome.KEPT
    until = max(working_days_after(time.day, MISSING_AFTER), period.ends_on)
    return Outcome.MISSED if today > until else Outcome.OPEN


def _submitted(session: Session, times: Sequence[PastTime]) -> tuple[_Projects, _Submitted]:
    """Return how the projects are asked, and whether each status that came in since was late."""
    # A month may have begun before its first time here, and so may a week.
    since = min(each.day for each in times) - _LONGEST
    rows = session.connection().execute(
        select(
            projects.c.id,
            projects.c.kind,
            projects.c.timezone,
            status_updates.c.starts_on,
            status_updates.c.is_late,
        )
        .outerjoin(
            status_updates,
            and_(status_updates.c.project_id == projects.c.id, status_updates.c.starts_on >= since),
        )
        .where(projects.c.id.in_({each.project_id for each in times}))
    )
    kinds: dict[UUID | None, tuple[Cadence, ZoneInfo]] = {}
    late: dict[tuple[UUID | None, date], bool] = {}
    for row in rows:
        kinds[row.id] = (CADENCES[row.kind], ZoneInfo(row.timezone))
        if row.starts_on is not None:
            late[row.id, row.starts_on] = row.is_late
    return kinds, late
