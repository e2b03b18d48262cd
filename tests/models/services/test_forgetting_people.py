"""A colleague is forgotten: their name is in no table, stays away, and comes back only when called."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.errors import NotFound
from models.read_models import Profile
from models.rules.mornings.quiet import QuietHours
from models.services.forgetting import FORMER, PersonErasure
from models.services.settings import Settings, Wishes
from models.services.visits import Visits
from models.tables import audit_entries, metadata
from tests.models.world import NOW, TEAM, World

LATER = NOW + timedelta(days=2)


def kept(world: World) -> str:
    """Return all that the database holds, as text."""
    with world.database.read() as session:
        tables = metadata.sorted_tables
        return " ".join(str(tuple(row)) for table in tables for row in session.execute(select(table)))


def refresh(world: World, name: str) -> str:
    """Have Slack tell of Lee again, and return how they are called."""
    profile = Profile("U_LEE", TEAM, name, "Asia/Tokyo")
    return world.people.remember(world.workspace_id, TEAM, profile, now=LATER).person.name


def test_a_name_stays_away_whatever_slack_says_until_it_is_called_back(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    world.project(dana)
    wishes = Wishes(quiet=QuietHours(1080, 480), away_until=None)
    Settings(world.database).change(lee, wishes, origin=world.origin(), now=NOW)
    Visits(world.database).note(lee, now=NOW)
    erasure = PersonErasure(world.database)
    before = kept(world)
    for each in ("'Lee'", "Europe/Berlin", "1080"):
        assert each in before
    for _ in range(2):
        erasure.forget("U_LEE", origin=world.origin(), now=NOW)
    assert "'Lee'" not in kept(world)
    assert "1080" not in kept(world)

    assert not world.people.is_news(world.workspace_id, Profile("U_LEE", TEAM, "Lee", "Asia/Tokyo"))
    assert world.people.is_news(world.workspace_id, Profile("U_LEE", TEAM, "Lee", "", is_deleted=True))
    assert refresh(world, "Lee") == FORMER
    found = world.people.find(world.workspace_id, "U_LEE")
    assert found is not None
    assert (found.person.id, found.timezone, found.profile_checked_at) == (lee.person.id, "UTC", LATER)
    assert refresh(world, "Lee") == FORMER

    erasure.recall("U_LEE", origin=world.origin(), now=LATER)
    wanted = world.people.stalest(world.workspace_id, checked_before=NOW - timedelta(days=1), limit=9)
    assert wanted == ("U_LEE",), "who is called back is looked up next"
    assert refresh(world, "Lee") == "Lee"
    erasure.recall("U_LEE", origin=world.origin(), now=LATER)
    with world.database.read() as session:
        theirs = audit_entries.c.entity_id == lee.person.id
        actions = session.scalars(
            select(audit_entries.c.action).where(theirs).order_by(audit_entries.c.id)
        ).all()
    assert actions == ["settings changed", "forgotten", "recalled"]


def test_nobody_is_forgotten_who_is_not_known(world: World) -> None:
    for change in (PersonErasure(world.database).forget, PersonErasure(world.database).recall):
        with pytest.raises(NotFound):
            change("U_NOBODY", origin=world.origin(), now=NOW)
