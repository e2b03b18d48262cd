"""Slack's side of Socket Mode: who may connect, what comes through, and what breaks."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from itertools import chain, repeat
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bot.demo.outward.links import Ending, Trouble
from bot.demo.outward.sockets import MOST_CONNECTIONS, TICKET_SECONDS
from bot.demo.people.gestures import Outcome, ViewSource
from bot.demo.people.membership import Account
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
    section,
)
from tests.demo.running import RunningDemo, running

_DEADLINE = 10


@contextmanager
def company(
    clock: SetClock, seconds: float = 3.0, manifest: dict[str, object] = IN_SOCKET_MODE
) -> Iterator[RunningDemo]:
    with running(
        lambda base_url: open_company(FakeBot(), clock, base_url=base_url, manifest=manifest, seconds=seconds)
    ) as served:
        yield served


@pytest.fixture
def slack(clock: SetClock) -> Iterator[RunningDemo]:
    """Serve a workspace whose app is in Socket Mode."""
    with company(clock) as served:
        yield served


def address(served: RunningDemo, token: str = APP_TOKEN) -> str:
    return str(served.client().apps_connections_open(app_token=token)["url"])


@contextmanager
def connected(served: RunningDemo) -> Iterator[ClientConnection]:
    with connect(address(served), proxy=None, close_timeout=1) as link:
        assert received(link)["type"] == "hello"
        yield link


def received(link: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(link.recv(_DEADLINE))
    return message


def acknowledge(link: ClientConnection, envelope: dict[str, Any], **payload: object) -> None:
    answer = {"envelope_id": envelope["envelope_id"]}
    link.send(json.dumps({**answer, "payload": payload} if payload else answer))


def until_it_ends(link: ClientConnection) -> list[dict[str, Any]]:
    """Acknowledge envelopes until the connection is closed; return them."""
    envelopes = []
    with suppress(ConnectionClosed):
        while message := received(link):
            if "envelope_id" in message:
                envelopes.append(message)
                acknowledge(link, message, text="Lost")
    return envelopes


def types(served: RunningDemo, text: str = "/risk x") -> "Future[Outcome]":
    """Let Sam type; what becomes of it is known once the bot has answered."""
    return asyncio.run_coroutine_threadsafe(served.demo.gestures.say(SAM, ACME, text), served.loop)


def newest(served: RunningDemo) -> str:
    return served.demo.workspace.timeline(ACME, SAM)[-1].text


def refusal(client: WebClient, token: str) -> str:
    with pytest.raises(SlackApiError) as caught:
        client.apps_connections_open(app_token=token)
    return str(caught.value.response["error"])


def test_only_the_apps_own_token_opens_a_connection(slack: RunningDemo) -> None:
    assert refusal(slack.client(), TOKEN) == "not_allowed_token_type"
    assert refusal(slack.client(), "xapp-other") == "invalid_auth"
    with pytest.raises(SlackApiError) as caught:
        slack.client(APP_TOKEN).auth_test()
    assert caught.value.response["error"] == "not_allowed_token_type"


def test_an_app_without_socket_mode_has_no_connections(served: RunningDemo) -> None:
    assert refusal(served.client(), APP_TOKEN) == "invalid_auth"


def test_an_address_is_good_once_and_for_a_while(slack: RunningDemo, clock: SetClock) -> None:
    once = address(slack)
    with connect(once, proxy=None, close_timeout=1):
        pass
    later = address(slack)
    for refused in (once, slack.address.replace("http", "ws") + "/link/"):
        with pytest.raises(InvalidStatus):
            connect(refused, proxy=None, legacy=True)
    clock.forward(timedelta(seconds=TICKET_SECONDS + 1))
    with pytest.raises(InvalidStatus):
        connect(later, proxy=None, legacy=True)


def test_a_command_comes_as_an_envelope_and_its_answer_is_shown(slack: RunningDemo) -> None:
    with connected(slack) as link:
        typed = types(slack, "/risk Größe & Preis")
        envelope = received(link)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert envelope["payload"]["text"] == "Größe &amp; Preis"
        assert envelope["payload"]["trigger_id"]
        acknowledge(link, envelope, text="Noted", blocks=[section("Noted")])
        assert typed.result(_DEADLINE).ok
    assert newest(slack) == "Noted"


def test_a_click_and_a_shortcut_take_no_answer_and_a_form_does(slack: RunningDemo) -> None:
    opened = slack.demo.workspace.modals.push(SAM, modal(button(), section()), root=True)
    gestures = slack.demo.gestures
    with connected(slack) as link:
        click = gestures.click(SAM, ViewSource(opened.id), "buttons", "go")
        clicked = asyncio.run_coroutine_threadsafe(click, slack.loop)
        envelope = received(link)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", False)
        acknowledge(link, envelope, text="No")
        acknowledge(link, envelope)
        assert clicked.result(_DEADLINE).ok
        chosen = asyncio.run_coroutine_threadsafe(gestures.shortcut(SAM, "new"), slack.loop)
        envelope = received(link)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", False)
        assert (envelope["payload"]["type"], envelope["payload"]["callback_id"]) == ("shortcut", "new")
        acknowledge(link, envelope)
        assert chosen.result(_DEADLINE).ok
        sent = asyncio.run_coroutine_threadsafe(gestures.submit(SAM, opened.id, {}), slack.loop)
        envelope = received(link)
        assert envelope["accepts_response_payload"] is True
        acknowledge(link, envelope, response_action="clear")
        assert sent.result(_DEADLINE).ok
    assert slack.demo.workspace.views_of(SAM) == []


@pytest.mark.parametrize(
    "answer", ["no json", "[]", '{"envelope_id": "other"}', '{"envelope_id": %s, "payload": "text"}']
)
def test_what_acknowledges_nothing_is_refused(slack: RunningDemo, answer: str) -> None:
    with connected(slack) as link:
        typed = types(slack)
        envelope = received(link)
        link.send(answer.replace("%s", json.dumps(envelope["envelope_id"])))
        acknowledge(link, envelope, text="Noted")
        assert typed.result(_DEADLINE).ok
    assert newest(slack) == "Noted"


def test_an_acknowledgement_counts_on_its_own_connection_only(clock: SetClock) -> None:
    with company(clock, 0.2) as slack, connected(slack) as first, connected(slack) as second:
        typed = types(slack)
        envelope = received(first)
        acknowledge(second, envelope, text="Noted")
        assert not typed.result(_DEADLINE).ok
    assert newest(slack) == "`/risk` failed because the app did not respond."


def test_a_bot_that_is_not_there_or_says_nothing_is_told(clock: SetClock) -> None:
    with company(clock, 0.05) as slack:
        assert not types(slack).result(_DEADLINE).ok
        assert "“dispatch_failed”" in newest(slack)
        with connected(slack) as link:
            assert not types(slack).result(_DEADLINE).ok
            assert newest(slack) == "`/risk` failed because the app did not respond."
            acknowledge(link, received(link), text="Too late")
        assert newest(slack) == "`/risk` failed because the app did not respond."


def test_each_payload_goes_to_one_of_up_to_ten_connections(slack: RunningDemo) -> None:
    with ExitStack() as stack:
        links = [stack.enter_context(connected(slack)) for _ in range(MOST_CONNECTIONS)]
        with connect(address(slack), proxy=None, close_timeout=1) as eleventh:
            assert received(eleventh)["reason"] == "too_many_websockets"
        typed = [types(slack, f"/risk {number}") for number in range(MOST_CONNECTIONS)]
        texts = set()
        for link in links:
            envelope = received(link)
            texts.add(envelope["payload"]["text"])
            acknowledge(link, envelope)
        assert all(each.result(_DEADLINE).ok for each in typed)
    assert texts == {str(number) for number in range(MOST_CONNECTIONS)}


@pytest.mark.parametrize("trouble", [Trouble.CUT_BEFORE, Trouble.CUT_AFTER, Trouble.LOST_ANSWER])
def test_what_a_break_leaves_unanswered_comes_again(slack: RunningDemo, trouble: Trouble) -> None:
    slack.demo.sockets.troubles = chain([trouble], repeat(None))
    with connected(slack) as first:
        typed = types(slack)
        seen = until_it_ends(first)
    with connected(slack) as second:
        envelope = received(second)
        assert [each["envelope_id"] for each in seen] in ([], [envelope["envelope_id"]])
        acknowledge(second, envelope, text="Noted")
        assert typed.result(_DEADLINE).ok
    assert newest(slack) == "Noted"


@pytest.mark.parametrize("reason", [Ending.WARNING, Ending.REFRESH, Ending.DISABLED])
def test_a_connection_announces_its_end_and_waits_for_what_is_under_way(
    slack: RunningDemo, reason: Ending
) -> None:
    with connected(slack) as first, connected(slack) as second:
        typed = types(slack)
        envelope = received(first)
        slack.do(slack.demo.sockets.disconnect(reason))
        assert received(first) == {"type": "disconnect", "reason": reason, "debug_info": {"host": "demo"}}
        with connected(slack) as third:
            another = types(slack, "/risk y")
            acknowledge(third, received(third))
            assert another.result(_DEADLINE).ok
        acknowledge(first, envelope, text="Noted")
        assert typed.result(_DEADLINE).ok
        for link in (first, second):
            until_it_ends(link)


def test_an_event_comes_again_until_it_is_acknowledged(clock: SetClock) -> None:
    wanted = {"socket_mode_enabled": True, "event_subscriptions": {"bot_events": ["user_change"]}}
    with (
        company(clock, 0.2, {**IN_SOCKET_MODE, "settings": wanted}) as served,
        connected(served) as link,
    ):

        async def changes() -> None:
            account = Account("Asia/Tokyo", is_guest=False)
            served.demo.gestures.membership.change_account(SAM, account)

        served.do(changes())
        first, second = received(link), received(link)
        acknowledge(link, second)
    assert (first["type"], first["accepts_response_payload"]) == ("events_api", False)
    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "http_timeout")
    assert first["payload"] == second["payload"]
    assert first["payload"]["event"]["type"] == "user_change"
    assert first["envelope_id"] != second["envelope_id"]
