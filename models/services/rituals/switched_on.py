"""Which rituals of some kinds are switched on, and whether they come round on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from models.rules.recurrence import Around, Occurrence, OnHoliday, occurrences
from models.rules.rituals import OccurrenceState, RitualState, Timetable
from models.services.rituals.rows import name_of, rituals
from models.services.rituals.rows import occurrences as times
from models.services.rituals.timetables import AROUND, Followed, timetables
from models.value import Value

MOVED_BY_MOST = timedelta(days=10)
"""How far a holiday moves a time from the day that its rule says, in all that is sensible."""

_STAYS = frozenset({OnHoliday.KEEP, OnHoliday.SKIP})
_NONE: frozenset[str] = frozenset()
_followed = rituals.alias("followed")


class Running(Value):
    """A ritual that is switched on. ``project_id`` is None where it is the whole organisation's."""

    id: UUID
    kind: str
    project_id: UUID | None
    owner_id: UUID
    created_at: datetime
    timetable: Timetable
    resumes_on: date | None = None
    skipped: frozenset[str] = _NONE

    def times(self, first: date, last: date) -> Iterator[Occurrence]:
        """Yield the times that take place from the first day to the last, without those that are skipped."""
        table = self.timetable
        stays = table.on_holiday in _STAYS and not isinstance(table.rule, Around)
        moved = timedelta(0) if stays else MOVED_BY_MOST
        since = datetime.combine(first - moved, time(0))
        coming = occurrences(table.rule, since, holidays=table.days_off, on_holiday=table.on_holiday)
        for each in coming:
            if each.name.date() > last + moved:
                return
            day = each.wall.date()
            is_paused = self.resumes_on is not None and day < self.resumes_on
            if first <= day <= last and not is_paused and name_of(each.name) not in self.skipped:
                yield each

    def comes_on(self, day: date) -> bool:
        """Tell whether it comes round on that day, by its own calendar."""
        return next(self.times(day, day), None) is not None


class SwitchedOn(Value):
    """The rituals that are switched on, of the kinds that were asked for."""

    running: tuple[Running, ...]

    def of(self, kind: str) -> tuple[Running, ...]:
        """Return the rituals of a kind."""
        return self._by_kind.get(kind, ())

    def covers(self, kind: str, project_id: UUID | None, day: date) -> bool:
        """Tell whether a ritual of that kind comes round on the day for the project, or for everything."""
        days = self._days.setdefault(day, {})
        key = (kind, project_id)
        if key not in days:
            days[key] = any(
                each.comes_on(day) for each in self.of(kind) if each.project_id in (None, project_id)
            )
        return days[key]

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Running, ...]]:
        found: defaultdict[str, list[Running]] = defaultdict(list)
        for each in self.running:
            found[each.kind].append(each)
        return {kind: tuple(those) for kind, those in found.items()}

    @cached_property
    def _days(self) -> dict[date, dict[tuple[str, UUID | None], bool]]:
        return {}


def switched_on(
    session: Session,
    workspace_id: UUID,
    kinds: Collection[str],
    now: datetime,
    project_ids: Collection[UUID] | None = None,
) -> SwitchedOn:
    """Return what is switched on of these kinds, of the projects if given, in two statements."""
    wanted = (
        select(
            rituals,
            _skipped().label("skipped"),
            _followed.c.id.label("followed_id"),
            _followed.c.recurrence.label("followed_recurrence"),
            _followed.c.on_holiday.label("followed_on_holiday"),
        )
        .outerjoin(_followed, _followed.c.id == _followed_id())
        .where(
            rituals.c.workspace_id == workspace_id,
            rituals.c.kind.in_(sorted(kinds)),
            or_(
                rituals.c.state == RitualState.ACTIVE,
                and_(rituals.c.state == RitualState.PAUSED, rituals.c.resumes_on.is_not(None)),
            ),
        )
    )
    if project_ids is not None:
        wanted = wanted.where(rituals.c.project_id.in_(project_ids))
    rows = session.connection().execute(wanted.order_by(rituals.c.id)).all()
    if not rows:
        return SwitchedOn(())
    followed = {row.followed_id: Followed(row.followed_recurrence, row.followed_on_holiday) for row in rows}
    tables = timetables(session, rows, now, followed)
    return SwitchedOn(
        tuple(
            Running(
                row.id,
                row.kind,
                row.project_id,
                row.owner_id,
                row.created_at,
                tables[row.id],
                row.resumes_on if row.state is RitualState.PAUSED else None,
                frozenset((row.skipped or "").split()),
            )
            for row in rows
        )
    )


def _followed_id() -> ColumnElement[UUID]:
    """Return the id of the ritual that one goes by, as the database keeps ids: SQLite without hyphens."""
    return cast(func.replace(rituals.c.recurrence[AROUND].as_string(), "-", ""), _followed.c.id.type)


def _skipped() -> ScalarSelect[str]:
    """Return the names of a ritual's times that people said are to be skipped, in one text."""
    return (
        select(func.aggregate_strings(times.c.name, " "))
        .where(times.c.ritual_id == rituals.c.id, times.c.state == OccurrenceState.SKIPPED)
        .scalar_subquery()
    )
