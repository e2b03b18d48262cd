"""What people are told of roles that others gave them: once, directly, and only while it is so."""

from datetime import timedelta

import pytest

from models.database import Database
from models.read_models import Actor, ProjectView
from models.rules.access import OrganisationRole, ProjectRole
from models.services.organisation import Organisation
from scheduled.notices import discover
from tests.conftest import SetClock
from tests.models.world import NOW, World
from tests.scheduled.fake_messenger import FakeMessenger
from tests.scheduled.office import Office


class Company:
    """People and projects, and everything that was said to them."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self.world, self.clock, self.messenger = World(database), clock, FakeMessenger()
        self.office = Office(database, clock, self.messenger)
        self.office.notices = discover()
        self.organisation = Organisation(database)

    def hand_over(self, by: Actor, project: ProjectView, to: Actor) -> None:
        """Hand a project over."""
        self.world.teams.hand_over(by, project.id, to.person.id, origin=self.world.origin(), now=NOW)

    def heard(self) -> dict[str, str]:
        """Deliver all that waits, and return who heard what."""
        self.messenger.calls.clear()
        for _ in range(8):
            self.office.deliverer().run_once()
            self.clock.forward(timedelta(seconds=2))
        return {call.where: call.text for call in self.messenger.calls}


@pytest.fixture
def company(database: Database, clock: SetClock) -> Company:
    """Return the company, once on SQLite and once on Postgres."""
    return Company(database, clock)


def test_a_new_manager_hears_it_from_whoever_handed_over(company: Company) -> None:
    dana, lee = company.world.person("Dana"), company.world.person("Lee")
    project = company.world.project(dana)
    company.hand_over(dana, project, lee)
    assert company.heard() == {
        "U_LEE": (
            "*You manage ACME shop now.* Dana handed it over to you.\n"
            "New risks in <#C_ACME> come to you to be scored. `/project show ACME` says where it stands."
        )
    }


def test_both_hear_it_where_a_third_arranged_it(company: Company) -> None:
    dana, lee, jo = (
        company.world.person("Dana"),
        company.world.person("Lee"),
        company.world.delivery_manager("Jo"),
    )
    project = company.world.project(dana)
    company.hand_over(jo, project, lee)
    heard = company.heard()
    assert heard["U_LEE"].startswith("*You manage ACME shop now.* Jo named you in Dana's place.\n")
    assert heard["U_DANA"] == "*Lee manages ACME shop now*, as Jo arranged. You stay on the team."
    assert set(heard) == {"U_LEE", "U_DANA"}


def test_nobody_hears_what_they_did_themselves_or_what_is_no_longer_so(company: Company) -> None:
    dana, jo = company.world.person("Dana"), company.world.delivery_manager("Jo")
    project = company.world.project(dana)
    company.hand_over(jo, project, jo)
    assert set(company.heard()) == {"U_DANA"}
    company.hand_over(jo, project, dana)
    company.hand_over(jo, project, jo)
    assert "U_JO" not in company.heard()


def test_who_is_named_beside_or_at_the_beginning_hears_it_too(company: Company) -> None:
    dana, lee, sam = (company.world.person(name) for name in ("Dana", "Lee", "Sam"))
    project = company.world.project(dana)
    for person, role, is_deputy in (
        (lee, ProjectRole.PROJECT_MANAGER, False),
        (sam, ProjectRole.PROJECT_MANAGER, True),
        (sam, ProjectRole.ENGINEERING_LEAD, False),
    ):
        company.world.teams.assign(
            dana,
            project.id,
            person.person.id,
            role,
            is_deputy=is_deputy,
            origin=company.world.origin(),
            now=NOW,
        )
    assert {who: text.splitlines()[0] for who, text in company.heard().items()} == {
        "U_LEE": "*You manage ACME shop now.* Dana named you."
    }


def test_a_new_holder_of_a_role_hears_what_it_is_for(company: Company) -> None:
    ada, dana = company.world.person("Ada", is_workspace_admin=True), company.world.person("Dana")
    origin = company.world.origin("view")
    for _ in range(2):
        company.organisation.grant(
            ada, dana.person.id, OrganisationRole.DELIVERY_MANAGER, origin=origin, now=NOW
        )
    assert company.heard() == {
        "U_DANA": (
            "*You are a delivery manager now.* Ada gave you the role: whoever has it leads on every project, "
            "and approves what is grave.\n`/drumbeat people` shows who else has one."
        )
    }
    company.organisation.grant(
        ada, ada.person.id, OrganisationRole.LEADER, origin=company.world.origin(), now=NOW
    )
    company.organisation.grant(
        ada, dana.person.id, OrganisationRole.ADMIN, origin=company.world.origin(), now=NOW
    )
    company.organisation.revoke(
        ada, dana.person.id, OrganisationRole.ADMIN, origin=company.world.origin(), now=NOW
    )
    assert company.heard() == {}
