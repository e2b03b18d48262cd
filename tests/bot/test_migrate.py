"""The schema moved by a command, and the same refusal everywhere of one that a newer version made."""

import json
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.checks import readiness_of
from bot.cli import main
from bot.settings import WHERE_TO_FIND, Settings
from bot.wiring import build
from models.database import Database
from models.errors import DatabaseNotReady
from models.migrations import REVISIONS, downgrade
from tests.bot.slack_side import SIGNING_SECRET, TOKEN

TOO_NEW = "a newer version of Drumbeat made the tables.\n      Install that version again"


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Return a migrated database, which DATABASE_URL names."""
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database_url)
    database = Database(database_url)
    yield database
    database.dispose()


def test_it_says_from_where_to_where(database: Database, capfd: pytest.CaptureFixture[str]) -> None:
    downgrade(database, "-1")
    assert main(["migrate"]) == main(["migrate"]) == 0
    moved, still = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert (moved["event"], moved["before"], moved["now"]) == ("migrated", REVISIONS[-2], REVISIONS[-1])
    assert (still["event"], still["now"]) == ("nothing_to_migrate", REVISIONS[-1])


def test_tables_of_a_newer_version_are_left_alone_and_it_is_wanted_back(
    database: Database, database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SIGNING_SECRET),
        slack_api_url="http://127.0.0.1:9/api/",
        database_url=SecretStr(database_url),
    )
    application = build(settings)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(DatabaseNotReady, match=TOO_NEW):
            application.prepare()
        found = readiness_of(database, application.installation, None).look().findings
        assert "install that version again" in str(found["schema"])
    finally:
        application.stop()
    for arguments in ([], ["--to", "base"]):
        assert main(["migrate", *arguments]) == 2
        said = capfd.readouterr().err
        assert TOO_NEW in said
        assert "Traceback" not in said
