"""``drumbeat serve`` as a process: it answers Slack over HTTP, and ends cleanly when told to."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.clock import utc_now
from bot.slack.directory import as_profile
from models.commands import NewProject
from models.database import Database
from models.migrations import upgrade
from models.read_models import Origin
from models.services.people import People
from models.services.projects.catalogue import Projects
from models.services.workspaces import Workspaces
from tests.bot.slack_side import (
    PROFILE,
    SIGNING_SECRET,
    TEAM,
    TOKEN,
    USUAL,
    command,
    send,
    send_event,
    web_api,
)
from tests.bot.test_cli import ROOT, environment, run, tables
from tests.databases import empty_database_url

DEADLINE = 30


@dataclass
class Bot:
    """A running bot: where it listens, and what it logged until it did."""

    process: subprocess.Popen[str]
    port: int
    logged: list[str]

    def end(self, with_signal: signal.Signals = signal.SIGTERM) -> tuple[int, list[dict[str, Any]]]:
        """Tell it to stop; return its exit code and every line it logged."""
        self.process.send_signal(with_signal)
        _, rest = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, [json.loads(line) for line in [*self.logged, *rest.splitlines()]]


@contextmanager
def serving(database: str, slack: str, **more: str) -> Iterator[Bot]:
    usual = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack,
        "DATABASE_URL": database,
        "PORT": "0",
    }
    settings = environment(**{**usual, **more})
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True
    )
    try:
        yield Bot(process, *_until_it_serves(process))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=DEADLINE)


def _until_it_serves(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    assert process.stderr is not None
    logged: list[str] = []
    for line in process.stderr:
        logged.append(line)
        said = json.loads(line)
        if said["event"] == "serving":
            return int(said["port"]), logged
    pytest.fail(f"it ended before it served: {logged}")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "drumbeat.db"


def test_a_person_gets_help_over_real_http(database: Path) -> None:
    with web_api() as slack, serving(f"sqlite:///{database}", slack.url) as bot:
        answer = send_event(bot.port, command("/risk", "help"))
        assert answer.status == 200
        assert answer.json["response_type"] == "ephemeral"
        assert "/risk" in answer.body
        assert slack.calls.count("auth.test") == 1


def test_a_prefix_and_texts_of_ones_own_are_taken_up(database: Path, tmp_path: Path) -> None:
    own = tmp_path / "texts" / "mood_alert.txt.j2"
    own.parent.mkdir()
    own.write_text("{% block text %}\n{{ mod.word }}{% endblock %}", encoding="utf-8")
    more = {"COMMAND_PREFIX": "x", "TEMPLATES_DIR": str(own.parent)}
    with web_api() as slack, serving(f"sqlite:///{database}", slack.url, **more) as bot:
        warned = [line for line in map(json.loads, bot.logged) if line["event"] == "text_does_not_fit"]
        assert (str(own), 2, "mod is not known in this message; did you mean mood?") in [
            (line["file"], line["line"], line["message"]) for line in warned
        ]
        assert "/x-risk list" in send_event(bot.port, command("/x-risk", "help")).body
        assert "leave COMMAND_PREFIX unset" in send_event(bot.port, command("/risk", "help")).body
        _, logged = bot.end()
    nobodys = [(line["level"], line["event"]) for line in logged if "nobody answers" in line["event"]]
    assert nobodys == [("warning", "nobody answers the command /risk: leave COMMAND_PREFIX unset")]
    answered = [(line["kind"], line["name"]) for line in logged if line["event"] == "answered"]
    assert answered == [("command", "/x-risk"), ("", "")]


def test_what_slack_did_not_sign_is_refused(database: Path) -> None:
    with web_api() as slack, serving(f"sqlite:///{database}", slack.url) as bot:
        assert send_event(bot.port, command("/risk", "help"), {"X-Slack-Signature": "v0=0"}).status == 401
        assert slack.calls.count("users.info") == 0


def test_it_is_ready_once_slack_confirms_the_token(database: Path) -> None:
    with web_api() as slack, serving(f"sqlite:///{database}", slack.url) as bot:
        assert send(bot.port, "GET", "/healthz").status == 200
        ready = send(bot.port, "GET", "/readyz")
        assert (ready.status, ready.json["checks"]) == (
            200,
            {"database": "ok", "schema": "ok", "slack": "ok"},
        )


def test_it_is_not_ready_with_a_token_that_slack_refuses(database: Path) -> None:
    refusing = {"auth.test": lambda _: {"ok": False, "error": "invalid_auth"}}
    with web_api(refusing) as slack, serving(f"sqlite:///{database}", slack.url) as bot:
        ready = send(bot.port, "GET", "/readyz")
        assert ready.status == 503
        assert "SLACK_BOT_TOKEN" in ready.json["checks"]["slack"]
        answer = send_event(bot.port, command("/risk", "help"))
        assert answer.status == 200
        assert "cannot reach Slack" in answer.body


@pytest.mark.parametrize("with_signal", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to(database: Path, with_signal: signal.Signals) -> None:
    with web_api() as slack, serving(f"sqlite:///{database}", slack.url) as bot:
        send_event(bot.port, command("/risk", "help"))
        code, logged = bot.end(with_signal)
        assert code == 0
        assert [line["event"] for line in logged][-2:] == ["stopping", "stopped"]
        assert not [line for line in logged if line["level"] in {"warning", "error"}]


def test_what_was_typed_is_in_the_database_and_not_in_the_logs(database: Path) -> None:
    with web_api() as slack, serving(f"sqlite:///{database}", slack.url) as bot:
        send_event(bot.port, command("/risk", "Staging certs expire in March"))
        _, logged = bot.end()
    written = json.dumps(logged)
    assert "Staging" not in written
    assert TOKEN not in written
    assert SIGNING_SECRET not in written
    assert any(line["event"] == "answered" and line["correlation_id"] for line in logged)


def test_a_second_process_on_one_file_is_warned_of(database: Path) -> None:
    url = f"sqlite:///{database}"
    with web_api() as slack, serving(url, slack.url) as first, serving(url, slack.url) as second:
        said = [[json.loads(line)["event"] for line in bot.logged] for bot in (first, second)]
        assert ["open_elsewhere" in each for each in said] == [False, True]
        assert send_event(first.port, command("/risk", "help")).status == 200
        assert second.end()[0] == 0


def test_sqlite_gets_its_tables_by_itself(database: Path) -> None:
    more = {"DATABASE_URI": "sqlite:///other.db", "SLACK_TOKEN": TOKEN, "MY_LOG_LEVEL": "debug"}
    with web_api() as slack, serving(f"sqlite:///{database}", slack.url, **more) as bot:
        said = {line["event"]: line for line in map(json.loads, bot.logged)}
    assert said["new_database"]["database"] == said["serving"]["database"] == f"SQLite, {database}"
    assert "setting_not_known" not in said
    assert {"workspaces", "people", "risks", "outbox_messages"} <= tables(database)


def make_acme_a_project(url: str) -> None:
    """Leave Dana with a project in the channel from which ``command`` comes."""
    store, now = Database(url), utc_now()
    upgrade(store)
    workspace_id = Workspaces(store).ensure("", TEAM, "Acme", now=now)
    dana = People(store).remember(workspace_id, TEAM, as_profile(PROFILE), now=now)
    acme = NewProject(
        name="Acme",
        key="ACME",
        client_name="Acme Ltd",
        internal_channel_id="C0ACME",
        timezone="Europe/Berlin",
    )
    Projects(store).create(dana, acme, origin=Origin("test"), now=now)
    store.dispose()


def test_an_announcement_under_way_is_settled_before_the_process_ends(database: Path) -> None:
    """Dana's risk is announced; the order to stop comes while Slack has the message and has not replied."""
    replies = threading.Event()

    def reply_late(_: dict[str, str]) -> dict[str, Any]:
        replies.wait(DEADLINE)
        return {"ok": True, "channel": "C0ACME", "ts": "1.000001"}

    answers = {
        **USUAL,
        "conversations.info": lambda _: {"ok": True, "channel": {"id": "C0ACME", "is_member": True}},
        "conversations.members": lambda _: {"ok": True, "members": ["U0DANA"]},
        "chat.postMessage": reply_late,
    }
    url = f"sqlite:///{database}"
    make_acme_a_project(url)
    with web_api(answers) as slack, serving(url, slack.url) as bot:
        logged = send_event(bot.port, command("/risk", "Vendor API may slip p4 i3 <@U0DANA|dana>"))
        assert "ACME-R1" in logged.body
        assert slack.wait_for("chat.postMessage")
        bot.process.send_signal(signal.SIGTERM)
        assert next(line for line in bot.process.stderr or () if "stopping" in line)
        replies.set()
        assert bot.process.wait(DEADLINE) == 0
    with closing(sqlite3.connect(database)) as opened:
        assert opened.execute("SELECT state, sent_ts FROM outbox_messages").fetchall() == [
            ("sent", "1.000001")
        ]


def test_postgres_is_refused_until_it_is_migrated(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = empty_database_url("postgresql", tmp_path, request)
    refused = run("serve", SLACK_BOT_TOKEN=TOKEN, SLACK_SIGNING_SECRET=SIGNING_SECRET, DATABASE_URL=url)
    assert refused.returncode == 2
    assert "drumbeat migrate" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert run("migrate", DATABASE_URL=url).returncode == 0
    with web_api() as slack, serving(url, slack.url) as bot:
        assert send_event(bot.port, command("/risk", "help")).status == 200
        assert bot.end()[0] == 0
