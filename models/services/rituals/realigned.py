"""What becomes of one ritual's times when its rule changes, or what it depends on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from models.rules.rituals.recurrence import Occurrence, occurrences
from models.rules.rituals.replanning import Planned, Replanned, counts_in_months, period_of, replanned
from models.rules.rituals.steps import (
    STILL_TAKES_PLACE,
    OccurrenceState,
    Rest,
    RitualSort,
    StepState,
    Timetable,
)
from models.services.rituals.records import TimeOnRecord, Writes
from models.services.rituals.rows import name_of, occurrence_id_of, step_id_of
from models.services.rituals.setups import Row
from models.services.rituals.timetables import coming

_DAY = timedelta(days=1)
_OVER = frozenset({OccurrenceState.HELD, OccurrenceState.MISSED})


class Realigned:
    """One ritual as it is now, and what becomes of what is on record of it."""

    def __init__(
        self,
        row: Row,
        sort: RitualSort,
        timetable: Timetable,
        rest: Rest | None,
        known: Sequence[TimeOnRecord],
        now: datetime,
    ) -> None:
        """Take its row, its kind, when it takes place from now on, and why it rests, if it does."""
        self._row, self._sort, self._timetable, self._rest = row, sort, timetable, rest
        self._known = {each.name: each for each in known}
        self._ids = {each.id for each in known}
        self._now = now
        self._here = self._wall_of(now)

    def run(self, writes: Writes, old: Timetable, old_rest: Rest | None, through: datetime | None) -> None:
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
        earliest = min([self._here, *(each.name for each in self._known.values() if self._waits(each))])
        since = datetime.combine(period_of(earliest.date(), by_month=by_month)[0], time())
        until = datetime.combine(period_of(latest.date(), by_month=by_month)[1], time.max)
        before = _between(old, since, until)
        planned = [
            Planned(each.name, is_over=self._is_over(each))
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
        self, writes: Writes, known: TimeOnRecord, to: Occurrence, old: Timetable, old_wall: datetime | None
    ) -> None:
        """Make it a time of the new rule; what was done stays done, and what somebody put off stays so.

        That is for its own day: where the new rule has another for it, that is when it takes place.
        """
        table, usual = self._timetable, self._timetable.instant(to.wall)
        is_same = old_wall is not None and old.instant(old_wall) == usual
        stays = is_same or self._stays_put_off(known, to)
        put_off_to = known.put_off_to if stays else None
        starts_at = table.instant(put_off_to) if put_off_to else usual
        is_to_come = known.starts_at > self._now or known.state is OccurrenceState.RESTED
        if not is_to_come or starts_at <= self._now:
            put_off_to = self._wall_of(known.starts_at) if known.put_off_to else None
            writes.set_time(known, to.name, known.starts_at, put_off_to, known.state)
            return
        state = known.state
        if state in STILL_TAKES_PLACE or state is OccurrenceState.RESTED:
            is_resting = self._rests_on(starts_at.astimezone(table.zone).date())
            state = OccurrenceState.RESTED if is_resting else self._comes_as(known)
        writes.set_time(known, to.name, starts_at, put_off_to, state)
        due = self._due(put_off_to or to.wall, starts_at)
        for step in known.steps:
            if step.state in {StepState.WAITING, StepState.SKIPPED} and step.kind in due:
                values = due[step.kind]
                values["state"] = _step_state(step.state, known.state, state, values["state"])
                writes.set_step(step, **values)

    def _stays_put_off(self, known: TimeOnRecord, to: Occurrence) -> bool:
        """Tell whether it keeps its own day, and is put off to a time that is later and no other's."""
        to_wall, table = known.put_off_to, self._timetable
        if to_wall is None or to.name.date() != known.name.date():
            return False
        at = table.instant(to_wall)
        others = _between(table, to.name, to_wall)
        return at > table.instant(to.wall) and all(table.instant(each.wall) != at for each in others)

    def _take_away(self, writes: Writes, known: TimeOnRecord) -> None:
        """Let it not take place, where it is still to come."""
        if known.state is not OccurrenceState.PLANNED or known.starts_at <= self._now:
            return
        rested = OccurrenceState.RESTED
        writes.set_time(known, known.name, known.starts_at, known.put_off_to, rested)
        for step in known.steps:
            if step.state is StepState.WAITING:
                writes.set_step(step, step.due_at, step.expires_at, StepState.SKIPPED)

    def _add(self, writes: Writes, time: Occurrence) -> None:
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

    def _go_on(self, writes: Writes, done: datetime) -> None:
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

    def _is_over(self, known: TimeOnRecord) -> bool:
        """Tell whether it, or the time by its rule from which it was put off, is over."""
        is_put_off = known.put_off_to is not None and self._timetable.instant(known.name) <= self._now
        return known.state in _OVER or known.starts_at <= self._now or is_put_off

    def _waits(self, known: TimeOnRecord) -> bool:
        """Tell whether it is still to come, which one that was put off may be long after its name."""
        return known.state in STILL_TAKES_PLACE and known.starts_at > self._now

    def _comes_as(self, known: TimeOnRecord) -> OccurrenceState:
        """Return the state of one that takes place: held already where what counts was done."""
        main = self._sort.main.kind
        is_done = any(step.kind == main and step.state is StepState.DONE for step in known.steps)
        return OccurrenceState.HELD if is_done else OccurrenceState.PLANNED

    def _wall_of(self, at: datetime) -> datetime:
        return at.astimezone(self._timetable.zone).replace(tzinfo=None)

    def _rests_on(self, day: date) -> bool:
        return self._rest is not None and self._rest.holds_on(day)

    def _due(self, wall: datetime, starts_at: datetime) -> Mapping[str, dict[str, Any]]:
        """Return when each step is due, by its kind; what has no point any more is skipped."""
        due = self._timetable.all_due(self._sort, wall, starts_at, self._now)
        return {
            rule.kind: {
                "due_at": due[rule.kind],
                "expires_at": due[rule.kind] + rule.grace,
                "state": StepState.SKIPPED if due[rule.kind] + rule.grace <= self._now else StepState.WAITING,
            }
            for rule in self._sort.steps
        }


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
