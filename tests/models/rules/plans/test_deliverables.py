"""A deliverable's life, move by move."""

from itertools import product

import pytest

from models.rules.plans.deliverables import DELIVERABLE_WORDS, DeliverableState, before, may_follow

S = DeliverableState
ALLOWED = {
    (S.DUE, S.SUBMITTED),
    (S.SUBMITTED, S.ACCEPTED),
    (S.SUBMITTED, S.REJECTED),
    (S.REJECTED, S.SUBMITTED),
}


@pytest.mark.parametrize(("current", "target"), list(product(S, S)))
def test_what_may_follow(current: S, target: S) -> None:
    assert may_follow(current, target) is ((current, target) in ALLOWED)


def test_taking_back_leads_to_where_it_was() -> None:
    assert before(S.DUE, 0) is None
    assert before(S.SUBMITTED, 0) is S.DUE
    assert before(S.SUBMITTED, 2) is S.REJECTED
    assert before(S.REJECTED, 1) is S.SUBMITTED
    assert before(S.ACCEPTED, 1) is S.SUBMITTED


def test_every_state_has_a_word() -> None:
    assert set(DELIVERABLE_WORDS) == set(S)
