"""Satisfaction as survey publishers count it: the golden values, and what holds of all."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.surveys.asking import Askable, Hindrance, LawfulBasis, SurveyTrigger, free_on, hindrance
from models.rules.surveys.csat import RATINGS, SATISFIED_FROM, ResponseRate, TopTwoBox, wilson
from models.rules.surveys.loop import due_on, needs_closing

TODAY = date(2026, 10, 14)
BERLIN = ZoneInfo("Europe/Berlin")


def test_satisfied_are_the_two_best_answers() -> None:
    assert [rating for rating in RATINGS if rating >= SATISFIED_FROM] == [4, 5]
    assert TopTwoBox(74, 107).percent == 69


@pytest.mark.parametrize(("answers", "percent"), [(0, None), (1, None), (4, None), (5, 80), (8, 50)])
def test_few_answers_make_no_percentage(answers: int, percent: int | None) -> None:
    assert TopTwoBox(min(4, answers), answers).percent == percent


@pytest.mark.parametrize(
    ("satisfied", "answers", "lower", "upper"), [(5, 5, 56.6, 100), (4, 5, 37.6, 96.4), (6, 8, 40.9, 92.9)]
)
def test_the_interval_is_wilsons(satisfied: int, answers: int, lower: float, upper: float) -> None:
    interval = wilson(satisfied, answers)
    assert interval is not None
    assert (round(100 * interval.lower, 1), round(100 * interval.upper, 1)) == (lower, upper)


def test_without_answers_there_is_no_interval_and_without_questions_no_rate() -> None:
    assert wilson(0, 0) is None
    assert TopTwoBox().share is None
    assert ResponseRate().percent is None
    assert ResponseRate(3, 4).percent == 75


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_the_share_lies_within_its_interval_which_narrows_with_more_answers(are: list[bool]) -> None:
    box = TopTwoBox(satisfied=sum(are), answers=len(are))
    interval, wider = box.interval, wilson(box.satisfied, box.answers)
    assert interval is not None
    assert wider is not None
    assert box.share is not None
    assert 0 <= interval.lower <= box.share + 1e-9
    assert box.share <= interval.upper + 1e-9 <= 1 + 1e-9
    more = wilson(box.satisfied * 10, box.answers * 10)
    assert more is not None
    assert more.upper - more.lower < interval.upper - interval.lower


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Askable(None), Hindrance.UNKNOWN_BASIS),
        (Askable(LawfulBasis.NONE), Hindrance.NO_BASIS),
        *((Askable(basis), None) for basis in LawfulBasis if basis is not LawfulBasis.NONE),
        (Askable(LawfulBasis.CONSENT, has_opted_out=True), Hindrance.OPTED_OUT),
        (Askable(None, has_opted_out=True), Hindrance.OPTED_OUT),
    ],
)
def test_nobody_is_asked_without_a_reason_why_we_may(who: Askable, expected: Hindrance | None) -> None:
    assert hindrance(who, SurveyTrigger.BY_HAND, TODAY) is expected


@pytest.mark.parametrize(
    ("trigger", "days", "expected"),
    [
        (SurveyTrigger.MILESTONE, 89, Hindrance.ASKED_LATELY),
        (SurveyTrigger.MILESTONE, 90, None),
        (SurveyTrigger.PERIODIC, 89, Hindrance.ASKED_LATELY),
        (SurveyTrigger.BY_HAND, 89, Hindrance.ASKED_LATELY),
        (SurveyTrigger.PROJECT_END, 29, Hindrance.ASKED_LATELY),
        (SurveyTrigger.PROJECT_END, 30, None),
    ],
)
def test_nobody_is_asked_too_often(trigger: SurveyTrigger, days: int, expected: Hindrance | None) -> None:
    asked_on = TODAY - timedelta(days=days)
    assert hindrance(Askable(LawfulBasis.CONSENT, asked_on=asked_on), trigger, TODAY) is expected
    free = free_on(asked_on, trigger)
    assert free is not None
    assert (free > TODAY) is (expected is not None)


def test_a_low_answer_is_spoken_about_within_two_days_a_middling_one_within_five_working_days() -> None:
    friday = datetime(2026, 10, 16, 22, 30, tzinfo=UTC)
    assert [needs_closing(rating) for rating in RATINGS] == [True, True, True, False, False]
    assert due_on(2, friday, BERLIN) == date(2026, 10, 19)
    assert due_on(3, friday, BERLIN) == date(2026, 10, 23)
    assert due_on(3, friday - timedelta(hours=2), BERLIN) == date(2026, 10, 23)
