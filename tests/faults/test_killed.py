"""``serve`` is killed without warning: what was acknowledged is kept, and nothing is said twice."""

import signal
from collections.abc import Iterator

import pytest

from bot.demo.api.faults import Fault, FaultKind
from models.database import Database
from models.rules.delivery import UNSETTLED, MessageState
from tests.databases import DIALECTS, new_database_url
from tests.scenarios.company import Company
from tests.scenarios.processes import end_leases, neighbours, serving, settings, tell_the_story, until
from tests.scenarios.records import Row, announcement, risks

TITLE = "Payment keys may leak"
LINE = f"/risk {TITLE} p4 i3 @sam"  # His own, so that the announcement is all there is to say.


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database, for the processes here go by the real clock."""
    return new_database_url(request.param, request)


@pytest.fixture
def company() -> Iterator[Company]:
    """Open the company without its bot."""
    with neighbours() as opened:
        yield opened


@pytest.fixture
def killed(company: Company, database: Database, database_url: str, request: pytest.FixtureRequest) -> Row:
    """Log a risk, kill the bot while the call hangs that the test names, and return the risk."""
    method, kind = request.param
    faults = company.served.demo.faults
    tell_the_story(company, database, database_url)
    faults.next(method, Fault(kind))
    with serving(settings(company, database_url)) as bot:
        assert company.type("sam", "acme", LINE).ok
        until(lambda: not faults._coming[method])
        assert bot.end(signal.SIGKILL) == -signal.SIGKILL
    (risk,) = risks(database, TITLE)
    end_leases(database)
    return risk


def announced(company: Company) -> int:
    return sum(TITLE in text for text in company.sees("priya", "acme"))


def settled(database: Database, risk: Row) -> Row | None:
    """Return the announcement's row once nothing more will become of it."""
    row = announcement(database, risk)
    return None if row["state"] in UNSETTLED else row


def at(method: str, kind: FaultKind) -> pytest.MarkDecorator:
    """Kill the bot during that call."""
    return pytest.mark.parametrize("killed", [(method, kind)], indirect=True, ids=[method])


@at("conversations.info", FaultKind.TIMEOUT)
def test_what_was_acknowledged_is_announced_once_by_the_next_process(
    company: Company, database: Database, database_url: str, killed: Row
) -> None:
    assert announced(company) == 0
    with serving(settings(company, database_url)):
        row = until(lambda: settled(database, killed))
        assert (row["state"], row["attempts"]) == (MessageState.SENT, 1)
        assert company.type("sam", "acme", "/risk show ACME-R5").ok
    assert announced(company) == 1
    assert any(TITLE in text and "raised by" in text for text in company.sees("sam", "acme"))


@at("chat.postMessage", FaultKind.NO_REPLY)
def test_what_may_have_been_announced_is_found_by_the_next_process(
    company: Company, database: Database, database_url: str, killed: Row
) -> None:
    with serving(settings(company, database_url)):
        row = until(lambda: settled(database, killed))
    assert (row["state"], row["attempts"]) == (MessageState.SENT, 1)
    assert announced(company) == 1


@at("chat.postMessage", FaultKind.NO_REPLY)
def test_the_same_command_again_is_known_to_the_next_process(
    company: Company, database: Database, database_url: str, killed: Row
) -> None:
    command = company.wire.last
    with serving(settings(company, database_url)):
        assert company.wire.again(command).body == command.reply.body
    assert [risk["id"] for risk in risks(database, TITLE)] == [killed["id"]]
