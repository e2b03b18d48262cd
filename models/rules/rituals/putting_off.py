"""Until when one time of a ritual is probably put off, where nobody said so yet."""

from datetime import date, datetime, time, timedelta

from models.rules.rituals.workdays import nearest_working_day

_A_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)
_DAY_ENDS = time(18)
"""Until when on the same day people still meet."""


def probably_until(at: datetime, following: datetime | None, last: date | None = None) -> datetime:
    """Return an hour later, or the same time of the next working day where that would be too late in the day.

    All are naive local times. It comes before the ``following`` time, and on the ``last`` day at the latest.
    """
    later = _up_to_a_quarter(at + timedelta(hours=1))
    if later <= datetime.combine(at.date(), _DAY_ENDS):
        return later
    next_day = datetime.combine(nearest_working_day(at.date() + _A_DAY, _A_DAY), at.time())
    is_too_late = following is not None and next_day >= following
    return later if is_too_late or (last is not None and next_day.date() > last) else next_day


def _up_to_a_quarter(at: datetime) -> datetime:
    return at + -timedelta(minutes=at.minute, seconds=at.second) % _QUARTER
