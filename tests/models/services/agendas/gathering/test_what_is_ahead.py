"""What lies ahead of a meeting's projects: what is due before the next one, or late already."""

from datetime import timedelta
from typing import Any

from models.commands import DeliverableFields, MilestoneFields, PhaseMove
from models.read_models import Actor, ProjectView
from models.rules.agendas.entries import Cause
from models.rules.plans.phases import Phase
from models.rules.risks.words import RiskKind, Visibility
from tests.models.gathering import WEEK, look, reasons, texts
from tests.models.world import NOW, TODAY, World


def test_milestones_are_named_when_they_are_near_or_late(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    for days, title in ((5, "Beta"), (30, "Release")):
        fields = MilestoneFields(title, TODAY + timedelta(days=days))
        world.milestones.add(dana, acme.id, fields, origin=world.origin(), now=NOW)
    assert reasons(look(world))[Cause.MILESTONE].text == "M1 Beta, 19 Oct"
    assert reasons(look(world, now=NOW + WEEK))[Cause.MILESTONE].text == "M1 Beta, was due 19 Oct"


def test_what_is_due_before_the_next_meeting_is_named(world: World, dana: Actor, acme: ProjectView) -> None:
    fields = MilestoneFields("Beta", TODAY + timedelta(days=20))
    beta = world.milestones.add(dana, acme.id, fields, origin=world.origin(), now=NOW)
    assert reasons(look(world)) == {}
    assert reasons(look(world, next_on=TODAY + timedelta(days=28)))[Cause.MILESTONE].text == "M1 Beta, 3 Nov"
    for title, days, milestone_id in (("Map", 5, None), ("Legend", None, beta.id), ("Index", -2, None)):
        on = TODAY + timedelta(days=days) if days is not None else None
        said = DeliverableFields(title, on, milestone_id)
        world.deliverables.add(dana, acme.id, said, origin=world.origin(), now=NOW)
    assert texts(look(world), Cause.DELIVERABLE) == ["D3 Index, was due 12 Oct", "D1 Map, 19 Oct"]
    assert texts(look(world, next_on=TODAY), Cause.DELIVERABLE) == ["D3 Index, was due 12 Oct"]


def test_a_deliverable_is_named_until_it_is_handed_over_and_again_once_it_is_rejected(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    seen: dict[str, Any] = {"now": NOW}
    said = DeliverableFields("Map", TODAY + timedelta(days=5))
    one = world.deliverables.add(dana, acme.id, said, origin=world.origin(), **seen)
    one = world.deliverables.submit(dana, one.id, version=one.version, origin=world.origin(), **seen)
    assert texts(look(world), Cause.DELIVERABLE) == []
    one = world.deliverables.reject(
        dana, one.id, "No legend", version=one.version, origin=world.origin(), **seen
    )
    assert texts(look(world), Cause.DELIVERABLE) == ["D1 Map, rejected"]


def test_the_end_of_a_phase_is_named_by_its_last_milestone(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    fields = MilestoneFields("Beta", TODAY + timedelta(days=5))
    beta = world.milestones.add(dana, acme.id, fields, origin=world.origin(), now=NOW)
    assert Cause.GATE not in reasons(look(world))
    world.phases.move(dana, acme.id, PhaseMove(Phase.DELIVER), origin=world.origin(), now=NOW)
    assert reasons(look(world))[Cause.GATE].text == "deliver ends 19 Oct, its last milestone"
    passed = look(world, now=NOW + WEEK)
    assert reasons(passed)[Cause.GATE].text == "deliver was to end 19 Oct, its last milestone"
    assert Cause.GATE not in reasons(look(world, next_on=TODAY + timedelta(days=2)))
    world.deliverables.add(
        dana, acme.id, DeliverableFields("Map", milestone_id=beta.id), origin=world.origin(), now=NOW
    )
    assert reasons(look(world))[Cause.GATE].text == "deliver ends 19 Oct, 1 deliverable not accepted yet"
    world.milestones.done(dana, beta.id, origin=world.origin(), now=NOW)
    assert reasons(look(world))[Cause.GATE].text == "deliver can end, 1 deliverable not accepted yet"


def test_opportunities_are_named_once_and_never_of_a_client_who_is_unhappy(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    great = {"kind": RiskKind.OPPORTUNITY, "owner_id": dana.person.id, "probability": 4}
    world.log(dana, acme, "A second team", impact=4, **great)
    world.log(dana, acme, "A small thing", impact=1, **great)
    world.mood(dana, acme, 4, opportunity="They ask for training")
    hidden = Visibility.RESTRICTED
    world.mood(dana, acme, 4, opportunity="They may buy us", visibility=hidden)
    assert texts(look(world), Cause.OPPORTUNITY) == [
        "R1 A second team, Critical 16",
        "heard from the client: They ask for training",
    ]
    assert texts(look(world, since=NOW + timedelta(days=1)), Cause.OPPORTUNITY) == []
    world.mood(dana, acme, 1)
    found = look(world)
    assert Cause.MOOD_ALERT in reasons(found)
    assert texts(found, Cause.OPPORTUNITY) == []
