"""What people do to a risk's state: the moves lead along the arrows that were agreed, and nowhere else."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.errors import IncompleteTransition, Invalid, RefusedTransition
from models.rules.risks.moves import ACTIONS, CAPABILITIES, RiskMove, moves_from, target_of
from models.rules.risks.scoring import LEVELS, SeverityBand, band
from models.rules.risks.states import TRANSITIONS, Missing, RiskStatus
from models.services.risks.fields import confirmed, with_score
from models.services.risks.transitions import moved
from tests.models.values import NOW, a_person, a_risk

MOVES = {
    "proposed": "reject",
    "open": "accept escalate happened close",
    "treating": "accept escalate happened reopen close",
    "accepted": "escalate happened reopen close",
    "escalated": "accept happened reopen close",
    "occurred": "close",
    "closed": "reopen",
    "rejected": "reopen",
}
levels = st.sampled_from(LEVELS)


@pytest.mark.parametrize("current", RiskStatus)
def test_each_state_offers_the_moves_agreed(current: RiskStatus) -> None:
    assert " ".join(moves_from(current)) == MOVES[current]


@given(st.sampled_from(RiskStatus), st.sampled_from(RiskMove), levels, levels)
def test_a_move_leads_along_an_arrow_or_is_refused_by_name(
    current: RiskStatus, move: RiskMove, probability: int, impact: int
) -> None:
    assume((current, move) != (RiskStatus.PROPOSED, RiskMove.REOPEN))
    risk = a_risk(status=current, probability=probability, impact=impact, owner=a_person())
    if move not in moves_from(current):
        with pytest.raises(RefusedTransition):
            moved(risk, move, "because", is_approved=True)
        return
    after = moved(risk, move, "because", is_approved=True)
    # What was rejected and is complete need not be judged again.
    assert after.status in {target_of(move, current), RiskStatus.OPEN}
    assert after.status in TRANSITIONS[current] | {RiskStatus.OPEN}


def test_every_move_has_its_capability_and_its_name_in_the_history() -> None:
    assert set(CAPABILITIES) == set(ACTIONS) == set(RiskMove)


@given(levels, levels)
def test_only_high_and_critical_need_a_delivery_manager_to_be_accepted(probability: int, impact: int) -> None:
    risk = a_risk(status=RiskStatus.OPEN, probability=probability, impact=impact, owner=a_person())
    if band(probability, impact) in {SeverityBand.HIGH, SeverityBand.CRITICAL}:
        with pytest.raises(IncompleteTransition) as refusal:
            moved(risk, RiskMove.ACCEPT, "", is_approved=False)
        assert refusal.value.missing == (Missing.DELIVERY_MANAGER,)
    else:
        assert moved(risk, RiskMove.ACCEPT, "", is_approved=False).status is RiskStatus.ACCEPTED


@given(levels, levels, levels, levels)
def test_an_acceptance_ends_when_the_risk_grows_into_what_needs_a_delivery_manager(
    probability: int, impact: int, later_probability: int, later_impact: int
) -> None:
    before, after = band(probability, impact), band(later_probability, later_impact)
    risk = a_risk(status=RiskStatus.ACCEPTED, probability=probability, impact=impact, owner=a_person())
    rescored = with_score(risk, later_probability, later_impact, a_person())
    is_graver = after.rank > before.rank and after.rank >= SeverityBand.HIGH.rank
    assert rescored.status is (RiskStatus.OPEN if is_graver else RiskStatus.ACCEPTED)


@pytest.mark.parametrize("move", [RiskMove.ESCALATE, RiskMove.CLOSE])
def test_escalating_and_closing_need_a_reason(move: RiskMove) -> None:
    risk = a_risk(status=RiskStatus.OPEN, probability=2, impact=2, owner=a_person())
    with pytest.raises(IncompleteTransition) as refusal:
        moved(risk, move, " ", is_approved=False)
    assert refusal.value.missing == (Missing.REASON,)


def test_what_is_reopened_loses_the_reason_it_was_closed_for() -> None:
    closed = a_risk(
        status=RiskStatus.CLOSED, probability=2, impact=2, owner=a_person(), closing_reason="Done."
    )
    assert moved(closed, RiskMove.REOPEN, "It is back.", is_approved=False).closing_reason == ""


def test_what_was_rejected_is_judged_anew() -> None:
    rejected = a_risk(status=RiskStatus.REJECTED, closing_reason="No.")
    assert moved(rejected, RiskMove.REOPEN, "", is_approved=False).status is RiskStatus.PROPOSED


@pytest.mark.parametrize(
    ("status", "probability"), [("proposed", None), ("closed", 3), ("rejected", 3), ("open", None)]
)
def test_only_what_lives_and_is_scored_can_be_reviewed(status: str, probability: int | None) -> None:
    risk = a_risk(status=RiskStatus(status), probability=probability, impact=3, next_review_on=NOW.date())
    with pytest.raises(Invalid):
        confirmed(risk, None, NOW.date())
