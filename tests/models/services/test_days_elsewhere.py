"""Whose day it is: where the project or the meeting is, another day may have begun than in Greenwich."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from models.commands import NewProject
from models.read_models import Actor, ProjectView
from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind
from models.services.settings import Settings, Wishes
from models.value import replace
from tests.models.meetings import MEETING, page, run, switch_on
from tests.models.world import NOW, World

AUCKLAND = "Pacific/Auckland"
MONDAY_THERE = datetime(2026, 10, 18, 21, tzinfo=UTC)
"""Ten in the morning there, and Sunday evening in Greenwich."""


@pytest.fixture
def far_away(world: World) -> ProjectView:
    """Return a project whose manager was away until yesterday, by its own calendar."""
    dana, tom = (world.person(name, timezone=AUCKLAND) for name in ("Dana", "Tom"))
    new = NewProject("Acme", "ACME", "Acme", "C1", AUCKLAND, dana.person.id)
    project = world.projects.create(dana, new, origin=world.origin(), now=NOW)
    world.give_role(tom, project, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    Settings(world.database).change(dana, Wishes(None, date(2026, 10, 18)), origin=world.origin(), now=NOW)
    return world.projects.get(dana, project.id)


def told(world: World, kind: NoticeKind) -> list[str]:
    return [each.channel for each in world.said() if each.kind is kind]


def test_who_is_back_today_where_the_project_is_hears_of_a_low_mood(
    world: World, far_away: ProjectView
) -> None:
    world.mood(world.person("Sam", timezone=AUCKLAND), far_away, 1, now=MONDAY_THERE)
    assert told(world, NoticeKind.MOOD_ALERT) == ["U_DANA"]


def test_who_is_back_today_where_the_project_is_hears_of_an_issue(
    world: World, far_away: ProjectView
) -> None:
    world.item(world.person("Sam", timezone=AUCKLAND), far_away, now=MONDAY_THERE)
    assert told(world, NoticeKind.RAID_RAISED) == ["U_DANA"]


def test_an_agenda_says_since_which_day_by_the_clock_of_the_meeting(
    world: World, jo: Actor, acme: ProjectView
) -> None:
    assert acme.key == "ACME"
    switch_on(world, jo, replace(MEETING, at=time(17), timezone="America/Los_Angeles"), now=NOW)
    for hours in range(0, 24, 3):
        run(world, NOW + timedelta(hours=hours))
    found = page(world, jo, now=NOW + timedelta(days=2))
    assert found.agenda.since == date(2026, 10, 14), "in Greenwich it was the 15th"
