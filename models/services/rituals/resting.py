"""Lets rituals rest and go on whose kind only another version knows: no step of theirs is looked into."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from models.rules.rituals.recurrence import occurrences
from models.rules.rituals.steps import OccurrenceState, Rest, StepState, Timetable
from models.services.rituals.records import TimeOnRecord, Writes
from models.services.rituals.rows import name_of
from models.services.rituals.setups import Row

_DAY = timedelta(days=1)


class Stranger:
    """One such ritual as it is now, and what is on record of it."""

    def __init__(
        self, row: Row, timetable: Timetable, rest: Rest | None, known: Sequence[TimeOnRecord], now: datetime
    ) -> None:
        """Take its row, when it takes place, and why it rests, if it does."""
        self._row, self._timetable, self._rest, self._known = row, timetable, rest, known
        self._now = now

    def run(self, writes: Writes, old_rest: Rest | None) -> None:
        """Say what is to be written, so that the version that knows it finds it resting, or goes on."""
        for time_on_record in self._known:
            if time_on_record.starts_at > self._now:
                self._follow(writes, time_on_record)
        if self._rest != old_rest:
            self._go_on(writes)

    def _follow(self, writes: Writes, known: TimeOnRecord) -> None:
        day = known.starts_at.astimezone(self._timetable.zone).date()
        rests = self._rest is not None and self._rest.holds_on(day)
        if rests and known.state is OccurrenceState.PLANNED:
            became, was, then = OccurrenceState.RESTED, StepState.WAITING, StepState.SKIPPED
        elif not rests and known.state is OccurrenceState.RESTED and self._still_has(known.name):
            became, was, then = OccurrenceState.PLANNED, StepState.SKIPPED, StepState.WAITING
        else:
            return
        writes.set_time(known, known.name, known.starts_at, known.put_off_to, became)
        for step in known.steps:
            if step.state is was and (then is StepState.SKIPPED or step.expires_at > self._now):
                writes.set_step(step, step.due_at, step.expires_at, then)

    def _still_has(self, name: datetime) -> bool:
        """Tell whether its rule says that time: one that another rule took away does not come back."""
        table = self._timetable
        return any(
            each.name == name
            for each in occurrences(
                table.rule, name, name, holidays=table.days_off, on_holiday=table.on_holiday
            )
        )

    def _go_on(self, writes: Writes) -> None:
        """Have it looked at once the rest is over, by whoever knows then when its first step is due."""
        through, then = datetime.fromisoformat(self._row.planned_through), None
        if self._rest is None:
            through = max(through, self._now.astimezone(self._timetable.zone).replace(tzinfo=None))
            then = self._now
        elif self._rest.until is not None:
            through = max(through, datetime.combine(self._rest.until - _DAY, time(23, 59)))
            then = self._timetable.instant(datetime.combine(self._rest.until, time()))
        writes.next.append({"its_id": self._row.id, "then": then, "through": name_of(through)})
