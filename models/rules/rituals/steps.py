"""What makes a ritual: the steps of each time it comes round, and when each of them is due.

A ritual's own file in ``scheduled/rituals`` says which steps it has; nothing here knows any ritual by name.
"""

from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.rules.delivery import Operation
from models.rules.rituals.recurrence import OnHoliday, Regular, Rule, instant
from models.rules.rituals.workdays import moved_by_working_days
from models.value import Value

GRACE = timedelta(hours=12)
"""How late a step may be when the bot was down; later it would only confuse, and counts as missed."""

LATE_AFTER = timedelta(minutes=15)
"""From when on a step that comes late says so."""

COUNTED_AS = "posted"
"""What is known of a time that counts as kept, unless its kind says another word."""


class AroundRitual(Value):
    """Some working days after another ritual, which its id names; a negative number is before it."""

    ritual_id: UUID
    working_days: int
    at: time


Timing = Regular | AroundRitual
"""When a ritual comes round, as people say it."""


class RitualState(StrEnum):
    """Where a ritual stands."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class OccurrenceState(StrEnum):
    """What became of one time that a ritual came round."""

    PLANNED = "planned"
    HELD = "held"
    SKIPPED = "skipped"
    """A person said so before."""
    MISSED = "missed"
    """The bot was down for longer than the grace of its main step."""
    RESTED = "rested"
    """It was planned when the ritual was paused, or when its rule became one that has no such time."""


IS_OFF = frozenset({OccurrenceState.SKIPPED, OccurrenceState.RESTED})
"""The states of what does not take place, for somebody skipped it or its ritual rests."""

STILL_TAKES_PLACE = frozenset({OccurrenceState.PLANNED, OccurrenceState.HELD})
"""The states of what takes place: before it does it may count as held, as a meeting whose agenda is out."""


class Outcome(StrEnum):
    """What one time counts as when it is told how well a ritual was kept."""

    KEPT = "kept"
    LATE = "late"
    """It was kept, later than it should."""
    SKIPPED = "skipped"
    MISSED = "missed"
    OPEN = "open"
    """It does not count, or not yet."""


class RestReason(StrEnum):
    """Why a ritual does not come round."""

    ENDED = "ended"
    PAUSED = "paused"
    ARCHIVED = "archived"
    """Its project is."""
    FOLLOWED = "followed"
    """The ritual that it goes by rests."""


class Rest(Value):
    """That a ritual does not come round; ``until`` is the first day on which it does again."""

    reason: RestReason
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it does not come round on that day."""
        return self.until is None or day < self.until


class StepState(StrEnum):
    """What became of a step."""

    WAITING = "waiting"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"


class StepRule(Value):
    """One thing that is done each time a ritual comes round.

    It is due some working days from the ritual's own day, at ``at`` or else at the ritual's time, and
    ``after`` that instant; ``at_end`` when people have met for as long as they mean to. Where ``operation``
    is None it posts nothing in the ritual's channel; an update or a reply is to the message of the step
    ``about``.
    """

    kind: str
    working_days: int = 0
    at: time | None = None
    after: timedelta = timedelta(0)
    at_end: bool = False
    grace: timedelta = GRACE
    operation: Operation | None = Operation.POST
    about: str | None = None
    is_main: bool = False
    """Whether the ritual counts as held when this is done, and as missed when it could not be."""


class SettingInput(StrEnum):
    """How a setting of a ritual is filled in."""

    LINE = "line"
    TEXT = "text"
    LINK = "link"
    CHOICE = "choice"


class Setting(Value):
    """Something that rituals of one kind are asked besides; a text in their settings, under ``name``."""

    name: str
    label: str
    kind: SettingInput = SettingInput.LINE
    is_required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    """Value → words of a choice; the first is meant where nothing is chosen."""
    hint: str = ""
    placeholder: str = ""


class Preset(Value):
    """A ritual as somebody would set it up, offered by name; that person's zone and channel fill it in."""

    name: str
    says: str
    weekdays: frozenset[int]
    at: time
    interval: int = 1
    timezone: str | None = None
    duration_minutes: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)


class RitualSort(Value):
    """What all rituals of one kind have in common. ``kind`` is the name of its file and of its template."""

    kind: str
    name: str
    says: str
    """What it does, in a sentence for whoever may switch it on."""
    steps: tuple[StepRule, ...]
    needs_project: bool = True
    needs_channel: bool = True
    presets: tuple[Preset, ...] = ()
    fields: tuple[Setting, ...] = ()
    """What its form asks besides what every ritual is asked."""
    counted_as: str = COUNTED_AS
    """What is known of a time that counts as kept: "posted 3 of 4"."""

    keeps_its_week: bool = False
    """Whether each stands for the week, or the month, in which it is due: it can't be put off beyond that."""

    is_only_one: bool = False
    """Whether one is enough for a project, or for the organisation: a second is refused."""

    @property
    def main(self) -> StepRule:
        """Return the step that counts."""
        return next(step for step in self.steps if step.is_main)

    def step(self, kind: str) -> StepRule:
        """Return the step of that name. Raises LookupError."""
        return next(step for step in self.steps if step.kind == kind)


class Timetable(Value):
    """When a ritual takes place: its rule, where its wall clock hangs, and the days on which nobody works."""

    rule: Rule
    zone: tzinfo
    on_holiday: OnHoliday = OnHoliday.KEEP
    days_off: Collection[date] = frozenset()
    length: timedelta = timedelta(0)
    """How long people meet."""

    def instant(self, wall: datetime) -> datetime:
        """Return when it is that naive local time there, in UTC."""
        return instant(wall, self.zone)

    def due(self, step: StepRule, wall: datetime) -> datetime:
        """Return when a step is due of the time that takes place at that naive local time."""
        day = moved_by_working_days(wall.date(), step.working_days, self.days_off)
        begins = instant(datetime.combine(day, step.at or wall.time()), self.zone)
        return begins + step.after + (self.length if step.at_end else timedelta(0))

    def all_due(
        self, sort: RitualSort, wall: datetime, starts_at: datetime, now: datetime
    ) -> Mapping[str, datetime]:
        """Return when each step is due of a time that is still to come, by the step's kind.

        Where its message should have been said already it is said now, and what belongs to it follows.
        """
        main = self.due(sort.main, wall)
        late = now - main if main <= now <= starts_at else timedelta(0)
        found = {step.kind: self.due(step, wall) for step in sort.steps}
        return {
            kind: due + late if main <= due < now or kind == sort.main.kind else due
            for kind, due in found.items()
        }

    def first_due(self, steps: Collection[StepRule], wall: datetime) -> datetime:
        """Return when the first of these steps is due."""
        return min(self.due(step, wall) for step in steps)
