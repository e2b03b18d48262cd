"""Accepting, escalating, reopening …: who may, who is told, and what the history keeps."""

from datetime import timedelta

import pytest

from models.errors import IncompleteTransition, Invalid, NotAllowed, RefusedTransition
from models.read_models import Actor, ProjectView, RiskView
from models.rules.access import Capability
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import RiskStatus
from tests.models.services.acts import LATER, close, move, reject, score
from tests.models.world import NOW, World


@pytest.fixture
def moderate(world: World, sam: Actor, dana: Actor, project: ProjectView) -> RiskView:
    """Return a moderate risk that Sam raised and Dana owns."""
    return world.log(sam, project, probability=2, impact=3, owner_id=dana.person.id)


@pytest.fixture
def critical(world: World, sam: Actor, dana: Actor, project: ProjectView) -> RiskView:
    """Return a critical risk that Sam raised and Dana owns."""
    return world.log(sam, project, "All leave", probability=4, impact=5, owner_id=dana.person.id)


def test_a_manager_accepts_a_moderate_risk(world: World, dana: Actor, moderate: RiskView) -> None:
    accepted = move(world, dana, moderate, RiskMove.ACCEPT, "Cheaper so.")
    assert accepted.status is RiskStatus.ACCEPTED
    newest = world.history(dana, moderate)[0]
    assert (newest.action, newest.reason, newest.person) == ("accepted", "Cheaper so.", dana.person)


def test_accepting_a_critical_risk_takes_a_delivery_manager_and_the_refusal_names_them(
    world: World, dana: Actor, critical: RiskView
) -> None:
    jo, lee = world.delivery_manager("Jo"), world.delivery_manager("Lee")
    with pytest.raises(NotAllowed) as refusal:
        move(world, dana, critical, RiskMove.ACCEPT, "Fine.")
    assert refusal.value.capability is Capability.ACCEPT_GRAVE_RISK
    assert refusal.value.ask == (jo.person.name, lee.person.name)
    with pytest.raises(NotAllowed) as before_asking_why:
        world.register.movable(dana, critical.id, RiskMove.ACCEPT)
    assert before_asking_why.value.ask == refusal.value.ask
    assert world.register.details(dana, critical.id, in_project=None).risk.status is RiskStatus.OPEN
    assert move(world, jo, critical, RiskMove.ACCEPT).status is RiskStatus.ACCEPTED


@pytest.mark.parametrize("how", [RiskMove.ACCEPT, RiskMove.ESCALATE, RiskMove.HAPPENED, RiskMove.CLOSE])
def test_who_merely_raised_a_risk_is_told_whom_to_ask(
    world: World, sam: Actor, moderate: RiskView, how: RiskMove
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        move(world, sam, moderate, how, "Because.")
    assert refusal.value.ask == ("Dana",)


def test_a_refused_move_names_what_may_follow(world: World, dana: Actor, moderate: RiskView) -> None:
    happened = move(world, dana, moderate, RiskMove.HAPPENED)
    assert happened.status is RiskStatus.OCCURRED
    with pytest.raises(RefusedTransition) as refusal:
        move(world, dana, happened, RiskMove.ACCEPT)
    assert refusal.value.allowed == (RiskStatus.CLOSED,)


def test_a_reason_that_is_still_to_be_given_is_no_obstacle_to_asking_for_it(
    world: World, dana: Actor, moderate: RiskView
) -> None:
    assert world.register.movable(dana, moderate.id, RiskMove.ESCALATE).id == moderate.id
    with pytest.raises(IncompleteTransition):
        move(world, dana, moderate, RiskMove.ESCALATE, "")


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (RiskMove.ACCEPT, RiskStatus.ACCEPTED),
        (RiskMove.ESCALATE, RiskStatus.ESCALATED),
        (RiskMove.HAPPENED, RiskStatus.OCCURRED),
    ],
)
def test_the_raiser_the_announcement_and_its_thread_hear_of_a_move(
    world: World, dana: Actor, moderate: RiskView, how: RiskMove, status: RiskStatus
) -> None:
    said = world.said_by(lambda: move(world, dana, moderate, how, "Because."))
    assert [(each.kind, each.operation) for each in said] == [
        ("risk_announced", "update"),
        ("risk_changed", "reply"),
        ("risk_outcome", "post"),
    ]
    assert said[2].channel == "U_SAM"
    assert world.register.details(dana, moderate.id, in_project=None).risk.status is status


def test_a_closed_risk_is_open_again_with_a_review_to_come(
    world: World, dana: Actor, moderate: RiskView
) -> None:
    closed = close(world, dana, moderate)
    assert closed.next_review_on is None
    again = move(world, dana, closed, RiskMove.REOPEN, "The date moved.")
    assert again.status is RiskStatus.OPEN
    assert again.closing_reason == ""
    assert again.next_review_on == LATER.date() + timedelta(days=30)


def test_what_was_rejected_waits_for_a_score_again(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    rejected = reject(world, dana, world.log(sam, project), "No.")
    again = move(world, dana, rejected, RiskMove.REOPEN)
    assert again.status is RiskStatus.PROPOSED
    assert score(world, dana, again, 2, 2, dana).status is RiskStatus.OPEN


def test_a_review_moves_the_next_one_and_is_kept(world: World, dana: Actor, moderate: RiskView) -> None:
    later = NOW + timedelta(days=40)
    said = world.said_by(lambda: world.register.review(dana, moderate.id, origin=world.origin(), now=later))
    found = world.register.details(dana, moderate.id, in_project=None)
    assert found.risk.next_review_on == later.date() + timedelta(days=30)
    assert found.history[0].action == "reviewed"
    assert [(each.kind, each.operation) for each in said] == [("risk_announced", "update")]


def test_a_review_on_the_day_it_was_logged_is_kept_too(world: World, dana: Actor, moderate: RiskView) -> None:
    world.register.review(dana, moderate.id, origin=world.origin(), now=NOW)
    assert world.history(dana, moderate)[0].action == "reviewed"


def test_what_is_over_or_not_scored_cannot_be_reviewed(
    world: World, sam: Actor, dana: Actor, project: ProjectView, moderate: RiskView
) -> None:
    close(world, dana, moderate)
    for risk in (moderate, world.log(sam, project)):
        with pytest.raises(Invalid):
            world.register.review(dana, risk.id, origin=world.origin(), now=LATER)


def test_a_risk_whose_day_has_passed_is_right_again_only_with_a_new_one(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    due = NOW.date() + timedelta(days=1)
    risk = world.log(sam, project, probability=4, impact=3, owner_id=dana.person.id, due_on=due)
    later = NOW + timedelta(days=3)
    for wrong in (None, due):
        with pytest.raises(Invalid) as refusal:
            world.register.review(dana, risk.id, wrong, origin=world.origin(), now=later)
        assert list(refusal.value.problems) == ["due_on"]
    renewed = due + timedelta(days=9)
    reviewed = world.register.review(dana, risk.id, renewed, origin=world.origin(), now=later)
    assert (reviewed.due_on, reviewed.version) == (renewed, 2)
    assert world.history(dana, reviewed)[0].action == "reviewed"
