"""When a risk is told above the project: each event, its opposite, and what threats alone bring about."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.risks.escalation import (
    NOTHING,
    EscalationEvent,
    Grading,
    escalations,
    is_long_unanswered,
    is_response_late,
)
from models.rules.risks.words import Proximity
from models.value import replace

E = EscalationEvent
HIGH = Grading(probability=4, impact=3)
TODAY = date(2026, 10, 14)
GRADINGS = st.builds(
    Grading,
    probability=st.none() | st.integers(1, 5),
    impact=st.none() | st.integers(1, 5),
    proximity=st.none() | st.sampled_from(Proximity),
    is_escalated=st.booleans(),
    is_threat=st.booleans(),
)


def test_entering_critical_is_an_event_and_staying_there_is_none() -> None:
    critical = replace(HIGH, probability=5)
    assert escalations(HIGH, critical) == (E.BECAME_CRITICAL,)
    assert escalations(critical, replace(critical, impact=4)) == (E.SCORE_ROSE,)


def test_the_worst_impact_is_told_however_unlikely() -> None:
    assert escalations(replace(HIGH, probability=1), Grading(probability=1, impact=5)) == (E.WORST_IMPACT,)


def test_a_grave_risk_that_comes_near() -> None:
    assert escalations(HIGH, replace(HIGH, proximity=Proximity.IMMINENT)) == (E.IMMINENT,)
    low = Grading(probability=1, impact=2)
    assert escalations(low, replace(low, proximity=Proximity.IMMINENT)) == ()


def test_a_score_that_rises_by_five() -> None:
    assert escalations(Grading(2, 2), Grading(3, 3)) == (E.SCORE_ROSE,)
    assert escalations(Grading(2, 2), Grading(4, 2)) == ()


def test_somebody_chose_to_pass_it_up_even_an_opportunity() -> None:
    chosen = replace(HIGH, is_escalated=True)
    assert escalations(HIGH, chosen) == (E.BY_CHOICE,)
    assert escalations(chosen, chosen) == ()
    assert escalations(NOTHING, Grading(5, 5, is_escalated=True, is_threat=False)) == (E.BY_CHOICE,)


@given(GRADINGS)
def test_what_does_not_change_brings_about_nothing(graded: Grading) -> None:
    assert escalations(graded, graded) == ()


@given(GRADINGS, GRADINGS)
def test_no_event_comes_twice_in_one_change(before: Grading, after: Grading) -> None:
    found = escalations(before, after)
    assert len(found) == len(set(found))


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return an instant as clocks in Berlin show it."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (at(2026, 10, 12, 15, 5), at(2026, 10, 13, 15, 5)),
        (at(2026, 10, 16, 15, 5), at(2026, 10, 19, 15, 5)),
        (at(2026, 10, 17, 15, 5), at(2026, 10, 20)),
        (at(2026, 10, 18, 23, 59), at(2026, 10, 20)),
        (at(2026, 10, 23, 12), at(2026, 10, 26, 12)),
    ],
    ids=["Monday", "Friday", "Saturday", "late on Sunday", "before the clocks change"],
)
def test_whoever_should_judge_it_has_a_working_day(raised: datetime, told: datetime) -> None:
    assert not is_long_unanswered(raised, told - timedelta(seconds=1))
    assert is_long_unanswered(raised, told)


def test_nobody_is_expected_to_judge_it_on_a_day_off() -> None:
    christmas = {date(2026, 12, 24), date(2026, 12, 25)}
    raised, told = at(2026, 12, 23, 15, 5), at(2026, 12, 28, 15, 5)
    assert not is_long_unanswered(raised, told - timedelta(seconds=1), christmas)
    assert is_long_unanswered(raised, told, christmas)
    assert not is_long_unanswered(at(2026, 12, 24, 9), at(2026, 12, 28, 23, 59), christmas)


def test_a_grave_response_may_be_a_week_late() -> None:
    assert not is_response_late(HIGH, TODAY - timedelta(days=7), TODAY)
    assert is_response_late(HIGH, TODAY - timedelta(days=8), TODAY)
    assert not is_response_late(Grading(2, 2), TODAY - timedelta(days=8), TODAY)
