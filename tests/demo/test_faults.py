"""Troubles on demand: what a client sees, and what was done all the same."""

from datetime import timedelta
from http.client import RemoteDisconnected

import pytest
from slack_sdk.errors import SlackApiError

from bot.demo.api.faults import Fault, FaultKind
from tests.conftest import SetClock
from tests.demo.company import ACME, SAM
from tests.demo.running import RunningDemo
from tests.scenarios.processes import until


def count(served: RunningDemo) -> int:
    return len(served.demo.workspace.timeline(ACME, SAM))


def test_a_server_error_does_nothing_and_comes_once(served: RunningDemo) -> None:
    before, client = count(served), served.client()
    served.demo.faults.next("chat.postMessage", Fault(FaultKind.SERVER_ERROR))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=ACME, text="x")
    assert caught.value.response.status_code == 500
    assert count(served) == before
    client.chat_postMessage(channel=ACME, text="x")
    assert count(served) == before + 1


def test_a_rate_limit_on_demand(served: RunningDemo) -> None:
    served.demo.faults.next("users.info", Fault(FaultKind.RATE_LIMITED, retry_after=7))
    with pytest.raises(SlackApiError) as caught:
        served.client().users_info(user=SAM)
    assert caught.value.response["error"] == "ratelimited"
    assert caught.value.response.headers["Retry-After"] == "7"


def test_a_lost_reply_leaves_the_message(served: RunningDemo) -> None:
    before = count(served)
    served.demo.faults.next("chat.postMessage", Fault(FaultKind.LOST_REPLY))
    with pytest.raises((ConnectionError, RemoteDisconnected)):
        served.client().chat_postMessage(channel=ACME, text="x")
    assert count(served) == before + 1


def test_a_time_out_leaves_nothing(served: RunningDemo) -> None:
    before = count(served)
    served.demo.faults.next("chat.postMessage", Fault(FaultKind.TIMEOUT))
    with pytest.raises(TimeoutError):
        served.client(timeout=0.2).chat_postMessage(channel=ACME, text="x")
    assert count(served) == before


def test_a_call_that_gets_no_reply_was_done(served: RunningDemo) -> None:
    before = count(served)
    served.demo.faults.next("chat.postMessage", Fault(FaultKind.NO_REPLY))
    with pytest.raises(TimeoutError):
        served.client(timeout=0.2).chat_postMessage(channel=ACME, text="x")
    until(lambda: count(served) == before + 1)


def test_one_message_a_second_and_channel_when_limits_are_on(served: RunningDemo, clock: SetClock) -> None:
    served.demo.rates.enabled = True
    client = served.client()
    client.chat_postMessage(channel=ACME, text="1")
    client.chat_postMessage(channel=SAM, text="elsewhere")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=ACME, text="2")
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "1")
    clock.forward(timedelta(seconds=1))
    client.chat_postMessage(channel=ACME, text="2")


def test_a_workspace_takes_some_hundred_posts_a_minute(served: RunningDemo, clock: SetClock) -> None:
    rates = served.demo.rates
    rates.enabled = True
    assert {rates.wait_before("chat.postMessage", f"C{number}", 0) for number in range(300)} == {0}
    assert rates.wait_before("chat.postMessage", "C300", 0) == 60
    clock.forward(timedelta(seconds=60))
    assert rates.wait_before("chat.postMessage", "C300", 0) == 0


def test_the_tiers_when_limits_are_on(served: RunningDemo, clock: SetClock) -> None:
    rates = served.demo.rates
    assert [rates.wait_before("conversations.info", "", 50) for _ in range(60)] == [0] * 60
    rates.enabled = True
    assert [rates.wait_before("conversations.info", "", 50) for _ in range(51)] == [0] * 50 + [60]
    clock.forward(timedelta(seconds=59))
    assert rates.wait_before("conversations.info", "", 50) == 1
    clock.forward(timedelta(seconds=1))
    assert rates.wait_before("conversations.info", "", 50) == 0
