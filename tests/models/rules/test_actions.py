"""An action's life."""

from itertools import product

import pytest

from models.rules.actions import ACTION_STATUS_WORDS, ActionStatus, may_follow

S = ActionStatus
ALLOWED = {(S.OPEN, S.DONE), (S.OPEN, S.CANCELLED), (S.DONE, S.OPEN), (S.CANCELLED, S.OPEN)}


@pytest.mark.parametrize(("current", "target"), list(product(S, S)))
def test_an_action_is_done_or_cancelled_once_and_only_a_mistake_leads_back(current: S, target: S) -> None:
    assert may_follow(current, target) is ((current, target) in ALLOWED)


def test_each_state_has_its_word() -> None:
    assert set(ACTION_STATUS_WORDS) == set(S)
