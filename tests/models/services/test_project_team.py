"""Who does what on a project: given, deputised, handed over, taken; and guests who count as colleagues."""

from collections.abc import Callable

import pytest

from models.errors import Invalid, NotAllowed, NotFound
from models.read_models import Actor, ProjectView, RoleHolder, TeamChange, TeamOutcome
from models.rules.access import OrganisationRole, ProjectRole
from models.tables import audit_entries, project_colleagues
from tests.models.world import CHANNEL, NOW, World

PM, LEAD, MEMBER = ProjectRole.PROJECT_MANAGER, ProjectRole.ENGINEERING_LEAD, ProjectRole.MEMBER


def assign(
    world: World,
    actor: Actor,
    project: ProjectView,
    who: Actor,
    role: ProjectRole,
    *,
    is_deputy: bool = False,
) -> TeamChange:
    """Give a role."""
    return world.teams.assign(
        actor, project.id, who.person.id, role, is_deputy=is_deputy, origin=world.origin(), now=NOW
    )


def remove(
    world: World, actor: Actor, project: ProjectView, who: Actor, role: ProjectRole | None = None
) -> TeamChange:
    """Take a role."""
    return world.teams.remove(actor, project.id, who.person.id, role, origin=world.origin(), now=NOW)


def hand_over(world: World, actor: Actor, project: ProjectView, who: Actor) -> TeamChange:
    """Name another project manager."""
    return world.teams.hand_over(actor, project.id, who.person.id, origin=world.origin(), now=NOW)


def mark(
    world: World, actor: Actor, project: ProjectView, who: Actor, receipt: str | None = None
) -> TeamChange:
    """Mark a guest."""
    return world.colleagues.mark(actor, project.id, who.person.id, origin=world.origin(receipt), now=NOW)


def unmark(world: World, actor: Actor, project: ProjectView, who: Actor) -> TeamChange:
    """Take the mark away."""
    return world.colleagues.unmark(actor, project.id, who.person.id, origin=world.origin(), now=NOW)


def guests_in(world: World, channel: str | None) -> set[str]:
    """Return who counts as an outsider in that channel, of a guest, a client and a member."""
    asked = ["U_GUS", "U_CLEO", "U_DANA"]
    return set(
        world.people.guests_among(world.workspace_id, asked, fresh_since=NOW, channel_id=channel).guests
    )


def test_a_deputy_may_become_the_holder_and_the_other_way_round(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    project = world.project(dana)
    assert assign(world, dana, project, lee, LEAD, is_deputy=True).outcome is TeamOutcome.GIVEN
    assert assign(world, dana, project, lee, LEAD, is_deputy=True).outcome is TeamOutcome.HAD_ALREADY
    changed = assign(world, dana, project, lee, LEAD)
    assert RoleHolder(lee.person, LEAD) in changed.project.roles
    assert assign(world, dana, project, lee, LEAD, is_deputy=True).project.roles[-1].is_deputy
    entries = world.profiles.history(dana, project.id).entries
    assert [entry.action for entry in entries] == ["deputised", "assigned", "deputised", "created"]
    assert entries[0].changes[0].after == "Lee"


def test_a_handover_leaves_one_manager_and_keeps_the_former_on_board(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    project = world.project(dana)
    assign(world, dana, project, lee, PM, is_deputy=True)
    changed = hand_over(world, dana, project, lee)
    assert changed.outcome is TeamOutcome.HANDED_OVER
    assert set(changed.project.roles) == {RoleHolder(lee.person, PM), RoleHolder(dana.person, MEMBER)}
    assert hand_over(world, lee, project, lee).outcome is TeamOutcome.HAD_ALREADY
    with pytest.raises(NotAllowed):
        hand_over(world, dana, project, dana)
    assign(world, lee, project, dana, LEAD)
    back = hand_over(world, lee, project, dana)
    assert set(back.project.roles) == {
        RoleHolder(dana.person, PM),
        RoleHolder(dana.person, LEAD),
        RoleHolder(lee.person, MEMBER),
    }, "nobody stands there twice for being on board"
    again = hand_over(world, dana, project, lee)
    assert set(again.project.roles) == {RoleHolder(lee.person, PM), RoleHolder(dana.person, LEAD)}


def test_somebody_always_manages_the_project(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    project = world.project(dana)
    attempts: tuple[Callable[[], TeamChange], ...] = (
        lambda: remove(world, dana, project, dana),
        lambda: remove(world, dana, project, dana, PM),
        lambda: assign(world, dana, project, dana, PM, is_deputy=True),
    )
    for attempt in attempts:
        with pytest.raises(Invalid) as refusal:
            attempt()
        assert "handover" in refusal.value.problems["person_id"]
    assign(world, dana, project, lee, PM)
    assert remove(world, dana, project, dana, PM).outcome is TeamOutcome.TAKEN


def test_all_roles_of_a_person_go_at_once_or_one_by_one(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    project = world.project(dana)
    for role in (LEAD, MEMBER):
        assign(world, dana, project, lee, role)
    assert [each.role for each in remove(world, dana, project, lee, LEAD).project.roles] == [PM, MEMBER]
    assert remove(world, dana, project, lee, LEAD).outcome is TeamOutcome.NOT_HELD
    assign(world, dana, project, lee, LEAD)
    assert [each.role for each in remove(world, dana, project, lee).project.roles] == [PM]


def test_members_change_no_team_and_guests_hold_no_role(world: World) -> None:
    dana, sam, gus = world.person("Dana"), world.person("Sam"), world.person("Gus", is_guest=True)
    project = world.project(dana)
    world.give_role(sam, project, MEMBER)
    attempts: tuple[Callable[[], TeamChange], ...] = (
        lambda: assign(world, sam, project, sam, LEAD),
        lambda: remove(world, sam, project, dana),
        lambda: hand_over(world, sam, project, sam),
        lambda: mark(world, sam, project, gus),
        lambda: unmark(world, sam, project, gus),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert refusal.value.ask == ("Dana",)
    for role in ProjectRole:
        with pytest.raises(Invalid) as refused:
            assign(world, dana, project, gus, role)
        assert "guest" in refused.value.problems["person_id"]
    with pytest.raises(Invalid):
        hand_over(world, dana, project, gus)


def test_an_archived_project_changes_no_more_but_a_mark_can_always_go(world: World) -> None:
    dana, lee, gus = world.person("Dana"), world.person("Lee"), world.person("Gus", is_guest=True)
    project = world.project(dana)
    mark(world, dana, project, gus)
    world.profiles.archive(dana, project.id, "Over", origin=world.origin(), now=NOW)
    attempts: tuple[Callable[[], TeamChange], ...] = (
        lambda: assign(world, dana, project, lee, LEAD),
        lambda: hand_over(world, dana, project, lee),
        lambda: mark(world, dana, project, gus),
    )
    for attempt in attempts:
        with pytest.raises(Invalid):
            attempt()
    assert unmark(world, dana, project, gus).outcome is TeamOutcome.UNMARKED


def test_a_marked_guest_is_no_outsider_in_that_projects_channel_only(world: World) -> None:
    dana, gus = world.person("Dana"), world.person("Gus", is_guest=True)
    world.person("Cleo", team_id="T_CLIENT")
    project = world.project(dana)
    world.project(dana, key="BORE", channel="C_BORE")
    assert guests_in(world, CHANNEL) == {"U_GUS", "U_CLEO"}

    assert mark(world, dana, project, gus).outcome is TeamOutcome.MARKED
    assert guests_in(world, CHANNEL) == {"U_CLEO"}
    assert guests_in(world, "C_BORE") == {"U_GUS", "U_CLEO"}
    assert guests_in(world, None) == {"U_GUS", "U_CLEO"}
    assert world.people.colleagues_in(world.workspace_id, CHANNEL) == {"U_GUS"}
    other = World(world.database, "T_OTHER")
    other.person("Gus", is_guest=True)
    assert guests_in(other, CHANNEL) == {"U_GUS"}

    assert unmark(world, dana, project, gus).outcome is TeamOutcome.UNMARKED
    assert guests_in(world, CHANNEL) == {"U_GUS", "U_CLEO"}


def test_the_mark_ends_with_the_project(world: World) -> None:
    dana, gus = world.person("Dana"), world.person("Gus", is_guest=True)
    project = world.project(dana)
    mark(world, dana, project, gus)
    world.profiles.archive(dana, project.id, "Over", origin=world.origin(), now=NOW)
    assert guests_in(world, CHANNEL) == {"U_GUS"}


def test_a_mark_is_made_once_shown_and_written_down(world: World) -> None:
    dana, gus = world.person("Dana"), world.person("Gus", is_guest=True)
    project = world.project(dana)
    mark(world, dana, project, gus, "click")
    before = world.count(audit_entries)
    assert mark(world, dana, project, gus, "click").outcome is TeamOutcome.DONE_BEFORE
    assert mark(world, dana, project, gus).outcome is TeamOutcome.HAD_ALREADY
    assert (world.count(project_colleagues), world.count(audit_entries)) == (1, before)
    view = world.teams.view(dana, project.id)
    assert [(each.person, each.marked_by) for each in view.guests] == [(gus.person, "Dana")]
    entry = world.profiles.history(dana, project.id).entries[0]
    assert (entry.action, entry.changes[0].after) == ("marked", "Gus")


def test_only_guests_of_the_own_team_can_be_marked(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    for nobody in (
        world.person("Sam"),
        world.person("Cleo", team_id="T_CLIENT", is_guest=True),
        world.person("Bot", is_bot=True, is_guest=True),
        World(world.database, "T_OTHER").person("Gus", is_guest=True),
    ):
        with pytest.raises(Invalid):
            mark(world, dana, project, nobody)
    assert world.count(project_colleagues) == 0


def test_admins_may_mark_and_other_workspaces_find_nothing(world: World) -> None:
    dana, gus = world.person("Dana"), world.person("Gus", is_guest=True)
    project = world.project(dana)
    ada = world.person("Ada")
    world.people.grant(world.workspace_id, ada.person.id, OrganisationRole.ADMIN, now=NOW)
    assert mark(world, world.person("Ada"), project, gus).outcome is TeamOutcome.MARKED
    other = World(world.database, "T_OTHER")
    stranger = other.delivery_manager("Stranger")
    with pytest.raises(NotFound):
        mark(other, stranger, project, other.person("Gil", is_guest=True))
    with pytest.raises(NotFound):
        other.teams.view(stranger, project.id)
