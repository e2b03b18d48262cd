"""Killed at random, with a Slack that fails: each post is there exactly once, and in order."""

from collections.abc import Callable

import pytest

from models.database import Database
from models.rules.delivery import MessageState
from tests.databases import DIALECTS, new_database_url
from tests.faults.storm import Scale, storm

PROCESSES = {"sqlite": 1, "postgresql": 3}
POSTS = 2000
KILLS = 24
SEEDS = (1, 2, 3)


pytestmark = pytest.mark.timeout(300)


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database, for the processes here go by the real clock."""
    return new_database_url(request.param, request)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_post_is_there_exactly_once(
    database: Database,
    database_url: str,
    seed: int,
    record_property: Callable[[str, object], None],
) -> None:
    processes = PROCESSES[database.dialect]
    found = storm(database, database_url, seed, Scale(POSTS, processes, KILLS))
    record_property("figures", f"{database.dialect}, {processes} processes, seed {seed}: {found}")
    assert (found.doubled, found.missing, found.out_of_order) == (0, 0, 0), str(found)
    assert found.states == {MessageState.SENT: POSTS}
    assert sum(map(len, found.shown.values())) == POSTS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_repeats_without_looking_doubles_some(
    database: Database, database_url: str, record_property: Callable[[str, object], None]
) -> None:
    found = storm(database, database_url, 1, Scale(POSTS // 5, 1, KILLS // 4), naive=True)
    record_property("figures", f"{database.dialect}, the naive way: {found}")
    assert found.doubled > 0, str(found)
