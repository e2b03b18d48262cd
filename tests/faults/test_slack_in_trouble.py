"""Slack in trouble: the person has a clear answer before Slack's time is over, and no message is doubled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.demo.api.faults import Fault, FaultKind
from bot.demo.outward.dispatch import ACKNOWLEDGE_SECONDS
from handlers.errors import words
from handlers.kit import DirectoryDown
from models.rules.delivery import MessageState
from models.tables import organisation_roles, people
from tests.scenarios.reading import modal_words
from tests.scenarios.records import Row, announcement, risks
from tests.scenarios.studio import Studio
from tests.standstill import IN_REAL_SECONDS

pytestmark = IN_REAL_SECONDS

TITLE = "Payment keys may leak"
LINE = f"/risk {TITLE} p4 i3 @sam"  # His own, so that the announcement is all there is to say.
A_DAY = timedelta(hours=25)
"""After this, Slack must be asked anew about everybody."""
ALL_KINDS = (FaultKind.RATE_LIMITED, FaultKind.SERVER_ERROR, FaultKind.LOST_REPLY, FaultKind.TIMEOUT)
SHORT = 1.0
"""Seconds until the sender gives a call up that is to hang; eight outside of tests."""
ON_SQLITE = pytest.mark.parametrize("morning", ["sqlite"], indirect=True)
"""For what never comes as far as the database."""
UNTIL_THE_END = timedelta(hours=30)
"""Longer than any message is tried."""


@contextmanager
def in_time(company: Studio) -> Iterator[None]:
    """Expect that every answer is there before Slack would tell the person that there is none."""
    before = len(company.wire.passed)
    yield
    answered = company.wire.passed[before:]
    assert answered
    assert {delivery.reply.status for delivery in answered} == {200}
    assert max(delivery.seconds for delivery in answered) < ACKNOWLEDGE_SECONDS


def trouble(company: Studio, method: str, *kinds: FaultKind, retry_after: int = 1) -> None:
    """Let the next calls of a method go wrong."""
    company.served.demo.faults.next(method, *(Fault(kind, retry_after) for kind in kinds))


@contextmanager
def hurried(company: Studio) -> Iterator[None]:
    """Let the sender give up sooner while the block is under way."""
    client = company.application.deliverer._messenger_of(None)._client  # type: ignore[arg-type, attr-defined]
    longest, client._deadline = client._deadline, SHORT
    yield
    client._deadline = longest


def announced(company: Studio) -> int:
    return sum(TITLE in text for text in company.sees("priya", "acme"))


def row_of(company: Studio) -> Row:
    """Return the outbox's row of the announcement."""
    (risk,) = risks(company.application.database, TITLE)
    return announcement(company.application.database, risk)


def test_a_rate_limit_delays_the_announcement_and_nothing_else(company: Studio) -> None:
    trouble(company, "chat.postMessage", FaultKind.RATE_LIMITED, retry_after=120)
    with in_time(company):
        company.type("sam", "acme", LINE)
    assert "Logged *ACME-R5" in company.sees("sam", "acme")[-1]

    row = row_of(company)
    assert (row["state"], announced(company)) == (MessageState.PENDING, 0)
    assert "rate limited" in row["last_error"]
    company.clock.forward(timedelta(seconds=120))
    company.deliver()
    assert (row_of(company)["state"], announced(company)) == (MessageState.SENT, 1)


UNKNOWN_FATES = [
    (FaultKind.SERVER_ERROR, 0, "HTTP 500"),
    (FaultKind.TIMEOUT, 0, "TimeoutError"),
    (FaultKind.NO_REPLY, 1, "TimeoutError"),
    (FaultKind.LOST_REPLY, 1, "ReplyLost"),
]


@pytest.mark.parametrize(("kind", "shown", "why"), UNKNOWN_FATES)
def test_an_announcement_whose_fate_is_unknown_is_looked_for_and_is_there_once(
    company: Studio, kind: FaultKind, shown: int, why: str
) -> None:
    trouble(company, "chat.postMessage", kind)
    with in_time(company), hurried(company):
        company.type("sam", "acme", LINE)
    assert "Logged *ACME-R5" in company.find("sam", "acme", "Logged").blocks[0]["text"]["text"]
    row = row_of(company)
    assert (row["state"], row["last_error"], announced(company)) == (MessageState.SENDING, why, shown)

    company.clock.forward(timedelta(seconds=10))
    company.deliver()

    assert (row_of(company)["state"], announced(company)) == (MessageState.SENT, 1)
    company.type("dana", "acme", "/risk close ACME-R5 keys were changed")
    assert "closed: keys were changed" in company.find("priya", "acme", TITLE).blocks[0]["text"]["text"]


def test_where_the_bot_may_not_read_such_an_announcement_is_given_up_and_never_doubled(
    company: Studio,
) -> None:
    company.without_scope("channels:history", "groups:history")
    trouble(company, "chat.postMessage", FaultKind.LOST_REPLY)
    company.type("sam", "acme", LINE)
    company.clock.forward(UNTIL_THE_END)
    company.deliver()
    row = row_of(company)
    why = "unclear: ReplyLost; not looked for: missing_scope"
    assert (row["state"], row["last_error"], announced(company)) == (MessageState.DEAD, why, 1)


def test_a_message_to_a_person_is_looked_for_in_their_direct_message(company: Studio) -> None:
    for kind in (FaultKind.SERVER_ERROR, FaultKind.LOST_REPLY):
        before = len(company.sees("sam", "drumbeat"))
        company.type("dana", "acme", "/risk Keys p1 i1 @dana")
        trouble(company, "chat.postMessage", kind)
        company.type("dana", "acme", "/risk assign latest @sam")
        company.clock.forward(timedelta(seconds=10))
        company.deliver()
        assert len(company.sees("sam", "drumbeat")) == before + 1


def test_a_change_is_shown_once_slack_can_be_reached_again(company: Studio) -> None:
    company.type("sam", "acme", LINE)
    trouble(company, "chat.update", FaultKind.SERVER_ERROR, FaultKind.TIMEOUT, FaultKind.LOST_REPLY)
    company.type("dana", "acme", "/risk close ACME-R5 keys were changed")

    for _ in range(3):
        company.clock.forward(timedelta(minutes=1))
        with hurried(company):
            company.deliver()

    assert "closed: keys were changed" in company.find("priya", "acme", TITLE).blocks[0]["text"]["text"]
    assert announced(company) == 1


@ON_SQLITE
def test_whom_slack_does_not_describe_is_told_and_may_try_again(company: Studio) -> None:
    forget(company, "kofi")
    for kind in ALL_KINDS:
        trouble(company, "users.info", kind)
        with in_time(company):
            company.type("kofi", "general", f"/risk {TITLE}")
        assert company.sees("kofi", "general")[-1] == f"{words(DirectoryDown())} You typed:\n{TITLE}"
    assert risks(company.application.database, TITLE) == []

    company.type("kofi", "general", f"/risk {TITLE}")
    assert "isn't a project yet" in company.sees("kofi", "general")[-1]


def forget(company: Studio, who: str) -> None:
    """Make somebody new to the bot."""
    with company.application.database.write() as session:
        session.execute(delete(organisation_roles))
        session.execute(delete(people).where(people.c.slack_user_id == company.user(who)))


@ON_SQLITE
def test_whom_the_bot_knows_is_not_kept_waiting_for_slack(company: Studio) -> None:
    for number, kind in enumerate(ALL_KINDS, start=1):
        company.clock.forward(A_DAY)
        trouble(company, "users.info", kind, kind)
        with in_time(company):
            company.type("sam", "acme", f"/risk {TITLE} p1 i1 @dana")
        assert f"Logged *ACME-R{4 + number} {TITLE}*" in company.sees("sam", "acme")[-1]
        assert len(risks(company.application.database, TITLE)) == number


@ON_SQLITE
def test_a_form_that_does_not_open_is_said(company: Studio) -> None:
    for number, kind in enumerate(ALL_KINDS, start=1):
        company.clock.forward(A_DAY)
        trouble(company, "users.info", kind)
        trouble(company, "views.open", kind)
        with in_time(company):
            company.type("sam", "acme", "/risk")
        said = [text for text in company.sees("sam", "acme") if "didn't let me open the form" in text]
        assert len(said) == number


@ON_SQLITE
def test_a_form_that_is_not_redrawn_can_still_be_submitted(company: Studio) -> None:
    company.type("sam", "acme", "/risk")
    for kind in ALL_KINDS:
        trouble(company, "views.update", kind)
        with in_time(company):
            assert company.choose("sam", "probability", "4", {"title": TITLE}).ok
    company.choose("sam", "impact", "4", {"title": TITLE})
    assert "4 × 4 = 16" in modal_words(company.modal("sam"))

    company.submit("sam")

    assert len(risks(company.application.database, TITLE)) == 1
    assert announced(company) == 1
