"""When a ritual comes round, as its form has it: fields in, a rule out, and back."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID

from handlers.forms import SEPARATOR, Raw, reading
from models.errors import Invalid
from models.rules.rituals.recurrence import MonthlyByDay, MonthlyByWeekday, Once, Weekly
from models.rules.rituals.steps import AroundRitual, Timing

NONE = "none"
"""What a select holds where somebody chose none of the others: Slack lets nobody empty one."""

NTH, DAY, ONCE, AROUND = "nth", "day", "once", "around"
_WEEKS = re.compile(r"w([1-9]\d?)")
"""How often, for what comes in weeks: "w2" is every second week."""

_NO_TIME = "Pick a time."
_NO_DAY = "Pick a day."
_NO_NUMBER = "Write a number from 1 to 31."


class Form(Protocol):
    """The modal with what is filled in so far."""

    @property
    def ritual_id(self) -> UUID | None:
        """Return which ritual is changed; None for a new one."""

    def get(self, name: str) -> str:
        """Return a field's value, "" where nothing is filled in."""


def timing_of(form: Form, today: date) -> Timing:
    """Return when it comes round. Raises Invalid, Unreadable."""
    at, often = _at(form), form.get("often")
    if (weeks := weeks_of(often)) is not None:
        with reading():
            days = frozenset(map(int, filter(None, form.get("days").split(SEPARATOR))))
        return Weekly(days, at, _anchor(form, today), weeks)
    if often == NTH:
        with reading():
            return MonthlyByWeekday(int(form.get("nth") or 1), _weekday(form), at, today.replace(day=1))
    if often == DAY:
        return MonthlyByDay(_day_of_month(form), at, today.replace(day=1))
    if often == ONCE:
        return Once(datetime.combine(_required_day(form, "on"), at))
    return _around(form, at)


def _anchor(form: Form, today: date) -> date:
    """Return from which week on weeks are counted; of what is there already, whole weeks count."""
    first = _day(form, "first")
    if first is None:
        return today if form.ritual_id is None else today - timedelta(days=today.weekday())
    return first if form.ritual_id is None else first - timedelta(days=first.weekday())


def _weekday(form: Form) -> int:
    """Return the chosen day; while none is, the first of the days that were chosen for weeks."""
    return int(form.get("weekday") or form.get("days").partition(SEPARATOR)[0] or 0)


@reading()
def _read_at(form: Form) -> time | None:
    return time.fromisoformat(form.get("at")) if form.get("at") else None


def _at(form: Form) -> time:
    at = _read_at(form)
    if at is None:
        raise Invalid({"at": _NO_TIME})
    return at


@reading()
def _day(form: Form, name: str) -> date | None:
    return date.fromisoformat(form.get(name)) if form.get(name) else None


def _required_day(form: Form, name: str) -> date:
    found = _day(form, name)
    if found is None:
        raise Invalid({name: _NO_DAY})
    return found


def _day_of_month(form: Form) -> int:
    number = form.get("number")
    if not number.isdecimal() or not 1 <= int(number) <= 31:  # noqa: PLR2004 - a month's days.
        raise Invalid({"number": _NO_NUMBER})
    return int(number)


@reading()
def _read_around(form: Form) -> tuple[UUID | None, int]:
    other = form.get("other")
    return (UUID(other) if other not in {"", NONE} else None), int(form.get("apart") or -1)


def _around(form: Form, at: time) -> AroundRitual:
    other, apart = _read_around(form)
    if other is None:
        raise Invalid({"other": "Choose the ritual that it goes by."})
    return AroundRitual(other, apart, at)


def weeks_of(often: str) -> int | None:
    """Return how many weeks lie between two times; None for what does not come in weeks."""
    found = _WEEKS.fullmatch(often)
    return int(found[1]) if found is not None else None


def timing_values(timing: Timing, first: date | None) -> Mapping[str, Raw]:
    """Return the fields that say it; ``first`` is the day of its next time."""
    if isinstance(timing, Once):
        return {"often": ONCE, "on": timing.on.date().isoformat(), "at": f"{timing.on:%H:%M}"}
    at = {"at": f"{timing.at:%H:%M}"}
    if isinstance(timing, AroundRitual):
        return {"often": AROUND, "other": str(timing.ritual_id), "apart": str(timing.working_days), **at}
    if isinstance(timing, MonthlyByWeekday):
        return {"often": NTH, "nth": str(timing.nth), "weekday": str(timing.weekday), **at}
    if isinstance(timing, MonthlyByDay):
        return {"often": DAY, "number": str(timing.day), **at}
    days = SEPARATOR.join(str(each) for each in sorted(timing.weekdays))
    return {"often": f"w{timing.interval}", "days": days, "first": (first or timing.anchor).isoformat(), **at}
