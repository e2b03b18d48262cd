"""Statuses: submitted, changed, told, and refused on the field that can't stand."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, update

from models.commands import DimensionFields, MoodFields, NewAction
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import ActionOrigin, Actor, ProjectView
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.delivery import NoticeKind, Operation
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.inside import Look
from models.rules.statuses.periods import Cadence, Period
from models.rules.statuses.rag import Colour, Dimension, Movement, RagStatus
from models.services.actions.following import Following, add
from models.services.actions.items import ActionItems
from models.services.audit import history
from models.tables import (
    back_to_green_plans,
    milestones,
    mood_readings,
    projects,
    status_updates,
    status_versions,
)
from models.value import replace
from tests.models.rituals import ask_weekly
from tests.models.world import NOW, TODAY, World, statements_of

G, A, R, N = Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NOT_APPLICABLE
WEEK = timedelta(weeks=1)
D = Dimension


@pytest.fixture
def acme(world: World, dana: Actor) -> ProjectView:
    """Return Dana's project, which is asked how it stands."""
    project = world.project(dana)
    ask_weekly(world.database, dana, project)
    return project


def plan(owner: Actor, colour: Colour = A, *, due_in: int = 2, **fields: Any) -> DimensionFields:  # noqa: ANN401 - any field of a dimension.
    said = DimensionFields(
        colour, "Mock the API", owner.person.id, TODAY + timedelta(days=due_in), "the sandbox passes"
    )
    return replace(said, **fields)


def test_an_all_green_week_takes_a_headline(world: World, dana: Actor, acme: ProjectView) -> None:
    found = world.status(dana, acme)
    status = found.status
    assert (status.rag, status.version, status.is_late) == (RagStatus(G, G), 1, False)
    assert status.colours == dict.fromkeys(Dimension, G)
    assert found.movement is Movement.NOT_KNOWN
    assert [(said.kind, said.operation, said.channel) for said in world.said()] == [
        (NoticeKind.STATUS_POSTED, Operation.POST, acme.internal_channel_id)
    ]
    assert world.statuses.show(dana, acme.id, now=NOW).found == found
    with world.database.read() as session:
        (entry,) = history(session, world.workspace_id, status.id)
    assert entry.action == "submitted"
    assert {change.field: change.after for change in entry.changes}["declared"] == "green"


def test_what_is_delivered_twice_is_submitted_once(world: World, dana: Actor, acme: ProjectView) -> None:
    once = world.status(dana, acme, origin=world.origin("view"), done="x")
    again = world.status(dana, acme, origin=world.origin("view"), done="x")
    assert again == once
    assert world.count(status_versions) == 1
    assert [said.operation for said in world.said()] == [Operation.POST, Operation.REPLY]


def test_an_edit_is_a_new_version_and_the_old_one_stays(world: World, dana: Actor, acme: ProjectView) -> None:
    world.status(dana, acme, done="Shipped search")
    late = NOW + timedelta(days=3)
    found = world.status(
        dana, acme, "Vendor is late", version=1, now=late, dimensions={D.SCHEDULE: plan(dana, R, due_in=4)}
    )
    status = found.status
    assert (status.version, status.is_late, status.submitted_at) == (2, False, NOW)
    assert status.rag == RagStatus(R, R)
    assert world.count(status_versions) == 2
    assert world.count(status_updates) == 1
    assert [(said.kind, said.operation) for said in world.said()] == [
        (NoticeKind.STATUS_POSTED, Operation.POST),
        (NoticeKind.STATUS_DETAILS, Operation.REPLY),
        (NoticeKind.STATUS_POSTED, Operation.UPDATE),
        (NoticeKind.STATUS_DETAILS, Operation.UPDATE),
    ]


def test_who_was_slower_is_told_who_was_faster(world: World, dana: Actor, acme: ProjectView) -> None:
    jo = world.delivery_manager("Jo")
    world.status(dana, acme)
    with pytest.raises(Conflict) as conflict:
        world.status(jo, acme, "Mine")
    assert conflict.value.by == dana.person
    assert world.status(jo, acme, "Mine", version=1).status.author == jo.person


@pytest.mark.parametrize(
    ("became", "why"), [(G, "Schedule is green again"), (N, "Schedule doesn't apply any more")]
)
def test_the_step_of_a_plan_that_is_over_says_why(
    world: World, dana: Actor, acme: ProjectView, became: Colour, why: str
) -> None:
    world.status(dana, acme, dimensions={D.SCHEDULE: plan(dana)})
    over = world.status(dana, acme, now=NOW + WEEK, dimensions={D.SCHEDULE: DimensionFields(became)})
    assert [each.closing_reason for each in over.closed] == [why]


def test_a_plan_is_somebodys_action_and_goes_on_until_it_is_green(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    sam = world.person("Sam")
    first = world.status(dana, acme, dimensions={D.SCHEDULE: plan(sam)})
    assert first.status.rag.declared is A
    (step,) = world.actions.open_of(sam, sam.person.id)
    assert (step.title, step.due_on, step.project_key) == ("Mock the API", TODAY + timedelta(days=2), "ACME")
    assert [said.channel for said in world.said() if said.kind is NoticeKind.ACTION_GIVEN] == ["U_SAM"]

    week = NOW + WEEK
    begun = world.statuses.start(dana, acme.id, None, now=week)
    assert begun.plans[D.SCHEDULE].step == "Mock the API"
    moved = plan(sam, due_in=10)
    second = world.status(dana, acme, now=week, dimensions={D.SCHEDULE: moved})
    assert second.status.dimensions[0].slips == 1
    assert (second.movement, second.periods_at_colour) == (Movement.SAME, 2)
    (step,) = world.actions.open_of(sam, sam.person.id)
    assert step.due_on == TODAY + timedelta(days=10), "the same action, moved"

    third = world.status(
        dana, acme, now=week + WEEK, dimensions={D.SCHEDULE: plan(sam, due_in=17, step="Test by hand")}
    )
    assert third.status.dimensions[0].slips == 2
    assert [each.title for each in world.actions.open_of(sam, sam.person.id)] == [
        "Mock the API",
        "Test by hand",
    ]

    green = world.status(dana, acme, now=week + 2 * WEEK)
    assert green.movement is Movement.BETTER
    assert world.actions.open_of(sam, sam.person.id) == ()
    assert world.statuses.start(dana, acme.id, None, now=week + 3 * WEEK).plans == {}
    assert world.count(back_to_green_plans) == 1


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"owner_id": None}, {"schedule_owner"}),
        ({"due_on": TODAY - timedelta(days=1)}, {"schedule_due"}),
        ({"criteria": "  "}, {"schedule_criteria"}),
        ({"step": ""}, {"schedule_step"}),
        ({"target_on": TODAY}, {"schedule_target"}),
        ({"step": "x" * 201}, {"schedule_step"}),
    ],
)
def test_a_plan_that_lacks_something_is_refused_on_the_field(
    world: World, dana: Actor, acme: ProjectView, fields: dict[str, Any], names: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        world.status(dana, acme, dimensions={D.SCHEDULE: plan(dana, **fields)})
    assert set(refused.value.problems) == names
    assert world.count(status_updates) == 0
    assert world.said() == []


def test_a_guest_can_own_no_step(world: World, dana: Actor, acme: ProjectView) -> None:
    yuki = world.person("Yuki", is_guest=True)
    with pytest.raises(Invalid) as refused:
        world.status(dana, acme, dimensions={D.SCOPE: plan(yuki)})
    assert set(refused.value.problems) == {"scope_owner"}


def test_too_much_left_out_is_no_green(world: World, dana: Actor, acme: ProjectView) -> None:
    left_out = {each: DimensionFields(N) for each in (D.SCOPE, D.BUDGET, D.QUALITY)}
    assert world.status(dana, acme, dimensions=left_out).status.rag.declared is A
    with pytest.raises(Invalid) as refused:
        world.status(dana, acme, version=1, dimensions=left_out, declared=G, reason="It is.")
    assert set(refused.value.problems) == {"declared"}


def test_one_step_better_wants_a_reason(world: World, dana: Actor, acme: ProjectView) -> None:
    red = {D.SCHEDULE: plan(dana, R)}
    with pytest.raises(Invalid) as refused:
        world.status(dana, acme, dimensions=red, declared=A)
    assert set(refused.value.problems) == {"reason"}
    status = world.status(dana, acme, dimensions=red, declared=A, reason="They moved the date.").status
    assert status.rag.words == "Amber (computed Red)"
    assert status.override_reason == "They moved the date."


def test_who_may_submit_and_who_may_only_see(world: World, acme: ProjectView) -> None:
    sam, lee = world.person("Sam"), world.person("Lee")
    world.give_role(lee, acme, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    with pytest.raises(NotAllowed) as refused:
        world.status(sam, acme)
    assert refused.value.ask == ("Dana",)
    with pytest.raises(NotAllowed):
        world.statuses.start(sam, acme.id, None, now=NOW)
    world.status(lee, acme)
    assert world.statuses.show(sam, acme.id, now=NOW).may_edit is False
    for stranger in (world.person("Yuki", is_guest=True), world.person("Robin", team_id="T_ELSEWHERE")):
        with pytest.raises(NotAllowed):
            world.statuses.show(stranger, acme.id, now=NOW)
        with pytest.raises(NotAllowed):
            world.status(stranger, acme)


def test_another_workspace_has_no_such_project(world: World, dana: Actor, acme: ProjectView) -> None:
    other = World(world.database, "T_OTHER").delivery_manager("Jo")
    with pytest.raises(NotFound):
        world.status(other, acme)
    world.status(dana, acme)
    with pytest.raises(NotFound):
        world.statuses.show(other, acme.id, now=NOW)


def test_a_project_archived_meanwhile_takes_no_status(world: World, dana: Actor, acme: ProjectView) -> None:
    with world.database.write() as session:
        session.execute(update(projects).values(archived_at=NOW))
    with pytest.raises(Invalid, match="archived"):
        world.status(dana, acme)
    with pytest.raises(Invalid, match="archived"):
        world.statuses.start(dana, acme.id, None, now=NOW)


def test_a_backfill_stays_late_and_leaves_newer_plans_alone(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.status(dana, acme, dimensions={D.SCHEDULE: plan(dana)})
    before = Period.containing(TODAY).previous
    old = DimensionFields(R, "Hurry", dana.person.id, before.ends_on, "it is done")
    filled = world.status(dana, acme, period=before, dimensions={D.SCOPE: old}).status
    assert filled.is_late
    assert set(world.statuses.start(dana, acme.id, None, now=NOW).plans) == {D.SCHEDULE}
    edited = world.status(dana, acme, "Better so", period=before, version=1, dimensions={D.SCOPE: old}).status
    assert edited.is_late
    assert world.statuses.show(dana, acme.id, now=NOW).found.before is R


@pytest.mark.parametrize("monday", [date(2026, 10, 19), date(2026, 6, 1)])
def test_a_week_to_come_or_long_ago_is_refused(
    world: World, dana: Actor, acme: ProjectView, monday: date
) -> None:
    with pytest.raises(Invalid):
        world.status(dana, acme, period=Period(monday))


def test_after_thursday_at_five_it_is_late(world: World, dana: Actor, acme: ProjectView) -> None:
    thursday_at_five = NOW.replace(day=15, hour=15)
    assert world.status(dana, acme, now=thursday_at_five + timedelta(minutes=1)).status.is_late


def test_the_mood_is_logged_along_or_nothing_is(world: World, dana: Actor, acme: ProjectView) -> None:
    with pytest.raises(Invalid) as refused:
        world.status(dana, acme, mood=MoodFields(2))
    assert set(refused.value.problems) == {"insight"}
    assert (world.count(status_updates), world.count(mood_readings)) == (0, 0)
    world.status(dana, acme, mood=MoodFields(1, "They hung up."))
    assert world.count(mood_readings) == 1
    assert NoticeKind.MOOD_ALERT in {said.kind for said in world.said()}


def test_a_form_begins_with_last_time_and_costs_the_same_whatever_there_is(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.status(dana, acme, dimensions={D.SCHEDULE: plan(dana)})
    world.mood(dana, acme, 2)
    week = NOW + WEEK
    with statements_of(world.database) as few:
        begun = world.statuses.start(dana, acme.id, None, now=week)
    assert begun.last is not None
    assert begun.last.status.headline == "All on track"
    assert [(each.dimension, each.colour) for each in begun.suggestions] == [(D.CLIENT_RELATIONSHIP, R)]
    for number in range(12):
        world.log(dana, acme, f"Risk {number}", probability=2, impact=2, owner_id=dana.person.id)
        world.mood(dana, acme, 4, days_ago=number)
    with statements_of(world.database) as many:
        world.statuses.start(dana, acme.id, None, now=week)
    assert len(many) == len(few)


def test_a_form_drafts_from_its_own_period_and_names_nothing_twice(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    week = Period.containing(TODAY)
    following = Following(ActionOrigin(ActionSource.RISK, uuid4()), project=acme)

    def step(title: str, done_at: datetime | None = None, *, raised_at: datetime = NOW) -> None:
        wanted, came_from = NewAction(title, dana.person.id, raised_at.date()), world.origin()
        with world.database.write() as session:
            action = add(session, dana, wanted, following, origin=came_from, now=raised_at)
        if done_at:
            settled = dana, action.id, ActionStatus.DONE
            ActionItems(world.database).settle(*settled, origin=world.origin(), now=done_at)

    step("Mock the vendor's API", NOW)
    step("Mock the vendor API for the tests")
    step("Sign", NOW)
    step("Sign the contract")
    step("Done in November", NOW + 3 * WEEK, raised_at=NOW + 3 * WEEK)
    step("Planned in November", raised_at=NOW + 3 * WEEK)

    def drafts(period: Period, now: datetime) -> tuple[set[str], set[str]]:
        begun = world.statuses.start(dana, acme.id, period, now=now)
        return {each.title for each in begun.done}, {each.title for each in begun.coming}

    expected = {"Sign"}, {"Mock the vendor API for the tests", "Sign the contract"}
    assert drafts(week, NOW) == expected
    assert drafts(week, NOW + 3 * WEEK) == expected, "whatever was done or planned since"
    assert drafts(week.previous, NOW) == (set(), set())


def test_a_draft_comes_back_to_who_wrote_it_and_goes_once_it_is_sent(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    jo = world.delivery_manager("Jo")
    period = Period.containing(TODAY)
    for text in ("V", "Vendor is late"):
        world.statuses.keep_draft(dana, acme.id, period, {"headline": text}, now=NOW)
    draft = world.statuses.draft(dana, acme.id, period)
    assert draft is not None
    assert draft.filled_in == {"headline": "Vendor is late"}
    assert world.statuses.draft(jo, acme.id, period) is None
    with pytest.raises(NotAllowed):
        world.statuses.keep_draft(world.person("Sam"), acme.id, period, {}, now=NOW)
    world.status(dana, acme)
    assert world.statuses.draft(dana, acme.id, period) is None


def test_talent_on_demand_says_three_things_once_a_month(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    with world.database.write() as session:
        session.execute(update(projects).values(kind=ProjectKind.TALENT_ON_DEMAND))
    begun = world.statuses.start(dana, acme.id, None, now=NOW)
    assert begun.period == Period(date(2026, 10, 1), Cadence.MONTHLY)
    with pytest.raises(Invalid, match="monthly"):
        world.status(dana, acme)
    unwell = {D.TEAM_HEALTH: plan(dana), D.SCHEDULE: plan(dana, R)}
    found = world.status(dana, acme, period=begun.period, dimensions=unwell)
    assert found.status.colours == {D.BUDGET: G, D.TEAM_HEALTH: A, D.CLIENT_RELATIONSHIP: G}
    assert found.status.rag.declared is A
    later = world.statuses.start(dana, acme.id, None, now=NOW + 3 * WEEK)
    assert later.period.name == "November"
    assert later.last is not None
    assert later.last.status.reference == "ACME's status of October"


def test_milestones_and_deliverables_suggest_a_colour(world: World, dana: Actor, acme: ProjectView) -> None:
    added = {"added_by_id": dana.person.id, "added_at": NOW, "updated_at": NOW}
    of_acme = {"workspace_id": world.workspace_id, "project_id": acme.id, "number": 1, "title": "Release"}
    with world.database.write() as session:
        session.execute(update(projects).values(starts_on=TODAY - timedelta(days=90)))
        session.execute(
            insert(milestones).values(
                **of_acme,
                **added,
                baseline_on=TODAY + timedelta(days=10),
                forecast_on=TODAY + timedelta(days=18),
                accepted_by="",
            )
        )
    begun = world.statuses.start(dana, acme.id, None, now=NOW)
    assert [(each.dimension, each.colour) for each in begun.suggestions] == [(D.SCHEDULE, A)]
    overdue = NOW + timedelta(days=18 + 10)
    (finding,) = world.status(dana, acme, now=overdue).status.found
    assert (finding.look, finding.names, finding.figure) == (Look.MILESTONE, ("M1",), 8)
