"""Recurrence rules as plain data, the way they are kept."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from models.rules.rituals.recurrence import MonthlyByDay, MonthlyByWeekday, Once, Regular, Weekly

Data = dict[str, Any]


def as_data(rule: Regular) -> Data:
    """Return the rule as data that JSON can hold."""
    if isinstance(rule, Once):
        return {"every": "once", "on": rule.on.isoformat(timespec="minutes")}
    common = {
        "at": rule.at.isoformat(timespec="minutes"),
        "anchor": rule.anchor.isoformat(),
        "interval": rule.interval,
    }
    if isinstance(rule, Weekly):
        return {"every": "week", "weekdays": sorted(rule.weekdays), **common}
    if isinstance(rule, MonthlyByWeekday):
        return {"every": "month", "nth": rule.nth, "weekday": rule.weekday, **common}
    return {"every": "month", "day": rule.day, **common}


def as_rule(data: Mapping[str, Any]) -> Regular:
    """Return the rule that was written as that data. Raises ValueError or KeyError for any other."""
    if data["every"] == "once":
        return Once(datetime.fromisoformat(data["on"]))
    at, anchor = time.fromisoformat(data["at"]), date.fromisoformat(data["anchor"])
    interval = int(data["interval"])
    if data["every"] == "week":
        return Weekly(frozenset(data["weekdays"]), at, anchor, interval)
    if data["every"] == "month" and "nth" in data:
        return MonthlyByWeekday(int(data["nth"]), int(data["weekday"]), at, anchor, interval)
    if data["every"] == "month":
        return MonthlyByDay(int(data["day"]), at, anchor, interval)
    msg = f"no rule comes every {data['every']!r}"
    raise ValueError(msg)
