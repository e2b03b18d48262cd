"""``drumbeat serve`` in Socket Mode, as a process beside the demo's side of Slack."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.clock import utc_now
from bot.demo.outward.links import Ending
from bot.demo.seed import seed
from bot.demo.server import Connection, Demo, create_demo
from bot.demo.story import studio_north
from bot.slack.manifest import manifest
from tests.bot.slack_side import command, send, send_event, web_api
from tests.bot.test_cli import run
from tests.bot.test_serve import Bot, serving
from tests.demo.company import ACME, APP_TOKEN, SAM, TOKEN
from tests.demo.running import RunningDemo, running

NOW = utc_now()


@contextmanager
def slack() -> Iterator[RunningDemo]:
    """Serve Studio North, whose app is in Socket Mode."""

    def make(address: str) -> Demo:
        connection = Connection(
            base_url=address,
            bot_url="http://bot.invalid",
            token=TOKEN,
            signing_secret="",
            app_token=APP_TOKEN,
            clock=time.time,
        )
        return create_demo(studio_north(NOW), manifest(None), connection)

    with running(make) as served:
        yield served


@contextmanager
def serving_in_socket_mode(served: RunningDemo, folder: Path) -> Iterator[Bot]:
    url = f"sqlite:///{folder / 'drumbeat.db'}"
    seed(url, studio_north(NOW), NOW)
    address = f"{served.address}/api/"
    more = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_SIGNING_SECRET": ""}
    with serving(url, address, **more) as bot:
        yield bot


def asks_for_help(served: RunningDemo) -> str:
    """Return the newest answer for Sam's eyes; meanwhile the bot announces the story's risks to all."""
    before = answers(served)
    assert served.do(served.demo.gestures.say(SAM, ACME, "/risk help")).ok
    (answer,) = answers(served)[len(before) :]
    return answer


def answers(served: RunningDemo) -> list[str]:
    timeline = served.demo.workspace.timeline(ACME, SAM)
    return [message.text for message in timeline if message.ephemeral_to == SAM]


def test_a_person_gets_help_through_the_socket_and_nobody_over_http(tmp_path: Path) -> None:
    with slack() as served, serving_in_socket_mode(served, tmp_path) as bot:
        assert "/risk" in asks_for_help(served)
        assert send_event(bot.port, command("/risk", "help")).status == 404
        assert send(bot.port, "GET", "/healthz").status == 200
        ready = send(bot.port, "GET", "/readyz")
        assert (ready.status, ready.json["checks"]["socket"]) == (200, "ok")


def test_it_stays_ready_while_slack_renews_the_connection(tmp_path: Path) -> None:
    with slack() as served, serving_in_socket_mode(served, tmp_path) as bot:
        for reason in (Ending.WARNING, Ending.REFRESH, Ending.DISABLED):
            served.do(served.demo.sockets.disconnect(reason))
            assert send(bot.port, "GET", "/readyz").status == 200
            assert "/risk" in asks_for_help(served)
            assert served.demo.sockets.number == 1


def test_it_ends_cleanly_when_told_to(tmp_path: Path) -> None:
    with slack() as served, serving_in_socket_mode(served, tmp_path) as bot:
        asks_for_help(served)
        code, logged = bot.end()
        assert code == 0
        events = [line["event"] for line in logged]
        assert "stopping" in events
        assert events[-1] == "stopped"
        assert not [line for line in logged if line["level"] in {"warning", "error"}]
        assert served.demo.sockets.number == 0


def test_a_wrong_app_token_is_named_and_nothing_starts(tmp_path: Path) -> None:
    with web_api({"apps.connections.open": lambda _: {"ok": False, "error": "invalid_auth"}}) as api:
        outcome = run(
            "serve",
            SLACK_BOT_TOKEN=TOKEN,
            SLACK_APP_TOKEN="xapp-1-secret",
            SLACK_API_URL=api.url,
            DATABASE_URL=f"sqlite:///{tmp_path / 'drumbeat.db'}",
            PORT="0",
        )
    assert outcome.returncode == 2
    assert "SLACK_APP_TOKEN" in outcome.stderr
    assert "connections:write" in outcome.stderr
    assert "xapp-1-secret" not in outcome.stderr
    assert "Traceback" not in outcome.stderr
