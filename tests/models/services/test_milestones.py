"""Milestones: agreed, moved with a reason, done, accepted, taken back; and what they say of a project."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.commands import Approval, MilestoneFields
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, Fact, FieldChange, MilestoneView, PlanFacts, ProjectView
from models.rules.access import ProjectRole
from models.rules.plans.milestones import MilestoneState
from models.services.plans.facts import plan_facts
from models.services.projects.fields import profile_of
from models.tables import audit_entries, milestones
from models.value import replace
from tests.models.world import NOW, TODAY, World, statements_of

AGREED = date(2026, 10, 23)


def add(
    world: World,
    actor: Actor,
    project: ProjectView,
    title: str = "Checkout live",
    agreed: date | None = AGREED,
    receipt: str | None = None,
) -> MilestoneView:
    """Add a milestone."""
    fields = MilestoneFields(title, agreed)
    return world.milestones.add(actor, project.id, fields, origin=world.origin(receipt), now=NOW)


def move(
    world: World,
    actor: Actor,
    milestone: MilestoneView,
    to: date,
    reason: str = "Vendor is late",
    **options: Any,  # noqa: ANN401 - any of the rest.
) -> MilestoneView:
    """Move a milestone as it was seen."""
    known: dict[str, Any] = {"version": milestone.version, "origin": world.origin(), "now": NOW} | options
    return world.milestones.move(actor, milestone.id, to, reason, **known)


def done(world: World, actor: Actor, milestone: MilestoneView, on: date | None = None) -> MilestoneView:
    """Say that it is done."""
    return world.milestones.done(actor, milestone.id, on, origin=world.origin(), now=NOW)


def accept(
    world: World, actor: Actor, milestone: MilestoneView, approval: Approval | None = None
) -> MilestoneView:
    """Say that the client accepts it."""
    return world.milestones.accept(
        actor, milestone.id, approval or Approval("Robin Vale"), origin=world.origin(), now=NOW
    )


def undo(world: World, actor: Actor, milestone: MilestoneView) -> MilestoneView:
    """Take back what was said of it last."""
    return world.milestones.undo(actor, milestone.id, origin=world.origin(), now=NOW)


def test_what_was_agreed_stays_while_the_forecast_moves(world: World) -> None:
    dana = world.person("Dana")
    milestone = add(world, dana, world.project(dana))
    assert (milestone.name, milestone.reference, milestone.slip) == ("M1", "ACME-M1", 0)
    moved = move(world, dana, milestone, date(2026, 10, 30))
    assert (moved.baseline_on, moved.forecast_on, moved.slip) == (AGREED, date(2026, 10, 30), 7)
    entry = world.milestones.history(dana, milestone.id).entries[0]
    assert (entry.action, entry.reason) == ("moved", "Vendor is late")
    assert entry.changes == (FieldChange("forecast_on", "2026-10-23", "2026-10-30"),)


def test_done_and_accepted_with_day_and_name_and_both_taken_back(world: World) -> None:
    dana = world.person("Dana")
    milestone = add(world, dana, world.project(dana), agreed=TODAY - timedelta(days=3))
    assert milestone.overdue(TODAY) == 3
    finished = done(world, dana, milestone, TODAY - timedelta(days=1))
    assert (finished.state, finished.slip, finished.overdue(TODAY)) == (MilestoneState.DONE, 2, 0)
    accepted = accept(world, dana, finished)
    assert (accepted.state, accepted.accepted_on, accepted.accepted_by) == (
        MilestoneState.ACCEPTED,
        TODAY,
        "Robin Vale",
    )
    assert undo(world, dana, accepted).state is MilestoneState.DONE
    back = undo(world, dana, accepted)
    assert (back.state, back.accepted_by) == (MilestoneState.OPEN, "")
    with pytest.raises(Invalid):
        undo(world, dana, accepted)
    assert accept(world, dana, back).done_on == TODAY


def test_an_edit_takes_the_forecast_along_only_while_it_was_never_moved(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)

    def edit(milestone: MilestoneView, agreed: date) -> MilestoneView:
        return world.milestones.edit(
            dana,
            milestone.id,
            MilestoneFields("Shop live", agreed),
            version=milestone.version,
            origin=world.origin(),
            now=NOW,
        )

    edited = edit(add(world, dana, project), date(2026, 10, 26))
    assert (edited.title, edited.baseline_on, edited.forecast_on) == ("Shop live", *[date(2026, 10, 26)] * 2)
    moved = move(world, dana, edited, date(2026, 11, 2))
    assert edit(moved, AGREED).forecast_on == date(2026, 11, 2)
    with pytest.raises(Conflict) as conflict:
        edit(edited, AGREED)
    assert {change.field for change in conflict.value.changes} == {"baseline_on", "forecast_on"}


def test_what_cannot_be_is_refused_beside_its_field(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    milestone = add(world, dana, project)
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    refused: tuple[tuple[str, Callable[[], object]], ...] = (
        ("title", lambda: add(world, dana, project, " ")),
        ("title", lambda: add(world, dana, project, "x" * 201)),
        ("baseline_on", lambda: add(world, dana, project, agreed=None)),
        ("reason", lambda: move(world, dana, milestone, date(2026, 10, 30), " ")),
        ("forecast_on", lambda: move(world, dana, milestone, AGREED)),
        ("forecast_on", lambda: move(world, dana, milestone, yesterday)),
        ("done_on", lambda: done(world, dana, milestone, tomorrow)),
        ("accepted_on", lambda: accept(world, dana, milestone, Approval("", tomorrow))),
        ("accepted_by", lambda: accept(world, dana, milestone, Approval("x" * 81))),
    )
    for field, act in refused:
        with pytest.raises(Invalid) as refusal:
            act()
        assert list(refusal.value.problems) == [field]
    finished = done(world, dana, milestone)
    over: tuple[tuple[str, Callable[[], object]], ...] = (
        ("forecast_on", lambda: move(world, dana, finished, date(2026, 10, 30))),
        ("done_on", lambda: done(world, dana, finished)),
        ("accepted_on", lambda: accept(world, dana, finished, Approval("", yesterday))),
    )
    for field, act in over:
        with pytest.raises(Invalid) as refusal:
            act()
        assert list(refusal.value.problems) == [field]
    accept(world, dana, finished)
    with pytest.raises(Invalid):
        accept(world, dana, finished)


def test_replays_do_it_once_and_a_second_hand_is_told(world: World) -> None:
    dana, lee = world.person("Dana"), world.delivery_manager("Lee")
    project = world.project(dana)
    milestone = add(world, dana, project, receipt="add")
    assert add(world, dana, project, receipt="add") == milestone
    moved = move(world, dana, milestone, date(2026, 10, 30), origin=world.origin("move"))
    assert move(world, dana, milestone, date(2026, 10, 30), origin=world.origin("move")) == moved
    assert (world.count(milestones), moved.version) == (1, 2)
    with pytest.raises(Conflict) as conflict:
        move(world, lee, milestone, date(2026, 11, 6))
    assert conflict.value.by == dana.person


def test_leads_change_members_look_and_others_see_nothing(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    milestone = add(world, dana, project)
    world.give_role(sam, project, ProjectRole.MEMBER)
    assert world.milestones.page(sam, project.id).records == (milestone,)
    before = world.count(audit_entries)

    def attempts(where: World, who: Actor) -> tuple[Callable[[], object], ...]:
        return (
            lambda: add(where, who, project),
            lambda: move(where, who, milestone, date(2026, 10, 30)),
            lambda: done(where, who, milestone),
            lambda: accept(where, who, milestone),
            lambda: undo(where, who, milestone),
            lambda: where.milestones.remove(who, milestone.id, origin=where.origin(), now=NOW),
        )

    for attempt in attempts(world, sam):
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert refusal.value.ask == ("Dana",)
    other = World(world.database, "T_OTHER")
    for attempt in attempts(other, other.delivery_manager("Stranger")):
        with pytest.raises(NotFound):
            attempt()
    world.profiles.archive(dana, project.id, "Delivered", origin=world.origin(), now=NOW)
    for attempt in attempts(world, dana):
        with pytest.raises(Invalid) as refused:
            attempt()
        assert "Reopen it first" in refused.value.problems["project"]
    assert world.count(audit_entries) == before + 1


def facts(world: World, *projects: ProjectView) -> list[PlanFacts]:
    """Return what the projects' plans say."""
    with world.database.read() as session:
        found = plan_facts(session, world.workspace_id, [project.id for project in projects], NOW)
    return [found[project.id] for project in projects]


def test_a_plan_says_what_is_overdue_and_how_far_it_slips(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    assert facts(world, project) == [PlanFacts()]
    add(world, dana, project, "Design signed off", TODAY - timedelta(days=8))
    add(world, dana, project, "Catalogue live", TODAY - timedelta(days=1))
    last = add(world, dana, project, "Shop live", TODAY + timedelta(days=50))
    (said,) = facts(world, project)
    assert said.overdue == (Fact("M1", "Design signed off", 6), Fact("M2", "Catalogue live", 1))
    assert said.long_overdue == (Fact("M1", "Design signed off", 6),)
    assert (said.milestones, said.slip_share) == (3, None)

    move(world, dana, last, TODAY + timedelta(days=56))
    profile = replace(profile_of(project), starts_on=TODAY - timedelta(days=50))
    world.profiles.edit(dana, project.id, profile, version=1, origin=world.origin(), now=NOW)
    (said,) = facts(world, project)
    assert (said.slip, said.slip_share) == (Fact("M3", "Shop live", 6), 0.06)
    for milestone in world.milestones.page(dana, project.id).records:
        done(world, dana, milestone)
    (said,) = facts(world, project)
    assert (said.overdue, said.slip, said.slip_share) == ((), Fact("M3", "Shop live", -50), 0.0)


def test_facts_ask_as_often_for_one_project_as_for_five(world: World) -> None:
    dana = world.person("Dana")
    projects = [world.project(dana, key=f"P{number}", channel=f"C_{number}") for number in range(5)]
    for project in projects:
        add(world, dana, project)
        add(world, dana, project, "Shop live")

    def asked(*wanted: ProjectView) -> int:
        with statements_of(world.database) as seen:
            facts(world, *wanted)
        return len(seen)

    assert asked(projects[0]) == asked(*projects)
