"""Issues, assumptions, dependencies and decisions: logged, changed, ended in their own words, and found."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.commands import RaidFields, RaidOutcome
from models.errors import Conflict, Invalid, NotAllowed, NotFound, RefusedTransition
from models.read_models import Actor, ProjectView, RaidFilter, RaidView
from models.rules.raid.states import RaidMove, RaidStatus
from models.rules.raid.words import Direction, RaidKind
from models.tables import raid_items
from tests.models.services.acts import LATER
from tests.models.services.raid_acts import edit, move, now, undo
from tests.models.world import NOW, TODAY, World

WORDS = {
    RaidKind.ISSUE: (RaidMove.RESOLVE, RaidStatus.RESOLVED),
    RaidKind.ASSUMPTION: (RaidMove.CONFIRM, RaidStatus.CONFIRMED),
    RaidKind.DEPENDENCY: (RaidMove.MET, RaidStatus.MET),
    RaidKind.DECISION: (RaidMove.DECIDE, RaidStatus.DECIDED),
}


def undoable(world: World, actor: Actor, item: RaidView, after: timedelta = timedelta(minutes=9)) -> RaidView:
    """Return a record that may be taken back."""
    return world.raid.undoable(actor, item.id, now=NOW + after)


def did(world: World, actor: Actor, item: RaidView) -> list[str]:
    """Return what was done to a record, oldest first."""
    history = world.raid.details(actor, item.id, in_project=None).history
    return [entry.action for entry in reversed(history)]


def test_a_title_is_enough_and_each_kind_counts_for_itself(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    elsewhere = world.project(dana, key="BORE", channel="C_BORE")
    logged = [world.item(sam, project, kind) for kind in (*RaidKind, RaidKind.ISSUE)]
    logged.append(world.item(sam, elsewhere))
    assert [str(item.reference) for item in logged] == [
        "ACME-I1",
        "ACME-A1",
        "ACME-DEP1",
        "ACME-DEC1",
        "ACME-I2",
        "BORE-I1",
    ]
    for item in logged:
        assert now(world, sam, item) == item
        assert (item.status, item.owner, did(world, sam, item)) == (RaidStatus.OPEN, None, ["logged"])


def test_what_a_kind_has_no_use_for_is_not_kept(world: World, sam: Actor, project: ProjectView) -> None:
    said = RaidFields(
        "Title",
        impact=4,
        direction=Direction.GIVE,
        other_party="Acme IT",
        supplier="Kim",
        outcome="Yes",
        rationale="Cheaper",
    )
    kept = {
        kind: world.raid.log(sam, project, kind, said, confirm_in=None, origin=world.origin(), now=NOW)
        for kind in RaidKind
    }
    facts = {
        kind: (item.impact, item.direction, item.other_party, item.supplier, item.outcome)
        for kind, item in kept.items()
    }
    assert facts == {
        RaidKind.ISSUE: (4, None, "", "", ""),
        RaidKind.ASSUMPTION: (None, None, "", "", ""),
        RaidKind.DEPENDENCY: (None, Direction.GIVE, "Acme IT", "Kim", ""),
        RaidKind.DECISION: (None, None, "Acme IT", "", "Yes"),
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"impact": 6}, "impact"),
        ({"details": "x" * 2001}, "details"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(
    world: World, sam: Actor, project: ProjectView, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        world.item(sam, project, **fields)
    assert list(refusal.value.problems) == [field]
    assert world.count(raid_items) == 0


def test_only_the_teams_own_log_and_own(world: World, sam: Actor, project: ProjectView) -> None:
    guest = world.person("Gus", is_guest=True)
    with pytest.raises(NotAllowed):
        world.item(guest, project)
    with pytest.raises(Invalid) as refusal:
        world.item(sam, project, owner_id=guest.person.id)
    assert list(refusal.value.problems) == ["owner_id"]


def test_an_archived_project_takes_nothing_new(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    world.item(sam, project)
    world.profiles.archive(dana, project.id, "Delivered.", origin=world.origin(), now=NOW)
    with pytest.raises(Invalid, match="archived"):
        world.item(sam, project)
    assert world.raid.page(sam, RaidFilter(), today=TODAY).total == 0
    assert world.count(raid_items) == 1


def test_the_key_stays_once_anything_is_numbered_after_it(
    world: World, sam: Actor, project: ProjectView
) -> None:
    world.item(sam, project)
    assert world.projects.get(sam, project.id).numbered == 1


@pytest.mark.parametrize("kind", RaidKind)
def test_each_kind_ends_in_its_own_words(
    world: World, sam: Actor, dana: Actor, project: ProjectView, kind: RaidKind
) -> None:
    item = world.item(sam, project, kind)
    how, status = WORDS[kind]
    ended = move(world, dana, item, how, "Because so.")
    assert (ended.status, ended.outcome, ended.settled_on) == (status, "Because so.", date(2026, 10, 14))
    assert did(world, sam, item)[1:] == [status.value]
    with pytest.raises(RefusedTransition):
        move(world, dana, ended, how)


@pytest.mark.parametrize("how", sorted(set(RaidMove) - {RaidMove.MET}))
def test_a_move_wants_its_words(world: World, dana: Actor, project: ProjectView, how: RaidMove) -> None:
    kinds = {
        RaidMove.RESOLVE: RaidKind.ISSUE,
        RaidMove.MISSED: RaidKind.DEPENDENCY,
        RaidMove.DECIDE: RaidKind.DECISION,
    }
    item = world.item(dana, project, kinds.get(how, RaidKind.ASSUMPTION))
    if how is RaidMove.REOPEN:
        item = move(world, dana, item, RaidMove.CONFIRM)
    with pytest.raises(Invalid) as refusal:
        move(world, dana, item, how, "  ")
    assert list(refusal.value.problems) == ["outcome"]
    assert now(world, dana, item) == item


def test_what_is_over_begins_again_with_a_reason(world: World, sam: Actor, project: ProjectView) -> None:
    item = move(world, sam, world.item(sam, project), RaidMove.RESOLVE, "Restarted.")
    again = move(world, sam, item, RaidMove.REOPEN, "Down again.")
    assert (again.status, again.outcome, again.settled_on) == (RaidStatus.OPEN, "", None)
    history = world.raid.details(sam, item.id, in_project=None).history
    assert [entry.reason for entry in history] == ["Down again.", "Restarted.", ""]


def test_a_late_dependency_still_comes(world: World, sam: Actor, project: ProjectView) -> None:
    item = world.item(sam, project, RaidKind.DEPENDENCY, due_on=TODAY - timedelta(days=3))
    assert item.days_late(TODAY) == 3
    missed = move(world, sam, item, RaidMove.MISSED, "Now promised for May.")
    assert missed.days_late(TODAY) == 0
    assert move(world, sam, missed, RaidMove.MET, "").status is RaidStatus.MET


def test_who_may_end_it_is_whoever_leads_owns_or_logged_it(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    mo = world.person("Mo")
    item = world.item(sam, project)
    with pytest.raises(NotAllowed) as refusal:
        move(world, mo, item, RaidMove.RESOLVE)
    assert refusal.value.ask == ("Dana",)
    with pytest.raises(NotAllowed):
        world.raid.movable(mo, item.id, RaidMove.RESOLVE)
    assert move(world, sam, item, RaidMove.RESOLVE).status is RaidStatus.RESOLVED
    assert world.raid.details(mo, item.id, in_project=None).permissions.moves == ()
    assert world.raid.details(dana, item.id, in_project=None).permissions.moves == (RaidMove.REOPEN,)


def test_only_whoever_logged_it_takes_it_back_and_not_for_long(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    item = world.item(sam, project)
    assert undoable(world, sam, item) == item
    for attempt in (undo, undoable):
        with pytest.raises(NotAllowed) as refusal:
            attempt(world, dana, item)
        assert refusal.value.ask == ("Sam",)
        with pytest.raises(Invalid, match="too late"):
            attempt(world, sam, item, timedelta(minutes=61))
    edit(world, dana, item, impact=4)
    for attempt in (undo, undoable):
        with pytest.raises(Invalid, match="Somebody else"):
            attempt(world, sam, item)
    decision = world.item(sam, project, RaidKind.DECISION, "Drop SSO?", outcome="Yes.")
    with pytest.raises(Invalid, match="Let another decision take its place"):
        undo(world, sam, decision, timedelta(minutes=61))
    other = world.item(sam, project)
    assert undo(world, sam, other).is_withdrawn
    for gone in (other.id, other.reference):
        with pytest.raises(NotFound):
            world.raid.details(sam, gone, in_project=None)
    assert world.raid.page(sam, RaidFilter(), today=TODAY).total == 1
    assert str(world.item(sam, project).reference) == "ACME-I3", "a number is used once"


def test_who_was_slower_sees_what_changed_and_loses_nothing(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    item = world.item(sam, project)
    edit(world, dana, item, impact=4)
    with pytest.raises(Conflict) as conflict:
        edit(world, sam, item, title="Staging is slow")
    assert (conflict.value.by, conflict.value.current.version) == (dana.person, 2)
    assert [change.field for change in conflict.value.changes] == ["impact"]


def test_the_same_delivery_is_carried_out_once(world: World, dana: Actor, project: ProjectView) -> None:
    origin = world.origin("twice")
    first = world.item(dana, project, origin=origin, confirm_in="C_ACME")
    assert world.item(dana, project, origin=origin, confirm_in="C_ACME") == first
    decided = world.item(dana, project, RaidKind.DECISION, outcome="Yes.")
    again = world.origin("again")
    fields = RaidFields("Anew?", outcome="No.")
    made = [world.raid.supersede(dana, decided.id, fields, origin=again, now=LATER) for _ in range(2)]
    assert made[0] == made[1]
    click = world.origin("click")
    for _ in range(2):
        world.raid.move(dana, first.id, RaidMove.RESOLVE, RaidOutcome("So."), origin=click, now=LATER)
    assert did(world, dana, first) == ["logged", "resolved"]
    assert world.count(raid_items) == 3
    assert [each.kind for each in world.said()] == [
        "raid_confirmed",
        "raid_announced",
        "raid_announced",
        "raid_announced",
    ]
