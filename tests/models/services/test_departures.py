"""Who left Slack keeps all but their rights; that a project has no manager is told to whoever can help."""

from typing import Any

import pytest

from models.read_models import Actor
from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind
from tests.models.world import World, statements_of

LEFT = NoticeKind.MANAGER_LEFT


def told(world: World) -> list[str]:
    return [said.channel for said in world.said() if said.kind is LEFT]


@pytest.fixture
def dana(world: World) -> Actor:
    for name in ("Jo", "Lena"):
        world.delivery_manager(name)
    return world.person("Dana")


@pytest.mark.parametrize("how", [{"is_deleted": True}, {"is_guest": True}])
def test_delivery_managers_hear_of_it_once(world: World, dana: Actor, how: dict[str, Any]) -> None:
    world.project(dana)
    for _ in range(2):
        world.person("Dana", **how)
    assert sorted(told(world)) == ["U_JO", "U_LENA"]
    world.person("Dana")
    world.person("Dana", **how)
    assert len(told(world)) == 2


def test_what_they_raised_own_and_run_stays_theirs(world: World, dana: Actor) -> None:
    project = world.project(dana)
    risk = world.log(dana, project, probability=4, impact=3, owner_id=dana.person.id)
    world.person("Dana", is_deleted=True)
    jo = world.person("Jo")
    kept = world.register.details(jo, risk.id, in_project=None).risk
    assert (kept.raised_by, kept.owner) == (dana.person, dana.person)
    assert world.projects.get(jo, project.id).project_manager is None
    world.person("Dana")
    assert world.projects.get(jo, project.id).project_manager == dana.person


def test_a_project_that_somebody_else_manages_is_no_news(world: World, dana: Actor) -> None:
    lee = world.person("Lee")
    project = world.project(dana)
    world.give_role(lee, project, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    world.person("Dana", is_deleted=True)
    assert told(world) == []
    world.person("Lee", is_deleted=True)
    assert sorted(told(world)) == ["U_JO", "U_LENA"]


def test_who_managed_nothing_leaves_quietly(world: World, dana: Actor) -> None:
    project = world.project(dana)
    sam = world.person("Sam")
    world.give_role(sam, project, ProjectRole.MEMBER)
    world.person("Sam", is_deleted=True)
    assert told(world) == []


def test_a_change_of_name_asks_nothing_more(world: World, dana: Actor) -> None:
    world.project(dana)
    with statements_of(world.database) as statements:
        world.person("Dana", timezone="UTC")
    assert len(statements) <= 4, statements
    assert told(world) == []
