"""Who is expected at which meeting, and that many meetings ask the database no more than few."""

from models.read_models import Actor, ProjectView
from models.rules.access import ProjectRole
from models.services.agendas.book import Agendas
from models.services.agendas.meetings import PEOPLE, PROJECTS, ROLES
from models.services.agendas.minutes import Minutes
from models.value import replace
from tests.models.meetings import AFTER, EVENING, MEETING, hold, switch_on
from tests.models.world import NOW, World, statements_of

MOST = 16
"""Statements of one screen."""


def test_each_meeting_is_of_those_whom_it_names_or_of_the_roles_on_its_projects(
    world: World, agendas: Agendas, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    lee, sam = world.person("Lee"), world.person("Sam")
    world.give_role(lee, acme, ProjectRole.ENGINEERING_LEAD)
    world.give_role(dana, acme, ProjectRole.ENGINEERING_LEAD)
    other = world.project(sam, key="DELTA", channel="C_DELTA")
    engineers = [ProjectRole.ENGINEERING_LEAD.value]
    settings: dict[str, dict[str, list[str]]] = {
        "All": {},
        "Delta": {PROJECTS: [str(other.id)]},
        "Named": {PEOPLE: [str(lee.person.id)]},
        "Engineers": {ROLES: engineers},
        "Nobody": {ROLES: engineers, PROJECTS: [str(other.id)]},
    }
    for number, (name, own) in enumerate(settings.items()):
        switch_on(world, jo, replace(MEETING, name=name, settings=own), channel=f"C_ROOM{number}")

    def theirs(who: Actor) -> set[str]:
        return {each.ritual.name for each in agendas.meetings(who, now=NOW) if each.is_yours}

    assert theirs(dana) == {"All", "Engineers"}
    assert theirs(sam) == {"All", "Delta"}
    assert theirs(lee) == {"Named", "Engineers"}
    assert theirs(jo) == {"Nobody"}, "where nobody would come, whoever set it up"


def test_the_number_of_statements_does_not_grow_with_the_meetings(
    world: World, agendas: Agendas, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    hold(world, jo, dana, acme)

    def asked() -> tuple[int, int, int]:
        with statements_of(world.database) as latest:
            assert minutes.page(dana, now=AFTER) is not None
        with statements_of(world.database) as here:
            assert minutes.page(dana, channel_id="C_DELIVERY", now=AFTER) is not None
        with statements_of(world.database) as listed:
            agendas.meetings(dana, now=AFTER)
        return len(latest), len(here), len(listed)

    few = asked()
    for number in range(6):
        named = {PEOPLE: [str(jo.person.id)]} if number % 2 else {}
        preset = replace(MEETING, name=f"M{number}", settings=named)
        switch_on(world, jo, preset, channel=f"C_M{number}", now=EVENING)
    assert asked() == few
    assert max(few) <= MOST
