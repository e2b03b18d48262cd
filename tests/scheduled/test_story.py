"""A risk's life from the services to the messenger, on both databases."""

from datetime import timedelta

import pytest

from models.commands import RiskFields
from models.database import Database
from models.read_models import Actor, Profile, ProjectView
from models.rules.delivery import Operation
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.services.risks.readings import RiskReadings
from models.value import replace
from scheduled.notices import discover
from scheduled.ports import ChannelFacts
from tests.conftest import SetClock
from tests.models.world import CHANNEL, TEAM, World
from tests.scheduled.fake_messenger import Call, FakeMessenger
from tests.scheduled.office import Office


class Company:
    """A project with Dana as its manager and Sam in the team, and everything that was said to them."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self.world = World(database)
        self.clock = clock
        self.messenger = FakeMessenger(
            facts=lambda _: ChannelFacts(None, self.members),
            profiles={"U_ROBIN": Profile("U_ROBIN", TEAM, "Robin", "UTC", is_guest=True)},
        )
        self.members = frozenset({"U_DANA", "U_SAM"})
        self.office = Office(database, clock, self.messenger)
        self.office.notices = discover()
        self.dana: Actor = self.world.person("Dana")
        self.sam: Actor = self.world.person("Sam")
        self.project: ProjectView = self.world.project(self.dana)
        self.readings = RiskReadings(database)

    def heard(self) -> list[Call]:
        """Deliver all that waits, and return the calls it took."""
        self.messenger.calls.clear()
        deliverer = self.office.deliverer()
        for _ in range(8):
            deliverer.run_once()
            self.clock.forward(timedelta(seconds=2))
        return [replace(call, key=None) for call in self.messenger.calls]


@pytest.fixture
def company(database: Database, clock: SetClock) -> Company:
    """Return the company, once on SQLite and once on Postgres."""
    return Company(database, clock)


def test_a_risk_in_the_words_of_another_is_logged_and_both_are_told(company: Company) -> None:
    world, dana, sam = company.world, company.dana, company.sam
    company.world.log(dana, company.project, "Über-key leaks", visibility=Visibility.RESTRICTED)
    first = world.log(dana, company.project, "Über-key leaks")
    world.log(dana, company.project, "Über-key leaks?!")
    company.heard()
    world.log(sam, company.project, " Über-KEY  leaks. ", confirm_in="U_SAM")
    told = {call.where: call.text for call in company.heard()}
    assert (
        "\nIt may be the same as *ACME-R2*, raised by Dana on 14 Oct: `/risk show ACME-R2`" in told["U_DANA"]
    )
    assert "\nIt looks like *ACME-R2*, raised by Dana on 14 Oct: `/risk show ACME-R2`." in told["U_SAM"]

    world.register.move(dana, first.id, RiskMove.REJECT, "No key", origin=world.origin(), now=company.clock())
    company.heard()
    for title in ("Über-key", "Über-key leaks"):
        world.log(sam, company.project, title, confirm_in="U_SAM", kind=RiskKind.OPPORTUNITY)
    assert not any("the same as" in call.text or "looks like" in call.text for call in company.heard())
    world.log(sam, company.project, "Über-key leaks", confirm_in="U_SAM")
    assert any("It looks like *ACME-R3*" in call.text for call in company.heard())


def test_a_proposed_risk_is_judged_announced_and_closed(company: Company) -> None:
    world, dana, sam = company.world, company.dana, company.sam
    risk = world.log(sam, company.project)
    assert [(call.what, call.where) for call in company.heard()] == [(Operation.POST, "U_DANA")]

    owner = dana.person.id
    risk = world.register.score(
        dana, risk.id, 4, 3, owner, version=risk.version, origin=world.origin(), now=company.clock()
    )
    scored = {(call.what, call.where): call for call in company.heard()}
    assert set(scored) == {
        (Operation.POST, CHANNEL),
        (Operation.UPDATE, "U_DANA"),
        (Operation.POST, "U_SAM"),
    }
    announced = scored[Operation.POST, CHANNEL]
    assert announced.text.startswith(
        "⚠️ *ACME-R1 Vendor API may slip* · High 12 (likely 4 × impact 3)\nDana owns it"
    )
    assert scored[Operation.POST, "U_SAM"].text == (
        "Thank you for raising *ACME-R1 Vendor API may slip*.\n"
        "Dana scored it: High 12 (likely 4 × impact 3), and owns it."
    )

    world.register.move(
        dana, risk.id, RiskMove.CLOSE, "Vendor shipped.", origin=world.origin(), now=company.clock()
    )
    closed = company.heard()
    in_channel = [(call.what, call.text) for call in closed if call.where == CHANNEL]
    assert in_channel == [
        (
            Operation.UPDATE,
            (
                "✓ *ACME-R1 Vendor API may slip* · closed: Vendor shipped\n"
                "Was High 12 (likely 4 × impact 3) · raised by Sam"
            ),
        ),
        (Operation.REPLY, "Dana closed it: Vendor shipped."),
    ]
    assert len({call.about for call in closed if call.where == CHANNEL}) == 1


def test_an_undone_risk_leaves_nothing_in_the_channel(company: Company) -> None:
    world, sam = company.world, company.sam
    risk = world.log(sam, company.project, probability=4, impact=3, owner_id=sam.person.id)
    company.heard()
    world.register.undo(sam, risk.id, origin=world.origin(), now=company.clock())
    assert [(call.what, call.where) for call in company.heard()] == [(Operation.DELETE, CHANNEL)]


def test_a_restricted_risk_and_a_channel_with_a_guest_both_mean_direct_messages(company: Company) -> None:
    world, sam = company.world, company.sam
    world.log(
        sam,
        company.project,
        probability=4,
        impact=3,
        owner_id=sam.person.id,
        visibility=Visibility.RESTRICTED,
    )
    assert {call.where for call in company.heard()} == {"U_DANA"}
    company.members |= {"U_ROBIN"}
    world.log(sam, company.project, "Lead dev leaves", probability=4, impact=3, owner_id=sam.person.id)
    heard = company.heard()
    assert {call.where for call in heard} == {"U_DANA", "U_SAM"}
    assert all("there are guests in the channel" in call.text for call in heard)


def test_a_change_is_read_with_the_levels_and_the_state_of_its_time(company: Company) -> None:
    world, dana, readings = company.world, company.dana, company.readings
    risk = world.log(dana, company.project, probability=2, impact=2)
    for version, (probability, impact) in enumerate([(4, 2), (4, 3)], start=1):
        fields = RiskFields(risk.title, probability=probability, impact=impact, owner_id=dana.person.id)
        world.register.edit(
            dana, risk.id, fields, version=version, origin=world.origin(), now=company.clock()
        )
    first = readings.change(world.workspace_id, risk.id, 2)
    second = readings.change(world.workspace_id, risk.id, 3)
    assert first is not None
    assert second is not None
    assert [(r.probability, r.impact, r.status) for r in (first.before, first.after, second.after)] == [
        (2, 2, RiskStatus.PROPOSED),
        (4, 2, RiskStatus.OPEN),
        (4, 3, RiskStatus.OPEN),
    ]
    assert second.before == replace(second.after, impact=2)
    assert readings.change(world.workspace_id, risk.id, 4) is None
    assert [holder.person.name for holder in readings.roles(world.workspace_id, company.project.id)] == [
        "Dana"
    ]
