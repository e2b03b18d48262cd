"""People whom nobody asked about are looked up again, and what they leave behind is told."""

from datetime import timedelta

import pytest

from models.database import Database
from models.read_models import Profile
from models.services.people import People
from scheduled.freshness import AT_ONCE, STALE_AFTER, refresh_stalest
from scheduled.ports import Messenger, MessengerError, Method, NotSent, RateLimited, Refused
from tests.models.world import NOW, TEAM, World
from tests.scheduled.fake_messenger import FakeMessenger

LATER = NOW + STALE_AFTER + timedelta(seconds=1)


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


class Slack(FakeMessenger):
    """Describes people as a test says, and remembers who was asked about."""

    def __init__(self, **changes: object) -> None:
        super().__init__()
        self.changes = changes
        self.failures: dict[str, MessengerError] = {}
        self.asked: list[str] = []

    def profile(self, slack_user_id: str) -> Profile:
        self.asked.append(slack_user_id)
        if slack_user_id in self.failures:
            raise self.failures[slack_user_id]
        return Profile(slack_user_id, TEAM, "New name", "UTC", **self.changes)  # type: ignore[arg-type] # a test's own words


def refresh(world: World, slack: Messenger) -> int:
    return refresh_stalest(world.people, slack, world.workspace_id, TEAM, now=LATER)


def test_those_who_were_looked_up_longest_ago_come_first_and_not_all_at_once(world: World) -> None:
    for number in range(AT_ONCE + 5):
        profile = Profile(f"U{number:02}", TEAM, "Old name", "UTC")
        at = NOW - timedelta(minutes=number)
        world.people.remember(world.workspace_id, TEAM, profile, now=at)
    slack = Slack()
    assert refresh(world, slack) == AT_ONCE
    assert slack.asked[:2] == ["U34", "U33"]
    assert refresh(world, slack) == 5
    assert refresh(world, slack) == 0
    found = world.people.find(world.workspace_id, "U00")
    assert found is not None
    assert (found.person.name, found.profile_checked_at) == ("New name", LATER)


def test_who_is_known_well_enough_who_left_and_who_is_elsewhere_is_not_asked_about(world: World) -> None:
    World(world.database, "T_OTHER").person("Stranger")
    world.person("Left", is_deleted=True)
    world.people.remember(world.workspace_id, TEAM, Profile("U_NEW", TEAM, "New", "UTC"), now=LATER)
    slack = Slack()
    assert refresh(world, slack) == 0
    assert slack.asked == []


def test_who_is_unknown_to_slack_loses_their_rights_and_holds_up_nobody(world: World) -> None:
    world.person("Anna")
    world.person("Ben")
    slack = Slack()
    slack.failures["U_ANNA"] = Refused("user_not_found")
    assert refresh(world, slack) == 1
    anna = world.people.find(world.workspace_id, "U_ANNA")
    assert anna is not None
    assert not anna.is_full_member
    assert anna.profile_checked_at == NOW
    assert refresh(world, slack) == 0


@pytest.mark.parametrize("failure", [RateLimited(Method.LOOK_UP, 30), NotSent("missing_scope")])
def test_it_stops_where_slack_asks_for_patience(world: World, failure: MessengerError) -> None:
    for name in ("Anna", "Ben", "Cleo"):
        world.person(name)
    slack = Slack()
    slack.failures["U_BEN"] = failure
    assert refresh(world, slack) == 1
    assert slack.asked == ["U_ANNA", "U_BEN"]
    assert People(world.database).stalest(world.workspace_id, checked_before=LATER, limit=9) == (
        "U_BEN",
        "U_CLEO",
    )
