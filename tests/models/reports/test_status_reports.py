"""How projects stood week by week, and whose status is missing: in which order, at what cost."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, update

from models.commands import DimensionFields
from models.read_models import Actor, ProjectView
from models.reports.statuses import StatusReports
from models.rules.projects.kinds import ProjectKind
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import OccurrenceState, RitualState
from models.rules.statuses.periods import CADENCES, Period, Timeliness
from models.rules.statuses.rag import Colour, Dimension
from models.tables import days_off, projects, ritual_occurrences, rituals
from tests.models.rituals import ask_weekly
from tests.models.world import NOW, TODAY, World, statements_of

G, A, R = Colour.GREEN, Colour.AMBER, Colour.RED
WEEK = timedelta(weeks=1)
LONG_AGO = NOW - 20 * WEEK


@pytest.fixture
def reports(world: World) -> StatusReports:
    return StatusReports(world.database)


def project(world: World, manager: Actor, key: str, **columns: object) -> ProjectView:
    """Return a project that has been there for long."""
    made = world.project(manager, key=key, channel=f"C_{key}")
    with world.database.write() as session:
        session.execute(
            update(projects).where(projects.c.id == made.id).values({"created_at": LONG_AGO, **columns})
        )
    ask_weekly(world.database, manager, made, created_at=LONG_AGO)
    return made


def submit(world: World, actor: Actor, of: ProjectView, colour: Colour, weeks_ago: int = 0) -> None:
    """Submit a status with that colour for its schedule, in its own week."""
    now = NOW - weeks_ago * WEEK
    plan = DimensionFields(colour, "Hurry", actor.person.id, now.date(), "it is done")
    said = {} if colour is G else {Dimension.SCHEDULE: plan}
    world.status(actor, of, f"{colour} {weeks_ago}", now=now, dimensions=said)


def letters(cells: object) -> str:
    return "".join(cell.colour.letter if cell else "." for cell in cells)  # type: ignore[attr-defined]


def test_a_project_week_by_week_with_its_sides(world: World, dana: Actor, reports: StatusReports) -> None:
    acme = project(world, dana, "ACME")
    for weeks_ago, colour in ((4, G), (3, A), (1, R), (0, G)):
        submit(world, dana, acme, colour, weeks_ago)
    grid = reports.grid(dana, acme.id, now=NOW)
    assert [row.name for row in grid.rows][:3] == ["Overall", "Schedule", "Scope"]
    assert [letters(row.cells) for row in grid.rows][:3] == ["...GA.RG", "...GA.RG", "...GG.GG"]
    assert grid.rows[0].headlines[-2:] == ("red 1", "green 0")
    assert grid.periods[-1] == Period.containing(TODAY)


def test_all_projects_red_first_and_what_nobody_said_before_green(
    world: World, dana: Actor, reports: StatusReports
) -> None:
    for key, colour, weeks_ago in (
        ("ABLE", G, 0),
        ("AMBER", A, 1),
        ("RED", R, 0),
        ("SILENT", R, 3),
        ("OLD", G, 3),
    ):
        submit(world, dana, project(world, dana, key), colour, weeks_ago)
    project(world, dana, "NEW")
    grid = reports.grid(dana, None, now=NOW)
    assert [row.name for row in grid.rows] == ["RED", "SILENT", "AMBER", "NEW", "OLD", "ABLE"]
    assert [letters(row.cells[-4:]) for row in grid.rows] == ["...R", "R...", "..A.", "....", "G...", "...G"]
    assert grid.total == 6
    other = World(world.database, "T_OTHER").person("Jo")
    assert reports.grid(other, None, now=NOW).is_empty


def test_a_project_whose_kind_changed_stands_once(world: World, dana: Actor, reports: StatusReports) -> None:
    acme = project(world, dana, "ACME", kind=ProjectKind.TALENT_ON_DEMAND)
    world.status(dana, acme, period=Period.containing(TODAY, CADENCES[ProjectKind.TALENT_ON_DEMAND]))
    with world.database.write() as session:
        session.execute(update(projects).values(kind=ProjectKind.MANAGED))
    submit(world, dana, acme, A)
    assert [row.name for row in reports.grid(dana, None, now=NOW).rows] == ["ACME"]


def test_a_monthly_status_fills_its_weeks(world: World, dana: Actor, reports: StatusReports) -> None:
    lent = project(world, dana, "LENT", kind=ProjectKind.TALENT_ON_DEMAND)
    month = Period.containing(TODAY, CADENCES[ProjectKind.TALENT_ON_DEMAND])
    world.status(dana, lent, period=month)
    assert letters(reports.grid(dana, None, now=NOW).rows[0].cells) == ".....GGG"
    alone = reports.grid(dana, lent.id, now=NOW)
    assert [row.name for row in alone.rows] == ["Overall", "Billing", "Staff health", "Success"]
    assert alone.periods[-1].name == "October"


def test_the_number_of_queries_does_not_grow(world: World, dana: Actor, reports: StatusReports) -> None:
    submit(world, dana, project(world, dana, "ACME"), A)

    def cost() -> list[int]:
        counts = []
        for look in (
            lambda: reports.grid(dana, None, now=NOW),
            lambda: world.statuses.missing(dana, only_mine=False, now=NOW),
            lambda: world.statuses.owed(dana, now=NOW),
        ):
            with statements_of(world.database) as seen:
                look()
            counts.append(len(seen))
        return counts

    few = cost()
    for number in range(6):
        submit(world, dana, project(world, dana, f"P{number}"), G, number)
    assert cost() == few


@pytest.mark.parametrize(
    ("now", "state", "missed"),
    [
        (NOW.replace(day=15, hour=15), Timeliness.MISSING, 1),
        (NOW.replace(day=15, hour=15, minute=1), Timeliness.OVERDUE, 2),
        (NOW.replace(day=19, hour=15), Timeliness.MISSING, 2),
    ],
)
def test_what_was_due_and_is_not_in(
    world: World, dana: Actor, now: datetime, state: Timeliness, missed: int
) -> None:
    acme = project(world, dana, "ACME")
    submit(world, dana, acme, G, 2)
    page = world.statuses.missing(dana, only_mine=True, now=now)
    (line,) = page.lines
    assert (line.project_key, line.state, line.missed, line.last) == ("ACME", state, missed, G)
    assert [person.name for person in line.turn.asked] == ["Dana"]


def test_a_project_that_was_not_asked_by_then_owes_nothing(world: World, dana: Actor) -> None:
    acme = world.project(dana)
    page = world.statuses.missing(dana, only_mine=True, now=NOW + WEEK)
    assert (page.total, page.asked) == (0, 0)
    [owed] = world.statuses.owed(dana, now=NOW + WEEK)
    assert (owed.state, owed.due_at, owed.missed) == (Timeliness.NOT_ASKED, None, 0)
    ask_weekly(world.database, dana, acme, created_at=NOW)
    assert world.statuses.missing(dana, only_mine=True, now=NOW).total == 0
    assert world.statuses.missing(dana, only_mine=True, now=NOW + WEEK).total == 1


def test_a_day_off_a_skipped_week_and_a_pause_are_passed_over(world: World, dana: Actor) -> None:
    acme = world.project(dana)
    on = ask_weekly(world.database, dana, acme, created_at=LONG_AGO, on_holiday=OnHoliday.SKIP)
    now = NOW.replace(day=30)

    def missing() -> tuple[str, int]:
        page = world.statuses.missing(dana, only_mine=True, now=now)
        return (page.lines[0].period.name, page.lines[0].missed) if page.lines else ("", 0)

    submit(world, dana, acme, G, 0)
    assert missing() == ("week 44", 2)
    with world.database.write() as session:
        day = insert(days_off).values(
            workspace_id=world.workspace_id, day=NOW.replace(day=29).date(), name="Feast"
        )
        session.execute(day)
    assert missing() == ("week 43", 1)
    skipped = {"ritual_id": on, "workspace_id": world.workspace_id, "version": 1}
    with world.database.write() as session:
        session.execute(
            insert(ritual_occurrences).values(
                name="2026-10-22T17:00", starts_at=now, state=OccurrenceState.SKIPPED, **skipped
            )
        )
    assert missing() == ("", 0)
    with world.database.write() as session:
        session.execute(update(rituals).values(state=RitualState.PAUSED))
    assert world.statuses.missing(dana, only_mine=True, now=now).asked == 0


def test_ones_own_come_first_and_others_only_where_asked_for(world: World, dana: Actor) -> None:
    lee = world.person("Lee")
    for manager, key in ((dana, "ACME"), (lee, "ZEBRA")):
        project(world, manager, key)
    assert [each.project_key for each in world.statuses.missing(lee, only_mine=True, now=NOW).lines] == [
        "ZEBRA"
    ]
    lines = world.statuses.missing(lee, only_mine=False, now=NOW).lines
    assert [(each.project_key, each.may_submit) for each in lines] == [("ZEBRA", True), ("ACME", False)]
    jo = world.delivery_manager("Jo")
    assert [each.may_submit for each in world.statuses.missing(jo, only_mine=False, now=NOW).lines] == [
        True,
        True,
    ]
