"""Which project and which week a line names."""

from datetime import date

import pytest

from handlers.typed.weeks import WeekWords, read_week_words
from models.rules.statuses.periods import Cadence, Period

PRESENT = Period(date(2026, 10, 12))
OCTOBER = Period(date(2026, 10, 1), Cadence.MONTHLY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", WeekWords()),
        ("acme", WeekWords(key="ACME")),
        ("ACME 40", WeekWords(key="ACME", week=40)),
        ("week 40", WeekWords(week=40)),
        ("w40 ACME", WeekWords(key="ACME", week=40)),
        ("ACME 2025-W52", WeekWords(key="ACME", week=52, year=2025)),
        ("last week", WeekWords(ago=1)),
        ("ACME last", WeekWords(key="ACME", ago=1)),
        ("acme october", WeekWords(key="ACME", month=10)),
        ("\x02#C01ACME|acme\x03 40", WeekWords(channel_id="C01ACME", week=40)),
    ],
)
def test_a_project_a_week_or_both(text: str, read: WeekWords) -> None:
    assert read_week_words(text) == read


@pytest.mark.parametrize("text", ["All on track", "must go on here and now", "40 41", "the API is late"])
def test_a_sentence_is_none(text: str) -> None:
    assert read_week_words(text) is None


@pytest.mark.parametrize(
    ("words", "period"),
    [
        (WeekWords(week=40), Period.of_week(2026, 40)),
        (WeekWords(week=42), PRESENT),
        (WeekWords(week=50), Period.of_week(2025, 50)),
        (WeekWords(week=53), None),
        (WeekWords(week=1, year=2027), Period.of_week(2027, 1)),
        (WeekWords(week=52, year=9999), None),
        (WeekWords(week=1, year=1), None),
        (WeekWords(ago=1), PRESENT.previous),
        (WeekWords(month=9), None),
    ],
)
def test_a_week_without_a_year_is_the_latest(words: WeekWords, period: Period | None) -> None:
    assert words.period(PRESENT) == period


def test_a_monthly_project_has_months() -> None:
    assert WeekWords(month=12).period(OCTOBER) == Period(date(2025, 12, 1), Cadence.MONTHLY)
    assert WeekWords(week=40).period(OCTOBER) is None
    assert WeekWords(ago=1).period(OCTOBER) == Period(date(2026, 9, 1), Cadence.MONTHLY)
