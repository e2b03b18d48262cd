"""Socket Mode against the demo's strict side of it: nothing lost, nothing answered twice, no flapping."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain, repeat
from logging import getLogger
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from websockets.sync.client import ClientConnection

from bot import logs
from bot.demo.api.faults import Fault, FaultKind
from bot.demo.outward.links import Ending, Trouble
from bot.demo.outward.sockets import MOST_CONNECTIONS
from bot.demo.people.gestures import Outcome, ViewSource
from bot.settings import LogFormat, LogLevel, SettingsProblem
from bot.slack.client import SlackClient
from bot.slack.sockets import Dialler, NotConnected
from bot.transports.envelopes import THREADS
from bot.transports.socket_mode import GRACE, SocketMode
from tests.bot.slack_side import web_api
from tests.conftest import SetClock
from tests.demo.company import (
    ACME,
    APP_TOKEN,
    IN_SOCKET_MODE,
    SAM,
    TOKEN,
    FakeBot,
    button,
    modal,
    open_company,
)
from tests.demo.running import RunningDemo, running

DEADLINE = 10


class Seconds:
    """A clock of seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Listener:
    """Answers `/risk`: what a test lets happen meanwhile, and how often it was asked."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.arrived = threading.Semaphore(0)
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self, ack: Ack, body: dict[str, Any]) -> None:
        self.heard.append(body["text"])
        self.arrived.release()
        self.meanwhile()
        ack(f"Noted {body['text']}")


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def slack(clock: SetClock) -> Iterator[RunningDemo]:
    with running(
        lambda base_url: open_company(FakeBot(), clock, base_url=base_url, manifest=IN_SOCKET_MODE)
    ) as served:
        yield served


def dialler(slack: RunningDemo) -> Dialler:
    return Dialler(SlackClient(TOKEN, f"{slack.address}/api/", deadline=8), APP_TOKEN)


def bolt_app(listener: Listener) -> App:
    app = App(
        name="test",
        logger=getLogger("slack_bolt"),
        process_before_response=True,
        signing_secret="",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T01STUDIO", bot_token=TOKEN),
    )
    app.command("/risk")(listener)
    app.action("go")(lambda ack: ack("A click has no answer."))
    app.view("form")(lambda ack: ack(response_action="clear"))
    return app


@contextmanager
def connected(slack: RunningDemo, listener: Listener, seconds: Seconds) -> Iterator[SocketMode]:
    sockets = SocketMode(bolt_app(listener), dialler(slack), seconds=seconds)
    sockets.start()
    try:
        yield sockets
    finally:
        sockets.stop()


@pytest.fixture
def sockets(slack: RunningDemo, listener: Listener, seconds: Seconds) -> Iterator[SocketMode]:
    with connected(slack, listener, seconds) as opened:
        yield opened


def types(slack: RunningDemo, text: str) -> "Future[Outcome]":
    """Let Sam type; what becomes of it is known once the bot has answered."""
    typed = slack.demo.gestures.say(SAM, ACME, f"/risk {text}")
    return asyncio.run_coroutine_threadsafe(typed, slack.loop)


def newest(slack: RunningDemo) -> str:
    return slack.demo.workspace.timeline(ACME, SAM)[-1].text


@pytest.mark.usefixtures("sockets")
def test_commands_clicks_and_forms_are_answered(slack: RunningDemo) -> None:
    assert types(slack, "Größe 🎈").result(DEADLINE).ok
    assert newest(slack) == "Noted Größe 🎈"
    opened = slack.demo.workspace.modals.push(SAM, modal(button()), root=True)
    assert slack.do(slack.demo.gestures.click(SAM, ViewSource(opened.id), "buttons", "go")).ok
    assert slack.do(slack.demo.gestures.submit(SAM, opened.id, {})).ok
    assert slack.demo.workspace.views_of(SAM) == []


@pytest.mark.usefixtures("sockets")
def test_sixteen_slow_answers_do_not_wait_for_each_other(slack: RunningDemo, listener: Listener) -> None:
    all_of_them = threading.Barrier(THREADS, timeout=DEADLINE)
    listener.meanwhile = all_of_them.wait
    typed = [types(slack, str(number)) for number in range(THREADS)]
    assert all(each.result(DEADLINE).ok for each in typed)
    assert THREADS == 16


@pytest.mark.parametrize("reason", [Ending.WARNING, Ending.REFRESH, Ending.DISABLED])
def test_an_announced_end_is_survived_without_a_gap(
    slack: RunningDemo, sockets: SocketMode, listener: Listener, seconds: Seconds, reason: Ending
) -> None:
    go = threading.Event()
    listener.meanwhile = lambda: go.wait(DEADLINE)
    before = types(slack, "before")
    assert listener.arrived.acquire(timeout=DEADLINE)
    slack.do(slack.demo.sockets.disconnect(reason))
    slack.do(slack.demo.sockets.connected())
    seconds.now += GRACE + 1
    assert sockets.finding() is None
    after = types(slack, "after")
    assert listener.arrived.acquire(timeout=DEADLINE)
    assert not before.done()
    go.set()
    assert before.result(DEADLINE).ok
    assert after.result(DEADLINE).ok
    assert sorted(listener.heard) == ["after", "before"]


def test_a_connection_that_slack_forgets_to_close_is_closed(slack: RunningDemo, listener: Listener) -> None:
    go = threading.Event()
    listener.meanwhile = lambda: go.wait(DEADLINE)
    sockets = SocketMode(bolt_app(listener), dialler(slack), retired_for=0)
    sockets.start()
    try:
        typed = types(slack, "x")
        assert listener.arrived.acquire(timeout=DEADLINE)
        slack.do(slack.demo.sockets.disconnect(Ending.WARNING))
        assert listener.arrived.acquire(timeout=DEADLINE)  # Again, over the one connection that is left.
        go.set()
        assert typed.result(DEADLINE).ok
    finally:
        go.set()
        sockets.stop()


@pytest.mark.usefixtures("sockets")
@pytest.mark.parametrize("trouble", [Trouble.CUT_BEFORE, Trouble.CUT_AFTER, Trouble.LOST_ANSWER])
def test_a_broken_connection_is_opened_anew(slack: RunningDemo, trouble: Trouble) -> None:
    slack.demo.sockets.troubles = chain([trouble], repeat(None))
    assert types(slack, "first").result(DEADLINE).ok
    assert types(slack, "second").result(DEADLINE).ok
    assert newest(slack) == "Noted second"


@pytest.mark.usefixtures("sockets")
def test_what_comes_twice_is_answered_twice_and_left_to_the_receipts(
    slack: RunningDemo, listener: Listener
) -> None:
    slack.demo.sockets.troubles = chain([Trouble.LOST_ANSWER], repeat(None))
    assert types(slack, "x").result(DEADLINE).ok
    assert listener.heard == ["x", "x"]


def test_a_failure_is_not_acknowledged_and_the_next_one_is(clock: SetClock, listener: Listener) -> None:
    def fail() -> None:
        raise LookupError

    with (
        running(
            lambda base_url: open_company(
                FakeBot(), clock, base_url=base_url, manifest=IN_SOCKET_MODE, seconds=0.2
            )
        ) as slack,
        connected(slack, listener, Seconds()),
    ):
        listener.meanwhile = fail
        assert not types(slack, "x").result(DEADLINE).ok
        assert newest(slack) == "`/risk` failed because the app did not respond."
        listener.meanwhile = lambda: None
        assert types(slack, "y").result(DEADLINE).ok


class Gate(Dialler):
    """Opens connections when a test lets it, and says when it is asked."""

    def __init__(self, inner: Dialler) -> None:
        self.asked = threading.Semaphore(0)
        self.may = threading.Event()
        self.trouble: NotConnected | None = None
        self._inner = inner

    def open(self) -> ClientConnection:
        self.asked.release()
        assert self.may.wait(DEADLINE)
        if self.trouble is not None:
            raise self.trouble
        return self._inner.open()


def test_a_gap_shows_only_when_it_lasts(slack: RunningDemo, listener: Listener, seconds: Seconds) -> None:
    gate = Gate(dialler(slack))
    gate.may.set()
    sockets = SocketMode(bolt_app(listener), gate, seconds=seconds)
    assert sockets.finding() == "has not been opened yet"
    sockets.start()
    try:
        assert gate.asked.acquire(timeout=DEADLINE)
        gate.may.clear()
        slack.do(slack.demo.sockets.cut())
        assert gate.asked.acquire(timeout=DEADLINE)
        assert sockets.finding() is None
        seconds.now += GRACE
        assert sockets.finding() == "is closed"
        gate.trouble = NotConnected("unreachable")
        gate.may.set()
        assert gate.asked.acquire(timeout=DEADLINE)
        assert "is not open: unreachable" in str(sockets.finding())
        gate.trouble = None
        slack.do(slack.demo.sockets.connected())
        assert types(slack, "x").result(DEADLINE).ok
        assert sockets.finding() is None
    finally:
        sockets.stop()


def test_a_start_without_slack_goes_on_trying(
    slack: RunningDemo, listener: Listener, seconds: Seconds
) -> None:
    slack.demo.faults.next("apps.connections.open", *[Fault(FaultKind.SERVER_ERROR)] * 2)
    with connected(slack, listener, seconds) as sockets:
        slack.do(slack.demo.sockets.connected())
        assert types(slack, "x").result(DEADLINE).ok
        assert sockets.finding() is None


@pytest.mark.parametrize("code", ["invalid_auth", "missing_scope"])
def test_a_start_with_a_wrong_token_names_the_setting_and_the_scope(listener: Listener, code: str) -> None:
    with web_api({"apps.connections.open": lambda _: {"ok": False, "error": code}}) as api:
        sockets = SocketMode(bolt_app(listener), Dialler(SlackClient(TOKEN, api.url, deadline=8), "xapp-1"))
        with pytest.raises(SettingsProblem) as refusal:
            sockets.start()
    assert f"Slack refuses SLACK_APP_TOKEN: {code}" in str(refusal.value)
    assert "connections:write" in str(refusal.value)


def test_stopping_finishes_what_is_under_way_and_hangs_up(
    slack: RunningDemo, listener: Listener, sockets: SocketMode
) -> None:
    go = threading.Event()
    listener.meanwhile = lambda: go.wait(DEADLINE)
    typed = types(slack, "x")
    assert listener.arrived.acquire(timeout=DEADLINE)
    with ThreadPoolExecutor(1) as pool:
        stopping = pool.submit(sockets.stop)
        while not sockets._is_stopping:
            assert not stopping.done()
        assert slack.demo.sockets.number == 1
        go.set()
        stopping.result(DEADLINE)
    assert typed.result(DEADLINE).ok
    assert slack.demo.sockets.number == 0


def test_the_dialler_says_why_there_is_no_connection(slack: RunningDemo) -> None:
    def trouble() -> NotConnected:
        with pytest.raises(NotConnected) as caught:
            dialler(slack).open()
        return caught.value

    slack.demo.faults.next(
        "apps.connections.open", Fault(FaultKind.RATE_LIMITED, retry_after=7), Fault(FaultKind.SERVER_ERROR)
    )
    limited = trouble()
    assert (limited.code, limited.retry_after, limited.is_final) == ("ratelimited", 7.0, False)
    assert trouble().code == "HTTP 500"
    with ExitStack() as stack:
        for _ in range(MOST_CONNECTIONS):
            stack.callback(dialler(slack).open().close)
        assert trouble().code == "too_many_websockets"
    with pytest.raises(NotConnected, match="unreachable"):
        Dialler(SlackClient(TOKEN, "http://127.0.0.1:9/api/", deadline=8), APP_TOKEN).open()


def test_a_connection_that_does_not_come_about_is_told_once_with_why(
    listener: Listener, capfd: pytest.CaptureFixture[str]
) -> None:
    tried = threading.Semaphore(0)

    class Nowhere(Dialler):
        def open(self) -> ClientConnection:
            tried.release()
            return super().open()

    logs.configure(LogLevel.INFO, LogFormat.JSON)
    nowhere = Nowhere(SlackClient(TOKEN, "http://127.0.0.1:9/api/", deadline=8), APP_TOKEN)
    sockets = SocketMode(bolt_app(listener), nowhere)
    sockets.start()
    assert all(tried.acquire(timeout=DEADLINE) for _ in range(4))
    sockets.stop()
    [line] = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert (line["event"], line["code"]) == ("socket_not_connected", "unreachable")
    assert line["why"] == "nothing listens there"
    assert "wss" in line["remedy"]
