"""The command line: what goes wrong is said in words, with exit code 2 and no trace."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import UNREAD, main
from bot.settings import WHERE_TO_FIND
from tests.bot.slack_side import SIGNING_SECRET, TOKEN

_LEE = """
INSERT INTO workspaces (id, enterprise_id, team_id, name, created_at) VALUES
    ('00000000000000000000000000000001', '', 'T1', 'North', '2026-11-30 00:00:00');
INSERT INTO people (id, workspace_id, slack_user_id, team_id, name, timezone, is_guest, is_bot, is_deleted,
    is_workspace_admin, checked_at) VALUES
    ('00000000000000000000000000000002', '00000000000000000000000000000001', 'U_LEE', 'T1', 'Lee', 'UTC',
    0, 0, 0, 0, '2026-11-30 00:00:00');
"""
ROOT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """Return this environment without any of Drumbeat's settings but these."""
    kept = {name: value for name, value in os.environ.items() if name not in WHERE_TO_FIND}  # noqa: TID251 - for a child.
    return {**kept, **settings}


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_serving_without_settings_names_them_and_shows_no_trace() -> None:
    outcome = run("serve")
    assert outcome.returncode == 2
    assert "SLACK_BOT_TOKEN is missing" in outcome.stderr
    assert "drumbeat demo" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("command", ["manifest", "doctor"])
def test_whoever_stops_reading_meets_no_trace(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as unread:
        outcome = subprocess.run(
            [sys.executable, "-m", "bot", command],
            cwd=ROOT,
            env=environment(),
            stdout=unread,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (outcome.returncode, outcome.stderr) == (UNREAD, b"")


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        outcome = run(
            "serve",
            SLACK_BOT_TOKEN=TOKEN,
            SLACK_SIGNING_SECRET=SIGNING_SECRET,
            DATABASE_URL=f"sqlite:///{tmp_path}/drumbeat.db",
            PORT=port,
        )
    assert outcome.returncode == 2
    assert f"127.0.0.1:{port} is in use" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


@pytest.mark.parametrize(
    ("command", "address", "told"),
    [
        ("serve", "sqlite:////no/such/d.db", "the folder /no/such does not exist"),
        ("migrate", "sqlite:////no/such/d.db", "the folder /no/such does not exist"),
        ("serve", "postgresql://u:pa55word@127.0.0.1:9/d", "Postgres, 127.0.0.1:9/d does not answer"),
        ("migrate", "postgresql://u:pa55word@127.0.0.1:9/d", "Postgres, 127.0.0.1:9/d does not answer"),
        ("serve", "postgresql://u:pa55word@h:x/d", "DATABASE_URL cannot be read"),
        (
            "serve",
            "postgresql://u:pa55word@127.0.0.1:9/d?foo=1",
            "Postgres, 127.0.0.1:9/d is given an option that Postgres's driver",
        ),
        (
            "migrate",
            "postgresql://u:pa55word@127.0.0.1:9/d?sslmode=1",
            "Postgres, 127.0.0.1:9/d is given an option whose value",
        ),
        ("migrate", "postgresql://u:pa55word@h/d?port=x", "DATABASE_URL cannot be read"),
    ],
)
def test_a_database_that_stays_shut_is_told_in_words(command: str, address: str, told: str) -> None:
    secrets = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SIGNING_SECRET}
    outcome = run(command, DATABASE_URL=address, **secrets)
    assert outcome.returncode == 2
    said = outcome.stderr.splitlines()
    assert said[0] == "Drumbeat cannot start:"
    assert said[2].startswith(f"  {told}")
    assert len(said) == 4
    assert "pa55word" not in outcome.stderr


def test_migrating_makes_the_tables_in_a_file_for_ones_own_eyes(tmp_path: Path) -> None:
    outcome = run("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/drumbeat.db")
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "drumbeat.db").stat().st_mode & 0o777 == 0o600
    assert {"workspaces", "people", "risks", "outbox_messages"} <= tables(tmp_path / "drumbeat.db")


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_other_words_show_what_there_is(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: drumbeat" in capsys.readouterr().err


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("drumbeat 0.")


def test_a_server_without_the_demos_libraries_says_how_to_see_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "starlette", None)
    for name in WHERE_TO_FIND:
        monkeypatch.delenv(name, raising=False)
    assert main(["demo"]) == 2
    assert capsys.readouterr().err.startswith(
        "The demo needs libraries that a server does without: `make demo`"
    )
    assert main(["serve"]) == 2
    assert "To look around first, `make demo` in a checkout needs no settings" in capsys.readouterr().err


def test_texts_of_ones_own_are_checked_by_file_and_line(tmp_path: Path) -> None:
    alone = run("templates", "check")
    assert alone.returncode == 0
    assert "TEMPLATES_DIR is not set" in alone.stdout
    own = tmp_path / "mood_alert.txt.j2"
    own.write_text("{% block text %}\n{{ mod.word }}{% endblock %}", encoding="utf-8")
    outcome = run("templates", "check", TEMPLATES_DIR=str(tmp_path))
    assert outcome.returncode == 1
    assert f"{own}:2: mod is not known in this message; did you mean mood?" in outcome.stdout
    assert "to mend" in outcome.stdout
    nowhere = run("templates", "check", TEMPLATES_DIR=str(tmp_path / "nowhere"))
    assert nowhere.returncode == 2
    assert "TEMPLATES_DIR cannot be used" in nowhere.stderr


def test_a_person_is_forgotten_only_after_a_yes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/drumbeat.db"
    nowhere = run("forget", "U_LEE", "--yes", DATABASE_URL=url)
    assert (nowhere.returncode, nowhere.stderr[:20]) == (2, "There is no database")
    assert run("migrate", DATABASE_URL=url).returncode == 0
    asked = run("forget", "U_LEE", DATABASE_URL=url)
    assert asked.returncode == 2
    assert asked.stderr.endswith("Nothing was changed. To do it, say it again with --yes.\n")
    unknown = run("forget", "U_LEE", "--yes", DATABASE_URL=url)
    assert (unknown.returncode, unknown.stderr) == (2, "Drumbeat knows nobody with the Slack id U_LEE.\n")
    with closing(sqlite3.connect(tmp_path / "drumbeat.db")) as opened:
        opened.executescript(_LEE)
    done = run("forget", "U_LEE", "--yes", DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("U_LEE is “Former colleague” now.")
    undone = run("forget", "U_LEE", "--undo", DATABASE_URL=url)
    assert undone.stdout.startswith("Slack tells U_LEE's name again")
