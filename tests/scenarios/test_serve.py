"""``drumbeat serve`` with five settings and nothing else: from the command in Slack to the row and back."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.database import Database
from models.rules.delivery import MessageState
from tests.databases import DIALECTS, empty_database_url
from tests.scenarios.company import Company
from tests.scenarios.processes import (
    DEADLINE,
    drumbeat,
    neighbours,
    serving,
    settings,
    tell_the_story,
    until,
)
from tests.scenarios.records import announcement, messages, risks

TITLE = "Payment keys may leak"
PEOPLE = ("sam", "dana", "alex", "mina", "priya", "jo")


@pytest.fixture
def company() -> Iterator[Company]:
    """Open the company without its bot."""
    with neighbours() as opened:
        yield opened


@pytest.fixture(params=DIALECTS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without any table."""
    return empty_database_url(request.param, tmp_path, request)


@pytest.fixture
def beside(empty: str) -> Iterator[Database]:
    """Return our own way to the database, beside the bot's."""
    database = Database(empty)
    yield database
    database.dispose()


def prepare(company: Company, beside: Database, url: str) -> None:
    """Bring a Postgres up to date as its owner does, then let the company have its past."""
    if beside.dialect == "postgresql":
        refused = drumbeat("serve", settings(company, url))
        _, why = refused.communicate(timeout=DEADLINE)
        assert refused.returncode == 2
        assert "drumbeat migrate" in why
        assert "Traceback" not in why
        migrated = drumbeat("migrate", {"PATH": "", "DATABASE_URL": url})
        migrated.communicate(timeout=DEADLINE)
        assert migrated.returncode == 0
    tell_the_story(company, beside, url)


def test_a_risk_goes_from_the_command_to_the_database_and_to_the_channel(
    company: Company, beside: Database, empty: str
) -> None:
    prepare(company, beside, empty)
    with serving(settings(company, empty)) as bot:
        assert company.type("sam", "acme", f"/risk {TITLE} p3 i5 @sam").ok
        assert any(f"Logged *ACME-R5 {TITLE}*" in text for text in company.sees("sam", "acme"))
        (risk,) = risks(beside, TITLE)
        assert (risk["number"], risk["probability"], risk["impact"]) == (5, 3, 5)

        until(lambda: any(TITLE in text for text in company.sees("priya", "acme")))

        assert bot.end() == 0
    assert announcement(beside, risk)["state"] is MessageState.SENT


def test_an_order_to_stop_loses_nothing_that_was_acknowledged(
    company: Company, beside: Database, empty: str
) -> None:
    tell_the_story(company, beside, empty)
    enough, refused = threading.Event(), threading.Event()
    logged: list[str] = []

    def work(who: str) -> None:
        for number in range(1000):
            title = f"Worry {number} of {who}"
            if not company.type(who, "acme", f"/risk {title}").ok:
                refused.set()
                return
            logged.append(title)
            if len(logged) >= 5 * len(PEOPLE):
                enough.set()

    people = [threading.Thread(target=work, args=(who,)) for who in PEOPLE]
    with serving(settings(company, empty)) as bot:
        for person in people:
            person.start()
        assert enough.wait(DEADLINE)
        assert bot.end(signal.SIGTERM) == 0
        for person in people:
            person.join(DEADLINE)
    assert refused.is_set()
    for title in logged:
        (risk,) = risks(beside, title)
        assert len(messages(beside, risk)) == (risk["raised_by_id"] != dana(beside))


def dana(beside: Database) -> object:
    """Return the id of whom proposed risks are shown to, unless they are her own."""
    (risk,) = risks(beside, "Nobody at Acme decides about single sign-on")
    return risk["raised_by_id"]
