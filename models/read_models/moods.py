"""Clients' moods as services return them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from models.read_models.people import PersonRef
from models.read_models.projects import ProjectChoice, ProjectView
from models.rules.days import near_words
from models.rules.moods import mood
from models.rules.moods.alerts import AlertCause
from models.rules.moods.words import AlertOutcome, HeardKind, MoodSource
from models.rules.risks.words import Visibility
from models.value import Value, replace


class MoodView(Value):
    """How a client was on a day, as one person saw it. ``version`` grows with every change."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    channel_id: str
    timezone: str
    """The project's: a reading's day is a day there."""
    version: int
    value: int
    observed_on: date
    author: PersonRef
    logged_at: datetime
    updated_at: datetime
    insight: str = ""
    source: MoodSource | None = None
    client_role: str = ""
    request: str = ""
    opportunity: str = ""
    follow_up: str = ""
    visibility: Visibility = Visibility.TEAM
    is_withdrawn: bool = False

    def local_day(self, now: datetime) -> date:
        """Return the day it is where the project is."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    @property
    def reference(self) -> str:
        """Return what refusals call it."""
        return f"{self.project_key}'s mood of {near_words(self.observed_on)}"

    @property
    def heard(self) -> Mapping[HeardKind, str]:
        """Return what the client let fall, as far as there is any."""
        items = {HeardKind.REQUEST: self.request, HeardKind.OPPORTUNITY: self.opportunity}
        return {kind: text for kind, text in items.items() if text}


SAID_TWICE_WITHIN = timedelta(minutes=2)
"""The same reading by the same person within that time is probably said twice by mistake."""


class LoggedMood(Value):
    """A reading with the one before it, as far as the person asking may see that."""

    reading: MoodView
    before: MoodView | None

    @property
    def is_repeated(self) -> bool:
        """Tell whether the same person said the same a moment ago, with nothing to add."""
        mood, before = self.reading, self.before
        return (
            before is not None
            and (mood.value, mood.author, mood.observed_on)
            == (before.value, before.author, before.observed_on)
            and mood.insight in {"", before.insight}
            and mood.logged_at - before.logged_at <= SAID_TWICE_WITHIN
        )


class MoodAlertView(Value):
    """An alert; ``told`` are those it was told to who are still here."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    version: int
    cause: AlertCause
    opened_on: date
    taken_by: PersonRef | None
    taken_at: datetime | None
    ended_at: datetime | None
    outcome: AlertOutcome | None
    told: tuple[PersonRef, ...] = ()


class MoodState(Value):
    """How a client is on a day: what charts, the home page and the weekly status need, and no more.

    ``days`` are oldest first and hold only what whoever asks may see. ``has_alert`` is False for who may not
    know of one.
    """

    days: tuple[mood.MoodDay, ...]
    today: date
    has_alert: bool = False

    @property
    def last(self) -> mood.MoodDay | None:
        """Return the last day on which anybody said how the client is."""
        return self.days[-1] if self.days else None

    @property
    def average(self) -> Fraction | None:
        """Return the mean of the last three days."""
        return mood.average(self.days, self.today)

    @property
    def trend(self) -> mood.MoodTrend:
        """Return where the average is going."""
        return mood.trend(self.days, self.today)

    @property
    def is_unknown(self) -> bool:
        """Tell whether nobody knows how the client is now; that is never good."""
        return mood.is_unknown(self.days, self.today)

    @property
    def makes_a_line(self) -> bool:
        """Tell whether there are two days to draw a line between."""
        return len(self.days) > 1

    @property
    def was_low_lately(self) -> bool:
        """Tell whether the mood was low on any of the last 21 days."""
        return mood.was_low_lately(self.days, self.today)


class MoodTrendView(Value):
    """How a project's client is, and how that came about."""

    project: ProjectView
    state: MoodState
    last: MoodView | None
    """The last reading, word for word."""
    alert: MoodAlertView | None = None
    """None also for who may not know of it."""


class MoodOfProject(Value):
    """One line of all clients' moods."""

    project: ProjectChoice
    state: MoodState


class MoodFilter(Value):
    """Which readings a list shows; None means "of every project"."""

    project_id: UUID | None = None
    mine: bool = False
    heard: bool = False
    """Only those with a request or an opportunity."""
    page: int = 1

    def of(self, project_id: UUID | None) -> "MoodFilter":
        """Return the same wishes for one project, or for all."""
        return replace(self, project_id=project_id)


class MoodPage(Value):
    """One page of readings, newest first."""

    readings: tuple[MoodView, ...]
    filter: MoodFilter
    total: int
    pages: int
    project: ProjectView | None = None
