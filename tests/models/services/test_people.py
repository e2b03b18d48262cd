"""People: remembered as Slack describes them, full members or not, admins by setting or by Slack."""

from datetime import timedelta
from uuid import uuid4

import pytest

from models.errors import NotFound
from models.read_models import GuestCheck, Profile
from models.rules.access import OrganisationRole, ProjectRole
from models.services.people import People
from models.services.workspaces import Workspaces
from tests.models.world import CHANNEL, NOW, TEAM, World, statements_of


def test_a_person_is_found_as_they_were_remembered(world: World) -> None:
    assert world.people.find(world.workspace_id, "U_SAM") is None
    sam = world.person("Sam")
    assert world.people.find(world.workspace_id, "U_SAM") == sam
    assert (sam.person.name, sam.timezone, sam.is_full_member) == ("Sam", "Europe/Berlin", True)
    assert sam.profile_checked_at == NOW


def test_a_person_is_found_with_the_project_of_the_channel_that_they_ask_in(world: World) -> None:
    sam = world.delivery_manager("Sam")
    world.people.grant(world.workspace_id, sam.person.id, OrganisationRole.ADMIN, now=NOW)
    project = world.project(sam)
    for name in ("Zoe", "Abe"):
        world.give_role(world.person(name), project, ProjectRole.MEMBER)
    with statements_of(world.database) as seen:
        found = world.people.find_here(world.workspace_id, "U_SAM", CHANNEL)
        assert found is not None
        here = world.projects.in_channel(found, CHANNEL)
    # SQLite has no round trips, and is asked twice.
    assert len(seen) == (2 if world.database.dialect == "sqlite" else 1)
    assert found == world.people.find(world.workspace_id, "U_SAM")
    assert found.organisation_roles == {OrganisationRole.DELIVERY_MANAGER, OrganisationRole.ADMIN}
    assert here == world.projects.in_channel(sam, CHANNEL)
    assert here is not None
    # Of those who came at one time, by name.
    assert [each.person.name for each in here.roles] == ["Abe", "Sam", "Zoe"]


def test_a_project_of_another_channel_or_workspace_is_not_found_with_a_person(world: World) -> None:
    sam = world.person("Sam")
    project = world.project(sam)
    other = World(world.database, "T_OTHER")
    other.person("Sam")
    strange = other.people.find_here(other.workspace_id, "U_SAM", CHANNEL)
    elsewhere = world.people.find_here(world.workspace_id, "U_SAM", "C_NONE")
    assert strange is not None
    assert elsewhere is not None
    assert other.projects.in_channel(strange, CHANNEL) is None
    assert world.projects.in_channel(elsewhere, "C_NONE") is None
    assert world.projects.in_channel(elsewhere, CHANNEL) == project
    assert world.people.find_here(world.workspace_id, "U_NOBODY", CHANNEL) is None


def test_a_person_remembered_again_is_the_same_person_with_what_is_new(world: World) -> None:
    before = world.person("Sam")
    profile = Profile("U_SAM", TEAM, "Samuel", "Asia/Tokyo")
    after = world.people.remember(world.workspace_id, TEAM, profile, now=NOW + timedelta(days=1))
    assert after.person.id == before.person.id
    assert (after.person.name, after.timezone) == ("Samuel", "Asia/Tokyo")
    assert after.profile_checked_at == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    "profile",
    [{"is_guest": True}, {"is_bot": True}, {"is_deleted": True}, {"team_id": "T_CLIENT"}],
    ids=["guest", "bot", "gone", "other team"],
)
def test_who_is_no_full_member(world: World, profile: dict[str, object]) -> None:
    assert not world.person("Olga", **profile).is_full_member
    found = world.people.find(world.workspace_id, "U_OLGA")
    assert found is not None
    assert not found.is_full_member


@pytest.mark.parametrize(
    ("admins", "is_slack_admin", "is_admin"),
    [
        (frozenset({"U_SAM"}), False, True),
        (frozenset({"U_DANA"}), True, False),
        (frozenset(), True, True),
        (frozenset(), False, False),
    ],
)
def test_admins_are_those_named_or_slack_s_own_where_none_is(
    world: World, admins: frozenset[str], *, is_slack_admin: bool, is_admin: bool
) -> None:
    people = People(world.database, admins=admins)
    profile = Profile("U_SAM", TEAM, "Sam", "UTC", is_workspace_admin=is_slack_admin)
    remembered = people.remember(world.workspace_id, TEAM, profile, now=NOW)
    assert (OrganisationRole.ADMIN in remembered.organisation_roles) is is_admin
    assert people.find(world.workspace_id, "U_SAM") == remembered


def test_roles_are_granted_once_and_kept(world: World) -> None:
    sam = world.person("Sam")
    for role in (OrganisationRole.LEADER, OrganisationRole.DELIVERY_MANAGER, OrganisationRole.LEADER):
        world.people.grant(world.workspace_id, sam.person.id, role, now=NOW)
    expected = {OrganisationRole.LEADER, OrganisationRole.DELIVERY_MANAGER}
    assert world.person("Sam").organisation_roles == expected


def test_nobody_of_another_workspace_can_be_granted_a_role(world: World) -> None:
    stranger = World(world.database, "T_OTHER").person("Stranger")
    with pytest.raises(NotFound):
        world.people.grant(world.workspace_id, stranger.person.id, OrganisationRole.DELIVERY_MANAGER, now=NOW)


def test_what_slack_says_badly_is_made_fit(world: World) -> None:
    odd = Profile("U_ODD", TEAM, " \x00 ", "Middle/Earth")
    remembered = world.people.remember(world.workspace_id, TEAM, odd, now=NOW)
    assert (remembered.person.name, remembered.timezone) == ("U_ODD", "UTC")
    long = Profile("U_LONG", TEAM, "x" * 500, "")
    assert len(world.people.remember(world.workspace_id, TEAM, long, now=NOW).person.name) == 200


def test_names_are_those_of_this_workspace(world: World) -> None:
    sam = world.person("Sam").person
    stranger = World(world.database, "T_OTHER").person("Stranger").person
    assert world.people.names(world.workspace_id, [sam.id, stranger.id, uuid4()]) == {sam.id: sam}
    assert world.people.names(world.workspace_id, []) == {}


def test_guests_and_other_teams_are_told_from_colleagues_and_the_unknown(world: World) -> None:
    world.person("Sam")
    world.person("Gus", is_guest=True)
    world.person("Cleo", team_id="T_CLIENT")
    World(world.database, "T_OTHER").person("Stranger")
    asked = ["U_SAM", "U_GUS", "U_CLEO", "U_STRANGER", "U_NEW"]
    check = world.people.guests_among(world.workspace_id, asked, fresh_since=NOW)
    assert check == GuestCheck(
        guests=frozenset({"U_GUS", "U_CLEO"}), unknown=frozenset({"U_STRANGER", "U_NEW"})
    )


def test_what_was_known_too_long_ago_is_not_known(world: World) -> None:
    world.person("Gus", is_guest=True)
    check = world.people.guests_among(world.workspace_id, ["U_GUS"], fresh_since=NOW + timedelta(seconds=1))
    assert check == GuestCheck(guests=frozenset(), unknown=frozenset({"U_GUS"}))


def test_a_channel_of_thousands_can_be_checked(world: World) -> None:
    many = [f"U{number}" for number in range(1_200)]
    world.person("Gus", is_guest=True)
    check = world.people.guests_among(world.workspace_id, [*many, "U_GUS"], fresh_since=NOW)
    assert check == GuestCheck(guests=frozenset({"U_GUS"}), unknown=frozenset(many))


def test_a_workspace_is_made_known_once_for_each_enterprise_and_team(world: World) -> None:
    workspaces = Workspaces(world.database)
    assert workspaces.ensure("", TEAM, "renamed", now=NOW) == world.workspace_id
    assert workspaces.ensure("E1", TEAM, "Grid", now=NOW) != world.workspace_id
