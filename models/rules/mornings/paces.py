"""The morning message: when it comes where a person is, and what each pace leaves out.

Source: our delivery practice, one message a working day; the hours and the paces are our defaults.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from models.rules.rituals.recurrence import instant
from models.rules.rituals.workdays import (
    USUAL,
    WorkingWeek,
    is_working_day,
    moved_by_working_days,
    nearest_working_day,
)
from models.value import Value

MORNING_AT = time(9)
"""By the clock on the wall where the person is."""

MORNING_UNTIL = time(15)
"""What could not come by then, because the bot was down, is left to the next morning."""

LATER_AT = time(15)
"""When "later today" is, unless that is less than ``LATER_AFTER`` away."""

LATER_AFTER = timedelta(hours=3)

LAST_LATER_AT = time(20)
"""Nothing comes later than that: then it is tomorrow's."""

MOST_LINES = 12
"""Lines of one message, headings among them; the rest is counted, and can be unfolded."""

_DAY = timedelta(days=1)


class Stage(StrEnum):
    """How near a thing is to its day; a pace lets some of these through."""

    AHEAD = "ahead"
    """Due in the next few days."""
    SOON = "soon"
    """Due the next working day."""
    TODAY = "today"
    LATE = "late"
    """Overdue, on the days on which it is said."""
    AGAIN = "again"
    """Overdue for longer than that: once a week."""
    STILL_LATE = "still_late"
    """Overdue, on all other days."""
    NEWS = "news"
    """Nothing to do: good to know."""


class Pace(StrEnum):
    """How much a person wants to hear of what they are to do."""

    LIGHT = "light"
    STANDARD = "standard"
    ACTIVE = "active"


class PacePolicy(Value):
    """What a pace lets through, and how it is described to whoever chooses."""

    stages: frozenset[Stage]
    is_nudged: bool
    """Whether a nudge comes two hours before a status is due."""
    word: str
    brief: str
    says: str


PACES: Mapping[Pace, PacePolicy] = {
    Pace.LIGHT: PacePolicy(
        frozenset({Stage.TODAY, Stage.LATE}),
        is_nudged=False,
        word="Light",
        brief="only what is due today or late",
        says="what is due today or late",
    ),
    Pace.STANDARD: PacePolicy(
        frozenset({Stage.SOON, Stage.TODAY, Stage.LATE, Stage.AGAIN, Stage.NEWS}),
        is_nudged=True,
        word="Standard",
        brief="also tomorrow's, and news of the week",
        says="what is late or due by the next working day, the week's news, and a nudge two hours before a "
        "status is due",
    ),
    Pace.ACTIVE: PacePolicy(
        frozenset(Stage),
        is_nudged=True,
        word="Active",
        brief="also the next days', and late things every day",
        says="what is due within three working days, what is late every day, the week's news, and a nudge "
        "two hours before a status is due",
    ),
}
"""The one table that says what each pace leaves out."""

DAYS_AHEAD = 3
"""Working days that the active pace looks ahead."""


def stage_of(
    due_on: date,
    today: date,
    said_again_after: Collection[int],
    holidays: Collection[date] = (),
    week: WorkingWeek = USUAL,
) -> Stage | None:
    """Return how near something is that is due on a day; None while that is too far off to be said.

    What is due on days off is named on the working day before. ``said_again_after`` are the days of being
    late on which it is said to everybody; where such a day is one off, it is said on the working day after.
    What is late for longer comes up again on the first working day of each week.
    """
    next_day = nearest_working_day(today + _DAY, _DAY, holidays, week)
    if due_on == today:
        return Stage.TODAY
    if due_on > today:
        if due_on <= next_day:
            return Stage.SOON
        return Stage.AHEAD if due_on <= moved_by_working_days(today, DAYS_AHEAD, holidays, week) else None
    days = {nearest_working_day(due_on + count * _DAY, _DAY, holidays, week) for count in said_again_after}
    if today in days:
        return Stage.LATE
    begins_on = today - week.place(today) * _DAY
    is_first_of_week = today == nearest_working_day(begins_on, _DAY, holidays, week)
    return Stage.AGAIN if is_first_of_week and today > max(days, default=due_on) else Stage.STILL_LATE


class Morning(Value):
    """A day's morning where a person is: it comes at ``at``, and stands for what is due before ``until``.

    ``since`` is when the one before came.
    """

    day: date
    since: datetime
    at: datetime
    until: datetime


def morning_of(
    day: date, zone: tzinfo, days_off: Collection[date] = (), week: WorkingWeek = USUAL
) -> Morning | None:
    """Return the morning of a day; None on one on which nobody works."""
    if not is_working_day(day, days_off, week):
        return None
    before = nearest_working_day(day - _DAY, -_DAY, days_off, week)
    after = nearest_working_day(day + _DAY, _DAY, days_off, week)
    since, at, until = (instant(datetime.combine(each, MORNING_AT), zone) for each in (before, day, after))
    return Morning(day, since, at, until)


def may_come(morning: Morning, now: datetime, zone: tzinfo) -> bool:
    """Tell whether a morning's message may be sent now: not before its time, and not when it has no point."""
    return morning.at <= now < instant(datetime.combine(morning.day, MORNING_UNTIL), zone)


def next_morning_at(
    now: datetime, zone: tzinfo, days_off: Collection[date] = (), week: WorkingWeek = USUAL
) -> datetime:
    """Return when the next morning comes."""
    day = now.astimezone(zone).date()
    while True:
        morning = morning_of(day, zone, days_off, week)
        if morning is not None and morning.at > now:
            return morning.at
        day += _DAY


def later_today(now: datetime, zone: tzinfo) -> datetime | None:
    """Return when "later today" is, where the person is; None when too little of the day is left."""
    day = now.astimezone(zone).date()
    at = max(instant(datetime.combine(day, LATER_AT), zone), now + LATER_AFTER)
    last = instant(datetime.combine(day, LAST_LATER_AT), zone)
    return at if at <= last else None


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return when a day is over where the person is."""
    return instant(datetime.combine(day + _DAY, time(0)), zone).astimezone(UTC)
