"""Which rituals of some kinds are switched on, and whether they come round on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from models.rules.rituals.recurrence import Around, Occurrence, OnHoliday, occurrences
from models.rules.rituals.steps import OccurrenceState, RitualState, Timetable
from models.services.rituals.rows import name_of
from models.services.rituals.timetables import AROUND, TIMETABLED_BY, Followed, timetables
from models.tables import ritual_occurrences, rituals
from models.value import Value

MOVED_BY_MOST = timedelta(days=10)
"""How far a holiday moves a time from the day that its rule says, in all that is sensible."""

_STAYS = frozenset({OnHoliday.KEEP, OnHoliday.SKIP})
_NONE: frozenset[str] = frozenset()
_TO = ">"
followed = rituals.alias("followed")
_READ = [
    rituals.c[name]
    for name in (
        *("id", "workspace_id", "kind", "owner_id", "created_at", "state", "resumes_on"),
        *TIMETABLED_BY,
    )
]


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
    put_off: Mapping[str, datetime] = field(default_factory=dict)
    """By their names, the times that somebody put off, with the naive local times to which."""

    def times(self, first: date, last: date) -> Iterator[Occurrence]:
        """Yield the times that take place from the first day to the last: without those that are skipped.

        Those that were put off come last.
        """
        for each in self._ruled(first, last):
            if name_of(each.name) not in self.put_off:
                yield each
        for name, wall in self.put_off.items():
            if first <= wall.date() <= last and not self._is_paused(wall.date()):
                yield Occurrence(datetime.fromisoformat(name), wall)

    @property
    def comes_round_by(self) -> tuple[Any, ...]:
        """Return what tells when it comes round: the same for rituals that come round together."""
        # Alike ones share their timetable, which comparing by what it says would take longer than it saves.
        return id(self.timetable), self.resumes_on, self.skipped, tuple(self.put_off.items())

    def comes_on(self, day: date) -> bool:
        """Tell whether it comes round on that day, by its own calendar."""
        return next(self.times(day, day), None) is not None

    def _ruled(self, first: date, last: date) -> Iterator[Occurrence]:
        table = self.timetable
        stays = table.on_holiday in _STAYS and not isinstance(table.rule, Around)
        moved = timedelta(0) if stays else MOVED_BY_MOST
        since = datetime.combine(first - moved, time(0))
        coming = occurrences(table.rule, since, holidays=table.days_off, on_holiday=table.on_holiday)
        for each in coming:
            if each.name.date() > last + moved:
                return
            day = each.wall.date()
            is_left_out = self._is_paused(day) or name_of(each.name) in self.skipped
            if first <= day <= last and not is_left_out:
                yield each

    def _is_paused(self, day: date) -> bool:
        return self.resumes_on is not None and day < self.resumes_on


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
            *_READ,
            changed().label("changed"),
            followed.c.id.label("followed_id"),
            followed.c.recurrence.label("followed_recurrence"),
            followed.c.on_holiday.label("followed_on_holiday"),
        )
        .outerjoin(followed, followed.c.id == followed_id())
        .where(is_on(workspace_id, kinds))
    )
    if project_ids is not None:
        wanted = wanted.where(rituals.c.project_id.in_(project_ids))
    rows = session.connection().execute(wanted.order_by(rituals.c.id)).all()
    if not rows:
        return SwitchedOn(())
    others = {row.followed_id: Followed(row.followed_recurrence, row.followed_on_holiday) for row in rows}
    tables = timetables(session, rows, now, others)
    return SwitchedOn(tuple(running_of(row, tables[row.id]) for row in rows))


def is_on(workspace_id: UUID, kinds: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a ritual of these kinds is switched on, or will be again by itself."""
    return and_(
        rituals.c.workspace_id == workspace_id,
        rituals.c.kind.in_(sorted(kinds)),
        or_(
            rituals.c.state == RitualState.ACTIVE,
            and_(rituals.c.state == RitualState.PAUSED, rituals.c.resumes_on.is_not(None)),
        ),
    )


def running_of(row: Any, timetable: Timetable) -> Running:  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    """Return the ritual of a row with these columns."""
    said = dict(each.split(_TO) for each in (row.changed or "").split())
    return Running(
        row.id,
        row.kind,
        row.project_id,
        row.owner_id,
        row.created_at,
        timetable,
        row.resumes_on if row.state is RitualState.PAUSED else None,
        frozenset(name for name, wall in said.items() if not wall),
        {name: datetime.fromisoformat(wall) for name, wall in said.items() if wall},
    )


def followed_id() -> ColumnElement[UUID]:
    """Return the id of the ritual that one goes by, as the database keeps ids: SQLite without hyphens."""
    return cast(func.replace(rituals.c.recurrence[AROUND].as_string(), "-", ""), followed.c.id.type)


def changed() -> ScalarSelect[str]:
    """Return in one text what people said of a ritual's times: "name>" of one that is skipped, "name>to"."""
    is_skipped = ritual_occurrences.c.state == OccurrenceState.SKIPPED
    to = case((is_skipped, ""), else_=ritual_occurrences.c.put_off_to)
    is_put_off = and_(
        ritual_occurrences.c.put_off_to.is_not(None), ritual_occurrences.c.state != OccurrenceState.RESTED
    )
    return (
        select(func.aggregate_strings(ritual_occurrences.c.name + _TO + to, " "))
        .where(ritual_occurrences.c.ritual_id == rituals.c.id, or_(is_skipped, is_put_off))
        .scalar_subquery()
    )


def is_switched_on(session: Session, kind: str, project_id: UUID) -> bool:
    """Tell whether a ritual of that kind is switched on for the project, and does not rest."""
    is_on = exists().where(
        rituals.c.project_id == project_id, rituals.c.kind == kind, rituals.c.state == RitualState.ACTIVE
    )
    return bool(session.scalar(select(is_on)))
