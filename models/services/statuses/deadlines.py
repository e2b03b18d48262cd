"""When projects' statuses are due: as their ritual comes round, and not at all where none is switched on."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.rules.rituals.recurrence import instant
from models.rules.rituals.workdays import moved_by_working_days
from models.rules.statuses.periods import MISSING_AFTER, Cadence, Period, Timeliness, came
from models.services.rituals.switched_on import Running, SwitchedOn, switched_on
from models.value import Value

KIND = "weekly_status"
"""The ritual that asks for them."""

PERIODS_BACK = 14
"""As far as anybody looks for one that is missing."""


class Deadline(Value):
    """When a period's status is due, and from when on it counts as missing."""

    due_at: datetime
    due_on: date
    """The day on the wall where the ritual is."""
    missing_from: datetime

    def state(self, submitted_at: datetime | None, now: datetime) -> Timeliness:
        """Tell how the period stands."""
        return came(self.due_at, self.missing_from, submitted_at=submitted_at, now=now)


class Deadlines(Value):
    """The deadlines of some projects, by their rituals."""

    rituals: Mapping[UUID, tuple[Running, ...]]

    @property
    def project_ids(self) -> Collection[UUID]:
        """Return the projects that are asked at all."""
        return self.rituals.keys()

    def asked_since(self, project_id: UUID) -> date:
        """Return a day before which nobody asked for the project's status."""
        return min((each.created_at.date() for each in self.rituals.get(project_id, ())), default=date.max)

    def of(self, project_id: UUID, period: Period) -> Deadline | None:
        """Return when the project's period is due; None where it is not asked, or was not then.

        Of a ritual that comes round more than once in a period, the last time counts: so a month has its last
        Thursday, and a week that is skipped or a holiday has none.
        """
        return max(self._of(project_id, period), key=lambda each: each.due_at, default=None)

    def _of(self, project_id: UUID, period: Period) -> Iterator[Deadline]:
        for ritual in self.rituals.get(project_id, ()):
            # Most projects are asked at the same hour in the same place: what that means is worked out once.
            same = (*ritual.comes_round_by, period)
            if same not in self._known:
                self._known[same] = tuple(_deadlines(ritual, period))
            yield from (each for each in self._known[same] if each.due_at >= ritual.created_at)

    @cached_property
    def _known(self) -> dict[tuple[Any, ...], tuple[Deadline, ...]]:
        return {}

    def latest(self, project_id: UUID, present: Period, now: datetime) -> tuple[Period, Deadline] | None:
        """Return the latest period that was due before now, the present one or one before; None for none."""
        period = present
        for _ in range(_back(present.cadence)):
            deadline = self.of(project_id, period)
            if deadline is not None and deadline.due_at < now:
                return period, deadline
            period = period.previous
        return None

    def state(
        self, project_id: UUID, period: Period, submitted_at: datetime | None, now: datetime
    ) -> Timeliness:
        """Tell how a period stands; one that nobody is asked for is neither due nor late."""
        deadline = self.of(project_id, period)
        if deadline is not None:
            return deadline.state(submitted_at, now)
        return Timeliness.NOT_ASKED if submitted_at is None else Timeliness.IN_TIME


def _deadlines(ritual: Running, period: Period) -> Iterator[Deadline]:
    table = ritual.timetable
    for each in ritual.times(period.starts_on, period.ends_on):
        late_on = moved_by_working_days(each.wall.date(), MISSING_AFTER, table.days_off)
        missing = instant(datetime.combine(late_on, each.wall.time()), table.zone)
        yield Deadline(table.instant(each.wall), each.wall.date(), missing)


def deadlines(
    session: Session, workspace_id: UUID, now: datetime, project_ids: Collection[UUID] | None = None
) -> Deadlines:
    """Return the deadlines of these projects, or of all, in two statements."""
    return deadlines_of(switched_on(session, workspace_id, [KIND], now, project_ids))


def deadlines_of(on: SwitchedOn) -> Deadlines:
    """Return the deadlines that the rituals mean which are switched on."""
    found: defaultdict[UUID, list[Running]] = defaultdict(list)
    for ritual in on.of(KIND):
        if ritual.project_id is not None:
            found[ritual.project_id].append(ritual)
    return Deadlines({project: tuple(rituals) for project, rituals in found.items()})


def _back(cadence: Cadence) -> int:
    return PERIODS_BACK if cadence is Cadence.WEEKLY else 4
