"""Another holds SQLite's only right to write, or a lock: people wait or are told, and nothing is halved."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import make_url, text

from bot.demo.outward.dispatch import ACKNOWLEDGE_SECONDS
from handlers.errors import words as refusal
from models.database import WAIT_SECONDS
from models.errors import DatabaseBusy
from models.rules.delivery import MessageState
from tests.scenarios.reading import words
from tests.scenarios.records import all_records, announcement, history, messages, risks
from tests.scenarios.studio import Studio
from tests.standstill import IN_REAL_SECONDS

pytestmark = IN_REAL_SECONDS
on_sqlite = pytest.mark.parametrize("morning", ["sqlite"], indirect=True)

TITLE = "Payment keys may leak"
TYPED = f"{TITLE} p4 i3 @sam"  # His own, so that the announcement is all there is to say.
LINE = f"/risk {TYPED}"
A_MOMENT = 0.5
"""Seconds: less than what the bot waits for others."""

_HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
print("released", flush=True)
sys.stdin.close()
"""


class Holder:
    """A process that holds the lock until it is told to let go."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def release(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if not self._process.stdin.closed:
            self._process.stdin.close()
            assert self._process.stdout.readline() == "released\n"


@contextmanager
def held(company: Studio) -> Iterator[Holder]:
    """Have the lock held by another process until the block is left, or it is released there."""
    path = make_url(str(company.application.database.engine.url)).database
    command = [sys.executable, "-c", _HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        holder = Holder(process)
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield holder
        finally:
            holder.release()


@contextmanager
def locked(company: Studio) -> Iterator[None]:
    """Have the risks held locked by another until the block is left, on either database."""
    if company.application.database.dialect == "sqlite":
        with held(company):
            yield
        return
    with company.application.database.unhurried.write() as session:
        session.execute(text("LOCK TABLE risks"))
        yield


@on_sqlite
def test_a_command_waits_a_moment_for_others(company: Studio) -> None:
    with held(company) as holder:
        letting_go = threading.Timer(A_MOMENT, holder.release)
        letting_go.start()
        assert company.type("sam", "acme", LINE).ok
        letting_go.join()
    assert company.wire.last.seconds < ACKNOWLEDGE_SECONDS
    (risk,) = risks(company.application.database, TITLE)
    assert history(company.application.database, risk) == ["logged"]
    assert sum(TITLE in text for text in company.sees("priya", "acme")) == 1


def test_who_would_wait_too_long_is_told_and_nothing_is_written(company: Studio) -> None:
    before = all_records(company.application.database)
    company.type("sam", "acme", "/risk")
    with locked(company):
        assert company.type("sam", "acme", LINE).ok
        assert company.wire.last.seconds < ACKNOWLEDGE_SECONDS
        assert (
            company.sees("sam", "acme")[-1]
            == f"{refusal(DatabaseBusy())} You typed:\n{LINE.removeprefix('/risk ')}"
        )

        company.submit("sam", {"title": TITLE})
        assert company.wire.last.seconds < ACKNOWLEDGE_SECONDS
        assert company.modal("sam").errors == {"title": refusal(DatabaseBusy())}
    assert all_records(company.application.database) == before

    company.submit("sam")

    (risk,) = risks(company.application.database, TITLE)
    assert history(company.application.database, risk) == ["logged"]
    assert {message["state"] for message in messages(company.application.database, risk)} == {
        MessageState.SENT
    }


@on_sqlite
def test_lists_are_read_while_another_writes(company: Studio) -> None:
    with held(company):
        assert company.type("sam", "acme", "/risk list").ok
        assert company.sees("sam", "acme")[-1].startswith("*ACME: 4 open*")


@on_sqlite
def test_what_slack_has_taken_is_recorded_once_the_database_is_free(company: Studio) -> None:
    letting_go: list[threading.Timer] = []
    with ExitStack() as locks:

        def hold() -> None:
            """Take the lock as soon as the announcement is in the channel, for longer than a writer waits."""
            if not letting_go and any(
                each.metadata and TITLE in words(each) for each in workspace.messages()
            ):
                holder = locks.enter_context(held(company))
                letting_go.append(threading.Timer(WAIT_SECONDS + A_MOMENT, holder.release))
                letting_go[0].start()

        workspace = company.served.demo.workspace
        workspace.on_change = hold
        company.type("sam", "acme", LINE)
        letting_go[0].join()

    (risk,) = risks(company.application.database, TITLE)
    row = announcement(company.application.database, risk)
    assert (row["state"], row["attempts"]) == (MessageState.SENT, 1)
    assert row["sent_ts"] == company.find("priya", "acme", TITLE).ts
