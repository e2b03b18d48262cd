"""Rituals and the times they come round, as whoever draws or lists them needs them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.read_models.history import HistoryEntry
from models.read_models.people import PersonRef
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.recurrence_words import around_in_words, in_words
from models.rules.rituals.steps import AroundRitual, OccurrenceState, Rest, RitualState, Timing
from models.rules.zones import clock_words
from models.value import Value


class RitualView(Value):
    """A ritual as it is set up. ``project_id`` is None where it is the whole organisation's."""

    id: UUID
    workspace_id: UUID
    kind: str
    name: str
    project_id: UUID | None
    channel_id: str | None
    owner: PersonRef
    timezone: str
    duration_minutes: int
    settings: Mapping[str, Any]
    state: RitualState
    version: int

    @property
    def typed(self) -> str:
        """Return its name as hints have it, which everybody can type: "Delivery – PM" as "delivery pm"."""
        return " ".join(re.findall(r"\w+", self.name.lower())) or self.name


class OccurrenceView(Value):
    """One time that a ritual comes round; ``name`` is the naive local time that its rule says."""

    id: UUID
    name: datetime
    starts_at: datetime
    state: OccurrenceState


class DueStep(Value):
    """A step of one time of a ritual; ``kind`` names it among the ritual's steps."""

    id: UUID
    kind: str
    due_at: datetime
    expires_at: datetime
    occurrence: OccurrenceView
    ritual: RitualView


class RitualSetup(Value):
    """A ritual with all that a person may set, and whether it rests."""

    ritual: RitualView
    project_key: str
    """"" where it is the whole organisation's."""
    timing: Timing
    followed: str
    """The name of the ritual that it goes by, "" for none."""
    on_holiday: OnHoliday
    country: str
    resumes_on: date | None
    rest: Rest | None

    @property
    def id(self) -> UUID:
        """Return its id."""
        return self.ritual.id

    @property
    def workspace_id(self) -> UUID:
        """Return its workspace."""
        return self.ritual.workspace_id

    @property
    def version(self) -> int:
        """Return how often it was changed, counted from 1."""
        return self.ritual.version

    @property
    def reference(self) -> str:
        """Return how people call it."""
        return self.ritual.name

    @property
    def words(self) -> str:
        """Return when it comes round, in words."""
        if isinstance(self.timing, AroundRitual):
            said = around_in_words(self.timing.working_days, self.timing.at, self.followed)
        else:
            said = in_words(self.timing)
        return f"{said}, {clock_words(self.ritual.timezone)}"


class ComingTime(Value):
    """A time that is still to come. ``name`` is the naive local time that the rule says, in ISO format."""

    name: str
    starts_at: datetime
    is_skipped: bool = False
    is_put_off: bool = False
    """Whether somebody put it off."""
    usually_at: datetime | None = None
    """When it takes place unless somebody puts it off, where that is still to come."""


class Adherence(Value):
    """How many times a ritual was kept, skipped and missed, since the first of them."""

    counted_as: str
    """What is known of those that were kept: "posted"."""
    since: date | None = None
    """None where none counts yet."""
    kept: int = 0
    late: int = 0
    """How many of those that were kept came late."""
    moved: int = 0
    """How many of those took place on another day than the rule says."""
    skipped: int = 0
    missed: int = 0
    days_off: int = 0
    """How many fell on days off, and did not take place."""

    @property
    def total(self) -> int:
        """Return how many times count: on a day off there was none."""
        return self.kept + self.skipped + self.missed


class RitualLine(Value):
    """A ritual as a line of a list; ``next_at`` is None where nothing comes."""

    setup: RitualSetup
    next_at: datetime | None
    adherence: Adherence
    may_change: bool = False
    is_known: bool = True
    """Whether this version knows its kind; else nothing comes of it."""


class RitualPage(Value):
    """One page of rituals: a project's, or of all projects with the organisation's own first."""

    lines: tuple[RitualLine, ...]
    page: int
    pages: int
    total: int
    project_key: str = ""
    is_ended: bool = False
    """Whether these are the ones that ended."""
    ended: int = 0
    """How many ended, whatever the list shows."""
    may_switch_on: bool = False


class RitualCard(Value):
    """A ritual with the next times, how well it was kept, and what the person asking may do."""

    setup: RitualSetup
    coming: tuple[ComingTime, ...]
    adherence: Adherence
    history: tuple[HistoryEntry, ...] = ()
    may_change: bool = False
    may_switch_on_again: bool = False
    """Whether it ended, and the person may have something come round there."""
    is_known: bool = True
    """As of ``RitualLine``."""


class SwitchedOn(Value):
    """A ritual as it is now, and the names of those that share its people and its time."""

    setup: RitualSetup
    next_at: datetime | None
    clashes: tuple[str, ...] = ()
    falls_away: tuple[datetime, ...] = ()
    """The times to which some were put off that the new rule does not keep."""


class TimesAhead(Value):
    """When a ritual would take place the next times; ``falls_away`` is as of ``SwitchedOn``."""

    times: tuple[datetime, ...] = ()
    falls_away: tuple[datetime, ...] = ()
    skipped: frozenset[datetime] = frozenset()
    """Those of ``times`` that somebody skipped."""


class RitualName(Value):
    """A ritual as people call it; ``project_key`` is "" where it is the organisation's."""

    id: UUID
    name: str
    project_key: str
    project_id: UUID | None
    is_paused: bool = False
    has_changed_time: bool = False
    """Whether a time to come is skipped or put off."""


class DayOffView(Value):
    """A day on which nobody works; ``project_key`` is "" where that is everybody."""

    id: UUID
    day: date
    name: str
    project_id: UUID | None
    project_key: str
