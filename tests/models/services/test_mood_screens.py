"""Lists, trends and the overview of clients' moods: only what one may see, in a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest

from models.read_models import Actor, MoodFilter, ProjectView
from models.rules.access import OrganisationRole
from models.rules.moods.mood import MoodTrend
from models.rules.risks.words import Visibility
from models.services.moods.readings import MoodReadings
from tests.models.world import NOW, TODAY, World, statements_of


def test_the_newest_come_first_and_pages_follow(world: World, sam: Actor, project: ProjectView) -> None:
    for days_ago in range(12):
        world.mood(sam, project, 4, days_ago)
    first = world.moods.page(sam, MoodFilter(project.id))
    assert (first.total, first.pages, len(first.readings)) == (12, 2, 10)
    assert first.readings[0].observed_on == TODAY
    last = world.moods.page(sam, MoodFilter(project.id, page=9))
    assert (last.filter.page, len(last.readings)) == (2, 2)


def test_a_list_holds_ones_own_or_what_was_heard(world: World, sam: Actor, project: ProjectView) -> None:
    mine = world.mood(sam, project, 4, 2).reading
    heard = world.mood(world.person("Dana"), project, 4, request="A dark theme").reading
    assert world.moods.page(sam, MoodFilter(mine=True)).readings == (mine,)
    assert world.moods.page(sam, MoodFilter(heard=True)).readings == (heard,)


def test_the_trend_counts_what_one_may_see(world: World, sam: Actor, project: ProjectView) -> None:
    dana = world.person("Dana")
    for value, days_ago in ((5, 21), (4, 14), (4, 7), (3, 0)):
        world.mood(sam, project, value, days_ago)
    world.mood(dana, project, 1, insight="Between us.", visibility=Visibility.RESTRICTED)

    seen = world.moods.trend(sam, project.id, now=NOW)
    assert (seen.state.average, seen.state.trend) == (Fraction(11, 3), MoodTrend.FALLING)
    assert seen.last is not None
    assert seen.last.insight == "Because."
    assert world.moods.trend(dana, project.id, now=NOW).state.average == Fraction(10, 3)


def test_three_weeks_without_a_reading_are_unknown(world: World, sam: Actor, project: ProjectView) -> None:
    world.mood(sam, project, 5)
    soon, later = NOW + timedelta(days=20), NOW + timedelta(days=21)
    assert not world.moods.trend(sam, project.id, now=soon).state.is_unknown
    assert world.moods.trend(sam, project.id, now=later).state.is_unknown


def test_of_several_readings_on_a_day_the_latest_says_how_the_client_is(
    world: World, sam: Actor, project: ProjectView
) -> None:
    for minute, value in enumerate((4, 2, 5)):
        world.mood(sam, project, value, now=NOW + timedelta(minutes=minute))
    (day,) = world.moods.trend(sam, project.id, now=NOW + timedelta(hours=1)).state.days
    assert (day.latest, day.lowest, day.mean) == (5, 2, Fraction(11, 3))


def test_the_weekly_status_learns_of_low_moods_and_alerts(
    world: World, sam: Actor, project: ProjectView
) -> None:
    quiet = world.project(world.person("Lee"), key="BOR", channel="C_BOR")
    world.mood(sam, project, 2, 5, visibility=Visibility.RESTRICTED)
    world.mood(sam, project, 2)
    world.mood(sam, quiet, 4)
    states = MoodReadings(world.database).states(world.workspace_id, [project.id, quiet.id], TODAY)
    assert (states[project.id].was_low_lately, states[project.id].has_alert) == (True, True)
    assert (states[quiet.id].was_low_lately, states[quiet.id].has_alert) == (False, False)


def test_the_overview_tells_of_alerts_only_whom_they_concern(world: World, sam: Actor) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    mine, other = world.project(dana), world.project(lee, key="BOR", channel="C_BOR")
    for project in (mine, other):
        world.mood(sam, project, 1)

    def alarmed(actor: Actor) -> list[str]:
        choices = world.projects.choices(actor)
        seen = world.moods.overview(actor, choices, today=TODAY)
        return sorted(each.project.key for each in seen if each.state.has_alert)

    assert alarmed(dana) == ["ACME"]
    assert alarmed(lee) == ["BOR"]
    assert alarmed(world.delivery_manager("Jo")) == ["ACME", "BOR"]
    kofi = world.person("Kofi")
    world.people.grant(world.workspace_id, kofi.person.id, OrganisationRole.LEADER, now=NOW)
    assert alarmed(world.person("Kofi")) == []
    assert alarmed(sam) == []


@pytest.mark.parametrize("many", [False, True])
def test_screens_take_as_many_queries_for_one_reading_as_for_many(world: World, *, many: bool) -> None:
    jo = world.delivery_manager("Jo")
    keys = [f"P{number}" for number in range(9 if many else 1)]
    made = [world.project(jo, key=f"{key}X", channel=f"C_{key}") for key in keys]
    for project in made:
        for days_ago in range(8 if many else 1):
            world.mood(jo, project, 1, days_ago, request="A dark theme")
    choices = world.projects.choices(jo)
    ids = [project.id for project in made]
    screens: dict[str, Callable[[], object]] = {
        "page": lambda: world.moods.page(jo, MoodFilter()),
        "page of one": lambda: world.moods.page(jo, MoodFilter(made[0].id, heard=True)),
        "trend": lambda: world.moods.trend(jo, made[0].id, now=NOW),
        "overview": lambda: world.moods.overview(jo, choices, today=TODAY),
        "states": lambda: MoodReadings(world.database).states(world.workspace_id, ids, TODAY),
    }
    counts = {}
    for name, act in screens.items():
        with statements_of(world.database) as statements:
            act()
        counts[name] = len(statements)
    assert counts == {"page": 2, "page of one": 3, "trend": 4, "overview": 2, "states": 2}
