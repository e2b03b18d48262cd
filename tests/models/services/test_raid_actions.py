"""What is done about an issue or a decision: promised by somebody, and over when the record is."""

from datetime import timedelta
from typing import Any

import pytest

from models.commands import NewAction, RaidFields, RaidOutcome
from models.errors import Invalid, NotAllowed, NotFound
from models.read_models import ActionView, Actor, ProjectView, RaidFilter, RaidView
from models.rules.actions import ActionStatus
from models.rules.raid.states import RaidMove
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.services.raid.promises import RaidPromises
from tests.models.services.acts import LATER
from tests.models.world import NOW, TODAY, World

FRIDAY = TODAY + timedelta(days=2)


def ask(world: World, by: Actor, item: RaidView, whom: Actor, title: str = "Call the host") -> None:
    """Ask somebody to do something by Friday."""
    action = NewAction(title, whom.person.id, FRIDAY)
    RaidPromises(world.database).add(by, item.id, action, origin=world.origin(), now=NOW)


def promised(world: World, by: Actor, item: RaidView) -> tuple[ActionView, ...]:
    """Return what the details show of it."""
    return world.raid.details(by, item.id, in_project=None).actions


def move(world: World, actor: Actor, item: RaidView, how: RaidMove) -> RaidView:
    """Make a move."""
    return world.raid.move(actor, item.id, how, RaidOutcome("So."), origin=world.origin(), now=LATER)


@pytest.mark.parametrize(
    ("kind", "reference"), [(RaidKind.ISSUE, "ACME-I1"), (RaidKind.DECISION, "ACME-DEC1")]
)
def test_whoever_is_asked_hears_of_it_once_and_finds_it_among_what_they_have_to_do(
    world: World, sam: Actor, dana: Actor, project: ProjectView, kind: RaidKind, reference: str
) -> None:
    item = world.item(dana, project, kind)
    service, origin = RaidPromises(world.database), world.origin("twice")
    action = NewAction("Call the host", sam.person.id, FRIDAY)
    for _ in range(2):
        service.add(dana, item.id, action, origin=origin, now=NOW)
    (found,) = promised(world, dana, item)
    assert (found.title, found.owner, found.due_on, found.source.reference) == (
        "Call the host",
        sam.person,
        FRIDAY,
        reference,
    )
    assert world.actions.open_of(sam, sam.person.id) == (found,)
    assert [each.channel for each in world.said() if each.kind == "action_given"] == ["U_SAM"]
    permissions = world.raid.details(sam, item.id, in_project=None).permissions
    assert permissions.changeable_actions == {found.id}


def test_what_is_over_takes_its_actions_along_but_a_decision_is_carried_out(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    issue, decision = world.item(dana, project), world.item(dana, project, RaidKind.DECISION)
    for item in (issue, decision):
        ask(world, dana, item, sam)
    move(world, dana, issue, RaidMove.RESOLVE)
    decided = move(world, dana, decision, RaidMove.DECIDE)
    assert [each.status for each in promised(world, dana, issue)] == [ActionStatus.CANCELLED]
    assert [each.status for each in promised(world, dana, decision)] == [ActionStatus.OPEN]
    ask(world, dana, decided, sam, "Tell Robin")
    fields = RaidFields("Anew", outcome="No.")
    world.raid.supersede(dana, decision.id, fields, origin=world.origin(), now=LATER)
    assert {each.status for each in promised(world, dana, decision)} == {ActionStatus.CANCELLED}


@pytest.mark.parametrize("kind", [RaidKind.ASSUMPTION, RaidKind.DEPENDENCY])
def test_other_kinds_take_none(world: World, dana: Actor, project: ProjectView, kind: RaidKind) -> None:
    with pytest.raises(Invalid, match="takes actions"):
        ask(world, dana, world.item(dana, project, kind), dana)
    issue = move(world, dana, world.item(dana, project), RaidMove.RESOLVE)
    with pytest.raises(Invalid, match="takes actions"):
        RaidPromises(world.database).addable(dana, issue.id)


def test_only_who_may_end_it_asks_and_whoever_is_asked_sees_what_is_restricted(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    mo = world.person("Mo")
    with pytest.raises(NotAllowed):
        ask(world, mo, world.item(dana, project), mo)
    hidden = world.item(dana, project, visibility=Visibility.RESTRICTED)
    ask(world, dana, hidden, sam)
    assert [each.visibility for each in promised(world, sam, hidden)] == [Visibility.RESTRICTED]
    assert hidden.id in {each.id for each in world.raid.page(sam, RaidFilter(), today=TODAY).items}
    with pytest.raises(NotFound):
        world.raid.details(mo, hidden.id, in_project=None)
    fields = RaidFields(hidden.title)
    world.raid.edit(dana, hidden.id, fields, version=1, origin=world.origin(), now=LATER)
    assert [each.visibility for each in promised(world, mo, hidden)] == [Visibility.TEAM]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"title": ""}, "title"),
        ({"owner_id": None}, "owner_id"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - timedelta(days=2)}, "due_on"),
    ],
)
def test_an_action_has_a_title_an_owner_and_a_day_to_come(
    world: World, dana: Actor, project: ProjectView, wanted: dict[str, Any], field: str
) -> None:
    item = world.item(dana, project)
    whole: dict[str, Any] = {"title": "Call", "owner_id": dana.person.id, "due_on": FRIDAY}
    action = NewAction(**(whole | wanted))
    with pytest.raises(Invalid) as refusal:
        RaidPromises(world.database).add(dana, item.id, action, origin=world.origin(), now=NOW)
    assert list(refusal.value.problems) == [field]
    assert promised(world, dana, item) == ()
