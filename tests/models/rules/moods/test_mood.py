"""A client's mood: one value a day, the average, the trend, and what nobody knows."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.moods.mood import (
    MOOD_MARKS,
    MOOD_WORDS,
    VALUES,
    MoodTrend,
    average,
    is_unknown,
    trend,
    wants_insight,
    was_low_lately,
)
from tests.models.mood_days import by_day

TODAY = date(2026, 10, 14)
READINGS = st.lists(
    st.tuples(
        st.dates(TODAY - timedelta(days=120), TODAY),
        st.sampled_from(VALUES),
    ),
    max_size=12,
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def in_turn(*values: int, every: int = 7) -> list[tuple[date, int]]:
    """Return readings at even intervals, the last one today."""
    return [(ago(every * (len(values) - place)), value) for place, value in enumerate(values, start=1)]


def test_every_value_has_a_word_beside_its_face() -> None:
    assert sorted(MOOD_WORDS) == sorted(MOOD_MARKS) == list(VALUES)
    assert [MOOD_MARKS[value] for value in VALUES] == ["😡", "🙁", "😐", "🙂", "😀"]


def test_the_average_takes_the_last_three_days_within_ninety() -> None:
    assert average(by_day(in_turn(1, 5, 4, 3)), TODAY) == 4
    assert average(by_day([(ago(90), 5), (ago(1), 2)]), TODAY) == Fraction(7, 2)
    assert average(by_day([(ago(91), 5), (ago(1), 2)]), TODAY) == 2
    assert average(by_day([(ago(91), 5)]), TODAY) is None
    assert average((), TODAY) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((3, 3, 3), MoodTrend.NOT_KNOWN),
        ((3, 3, 3, 3), MoodTrend.STEADY),
        ((3, 4, 4, 4), MoodTrend.STEADY),
        ((3, 4, 4, 5), MoodTrend.RISING),
        ((5, 4, 4, 3), MoodTrend.FALLING),
        ((4, 4, 4, 3), MoodTrend.STEADY),
        ((1, 5, 4, 4, 3), MoodTrend.FALLING),
    ],
)
def test_the_trend_compares_the_last_two_averages(values: tuple[int, ...], expected: MoodTrend) -> None:
    assert trend(by_day(in_turn(*values)), TODAY) is expected


def test_half_a_point_is_a_trend_exactly() -> None:
    first, *others = in_turn(3, 4, 4, 4)
    half_more = [*others[:-1], (TODAY, 4), (TODAY, 5)]
    assert trend(by_day([first, *half_more]), TODAY) is MoodTrend.RISING


def test_readings_that_are_too_old_make_no_trend() -> None:
    assert trend(by_day([(ago(91), 5), *in_turn(4, 4, 3)]), TODAY) is MoodTrend.NOT_KNOWN
    assert trend(by_day([(ago(90), 5), *in_turn(4, 4, 3)]), TODAY) is MoodTrend.FALLING


@pytest.mark.parametrize(("days", "unknown"), [(0, False), (20, False), (21, True), (200, True)])
def test_without_a_reading_for_three_weeks_nobody_knows(days: int, *, unknown: bool) -> None:
    assert is_unknown(by_day([(ago(days), 5)]), TODAY) is unknown


def test_without_any_reading_nobody_knows() -> None:
    assert is_unknown((), TODAY)


@pytest.mark.parametrize(
    ("readings", "low"),
    [
        ([(ago(21), 2), (ago(1), 5)], True),
        ([(ago(22), 2), (ago(1), 5)], False),
        ([(ago(3), 5), (ago(3), 2)], True),
        ([(ago(3), 3)], False),
        ([], False),
    ],
)
def test_a_low_day_is_remembered_for_three_weeks(readings: list[tuple[date, int]], *, low: bool) -> None:
    assert was_low_lately(by_day(readings), TODAY) is low


@pytest.mark.parametrize(
    ("value", "before", "wanted"),
    [
        (1, None, True),
        (2, 2, True),
        (3, None, False),
        (3, 4, False),
        (3, 5, True),
        (5, 3, True),
        (4, 4, False),
    ],
)
def test_a_low_value_or_a_great_change_wants_a_sentence(
    value: int, before: int | None, *, wanted: bool
) -> None:
    assert wants_insight(value, before) is wanted


@given(READINGS)
def test_a_clients_mirror_image_goes_the_other_way(readings: list[tuple[date, int]]) -> None:
    mirrored = [(day, 6 - value) for day, value in readings]
    other_way = {MoodTrend.RISING: MoodTrend.FALLING, MoodTrend.FALLING: MoodTrend.RISING}
    seen = trend(by_day(readings), TODAY)
    assert trend(by_day(mirrored), TODAY) is other_way.get(seen, seen)


@given(READINGS)
def test_the_average_lies_among_what_was_said(readings: list[tuple[date, int]]) -> None:
    found = average(by_day(readings), TODAY)
    if found is not None:
        assert min(value for _, value in readings) <= found <= max(value for _, value in readings)
