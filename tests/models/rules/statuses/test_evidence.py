"""Plans, suggestions and looks inside: golden values, and silence where there are no figures."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.moods.mood import MoodTrend
from models.rules.statuses.inside import Facts, Inside, Look, found, no_data, verdict
from models.rules.statuses.plans import (
    PlanFault,
    PlanPart,
    PlanParts,
    is_worth_a_talk,
    plan_faults,
    slips_after,
)
from models.rules.statuses.rag import Colour, Dimension
from models.rules.statuses.suggestions import Evidence, Ground, suggestions

G, A, R = Colour.GREEN, Colour.AMBER, Colour.RED
TODAY = date(2026, 10, 14)
WHOLE = PlanParts("Mock the API", has_owner=True, due_on=TODAY, criteria="the sandbox passes", target_on=None)


@pytest.mark.parametrize(
    ("plan", "faults"),
    [
        (WHOLE, []),
        (
            PlanParts(),
            [
                (PlanPart.STEP, PlanFault.MISSING),
                (PlanPart.OWNER, PlanFault.MISSING),
                (PlanPart.DUE, PlanFault.MISSING),
                (PlanPart.CRITERIA, PlanFault.MISSING),
            ],
        ),
        (
            PlanParts("x", has_owner=True, due_on=TODAY - timedelta(days=1), criteria=" "),
            [(PlanPart.CRITERIA, PlanFault.MISSING), (PlanPart.DUE, PlanFault.PAST)],
        ),
        (
            PlanParts("x", True, TODAY, "y", TODAY - timedelta(days=1)),  # noqa: FBT003 - a row of values.
            [(PlanPart.TARGET, PlanFault.PAST)],
        ),
        (
            PlanParts("x", True, TODAY + timedelta(days=2), "y", TODAY),  # noqa: FBT003 - As above.
            [(PlanPart.TARGET, PlanFault.TOO_EARLY)],
        ),
    ],
)
def test_a_plan_says_who_what_by_when_and_how_one_sees_it(
    plan: PlanParts, faults: list[tuple[PlanPart, PlanFault]]
) -> None:
    assert list(plan_faults(plan, TODAY)) == faults


def test_the_second_slip_is_worth_a_talk_and_an_earlier_date_is_none() -> None:
    slips = slips_after(0, TODAY, TODAY + timedelta(days=7))
    assert (slips, is_worth_a_talk(slips)) == (1, False)
    assert slips_after(slips, TODAY, TODAY - timedelta(days=7)) == 1
    slips = slips_after(slips, TODAY, TODAY + timedelta(days=1))
    assert (slips, is_worth_a_talk(slips)) == (2, True)


@pytest.mark.parametrize(
    ("evidence", "dimension", "colour"),
    [
        (Evidence(slip=Fraction(5, 100)), Dimension.SCHEDULE, G),
        (Evidence(slip=Fraction(51, 1000)), Dimension.SCHEDULE, A),
        (Evidence(slip=Fraction(10, 100)), Dimension.SCHEDULE, A),
        (Evidence(slip=Fraction(101, 1000)), Dimension.SCHEDULE, R),
        (Evidence(overrun=Fraction(6, 100)), Dimension.BUDGET, A),
        (Evidence(overrun=Fraction(11, 100)), Dimension.BUDGET, R),
        (Evidence(cost_index=Fraction(95, 100)), Dimension.BUDGET, G),
        (Evidence(cost_index=Fraction(94, 100)), Dimension.BUDGET, A),
        (Evidence(cost_index=Fraction(89, 100)), Dimension.BUDGET, R),
        (Evidence(overrun=Fraction(0), cost_index=Fraction(89, 100)), Dimension.BUDGET, R),
        (Evidence(rejected=0), Dimension.QUALITY, G),
        (Evidence(rejected=1), Dimension.QUALITY, A),
        (Evidence(rejected=2), Dimension.QUALITY, R),
        (Evidence(mood=4), Dimension.CLIENT_RELATIONSHIP, G),
        (Evidence(mood=4, mood_trend=MoodTrend.FALLING), Dimension.CLIENT_RELATIONSHIP, A),
        (Evidence(mood=3), Dimension.CLIENT_RELATIONSHIP, A),
        (Evidence(mood=2), Dimension.CLIENT_RELATIONSHIP, R),
    ],
)
def test_suggested_colours(evidence: Evidence, dimension: Dimension, colour: Colour) -> None:
    (suggestion,) = suggestions(evidence)
    assert (suggestion.dimension, suggestion.colour) == (dimension, colour)


def test_without_figures_nothing_is_suggested() -> None:
    assert suggestions(Evidence()) == ()
    assert suggestions(Evidence(mood_trend=MoodTrend.FALLING)) == ()
    (falling,) = suggestions(Evidence(mood=4, mood_trend=MoodTrend.FALLING))
    assert falling.ground is Ground.MOOD_FALLING


@pytest.mark.parametrize(
    ("facts", "looks"),
    [
        (Facts(critical_threats=1), [Look.CRITICAL_RISK]),
        (Facts(critical_threats=0), []),
        (Facts(lowest_mood=2), [Look.CLIENT_MOOD]),
        (Facts(lowest_mood=3), []),
        (Facts(has_mood_alert=True), [Look.CLIENT_MOOD]),
        (Facts(cost_index=Fraction(89, 100)), [Look.PERFORMANCE]),
        (Facts(cost_index=Fraction(90, 100), schedule_index=Fraction(89, 100)), [Look.PERFORMANCE]),
        (Facts(cost_index=Fraction(90, 100)), []),
        (Facts(milestone_days_late=6), [Look.MILESTONE]),
        (Facts(milestone_days_late=5), []),
        (Facts(lowest_answer=2), [Look.CLIENT_ANSWER]),
        (Facts(lowest_answer=3), []),
        (Facts(late_responses=3), [Look.LATE_RESPONSES]),
        (Facts(late_responses=2), []),
    ],
)
def test_each_look_inside(facts: Facts, looks: list[Look]) -> None:
    assert list(found(facts)) == looks


def test_a_look_without_records_says_so_and_finds_nothing() -> None:
    assert found(Facts()) == ()
    assert no_data(Facts()) == tuple(Look)
    assert no_data(Facts(critical_threats=0, has_mood_alert=False, late_responses=0)) == (
        Look.PERFORMANCE,
        Look.MILESTONE,
        Look.CLIENT_ANSWER,
    )


@pytest.mark.parametrize(
    ("looks", "comes_to"),
    [
        ([], Inside.CLEAR),
        ([Look.CRITICAL_RISK], Inside.FLAGGED),
        ([Look.CLIENT_MOOD], Inside.FLAGGED),
        ([Look.MILESTONE], Inside.CHECK),
        ([Look.LATE_RESPONSES], Inside.CHECK),
        ([Look.MILESTONE, Look.LATE_RESPONSES], Inside.FLAGGED),
    ],
)
def test_what_the_looks_come_to(looks: list[Look], comes_to: Inside) -> None:
    assert verdict(looks) is comes_to


@given(st.sets(st.sampled_from(Look)), st.sampled_from(Look))
def test_one_more_finding_never_makes_it_milder(looks: set[Look], one_more: Look) -> None:
    order = list(Inside)
    assert order.index(verdict({*looks, one_more})) >= order.index(verdict(looks))
