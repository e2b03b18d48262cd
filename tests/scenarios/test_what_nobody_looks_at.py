"""What time alone brings about: the hourly look finds it, and delivery managers' mornings tell, once."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from tempfile import TemporaryDirectory

from models.database import Database
from models.rules.delivery import NoticeKind
from tests.scenarios.records import messages, risks
from tests.scenarios.studio import Studio

TITLE = "Vendor leaves"


def an_hour_later(company: Studio) -> None:
    """Let the clockwork do what it does every hour."""
    company.clock.forward(timedelta(hours=1))
    company.application.jobs.housekeep()
    company.application.planner.run_once()
    company.deliver()


def assert_written_home(database: Database) -> None:
    """Look into SQLite's file without the log that lies beside it."""
    if database.dialect == "sqlite":
        with TemporaryDirectory() as folder:
            alone = shutil.copy(database.engine.url.database or "", folder)
            with closing(sqlite3.connect(alone)) as opened:
                assert opened.execute("SELECT 1 FROM risks WHERE title = ?", [TITLE]).fetchall()


def told_above(company: Studio) -> list[str]:
    """Return what Jo, who is a delivery manager, is told of the risk."""
    return [text for text in company.sees("jo", "drumbeat") if TITLE in text]


def test_a_late_response_and_a_missed_review_are_told_once_each(company: Studio) -> None:
    company.type("sam", "acme", f"/risk {TITLE} p4 i3 @dana")
    company.type("dana", "acme", "/risk reduce ACME-R5 Ask for a date @sam due fri")
    an_hour_later(company)
    assert told_above(company) == []
    assert_written_home(company.application.database)

    company.clock.forward(timedelta(days=12))
    company.application.jobs.housekeep()
    for _ in range(3):
        an_hour_later(company)
    [late] = told_above(company)
    assert "Please look at 3 risks" in late, late
    assert "*ACME-R5* ⚠️ Vendor leaves · High 12 · “Ask for a date” (Sam Reyes) *was due 16 Oct*" in late

    company.clock.forward(timedelta(days=21, hours=-3))
    company.application.jobs.housekeep()
    for _ in range(3):
        an_hour_later(company)
    assert "Vendor leaves · High 12 · *its review was due 28 Oct* · Dana Ortiz" in told_above(company)[-1]
    (risk,) = risks(company.application.database, TITLE)
    kinds = [each["kind"] for each in messages(company.application.database, risk)]
    assert kinds.count(NoticeKind.RISK_ESCALATED) == 0, "no message of its own"
