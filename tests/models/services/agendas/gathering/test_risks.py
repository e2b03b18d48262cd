"""Which risks a meeting has to talk about."""

from datetime import timedelta

from models.read_models import Actor, ProjectView
from models.rules.agendas.changes import change_words
from models.rules.agendas.entries import Cause
from models.rules.risks.moves import RiskMove
from models.rules.risks.words import Visibility
from tests.models.gathering import WEEK, look, reasons, texts
from tests.models.services.acts import score
from tests.models.world import NOW, World


def test_grave_risks_are_named_while_there_is_something_to_say(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.log(dana, acme, "It slips", probability=3, impact=4, owner_id=dana.person.id)
    world.log(dana, acme, "Small", probability=1, impact=2, owner_id=dana.person.id)
    new = look(world)
    assert reasons(new)[Cause.HIGH_RISK].text == "R1 It slips, High 12, new"
    assert change_words(new.changes) == ("1 serious risk new",)
    later = NOW + timedelta(days=10)
    assert reasons(look(world, now=later, since=NOW + timedelta(days=1))) == {}
    stale = reasons(look(world, now=NOW + 3 * WEEK, since=NOW + timedelta(days=1)))
    assert stale[Cause.HIGH_RISK].text == "R1 It slips, High 12, review overdue"


def test_a_serious_risk_is_named_until_somebody_owns_it(world: World, dana: Actor, acme: ProjectView) -> None:
    sam = world.person("Sam")
    risk = world.log(sam, acme, "Designer leaves", probability=4, impact=3)
    world.log(sam, acme, "Small", probability=2, impact=2)
    world.log(sam, acme, "Ours", probability=4, impact=4, visibility=Visibility.RESTRICTED)
    said = "R1 Designer leaves, High 12, nobody owns it"
    later = {"now": NOW + timedelta(days=10), "since": NOW + timedelta(days=1)}
    for found in (look(world), look(world, **later)):
        assert texts(found, Cause.HIGH_RISK) == [said]
        assert Cause.CRITICAL_RISK not in reasons(found)
    score(world, dana, risk, 4, 3, dana)
    assert reasons(look(world, **later)) == {}


def test_critical_risks_are_named_every_time(world: World, dana: Actor, acme: ProjectView) -> None:
    world.log(dana, acme, "It burns", probability=4, impact=5, owner_id=dana.person.id)
    found = reasons(look(world, now=NOW + timedelta(days=3), since=NOW + timedelta(days=1)))
    assert found[Cause.CRITICAL_RISK].text == "R1 It burns, Critical 20"
    assert reasons(look(world))[Cause.CRITICAL_RISK].text == "R1 It burns, Critical 20, new"


def test_a_risk_is_called_escalated_while_it_is(world: World, dana: Actor, acme: ProjectView) -> None:
    risk = world.log(dana, acme, "It slips", probability=3, impact=4, owner_id=dana.person.id)
    later = {"now": NOW + timedelta(days=10), "since": NOW + timedelta(days=1)}
    states: tuple[tuple[RiskMove, list[tuple[Cause, str]]], ...] = (
        (RiskMove.ESCALATE, [(Cause.ESCALATED_RISK, "R1 It slips, High 12, escalated")]),
        (RiskMove.CLOSE, []),
        (RiskMove.REOPEN, []),
    )
    for move, expected in states:
        world.register.move(dana, risk.id, move, "So it is", origin=world.origin(), now=NOW)
        found = [(cause, reason.text) for cause, reason in reasons(look(world, **later)).items()]
        assert found == expected
    assert reasons(look(world))[Cause.HIGH_RISK].text == "R1 It slips, High 12, new"
