"""Quiet hours: when what can wait for a person may reach them.

Source: a person's own wish; nobody has quiet hours before they ask for them.
"""

from datetime import date, datetime, time, timedelta, tzinfo

from models.rules.delivery import NoticeKind
from models.rules.mornings.paces import MORNING_UNTIL
from models.rules.rituals.recurrence import instant
from models.rules.rituals.workdays import USUAL, WorkingWeek, is_working_day, nearest_working_day
from models.value import Value

DAY = 24 * 60
"""Minutes."""

AT_WORK_FROM, AT_WORK_UNTIL = time(9), time(18)
"""When what nobody can do anything about at night reaches a person, by the clock on their wall."""

MAY_WAIT = frozenset(
    {
        NoticeKind.RISK_PROPOSED,
        NoticeKind.RISK_OUTCOME,
        NoticeKind.RISK_OWNED,
        NoticeKind.RISK_ACCEPTANCE,
        NoticeKind.RISK_ANSWERED,
        NoticeKind.RISK_WITHHELD,
        NoticeKind.RAID_RAISED,
        NoticeKind.RAID_OWNED,
        NoticeKind.RAID_OUTCOME,
        NoticeKind.RAID_WITHHELD,
        NoticeKind.ACTION_GIVEN,
        NoticeKind.ACTION_SETTLED,
        NoticeKind.MANAGER_LEFT,
        NoticeKind.MANAGER_NAMED,
        NoticeKind.ROLE_GIVEN,
        NoticeKind.STATUS_WITHHELD,
        NoticeKind.SURVEY_ANSWERED,
        NoticeKind.SURVEY_REQUESTED,
        NoticeKind.SURVEY_NUDGE,
        NoticeKind.RITUAL_WITHHELD,
        NoticeKind.RITUAL_UNKNOWN,
        NoticeKind.CHANNEL_TROUBLE,
        NoticeKind.MORNING,
        NoticeKind.RETRO_WITHHELD,
        NoticeKind.RETRO_AT_CLOSE,
        NoticeKind.STATUS_NUDGE,
    }
)
"""Direct messages that nobody needs at night. Answers to what a person just did never wait, nor do alerts."""

NEWS = frozenset(
    {
        NoticeKind.RISK_OUTCOME,
        NoticeKind.RISK_OWNED,
        NoticeKind.RISK_ANSWERED,
        NoticeKind.RAID_OUTCOME,
        NoticeKind.RAID_OWNED,
        NoticeKind.ACTION_GIVEN,
        NoticeKind.ACTION_SETTLED,
        NoticeKind.MANAGER_NAMED,
        NoticeKind.ROLE_GIVEN,
        NoticeKind.SURVEY_ANSWERED,
    }
)
"""Of these, what is for nobody else: it waits for who is away, and their first morning back tells of it."""


class QuietHours(Value):
    """Minutes after midnight, where the person is; over midnight where it ends before it begins."""

    start: int
    end: int

    def holds_at(self, minute: int) -> bool:
        """Tell whether it is quiet at that minute of the day."""
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        """Return "18:00–08:00"."""
        return f"{clock_face(self.start)}–{clock_face(self.end)}"


def clock_face(minute: int) -> str:
    """Return a minute of the day as "08:30"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def quiet_until(now: datetime, zone: tzinfo, hours: QuietHours) -> datetime | None:
    """Return when the quiet that holds now is over, or None where it is not quiet.

    It ends by the clock on the wall: on a night in which the clock changes it is longer or shorter, and an
    hour that is skipped ends it when it would have come.
    """
    there = now.astimezone(zone)
    minute = there.hour * 60 + there.minute
    if not hours.holds_at(minute):
        return None
    ends_on = there.date() + timedelta(days=hours.end <= minute)
    end = datetime.combine(ends_on, time(hours.end // 60, hours.end % 60), tzinfo=zone).astimezone(now.tzinfo)
    return end if end > now else None


def next_working(end: datetime, zone: tzinfo, week: WorkingWeek = USUAL) -> datetime:
    """Return when the quiet that ends then would end on a day on which the person works."""
    there = end.astimezone(zone)
    day = nearest_working_day(there.date(), timedelta(days=1), week=week)
    if day == there.date():
        return end
    return datetime.combine(day, there.time(), tzinfo=zone).astimezone(end.tzinfo)


def back_at(last: date, now: datetime, zone: tzinfo, week: WorkingWeek = USUAL) -> datetime | None:
    """Return when news reach somebody who is away up to a day, or None where that is over.

    Their first morning back tells of them; what it could not tell comes when no morning comes any more.
    """
    if last < now.astimezone(zone).date():
        return None
    day = nearest_working_day(last + timedelta(days=1), timedelta(days=1), week=week)
    return instant(datetime.combine(day, MORNING_UNTIL), zone)


def next_at_work(now: datetime, zone: tzinfo, week: WorkingWeek = USUAL) -> datetime:
    """Return now where it is a working hour there, and else when the next one begins."""
    there = now.astimezone(zone)
    day = there.date()
    if is_working_day(day, week=week) and AT_WORK_FROM <= there.time() < AT_WORK_UNTIL:
        return now
    if there.time() >= AT_WORK_UNTIL:
        day += timedelta(days=1)
    day = nearest_working_day(day, timedelta(days=1), week=week)
    return datetime.combine(day, AT_WORK_FROM, tzinfo=zone).astimezone(now.tzinfo)
