"""Deliverables: due with a day or a milestone, handed over, accepted or rejected, and what that says."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from models.commands import Approval, DeliverableFields, MilestoneFields, PhaseMove
from models.errors import Conflict, Invalid, NotAllowed, NotFound, RefusedTransition
from models.read_models import (
    Actor,
    DeliverableView,
    Fact,
    FieldChange,
    MilestoneView,
    PlanFacts,
    ProjectView,
)
from models.rules.access import ProjectRole
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.phases import Phase
from models.services.plans.facts import plan_facts
from models.tables import deliverables
from tests.models.world import NOW, TODAY, World, statements_of

LATER = NOW + timedelta(days=2)
DUE = date(2026, 10, 30)


def milestone(world: World, actor: Actor, project: ProjectView) -> MilestoneView:
    """Add a milestone for it to be part of."""
    fields = MilestoneFields("Checkout live", date(2026, 10, 23))
    return world.milestones.add(actor, project.id, fields, origin=world.origin(), now=NOW)


def add(
    world: World,
    actor: Actor,
    project: ProjectView,
    fields: DeliverableFields | None = None,
    receipt: str | None = None,
) -> DeliverableView:
    """Add a deliverable."""
    said = fields or DeliverableFields("API guide", DUE)
    return world.deliverables.add(actor, project.id, said, origin=world.origin(receipt), now=NOW)


def submit(
    world: World, actor: Actor, deliverable: DeliverableView, evidence: str = "https://example.org/guide"
) -> DeliverableView:
    """Say that it was handed over."""
    return world.deliverables.submit(actor, deliverable.id, evidence, origin=world.origin(), now=NOW)


def accept(
    world: World, actor: Actor, deliverable: DeliverableView, approval: Approval | None = None
) -> DeliverableView:
    """Write down that the client accepts it."""
    said = approval or Approval("Robin Vale")
    return world.deliverables.accept(actor, deliverable.id, said, origin=world.origin(), now=LATER)


def reject(
    world: World, actor: Actor, deliverable: DeliverableView, reason: str = "No examples"
) -> DeliverableView:
    """Write down that the client rejects it."""
    return world.deliverables.reject(actor, deliverable.id, reason, origin=world.origin(), now=LATER)


def undo(world: World, actor: Actor, deliverable: DeliverableView) -> DeliverableView:
    """Take the last step back."""
    return world.deliverables.undo(actor, deliverable.id, origin=world.origin(), now=LATER)


def test_from_due_to_accepted_with_who_and_when(world: World) -> None:
    dana, lee = world.person("Dana"), world.delivery_manager("Lee")
    project = world.project(dana)
    deliverable = add(world, dana, project)
    assert (deliverable.name, deliverable.state, deliverable.expected_on) == ("D1", DeliverableState.DUE, DUE)
    submitted = submit(world, dana, deliverable)
    assert (submitted.submitted_on, submitted.submitted_by) == (TODAY, "Dana")
    rejected = reject(world, lee, submitted)
    assert (rejected.rejection, rejected.rejections, rejected.decided_by) == ("No examples", 1, "Lee")
    again = submit(world, dana, rejected, "")
    corrected = submit(world, lee, again, "https://example.org/runbook-2")
    assert (corrected.state, corrected.submitted_by) == (again.state, "Dana"), "only where it is"
    again = submit(world, dana, corrected, "https://example.org/guide")
    assert (again.evidence, again.decided_on, again.rejections) == ("https://example.org/guide", None, 1)
    accepted = accept(world, lee, again)
    assert (accepted.accepted_by, accepted.decided_on, accepted.decided_by) == (
        "Robin Vale",
        LATER.date(),
        "Lee",
    )
    assert world.deliverables.page(dana, project.id).records == (accepted,)
    entries = world.deliverables.history(dana, deliverable.id).entries
    submits = ["submitted"] * 3
    assert [entry.action for entry in entries] == ["accepted", *submits, "rejected", "submitted", "added"]
    assert entries[4].reason == "No examples"
    assert FieldChange("accepted_by", None, "Robin Vale") in entries[0].changes


def test_each_step_can_be_taken_back(world: World) -> None:
    dana = world.person("Dana")
    due = add(world, dana, world.project(dana))
    accepted = accept(world, dana, submit(world, dana, due))
    back = undo(world, dana, accepted)
    assert (back.state, back.accepted_by, back.decided_by) == (DeliverableState.SUBMITTED, "", None)
    rejected = reject(world, dana, back)
    assert undo(world, dana, rejected).rejections == 0
    assert undo(world, dana, rejected).state is DeliverableState.DUE
    with pytest.raises(Invalid):
        undo(world, dana, rejected)
    reject(world, dana, submit(world, dana, due))
    submit(world, dana, due)
    assert undo(world, dana, due).state is DeliverableState.REJECTED


def test_it_is_due_with_its_milestone_until_that_is_removed(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    goal = milestone(world, dana, project)
    part = add(world, dana, project, DeliverableFields("Runbook", None, goal.id))
    assert (part.expected_on, part.milestone_number) == (date(2026, 10, 23), 1)
    world.milestones.move(
        dana, goal.id, date(2026, 10, 26), "Late", version=None, origin=world.origin(), now=NOW
    )
    page = world.milestones.page(dana, project.id)
    (part,) = page.deliverables
    assert part.expected_on == date(2026, 10, 26)
    assert part.overdue(date(2026, 10, 28)) == 2
    world.milestones.remove(dana, goal.id, origin=world.origin(), now=NOW)
    (part,) = world.deliverables.page(dana, project.id).records
    assert (part.expected_on, part.milestone_number, part.overdue(date(2026, 12, 1))) == (None, None, 0)
    elsewhere = world.project(dana, key="BORE", channel="C_BORE")
    with pytest.raises(Invalid) as refusal:
        add(world, dana, elsewhere, DeliverableFields("Runbook", None, goal.id))
    assert list(refusal.value.problems) == ["milestone_id"]


def test_what_cannot_be_is_refused(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    due = add(world, dana, project)
    too_early: tuple[Callable[[], object], ...] = (
        lambda: accept(world, dana, due),
        lambda: reject(world, dana, due),
    )
    for act in too_early:
        with pytest.raises(RefusedTransition) as refused:
            act()
        assert refused.value.allowed == (DeliverableState.SUBMITTED,)
    submitted = submit(world, dana, due)
    beside: tuple[tuple[str, Callable[[], object]], ...] = (
        ("title", lambda: add(world, dana, project, DeliverableFields(" ", DUE))),
        ("due_on", lambda: add(world, dana, project, DeliverableFields("Runbook"))),
        ("milestone_id", lambda: add(world, dana, project, DeliverableFields("Runbook", None, uuid4()))),
        ("reason", lambda: reject(world, dana, submitted, " ")),
        ("accepted_by", lambda: accept(world, dana, submitted, Approval("x" * 81))),
        ("accepted_on", lambda: accept(world, dana, submitted, Approval("", TODAY - timedelta(days=1)))),
        ("accepted_on", lambda: accept(world, dana, submitted, Approval("", TODAY + timedelta(days=3)))),
    )
    for field, attempt in beside:
        with pytest.raises(Invalid) as refusal:
            attempt()
        assert list(refusal.value.problems) == [field]
    accept(world, dana, submitted)
    too_late: tuple[Callable[[], object], ...] = (
        lambda: submit(world, dana, due),
        lambda: accept(world, dana, due),
    )
    for again in too_late:
        with pytest.raises(Invalid) as refusal:
            again()
        assert "Undo that first" in refusal.value.problems["state"]


def test_replays_do_it_once_and_a_second_hand_is_told(world: World) -> None:
    dana, lee = world.person("Dana"), world.delivery_manager("Lee")
    project = world.project(dana)
    due = add(world, dana, project, receipt="add")
    assert add(world, dana, project, receipt="add") == due
    assert world.count(deliverables) == 1
    fields = DeliverableFields("API guide", DUE + timedelta(days=7))
    world.deliverables.edit(dana, due.id, fields, version=1, origin=world.origin(), now=NOW)
    with pytest.raises(Conflict) as conflict:
        world.deliverables.submit(lee, due.id, "", version=1, origin=world.origin(), now=NOW)
    assert conflict.value.by == dana.person


def test_leads_change_members_look_and_others_see_nothing(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    submitted = submit(world, dana, add(world, dana, project))
    world.give_role(sam, project, ProjectRole.MEMBER)
    assert not world.deliverables.page(sam, project.id).may_change

    def attempts(where: World, who: Actor) -> tuple[Callable[[], object], ...]:
        return (
            lambda: add(where, who, project),
            lambda: accept(where, who, submitted),
            lambda: reject(where, who, submitted),
            lambda: undo(where, who, submitted),
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


def test_closing_before_all_is_accepted_takes_a_reason(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    first, second = add(world, dana, project), add(world, dana, project)
    accept(world, dana, submit(world, dana, first))

    def move(target: Phase, reason: str = "") -> None:
        world.phases.move(dana, project.id, PhaseMove(target, None, reason), origin=world.origin(), now=LATER)

    move(Phase.DELIVER)
    for target in (Phase.CLOSE, Phase.IMPROVE):
        with pytest.raises(Invalid) as refusal:
            move(target)
        assert "D2" in refusal.value.problems["reason"]
        assert "D1" not in refusal.value.problems["reason"]
    move(Phase.CLOSE, "The rest is part of the next contract")
    move(Phase.IMPROVE)
    move(Phase.DELIVER, "One more")
    accept(world, dana, submit(world, dana, second))
    move(Phase.CLOSE)


def test_a_plan_says_what_was_rejected(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    deliverable = add(world, dana, project)
    add(world, dana, project)

    def facts() -> PlanFacts:
        with world.database.read() as session, statements_of(world.database) as seen:
            found = plan_facts(session, world.workspace_id, [project.id], LATER + timedelta(days=3))
        assert len(seen) == 3
        return found[project.id]

    assert (facts().deliverables, facts().rejected) == (2, ())
    reject(world, dana, submit(world, dana, deliverable))
    assert facts().rejected == (Fact("D1", "API guide", 3),)
    submit(world, dana, deliverable)
    assert facts().rejected == ()


def test_the_list_asks_as_often_for_one_as_for_ten(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    goal = milestone(world, dana, project)
    add(world, dana, project)

    def asked() -> list[int]:
        counts = []
        looks: tuple[Callable[[], object], ...] = (
            lambda: world.deliverables.page(dana, project.id),
            lambda: world.milestones.page(dana, project.id),
            lambda: world.profiles.card(dana, project.id),
        )
        for look in looks:
            with statements_of(world.database) as seen:
                look()
            counts.append(len(seen))
        return counts

    few = asked()
    for number in range(9):
        submit(world, dana, add(world, dana, project, DeliverableFields(f"Part {number}", None, goal.id)))
    assert asked() == few
