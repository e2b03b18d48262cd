"""What the bot's database holds when the demo starts, and starts again."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.demo.rituals import first_survey
from bot.demo.seed import seed
from bot.demo.story import studio_north
from models.database import Database
from models.read_models import Profile
from models.rules.rituals.recurrence import Weekly, occurrences
from models.services.people import People
from models.services.workspaces import Workspaces
from tests.conftest import NINE


def test_a_second_start_leaves_alone_what_was_changed_since(tmp_path: Path) -> None:
    url, story, later = f"sqlite:///{tmp_path}/drumbeat.db", studio_north(NINE), NINE + timedelta(days=1)
    seed(url, story, NINE)
    database = Database(url)
    try:
        people, team = People(database), story.team
        workspace_id = Workspaces(database).ensure("", team.id, team.name, now=NINE)
        dana = story.person("dana")
        guest = Profile(dana.id, team.id, dana.real_name, "Asia/Tokyo", is_guest=True)
        people.remember(workspace_id, team.id, guest, now=later)
        seed(url, story, later)
        found = people.find(workspace_id, dana.id)
    finally:
        database.dispose()
    assert found is not None
    assert (found.is_full_member, found.timezone) == (False, "Asia/Tokyo")


@pytest.mark.parametrize("hour", [4, 20])
def test_it_starts_also_where_the_day_is_another_one_in_the_projects_zones(tmp_path: Path, hour: int) -> None:
    now = NINE.replace(hour=hour)
    seed(f"sqlite:///{tmp_path}/drumbeat.db", studio_north(now), now)


@pytest.mark.parametrize("days", range(7))
def test_clients_are_to_be_asked_soon_on_whatever_day_it_starts(days: int) -> None:
    now = NINE + timedelta(days=days)
    half_yearly = Weekly(frozenset({1}), time(10), first_survey(now), interval=26)
    first = next(occurrences(half_yearly, now.replace(tzinfo=None)))
    assert timedelta(weeks=5) < first.wall - now.replace(tzinfo=None) < timedelta(weeks=7)
