"""Rules in words, and places of clocks, as people write and read them."""

from datetime import date, datetime, time
from zoneinfo import available_timezones

import pytest

from models.rules.rituals.recurrence import LAST, MonthlyByDay, MonthlyByWeekday, Once, Regular, Weekly
from models.rules.rituals.recurrence_words import around_in_words, in_words
from models.rules.zones import ABBREVIATIONS, clock_words, place_of, why_no_place

ANCHOR = date(2026, 1, 14)
AT = time(15)


def weekly(*days: int, interval: int = 1) -> Weekly:
    """Return a rule of some days at 15:00."""
    return Weekly(frozenset(days), AT, ANCHOR, interval)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (weekly(2), "every Wednesday at 15:00"),
        (weekly(2, interval=2), "every second Wednesday at 15:00"),
        (weekly(2, interval=26), "every 26 weeks, on Wednesday at 15:00"),
        (weekly(0, 3), "every Monday and Thursday at 15:00"),
        (weekly(0, 2, 4, interval=3), "Monday, Wednesday and Friday of every third week at 15:00"),
        (weekly(*range(5)), "Monday to Friday at 15:00"),
        (weekly(*range(5), interval=2), "Monday to Friday of every second week at 15:00"),
        (weekly(*range(7)), "every day at 15:00"),
        (MonthlyByWeekday(LAST, 4, time(9, 5), ANCHOR), "on the last Friday of every month at 9:05"),
        (MonthlyByWeekday(1, 0, AT, ANCHOR, 3), "on the first Monday of every third month at 15:00"),
        (MonthlyByDay(31, AT, ANCHOR), "on the 31st of every month at 15:00"),
        (MonthlyByDay(12, AT, ANCHOR, 2), "on the 12th of every second month at 15:00"),
        (MonthlyByDay(22, AT, ANCHOR), "on the 22nd of every month at 15:00"),
        (Once(datetime.combine(ANCHOR, AT)), "once, on Wednesday 14 January 2026 at 15:00"),
    ],
)
def test_a_rule_in_words(rule: Regular, words: str) -> None:
    assert in_words(rule) == words


def test_what_goes_by_another_in_words() -> None:
    assert around_in_words(-2, time(10), "Delivery") == "2 working days before Delivery at 10:00"
    assert around_in_words(1, time(10), "Delivery") == "1 working day after Delivery at 10:00"
    assert around_in_words(0, time(10), "Delivery") == "on the day of Delivery at 10:00"


def test_a_clock_is_named_after_its_place() -> None:
    assert clock_words("America/Los_Angeles") == "Los Angeles time"
    assert clock_words("America/Argentina/Buenos_Aires") == "Buenos Aires time"
    assert clock_words("UTC") == "UTC"


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("los angeles", "America/Los_Angeles"),
        ("London", "Europe/London"),
        ("utc", "UTC"),
        ("Z", "UTC"),
        ("Etc/UTC", "Etc/UTC"),
        ("Narnia", None),
        ("", None),
    ],
)
def test_a_zone_is_a_place(typed: str, place: str | None) -> None:
    assert place_of(typed, available_timezones()) == place


def test_an_abbreviation_is_refused_with_the_place_to_name() -> None:
    known = available_timezones()
    for short, place in ABBREVIATIONS.items():
        assert place_of(short.lower(), known) is None
        assert f"{short} says no place. Type {place}:" in why_no_place(short.lower())
        assert place in known


@pytest.mark.parametrize(
    "typed", ["GMT+1", "Etc/GMT-3", "utc+2", "UTC \u22125", "GMT0", "+01:00", "gmt + 5:30"]
)
def test_hours_from_greenwich_are_refused_since_they_mean_the_opposite_to_the_database(typed: str) -> None:
    assert place_of(typed, available_timezones()) is None
    assert f"{typed} says no place. Type one, such as Europe/Berlin" in why_no_place(typed)
    assert "UTC" in why_no_place(typed)
