"""Whoever leaves work for others says so, and they are told once it is committed."""

from collections.abc import Callable

import pytest

from models.database import Database, leave_work


@pytest.fixture
def told(database: Database) -> list[str]:
    """Collect what the database tells."""
    found: list[str] = []
    database.on_work = lambda: found.append("work")
    return found


def test_a_commit_that_leaves_work_is_told_once_it_is_done(database: Database, told: list[str]) -> None:
    with database.write() as session:
        leave_work(session)
        assert told == []
    assert told == ["work"]


def test_other_commits_and_failures_are_not_told(database: Database, told: list[str]) -> None:
    with database.write():
        pass

    def fail() -> None:
        with database.write() as session:
            leave_work(session)
            raise KeyError

    _expect(fail)
    assert told == []


def _expect(fail: Callable[[], None]) -> None:
    with pytest.raises(KeyError):
        fail()
