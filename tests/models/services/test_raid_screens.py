"""What may be seen of records, by whom, in which order, and what a screen costs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from models.errors import NotFound
from models.read_models import Actor, ProjectView, RaidFilter, RaidView
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.raid.states import RaidMove, RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.references import Marker, Reference
from models.rules.risks.words import Visibility
from models.services.risks.register import RiskRegister
from models.value import replace
from tests.models.services.acts import LATER
from tests.models.services.raid_acts import edit, move
from tests.models.world import TODAY, World, statements_of


def test_a_name_of_another_kind_finds_nothing(world: World, sam: Actor, project: ProjectView) -> None:
    item = world.item(sam, project)
    world.log(sam, project)
    bare = Reference(1, marker=Marker.ISSUE)
    assert world.raid.details(sam, bare, in_project=project.id).item == item
    for wrong in (bare, Reference(1, "ACME"), Reference(1, "ACME", Marker.DECISION), uuid4()):
        with pytest.raises(NotFound):
            world.raid.details(sam, wrong, in_project=None)
    with pytest.raises(NotFound):
        RiskRegister(world.database).details(sam, item.reference, in_project=None)


def sees(world: World, actor: Actor, item: RaidView) -> bool:
    """Tell whether a person can see a record; the list and the details must agree."""
    page = world.raid.page(actor, RaidFilter(), today=TODAY)
    listed = any(each.id == item.id for each in page.items)
    try:
        world.raid.details(actor, item.id, in_project=None)
    except NotFound:
        shown = False
    else:
        shown = True
    assert listed == shown == (page.total == 1)
    return shown


def test_what_is_restricted_stays_with_leads_owner_and_whoever_logged_it(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    owner, member = world.person("Owen"), world.person("Mo")
    world.give_role(member, project, ProjectRole.MEMBER)
    hidden = world.item(sam, project, owner_id=owner.person.id, visibility=Visibility.RESTRICTED)
    for who in (sam, dana, owner, world.delivery_manager("Jo")):
        assert sees(world, who, hidden), who.person.name
    leader = replace(world.person("Kofi"), organisation_roles=frozenset({OrganisationRole.LEADER}))
    for who in (member, leader):
        assert not sees(world, who, hidden), who.person.name
        with pytest.raises(NotFound):
            move(world, who, hidden, RaidMove.RESOLVE)


def test_the_most_urgent_come_first_and_filters_narrow(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    elsewhere = world.project(dana, key="BORE", channel="C_BORE")
    plain = world.item(sam, project, title="Plain")
    soon = world.item(
        sam, project, RaidKind.DEPENDENCY, "Soon", due_on=TODAY + timedelta(days=2), supplier="Kim"
    )
    bad = world.item(dana, project, title="Bad", impact=5)
    late = world.item(sam, project, RaidKind.DECISION, "Late", due_on=TODAY - timedelta(days=1))
    over = move(world, sam, world.item(sam, project, title="Over"), RaidMove.RESOLVE)
    other = world.item(dana, elsewhere, RaidKind.ASSUMPTION, "Other", owner_id=sam.person.id, now=LATER)

    def titles(**wanted: Any) -> list[str]:  # noqa: ANN401 - any wish.
        page = world.raid.page(sam, RaidFilter(**wanted), today=TODAY)
        assert page.total == len(page.items) == sum(page.per_kind.values())
        return [item.title for item in page.items]

    assert titles(project_ids=(project.id,)) == [late.title, bad.title, soon.title, plain.title]
    assert len(titles(project_ids=(project.id, elsewhere.id))) == 5
    assert titles(mine=True) == ["Late", "Soon", "Other", "Plain"]
    assert titles(kind=RaidKind.ISSUE) == ["Bad", "Plain"]
    assert titles(late=True) == ["Late"]
    assert titles(over=True) == [over.title]
    assert titles(status=RaidStatus.RESOLVED) == ["Over"]
    assert titles(owner_id=sam.person.id) == [other.title]
    assert titles(words="kim so") == ["Soon"]
    assert titles(words="%") == []
    assert world.raid.page(sam, RaidFilter(), today=TODAY).late == 1


@pytest.mark.parametrize("rows", [1, 40])
def test_screens_take_a_constant_number_of_queries(
    world: World, dana: Actor, project: ProjectView, rows: int
) -> None:
    item = world.item(dana, project)
    for number in range(rows):
        world.item(dana, project, owner_id=dana.person.id)
        item = edit(world, dana, item, title=f"Title {number}")
    with statements_of(world.database) as statements:
        page = world.raid.page(dana, RaidFilter(project_ids=(project.id,)), today=TODAY)
    assert (page.total, len([each for each in statements if not each.startswith("BEGIN")])) == (rows + 1, 3)
    with statements_of(world.database) as statements:
        world.raid.details(dana, item.reference, in_project=None)
    assert len([each for each in statements if not each.startswith("BEGIN")]) == 5
