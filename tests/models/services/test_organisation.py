"""Roles in the organisation: who gives them and keeps them, and that somebody is left to give them."""

from datetime import timedelta

import pytest

from models.errors import Invalid, LastAdmin, NotAllowed
from models.read_models import Actor, RoleOutcome
from models.rules.access import OrganisationRole
from models.rules.organisation import RoleReason
from models.services.audit import history
from models.services.organisation import Organisation
from models.services.people import People
from models.tables import organisation_roles
from tests.models.world import NOW, World, statements_of

ADMIN, MANAGER = OrganisationRole.ADMIN, OrganisationRole.DELIVERY_MANAGER


@pytest.fixture
def organisation(world: World) -> Organisation:
    return Organisation(world.database)


@pytest.fixture
def jo(world: World) -> Actor:
    return world.person("Jo", is_workspace_admin=True)


def test_an_admin_gives_and_takes_a_role_and_both_are_on_record(
    world: World, organisation: Organisation, jo: Actor
) -> None:
    sam = world.person("Sam").person
    given = organisation.grant(jo, sam.id, MANAGER, origin=world.origin(), now=NOW)
    assert (given.person, given.role, given.outcome) == (sam, MANAGER, RoleOutcome.GIVEN)
    assert world.person("Sam").organisation_roles == {MANAGER}

    taken = organisation.revoke(jo, sam.id, MANAGER, origin=world.origin(), now=NOW)
    assert taken.outcome is RoleOutcome.TAKEN
    assert world.person("Sam").organisation_roles == frozenset()

    with world.database.read() as session:
        entries = history(session, world.workspace_id, sam.id)
    assert [(entry.action, entry.person) for entry in entries] == [
        ("role taken", jo.person),
        ("role given", jo.person),
    ]
    assert [(change.before, change.after) for entry in entries for change in entry.changes] == [
        ("delivery_manager", None),
        (None, "delivery_manager"),
    ]


def test_what_changes_nothing_is_said_and_not_recorded(
    world: World, organisation: Organisation, jo: Actor
) -> None:
    sam = world.person("Sam").person
    organisation.grant(jo, sam.id, MANAGER, origin=world.origin(), now=NOW)
    again = organisation.grant(jo, sam.id, MANAGER, origin=world.origin(), now=NOW)
    never = organisation.revoke(jo, sam.id, OrganisationRole.LEADER, origin=world.origin(), now=NOW)
    assert (again.outcome, never.outcome) == (RoleOutcome.HAD_ALREADY, RoleOutcome.NOT_HELD)
    with world.database.read() as session:
        assert len(history(session, world.workspace_id, sam.id)) == 1


def test_the_same_delivery_twice_gives_once_even_after_it_was_taken(
    world: World, organisation: Organisation, jo: Actor
) -> None:
    sam = world.person("Sam").person
    delivery = world.origin()
    organisation.grant(jo, sam.id, MANAGER, origin=delivery, now=NOW)
    organisation.revoke(jo, sam.id, MANAGER, origin=world.origin(), now=NOW)
    replayed = organisation.grant(jo, sam.id, MANAGER, origin=delivery, now=NOW)
    assert replayed.outcome is RoleOutcome.GIVEN
    assert world.person("Sam").organisation_roles == frozenset()


def test_who_is_no_admin_is_told_whom_to_ask(world: World, organisation: Organisation, jo: Actor) -> None:
    lena = world.delivery_manager("Lena")
    for attempt in (organisation.grant, organisation.revoke):
        with pytest.raises(NotAllowed) as refused:
            attempt(lena, lena.person.id, ADMIN, origin=world.origin(), now=NOW)
        assert refused.value.ask == (jo.person.name,)
    assert not world.person("Lena").organisation_roles & {ADMIN}


@pytest.mark.parametrize(
    "profile",
    [{"is_guest": True}, {"is_bot": True}, {"is_deleted": True}, {"team_id": "T_CLIENT"}],
    ids=["guest", "bot", "gone", "other team"],
)
def test_only_colleagues_can_hold_a_role(
    world: World, organisation: Organisation, jo: Actor, profile: dict[str, object]
) -> None:
    olga = world.person("Olga", **profile).person
    with pytest.raises(Invalid) as refused:
        organisation.grant(jo, olga.id, MANAGER, origin=world.origin(), now=NOW)
    assert list(refused.value.problems) == ["person_id"]
    assert world.count(organisation_roles) == 0


def test_nobody_of_another_workspace_is_given_a_role(
    world: World, organisation: Organisation, jo: Actor
) -> None:
    stranger = World(world.database, "T_OTHER").person("Stranger").person
    with pytest.raises(Invalid):
        organisation.grant(jo, stranger.id, MANAGER, origin=world.origin(), now=NOW)


def test_an_admin_by_slack_cannot_be_unmade_here(world: World, organisation: Organisation, jo: Actor) -> None:
    change = organisation.revoke(jo, jo.person.id, ADMIN, origin=world.origin(), now=NOW)
    assert change.outcome is RoleOutcome.INNATE


def test_the_last_admin_stays(world: World, organisation: Organisation) -> None:
    sam = world.person("Sam").person
    world.people.grant(world.workspace_id, sam.id, ADMIN, now=NOW)
    last = world.person("Sam")
    with pytest.raises(LastAdmin):
        organisation.revoke(last, sam.id, ADMIN, origin=world.origin(), now=NOW)
    assert ADMIN in world.person("Sam").organisation_roles

    mina = world.person("Mina").person
    organisation.grant(last, mina.id, ADMIN, origin=world.origin(), now=NOW)
    organisation.revoke(last, sam.id, ADMIN, origin=world.origin(), now=NOW)
    assert ADMIN not in world.person("Sam").organisation_roles


def test_an_admin_who_left_does_not_count_as_one_who_is_left(
    world: World, organisation: Organisation
) -> None:
    for name in ("Sam", "Mina"):
        world.people.grant(world.workspace_id, world.person(name).person.id, ADMIN, now=NOW)
    sam = world.person("Sam")
    world.person("Mina", is_deleted=True)
    with pytest.raises(LastAdmin):
        organisation.revoke(sam, sam.person.id, ADMIN, origin=world.origin(), now=NOW)


def test_a_role_that_was_taken_in_vain_can_be_taken_again_with_the_same_delivery(
    world: World, organisation: Organisation
) -> None:
    world.people.grant(world.workspace_id, world.person("Sam").person.id, ADMIN, now=NOW)
    sam, delivery = world.person("Sam"), world.origin()
    with pytest.raises(LastAdmin):
        organisation.revoke(sam, sam.person.id, ADMIN, origin=delivery, now=NOW)
    organisation.grant(sam, world.person("Mina").person.id, ADMIN, origin=world.origin(), now=NOW)
    change = organisation.revoke(sam, sam.person.id, ADMIN, origin=delivery, now=NOW)
    assert change.outcome is RoleOutcome.TAKEN


def test_everybody_sees_who_holds_which_role_and_why(
    world: World, organisation: Organisation, jo: Actor
) -> None:
    later = NOW + timedelta(days=1)
    mina, sam = world.person("Mina").person, world.person("Sam")
    organisation.grant(jo, mina.id, MANAGER, origin=world.origin(), now=later)
    organisation.grant(jo, mina.id, ADMIN, origin=world.origin(), now=later)
    organisation.grant(jo, jo.person.id, ADMIN, origin=world.origin(), now=later)
    World(world.database, "T_OTHER").person("Boss", is_workspace_admin=True)
    world.person("Left", is_workspace_admin=True, is_deleted=True)

    seen = organisation.view(sam)

    assert [(held.person.name, held.role, held.reason, held.since) for held in seen.held] == [
        ("Jo", ADMIN, RoleReason.SLACK, None),
        ("Mina", ADMIN, RoleReason.GIVEN, later),
        ("Mina", MANAGER, RoleReason.GIVEN, later),
    ]
    assert not seen.may_grant
    assert organisation.view(jo).may_grant


def test_admins_of_the_settings_take_slack_s_place_and_are_named_before_they_are_met(world: World) -> None:
    named = frozenset({"U_SAM", "U_NEW"})
    people, organisation = People(world.database, admins=named), Organisation(world.database, admins=named)
    world.person("Jo", is_workspace_admin=True)
    world.person("Sam")
    sam = people.find(world.workspace_id, "U_SAM")
    assert sam is not None

    seen = organisation.view(sam)

    assert [(held.person.name, held.reason) for held in seen.held] == [("Sam", RoleReason.NAMED)]
    assert seen.unmet_admins == ("U_NEW",)


def test_guests_see_nothing_of_it(world: World, organisation: Organisation) -> None:
    with pytest.raises(NotAllowed):
        organisation.view(world.person("Gus", is_guest=True))


def test_the_view_takes_one_question_however_many_there_are(
    world: World, organisation: Organisation, jo: Actor
) -> None:
    for number in range(12):
        person = world.person(f"P{number}").person
        world.people.grant(world.workspace_id, person.id, MANAGER, now=NOW)
    with statements_of(world.database) as statements:
        assert len(organisation.view(jo).held) == 13
    assert len(statements) == 1
