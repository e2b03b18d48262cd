"""Delivery health checks: owed where a project has them, done once, owed again after a red week."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from models.commands import DimensionFields
from models.errors import Invalid, NotAllowed
from models.read_models import Actor, ProjectView
from models.rules.projects.health_check import WeekAtColour
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.rag import Colour, Dimension
from models.services.projects.fields import profile_of
from models.services.projects.health_checks import HealthChecks
from models.services.rituals.catalogue import Rituals
from models.value import replace
from scheduled.rituals import sorts
from tests.models.rituals import inspect
from tests.models.world import NOW, TODAY, World, statements_of

WEEK = timedelta(weeks=1)


def project_of(world: World, dana: Actor, days: int, *, is_on: bool = True, **changed: Any) -> ProjectView:  # noqa: ANN401 - any field of a profile.
    """Return a project with health checks that began so many days ago."""
    project = world.project(dana)
    if is_on:
        inspect(world.database, dana, project)
    profile = replace(profile_of(project), starts_on=TODAY - timedelta(days=days), **changed)
    return world.profiles.edit(dana, project.id, profile, version=1, origin=world.origin(), now=NOW)


def done(
    world: World,
    actor: Actor,
    project: ProjectView,
    finding: str = "All is well.",
    *,
    receipt: str | None = None,
    now: datetime = NOW,
) -> ProjectView:
    checks = HealthChecks(world.database)
    return checks.done(actor, project.id, finding, origin=world.origin(receipt), now=now)


def red(dana: Actor) -> dict[Dimension, DimensionFields]:
    step = "Mock the API"
    when = TODAY + 2 * WEEK
    return {Dimension.SCHEDULE: DimensionFields(Colour.RED, step, dana.person.id, when, "it passes")}


def test_it_is_off_until_somebody_switches_it_on(world: World) -> None:
    dana = world.person("Dana")
    project = project_of(world, dana, 200, is_on=False)
    assert not project.has_health_checks
    with pytest.raises(Invalid, match="owes no delivery health check"):
        done(world, dana, project)
    # Anybody's ritual is every project's; while it rests there is none.
    everybodys = inspect(world.database, dana, None)
    assert HealthChecks(world.database).owing(dana, project.id, now=NOW).has_health_checks
    Rituals(world.database, sorts()).pause(dana, everybodys, origin=world.origin(), now=NOW)
    with pytest.raises(Invalid, match="owes no delivery health check"):
        done(world, dana, project)


@pytest.mark.parametrize(
    ("days", "changed"), [(119, {}), (366, {}), (200, {"kind": ProjectKind.TALENT_ON_DEMAND})]
)
def test_where_none_is_owed_none_can_be_done(world: World, days: int, changed: dict[str, Any]) -> None:
    dana = world.person("Dana")
    project = project_of(world, dana, days, **changed)
    with pytest.raises(Invalid, match="owes no delivery health check"):
        HealthChecks(world.database).owing(dana, project.id, now=NOW)


def test_it_is_done_once_with_what_was_found(world: World) -> None:
    dana = world.person("Dana")
    project = project_of(world, dana, 120)
    assert HealthChecks(world.database).owing(dana, project.id, now=NOW) == project
    with pytest.raises(Invalid):
        done(world, dana, project, "  ")
    checked = done(world, dana, project, "The test environment is weak.", receipt="once")
    assert (checked.health_checked_on, checked.version) == (TODAY, project.version + 1)
    assert done(world, dana, project, receipt="once") == checked
    entry = world.profiles.history(dana, project.id).entries[0]
    assert (entry.action, entry.reason) == ("checked", "The test environment is weak.")
    with pytest.raises(Invalid, match="owes no delivery health check"):
        done(world, dana, project)


def test_a_red_week_after_it_asks_for_another(world: World) -> None:
    dana = world.person("Dana")
    project = done(world, dana, project_of(world, dana, 150))
    world.status(dana, project, now=NOW)
    later = NOW + WEEK
    world.status(dana, project, "Red", now=later, dimensions=red(dana))
    (week,) = world.profiles.card(dana, project.id).weeks
    assert week == WeekAtColour(date.fromisocalendar(*later.isocalendar()[:2], 1), Colour.RED)
    assert done(world, dana, project, now=later).health_checked_on == TODAY + WEEK


def test_only_who_may_change_the_project_says_so(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    with pytest.raises(NotAllowed):
        done(world, sam, project_of(world, dana, 130))


def test_a_project_without_checks_costs_no_question_more(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    with statements_of(world.database) as without:
        world.profiles.card(dana, project.id)
    assert not [each for each in without if "status_versions" in each]
