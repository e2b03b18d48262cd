"""A risk's life: the arrows as they were agreed, and the guards on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import IncompleteTransition, RefusedTransition
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import LIVE, Missing, RiskFacts, RiskStatus, allowed_next, missing_for
from models.services.risks.transitions import moved, require_transition
from tests.models.values import a_person, a_risk

ARROWS = {
    "proposed": "open rejected",
    "open": "treating accepted escalated occurred closed",
    "treating": "open accepted escalated occurred closed",
    "accepted": "open escalated occurred closed",
    "escalated": "open treating accepted occurred closed",
    "occurred": "closed",
    "closed": "open",
    "rejected": "proposed",
}
COMPLETE = RiskFacts(
    probability=3,
    impact=3,
    has_owner=True,
    reason="because",
    has_strategy=True,
    has_dated_action=True,
    approved_by_delivery_manager=True,
)
statuses = st.sampled_from(RiskStatus)


@pytest.mark.parametrize("current", RiskStatus)
def test_each_state_is_followed_by_those_agreed_and_no_others(current: RiskStatus) -> None:
    assert " ".join(allowed_next(current)) == ARROWS[current]


@given(statuses, statuses)
def test_a_refusal_names_every_state_that_may_follow(current: RiskStatus, target: RiskStatus) -> None:
    risk = a_risk(status=current, probability=3, impact=3, owner=a_person())
    if target in ARROWS[current].split():
        return
    with pytest.raises(RefusedTransition) as refusal:
        require_transition(risk, target, "because")
    assert refusal.value.current is current
    assert refusal.value.target is target
    assert " ".join(refusal.value.allowed) == ARROWS[current]


@given(statuses, statuses)
def test_nothing_is_missing_where_everything_is_there(current: RiskStatus, target: RiskStatus) -> None:
    assert missing_for(current, target, COMPLETE) == ()


@pytest.mark.parametrize(
    ("current", "target", "missing"),
    [
        ("proposed", "open", {Missing.PROBABILITY, Missing.IMPACT, Missing.OWNER}),
        ("proposed", "rejected", set()),
        ("open", "treating", {Missing.STRATEGY, Missing.DATED_ACTION}),
        ("open", "accepted", set()),
        ("open", "escalated", {Missing.REASON}),
        ("open", "occurred", set()),
        ("open", "closed", {Missing.REASON}),
        ("occurred", "closed", {Missing.REASON}),
        ("closed", "open", {Missing.PROBABILITY, Missing.IMPACT, Missing.OWNER, Missing.REASON}),
        ("rejected", "proposed", set()),
    ],
)
def test_what_each_arrow_needs_of_an_empty_risk(current: str, target: str, missing: set[Missing]) -> None:
    assert set(missing_for(RiskStatus(current), RiskStatus(target), RiskFacts())) == missing


def test_accepting_a_grave_risk_needs_a_delivery_manager() -> None:
    grave = RiskFacts(is_high_or_critical=True)
    assert missing_for(RiskStatus.OPEN, RiskStatus.ACCEPTED, grave) == (Missing.DELIVERY_MANAGER,)


def test_a_reason_of_spaces_is_no_reason() -> None:
    blank = RiskFacts(reason=" \n ")
    assert missing_for(RiskStatus.OPEN, RiskStatus.CLOSED, blank) == (Missing.REASON,)


def test_a_risk_is_live_until_it_is_closed_or_rejected() -> None:
    assert set(RiskStatus) - LIVE == {RiskStatus.CLOSED, RiskStatus.REJECTED}


def test_closing_without_a_reason_says_what_is_missing() -> None:
    with pytest.raises(IncompleteTransition) as refusal:
        moved(a_risk(status=RiskStatus.OPEN), RiskMove.CLOSE, "", is_approved=True)
    assert refusal.value.missing == (Missing.REASON,)
