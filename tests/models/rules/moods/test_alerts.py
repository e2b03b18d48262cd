"""When a client's mood raises an alert, and what ends it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.moods.alerts import Alert, AlertCause, alerts, open_alert
from models.rules.moods.mood import VALUES, MoodDay
from tests.models.mood_days import by_day

FIRST = date(2026, 1, 5)


def days(*values: int, every: int = 7) -> tuple[MoodDay, ...]:
    """Return days at even intervals."""
    return by_day((FIRST + timedelta(days=every * place), value) for place, value in enumerate(values))


HISTORIES = st.lists(
    st.tuples(st.integers(min_value=1, max_value=60), st.sampled_from(VALUES)), max_size=14
).map(
    lambda steps: by_day(
        (FIRST + timedelta(days=sum(gap for gap, _ in steps[: place + 1])), value)
        for place, (_, value) in enumerate(steps)
    )
)


@pytest.mark.parametrize(
    ("values", "cause"),
    [
        ((5, 3), AlertCause.DROP),
        ((4, 3), None),
        ((3, 2, 2), AlertCause.LOW_TWICE),
        ((3, 2), None),
        ((2,), None),
        ((1,), AlertCause.LOWEST),
        ((5, 1), AlertCause.LOWEST),
        ((4, 2), AlertCause.DROP),
        ((2, 2), AlertCause.LOW_TWICE),
        ((2, 3, 2), None),
    ],
)
def test_what_opens_an_alert(values: tuple[int, ...], cause: AlertCause | None) -> None:
    found = open_alert(days(*values))
    assert (found.cause if found else None) is cause
    if found is not None:
        assert found.opened_on == days(*values)[-1].day


def test_a_drop_counts_between_readings_of_forty_five_days_and_no_further() -> None:
    assert open_alert(days(5, 3, every=45)) is not None
    assert open_alert(days(5, 3, every=46)) is None


def test_the_lowest_of_a_day_counts() -> None:
    day = FIRST + timedelta(days=1)
    assert open_alert(by_day([(FIRST, 4), (day, 5), (day, 2)])) is not None


@pytest.mark.parametrize(
    ("values", "is_open"),
    [
        ((1, 3), True),
        ((1, 3, 3), False),
        ((1, 3, 2, 3), True),
        ((1, 3, 2, 3, 4), False),
        ((5, 3), True),
        ((5, 3, 3), True),
        ((5, 3, 3, 3), False),
    ],
)
def test_two_readings_in_a_row_of_three_or_more_end_it(values: tuple[int, ...], *, is_open: bool) -> None:
    assert (open_alert(days(*values)) is not None) is is_open


def test_another_low_reading_belongs_to_the_open_alert() -> None:
    assert alerts(days(1, 1, 2, 1)) == (Alert(AlertCause.LOWEST, FIRST),)


def test_what_comes_after_the_end_is_an_alert_of_its_own() -> None:
    first, second = alerts(days(1, 3, 3, 1))
    assert first.cleared_on == FIRST + timedelta(days=14)
    assert (second.opened_on, second.cleared_on) == (FIRST + timedelta(days=21), None)


@given(HISTORIES)
def test_only_the_last_can_be_open_and_none_overlap(history: tuple[MoodDay, ...]) -> None:
    found = alerts(history)
    for earlier, later in pairwise(found):
        assert earlier.cleared_on is not None
        assert earlier.opened_on < earlier.cleared_on < later.opened_on


@given(HISTORIES)
def test_the_future_changes_no_alert_of_the_past(history: tuple[MoodDay, ...]) -> None:
    opened = [alert.opened_on for alert in alerts(history)]
    for end in range(len(history)):
        before = [alert.opened_on for alert in alerts(history[:end])]
        assert before == opened[: len(before)]


@given(HISTORIES)
def test_an_alert_ends_on_the_second_good_reading_in_a_row(history: tuple[MoodDay, ...]) -> None:
    lowest = {day.day: day.lowest for day in history}
    order = [day.day for day in history]
    for alert in alerts(history):
        if alert.cleared_on is not None:
            last = order.index(alert.cleared_on)
            assert [lowest[day] >= 3 for day in order[last - 1 : last + 1]] == [True, True]
            assert order[last - 1] > alert.opened_on


@given(HISTORIES)
def test_a_client_who_is_never_low_and_never_falls_far_alarms_nobody(history: tuple[MoodDay, ...]) -> None:
    calm = by_day((day.day, max(3, min(4, day.lowest))) for day in history)
    assert alerts(calm) == ()
