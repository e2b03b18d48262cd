"""Brings what is planned into line with rituals that change: no time is lost, and none comes twice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, bindparam, false, insert, or_, select, update
from sqlalchemy.orm import Session

from models.rules.recurrence import Occurrence, occurrences
from models.rules.replanning import Planned, Replanned, counts_in_months, period_of, replanned
from models.rules.rituals import OccurrenceState, Rest, RitualSort, StepState, Timetable
from models.services.rituals.rows import name_of, occurrence_id_of, rituals, step_id_of, steps
from models.services.rituals.rows import occurrences as times
from models.services.rituals.setups import Row, followed_by, followers_of, rest_of, rows_of
from models.services.rituals.timetables import coming, timetables
from models.value import Value

_DAY = timedelta(days=1)
_LOOK_BACK = timedelta(days=40)
"""How far back a time may begin the month that is looked at."""

_OVER = frozenset({OccurrenceState.HELD, OccurrenceState.MISSED})

_SET_TIME = (
    update(times)
    .where(times.c.id == bindparam("its_id"))
    .values(
        name=bindparam("new_name"),
        starts_at=bindparam("at"),
        state=bindparam("became"),
        version=times.c.version + 1,
    )
)
_SET_STEP = (
    update(steps)
    .where(steps.c.id == bindparam("its_id"))
    .values(due_at=bindparam("due"), expires_at=bindparam("expires"), state=bindparam("became"))
)
_SET_NEXT = (
    update(rituals)
    .where(rituals.c.id == bindparam("its_id"))
    .values(next_due_at=bindparam("then"), planned_through=bindparam("through"))
)


class _Step(Value):
    id: UUID
    kind: str
    due_at: datetime
    expires_at: datetime
    state: StepState


class _Time(Value):
    id: UUID
    name: datetime
    starts_at: datetime
    state: OccurrenceState
    steps: tuple[_Step, ...]


@dataclass
class _Writes:
    """What is to be written, gathered to be written together."""

    times: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    new_times: list[dict[str, Any]] = field(default_factory=list)
    new_steps: list[dict[str, Any]] = field(default_factory=list)
    next: list[dict[str, Any]] = field(default_factory=list)

    def write(self, session: Session) -> None:
        connection = session.connection()
        for statement, values in (
            (_SET_TIME, self.times),
            (_SET_STEP, self.steps),
            (insert(times), self.new_times),
            (insert(steps), self.new_steps),
            (_SET_NEXT, self.next),
        ):
            if values:
                connection.execute(statement, values)


@contextmanager
def realigning(
    session: Session,
    sorts: Mapping[str, RitualSort],
    wanted: ColumnElement[bool],
    now: datetime,
    *,
    through: datetime | None = None,
) -> Iterator[Sequence[Row]]:
    """Change these rituals, or what they depend on, within the block; then bring what is planned into line.

    Those that go by one of them follow. They are locked, and yielded as they were. Times up to the naive
    local time ``through`` are planned ahead of their time.
    """
    before = _locked(session, wanted)
    if not before:
        yield before
        return
    old_rules = timetables(session, before, now)
    old_rests = _rests(session, before, now)
    yield before
    after = rows_of(session, rituals.c.id.in_([row.id for row in before]))
    rules, rests = timetables(session, after, now), _rests(session, after, now)
    known = _times_of(session, after, now)
    writes = _Writes()
    for row in after:
        if row.kind in sorts:
            was = (old_rules[row.id], old_rests[row.id])
            one = _Realigned(row, sorts[row.kind], rules[row.id], rests[row.id], known[row.id], now)
            one.run(writes, *was, through)
    writes.write(session)


def _locked(session: Session, wanted: ColumnElement[bool]) -> Sequence[Row]:
    """Return the rituals and those that go by them, locked in one order."""
    found = rows_of(session, wanted)
    if not found:
        return ()
    ids = [row.id for row in found]
    either = or_(rituals.c.id.in_(ids), followers_of(found[0].workspace_id, ids))
    session.connection().execute(
        select(rituals.c.id).where(either).order_by(rituals.c.id).with_for_update()
    ).all()
    return rows_of(session, either)


def _rests(session: Session, rows: Sequence[Row], now: datetime) -> Mapping[UUID, Rest | None]:
    followed = followed_by(session, rows)
    return {row.id: rest_of(row, followed, now) for row in rows}


def _times_of(session: Session, rows: Sequence[Row], now: datetime) -> Mapping[UUID, Sequence[_Time]]:
    """Return what is on record of these rituals for now and later, with the steps locked against running."""
    connection = session.connection()
    since = name_of((now - _LOOK_BACK).astimezone(UTC).replace(tzinfo=None))
    ours = and_(
        times.c.ritual_id.in_([row.id for row in rows]), times.c.name >= since, times.c.is_extra == false()
    )
    by_time: defaultdict[UUID, list[_Step]] = defaultdict(list)
    for row in connection.execute(
        select(steps)
        .join(times, times.c.id == steps.c.occurrence_id)
        .where(ours)
        .order_by(steps.c.id)
        .with_for_update(of=steps)
    ):
        by_time[row.occurrence_id].append(_Step(row.id, row.kind, row.due_at, row.expires_at, row.state))
    found: defaultdict[UUID, list[_Time]] = defaultdict(list)
    for row in connection.execute(select(times).where(ours)):
        name = datetime.fromisoformat(row.name)
        found[row.ritual_id].append(_Time(row.id, name, row.starts_at, row.state, tuple(by_time[row.id])))
    return found


class _Realigned:
    """One ritual, as it is now, and what is on record of it."""

    def __init__(
        self,
        row: Row,
        sort: RitualSort,
        timetable: Timetable,
        rest: Rest | None,
        known: Sequence[_Time],
        now: datetime,
    ) -> None:
        self._row, self._sort, self._timetable, self._rest = row, sort, timetable, rest
        self._known = {each.name: each for each in known}
        self._ids = {each.id for each in known}
        self._now = now
        self._here = now.astimezone(timetable.zone).replace(tzinfo=None)

    def run(self, writes: _Writes, old: Timetable, old_rest: Rest | None, through: datetime | None) -> None:
        """Say what is to be written; ``old`` is when it took place before the change."""
        done = datetime.fromisoformat(self._row.planned_through)
        if old_rest is not None and self._rest is None:
            done = max(done, self._here)
        if through is not None:
            done = max(done, through)
        walls, found = self._compared(old, done)
        for name, to in found.moved:
            self._move(writes, self._known[name], to, old, walls.get(name))
        for name in found.without:
            self._take_away(writes, self._known[name])
        done = max([done, *(to.name for _, to in found.moved)])
        for each in found.new:
            if each.name <= done and not self._rests_on(each.wall.date()):
                self._add(writes, each)
        self._go_on(writes, done)

    def _compared(self, old: Timetable, done: datetime) -> tuple[Mapping[datetime, datetime], Replanned]:
        """Return when the old rule's times took place, and what becomes of those on record."""
        by_month = counts_in_months(old.rule) and counts_in_months(self._timetable.rule)
        latest = max([self._here, done, *self._known])
        since = datetime.combine(period_of(self._here.date(), by_month=by_month)[0], time())
        until = datetime.combine(period_of(latest.date(), by_month=by_month)[1], time.max)
        before = _between(old, since, until)
        planned = [
            Planned(each.name, is_over=each.state in _OVER or each.starts_at <= self._now)
            for each in self._known.values()
            if each.name >= since
        ]
        found = replanned(
            [each.name for each in before],
            _between(self._timetable, since, until),
            planned,
            is_ahead=lambda each: self._timetable.instant(each.wall) > self._now,
            by_month=by_month,
        )
        return {each.name: each.wall for each in before}, found

    def _move(
        self, writes: _Writes, known: _Time, to: Occurrence, old: Timetable, old_wall: datetime | None
    ) -> None:
        """Make it a time of the new rule; what was done stays done, and what somebody put off stays so."""
        at, put_off = self._timetable.instant(to.wall), timedelta(0)
        if old_wall is not None and (was := old.instant(old_wall)) == at:
            put_off = known.starts_at - was
        starts_at = at + put_off
        is_to_come = known.starts_at > self._now or known.state is OccurrenceState.RESTED
        if not is_to_come or starts_at <= self._now:
            self._set(writes, known, to.name, known.starts_at, known.state)
            return
        state = known.state
        if state in {OccurrenceState.PLANNED, OccurrenceState.RESTED}:
            is_resting = self._rests_on(starts_at.astimezone(self._timetable.zone).date())
            state = OccurrenceState.RESTED if is_resting else OccurrenceState.PLANNED
        self._set(writes, known, to.name, starts_at, state)
        due = self._due(to.wall, starts_at, put_off)
        for step in known.steps:
            if step.state in {StepState.WAITING, StepState.SKIPPED} and step.kind in due:
                values = due[step.kind]
                values["state"] = _step_state(step.state, known.state, state, values["state"])
                self._set_step(writes, step, values)

    def _take_away(self, writes: _Writes, known: _Time) -> None:
        """Let it not take place, where it is still to come."""
        if known.state is not OccurrenceState.PLANNED or known.starts_at <= self._now:
            return
        self._set(writes, known, known.name, known.starts_at, OccurrenceState.RESTED)
        for step in known.steps:
            if step.state is StepState.WAITING:
                self._set_step(
                    writes,
                    step,
                    {"due_at": step.due_at, "expires_at": step.expires_at, "state": StepState.SKIPPED},
                )

    def _add(self, writes: _Writes, time: Occurrence) -> None:
        """Write down a time of its own."""
        occurrence_id = occurrence_id_of(self._row.id, name_of(time.name))
        if occurrence_id in self._ids:
            # It is that of a time which has another name by now.
            occurrence_id = uuid4()
        starts_at = self._timetable.instant(time.wall)
        common = {"workspace_id": self._row.workspace_id}
        writes.new_times.append(
            {
                **common,
                "id": occurrence_id,
                "ritual_id": self._row.id,
                "name": name_of(time.name),
                "starts_at": starts_at,
                "state": OccurrenceState.PLANNED,
                "version": 1,
                "is_extra": False,
            }
        )
        writes.new_steps += [
            {
                **common,
                "id": step_id_of(occurrence_id, kind),
                "occurrence_id": occurrence_id,
                "kind": kind,
                "settled_at": None,
                **values,
            }
            for kind, values in self._due(time.wall, starts_at).items()
        ]

    def _go_on(self, writes: _Writes, done: datetime) -> None:
        """Say from when on the planner takes over, and when it has to begin."""
        then: datetime | None = None
        if self._rest is None or self._rest.until is not None:
            if self._rest is not None and self._rest.until is not None:
                done = max(done, datetime.combine(self._rest.until - _DAY, time(23, 59)))
            for each in coming(self._timetable, self._sort.steps, name_of(done)):
                is_to_come = self._timetable.instant(each.wall) > self._now
                if not is_to_come or self._timetable.due(self._sort.main, each.wall) > self._now:
                    then = each.first_due_at
                    break
                # Its message would be late or missed already, though the time itself is still to come.
                done = datetime.fromisoformat(each.name)
                self._add(writes, Occurrence(done, each.wall))
        writes.next.append({"its_id": self._row.id, "then": then, "through": name_of(done)})

    def _rests_on(self, day: date) -> bool:
        return self._rest is not None and self._rest.holds_on(day)

    def _due(
        self, wall: datetime, starts_at: datetime, put_off: timedelta = timedelta(0)
    ) -> Mapping[str, dict[str, Any]]:
        """Return when each step is due, by its kind; what has no point any more is skipped."""
        now = self._now
        due = self._timetable.all_due(self._sort, wall, starts_at - put_off, now - put_off)
        return {
            rule.kind: {
                "due_at": due_at,
                "expires_at": due_at + rule.grace,
                "state": StepState.SKIPPED if due_at + rule.grace <= now else StepState.WAITING,
            }
            for rule in self._sort.steps
            for due_at in [due[rule.kind] + put_off]
        }

    @staticmethod
    def _set(
        writes: _Writes, known: _Time, name: datetime, starts_at: datetime, state: OccurrenceState
    ) -> None:
        if (known.name, known.starts_at, known.state) != (name, starts_at, state):
            writes.times.append(
                {"its_id": known.id, "new_name": name_of(name), "at": starts_at, "became": state}
            )

    @staticmethod
    def _set_step(writes: _Writes, step: _Step, values: Mapping[str, Any]) -> None:
        if (step.due_at, step.expires_at, step.state) != tuple(values.values()):
            writes.steps.append(
                {
                    "its_id": step.id,
                    "due": values["due_at"],
                    "expires": values["expires_at"],
                    "became": values["state"],
                }
            )


def _step_state(
    now_is: StepState, was: OccurrenceState, becomes: OccurrenceState, fresh: StepState
) -> StepState:
    """Return what a step of a time becomes that is moved, brought back, or put to rest."""
    if becomes in {OccurrenceState.RESTED, OccurrenceState.SKIPPED}:
        return StepState.SKIPPED
    if now_is is StepState.WAITING:
        return StepState.WAITING
    return fresh if was is OccurrenceState.RESTED else StepState.SKIPPED


def _between(timetable: Timetable, since: datetime, until: datetime) -> list[Occurrence]:
    return list(
        occurrences(
            timetable.rule,
            since,
            until,
            holidays=timetable.days_off,
            on_holiday=timetable.on_holiday,
        )
    )
