"""Decisions: who makes them, that they stand as they were, and what takes their place."""

from datetime import timedelta
from typing import Any

import pytest

from models.commands import RaidFields
from models.errors import Invalid, NotAllowed, RefusedTransition
from models.read_models import Actor, ProjectView, RaidView
from models.rules.raid.states import RaidMove, RaidStatus
from models.rules.raid.words import RaidKind
from tests.models.services.acts import LATER
from tests.models.services.raid_acts import edit, move, now, undo
from tests.models.world import World


def supersede(world: World, actor: Actor, item: RaidView, outcome: str = "No.", **more: Any) -> RaidView:  # noqa: ANN401 - any field.
    """Let another decision take the place of one."""
    fields = RaidFields(item.title, outcome=outcome, **more)
    return world.raid.supersede(actor, item.id, fields, origin=world.origin(), now=LATER)


def test_a_decision_is_for_who_leads_or_is_named_to_decide(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    priya = world.person("Priya")
    item = world.item(sam, project, RaidKind.DECISION, "Drop SSO?", owner_id=priya.person.id)
    with pytest.raises(NotAllowed):
        move(world, sam, item, RaidMove.DECIDE)
    assert RaidMove.DECIDE not in world.raid.details(sam, item.id, in_project=None).permissions.moves
    decided = move(world, priya, item, RaidMove.DECIDE, "Yes.", rationale="Nobody uses it.")
    assert (decided.owner, decided.outcome, decided.rationale) == (priya.person, "Yes.", "Nobody uses it.")
    other = world.item(sam, project, RaidKind.DECISION, "Buy?")
    assert move(world, dana, other, RaidMove.DECIDE).owner == dana.person, "whoever writes it down"
    outside = world.item(sam, project, RaidKind.DECISION, "Pay?", other_party="Robin at Acme")
    assert move(world, dana, outside, RaidMove.DECIDE).owner is None
    hers = world.item(sam, project, RaidKind.DECISION, "Drop tablets?", owner_id=priya.person.id)
    assert move(world, dana, hers, RaidMove.DECIDE).owner == dana.person, "not whoever was to decide"


def test_what_was_decided_is_never_changed_only_superseded(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    item = world.item(dana, project, RaidKind.DECISION, "Drop SSO?", outcome="Yes.", rationale="Costs.")
    assert (item.status, item.owner) == (RaidStatus.DECIDED, dana.person)
    with pytest.raises(Invalid, match="stays as it was"):
        edit(world, dana, item, title="Keep SSO?")
    with pytest.raises(RefusedTransition):
        move(world, dana, item, RaidMove.REOPEN)
    with pytest.raises(NotAllowed):
        supersede(world, sam, item)
    with pytest.raises(Invalid):
        supersede(world, dana, item, outcome="")

    new = supersede(world, dana, item, "No, keep it.", rationale="They use it.")

    assert (new.status, new.follows_id, str(new.reference)) == (RaidStatus.DECIDED, item.id, "ACME-DEC2")
    old = world.raid.details(sam, item.id, in_project=None)
    assert (old.item.status, old.item.outcome) == (RaidStatus.SUPERSEDED, "Yes.")
    assert [str(each.reference) for each in old.led_to] == ["ACME-DEC2"]
    found = world.raid.details(sam, new.id, in_project=None)
    assert [str(each.reference) for each in found.came_from] == ["ACME-DEC1"]
    with pytest.raises(RefusedTransition):
        supersede(world, dana, item, "Maybe.")
    with pytest.raises(RefusedTransition):
        world.raid.supersedable(dana, item.id)


def test_a_successor_that_is_taken_back_lets_the_old_decision_hold_again(
    world: World, dana: Actor, project: ProjectView
) -> None:
    item = world.item(dana, project, RaidKind.DECISION, "Drop SSO?", outcome="Yes.")
    undo(world, dana, supersede(world, dana, item), timedelta(minutes=70))
    assert now(world, dana, item).status is RaidStatus.DECIDED
    assert str(supersede(world, dana, item, "Later.").reference) == "ACME-DEC3"
    issue = world.item(dana, project)
    with pytest.raises(Invalid, match="Only a decision"):
        supersede(world, dana, issue)
