"""Leave to accept a grave risk: asked for, given, put off, and gone when the risk grows."""

from collections.abc import Callable

import pytest

from models.errors import Invalid, NotAllowed
from models.read_models import Actor, ProjectView, RiskView
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import RiskStatus
from models.services.risks.acceptance import RiskAcceptance
from tests.models.services.acts import LATER, close, move, score
from tests.models.world import World


@pytest.fixture
def risk(world: World, sam: Actor, dana: Actor, project: ProjectView) -> RiskView:
    """Return a high risk that Sam raised and Dana owns."""
    return world.log(sam, project, probability=3, impact=3, owner_id=dana.person.id)


@pytest.fixture
def acceptance(world: World) -> RiskAcceptance:
    """Return the service."""
    return RiskAcceptance(world.database)


def now(world: World, risk: RiskView, by: Actor) -> RiskView:
    """Return the risk as it stands."""
    return world.register.details(by, risk.id, in_project=None).risk


def ask(world: World, by: Actor, risk: RiskView, reason: str = "Cheaper so.") -> RiskView:
    """Ask for leave."""
    service = RiskAcceptance(world.database)
    return service.ask(by, risk.id, reason, origin=world.origin(), now=LATER)


def told(world: World, act: Callable[[], object]) -> list[str]:
    """Return what the call says, as "operation kind lane"."""
    return [
        f"{each.operation} {each.kind.removeprefix('risk_')} {each.channel}" for each in world.said_by(act)
    ]


def test_a_delivery_manager_is_asked_and_approves(
    world: World, jo: Actor, dana: Actor, risk: RiskView, acceptance: RiskAcceptance
) -> None:
    assert world.register.details(dana, risk.id, in_project=None).permissions.may_ask_acceptance
    assert not world.register.details(jo, risk.id, in_project=None).permissions.may_ask_acceptance
    assert "post acceptance U_JO" in told(world, lambda: ask(world, dana, risk))
    asked = now(world, risk, jo)
    assert (asked.acceptance_asked_by, asked.status) == (dana.person, RiskStatus.OPEN)
    assert world.register.details(jo, risk.id, in_project=None).permissions.may_answer_acceptance

    said = told(world, lambda: acceptance.approve(jo, risk.id, origin=world.origin(), now=LATER))

    accepted = now(world, risk, jo)
    assert (accepted.status, accepted.acceptance_asked_by) == (RiskStatus.ACCEPTED, None)
    assert world.history(jo, risk)[0].reason == "Cheaper so."
    assert {"post answered U_DANA", "post outcome U_SAM", "update acceptance U_JO"} <= set(said)


def test_not_yet_is_told_to_whoever_asked_and_to_nobody_else(
    world: World, jo: Actor, dana: Actor, risk: RiskView, acceptance: RiskAcceptance
) -> None:
    ask(world, dana, risk)
    said = told(world, lambda: acceptance.refuse(jo, risk.id, "Try.", origin=world.origin(), now=LATER))
    assert "post answered U_DANA" in said
    assert not any("outcome" in each for each in said)
    after = now(world, risk, jo)
    assert (after.status, after.acceptance_asked_by) == (RiskStatus.OPEN, None)
    assert ask(world, dana, risk).acceptance_asked_by == dana.person, "and may be asked again"


def test_who_raised_it_and_asked_hears_once_that_it_is_accepted(
    world: World, jo: Actor, dana: Actor, project: ProjectView, acceptance: RiskAcceptance
) -> None:
    own = world.log(dana, project, probability=3, impact=3, owner_id=dana.person.id)
    ask(world, dana, own)
    said = told(world, lambda: acceptance.approve(jo, own.id, origin=world.origin(), now=LATER))
    assert [each for each in said if "U_DANA" in each] == ["post outcome U_DANA"]


def test_only_a_delivery_manager_answers_and_only_while_somebody_asks(
    world: World, jo: Actor, dana: Actor, risk: RiskView, acceptance: RiskAcceptance
) -> None:
    with pytest.raises(Invalid, match="Nobody is waiting"):
        acceptance.approve(jo, risk.id, origin=world.origin(), now=LATER)
    ask(world, dana, risk)
    answers: tuple[Callable[[], object], ...] = (
        lambda: acceptance.approve(dana, risk.id, origin=world.origin(), now=LATER),
        lambda: acceptance.refuse(dana, risk.id, "", origin=world.origin(), now=LATER),
        lambda: acceptance.refusable(dana, risk.id),
    )
    for answer in answers:
        with pytest.raises(NotAllowed) as refusal:
            answer()
        assert refusal.value.ask == ("Jo",)


@pytest.mark.usefixtures("jo")
def test_the_same_question_is_asked_once(world: World, dana: Actor, risk: RiskView) -> None:
    service, origin = RiskAcceptance(world.database), world.origin("click")
    for _ in range(2):
        service.ask(dana, risk.id, "Cheaper.", origin=origin, now=LATER)
    with pytest.raises(Invalid, match="asked already"):
        ask(world, dana, risk)
    with pytest.raises(Invalid, match="asked already"):
        service.askable(dana, risk.id)
    assert len([each for each in world.said() if each.kind == "risk_acceptance"]) == 1


def test_a_risk_that_grew_or_went_another_way_is_no_longer_asked_for(
    world: World, jo: Actor, dana: Actor, risk: RiskView
) -> None:
    asked = ask(world, dana, risk)
    grown = score(world, jo, asked, 5, 5, dana)
    assert grown.acceptance_asked_by is None
    assert ("risk_answered", "U_DANA") in {(each.kind, each.channel) for each in world.said()}
    ask(world, dana, grown)
    assert close(world, jo, now(world, risk, jo)).acceptance_asked_by is None


def test_who_may_not_accept_may_not_ask(world: World, jo: Actor, sam: Actor, risk: RiskView) -> None:
    with pytest.raises(NotAllowed) as refusal:
        ask(world, sam, risk)
    assert refusal.value.ask == ("Dana",)
    assert move(world, jo, risk, RiskMove.ACCEPT).status is RiskStatus.ACCEPTED


def test_without_a_delivery_manager_nobody_can_be_asked(world: World, dana: Actor, risk: RiskView) -> None:
    with pytest.raises(Invalid, match="no delivery manager"):
        ask(world, dana, risk)
