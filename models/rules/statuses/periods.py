"""When a status is due, late or missing: ISO weeks where the project is, months for talent on demand.

Source: our delivery practice; the day, the hour and the patience are our defaults.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from models.rules.projects.kinds import ProjectKind
from models.rules.rituals.workdays import is_working_day
from models.rules.statuses.rag import Colour

DUE_WEEKDAY = 3
"""Thursday, as ``date.weekday`` counts."""
DUE_AT = time(17)
"""By the clock on the project's wall."""
MISSING_AFTER = 2
"""Working days after it was due; until then it is only late."""
MANY = 10
"""More statuses than that which are missing in a row are not counted."""
SOON = timedelta(days=2)
"""A status waits for somebody once it is due within that time."""
_DAYS = 7


class Cadence(StrEnum):
    """How often a project says how it stands."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


CADENCES = {ProjectKind.MANAGED: Cadence.WEEKLY, ProjectKind.TALENT_ON_DEMAND: Cadence.MONTHLY}


@dataclass(frozen=True, order=True)
class Period:
    """An ISO week by its Monday, or a month by its first day."""

    starts_on: date
    cadence: Cadence = Cadence.WEEKLY

    @classmethod
    def containing(cls, day: date, cadence: Cadence = Cadence.WEEKLY) -> "Period":
        """Return the period in which the day lies."""
        if cadence is Cadence.MONTHLY:
            return cls(day.replace(day=1), cadence)
        return cls(day - timedelta(days=day.weekday()), cadence)

    @classmethod
    def of_week(cls, year: int, week: int) -> "Period":
        """Return an ISO week by its number. Raises ValueError for a week that the year has not."""
        return cls(date.fromisocalendar(year, week, 1))

    @property
    def previous(self) -> "Period":
        """Return the period before."""
        return Period.containing(self.starts_on - timedelta(days=1), self.cadence)

    @property
    def next(self) -> "Period":
        """Return the period after."""
        return Period.containing(self.starts_on + timedelta(days=_longest(self.cadence)), self.cadence)

    @property
    def ends_on(self) -> date:
        """Return its last day."""
        return self.next.starts_on - timedelta(days=1)

    @property
    def due_on(self) -> date:
        """Return its Thursday; of a month, the last one."""
        if self.cadence is Cadence.WEEKLY:
            return self.starts_on + timedelta(days=DUE_WEEKDAY)
        return self.ends_on - timedelta(days=(self.ends_on.weekday() - DUE_WEEKDAY) % _DAYS)

    @property
    def name(self) -> str:
        """Return "week 41" or "October", as a sentence goes on with it."""
        if self.cadence is Cadence.MONTHLY:
            return f"{self.starts_on:%B}"
        return f"week {self.starts_on.isocalendar().week}"

    def due_at(self, zone: tzinfo) -> datetime:
        """Return the instant at which it is due where the project is, in UTC."""
        return _at(self.due_on, zone)

    def missing_from(self, zone: tzinfo, holidays: Collection[date] = ()) -> datetime:
        """Return the instant from which it counts as missing, in UTC."""
        return _at(working_days_after(self.due_on, MISSING_AFTER, holidays), zone)


class Timeliness(StrEnum):
    """Where a period without a status stands, and how one with a status came in."""

    NOT_ASKED = "not_asked"
    """Nobody asks for it, so it is neither due nor late."""
    OPEN = "open"
    """Not due yet."""
    OVERDUE = "overdue"
    MISSING = "missing"
    IN_TIME = "in_time"
    LATE = "late"


def timeliness(
    period: Period,
    zone: tzinfo,
    *,
    submitted_at: datetime | None,
    now: datetime,
    holidays: Collection[date] = (),
) -> Timeliness:
    """Tell how a period stands by our own default of when it is due."""
    return came(period.due_at(zone), period.missing_from(zone, holidays), submitted_at=submitted_at, now=now)


def came(
    due_at: datetime, missing_from: datetime, *, submitted_at: datetime | None, now: datetime
) -> Timeliness:
    """Tell how a status stands; what came in late stays late, whatever is edited afterwards."""
    if submitted_at is not None:
        return Timeliness.LATE if submitted_at > due_at else Timeliness.IN_TIME
    if now <= due_at:
        return Timeliness.OPEN
    return Timeliness.MISSING if now >= missing_from else Timeliness.OVERDUE


def longest_silence_first(since: date, period: Period) -> tuple[date, int]:
    """Return by what statuses that aren't in are sorted: said last longest ago, then due again since."""
    return since, -period.starts_on.toordinal()


def counts_as(last: Colour | None, state: Timeliness) -> Colour | None:
    """Return the colour that a period counts as, given the last one declared.

    What is missing shows the last colour marked stale, and never counts as green.
    """
    if state is Timeliness.MISSING and last is Colour.GREEN:
        return None
    return last


def working_days_after(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """Return the day so many working days later."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def latest_due(now: datetime, zone: tzinfo, cadence: Cadence) -> Period:
    """Return the latest period whose hour has passed where the project is: what can be missing."""
    present = Period.containing(now.astimezone(zone).date(), cadence)
    return present if present.due_at(zone) < now else present.previous


def is_stale(latest: Period, zone: tzinfo, now: datetime) -> bool:
    """Tell whether a period since then has no status for so long that it counts as missing."""
    due = latest_due(now, zone, latest.cadence)
    is_missing = timeliness(due, zone, submitted_at=None, now=now) is Timeliness.MISSING
    return latest < (due if is_missing else due.previous)


def _longest(cadence: Cadence) -> int:
    return _DAYS if cadence is Cadence.WEEKLY else 31


def _at(day: date, zone: tzinfo) -> datetime:
    """Return the instant of that wall time, the first of two, in UTC; one that is skipped moves forward."""
    return datetime.combine(day, DUE_AT, zone).astimezone(UTC)
