"""Envelopes: what is read of Slack's message, and what goes back."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from logging import getLogger

import pytest
from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.transports.envelopes import THREADS, Envelope, Envelopes

DEADLINE = 10
MESSAGE = {"envelope_id": "e1", "type": "slash_commands", "payload": {"text": "x"}}


def envelope(**more: object) -> Envelope:
    read = Envelope.read({**MESSAGE, **more}, lambda _: None)
    assert read is not None
    return read


def json_answer(body: str) -> BoltResponse:
    return BoltResponse(status=200, body=body, headers={"content-type": ["application/json;charset=utf-8"]})


@pytest.mark.parametrize(
    ("answer", "payload"),
    [
        (BoltResponse(status=200, body=""), None),
        (BoltResponse(status=200, body="Größe"), {"text": "Größe"}),
        (json_answer('{"response_action": "clear"}'), {"response_action": "clear"}),
    ],
)
def test_the_answer_goes_along_where_there_is_one(
    answer: BoltResponse, payload: dict[str, str] | None
) -> None:
    sent = json.loads(envelope(accepts_response_payload=True).acknowledgement(answer))
    assert sent == {"envelope_id": "e1"} | ({"payload": payload} if payload else {})


def test_no_answer_goes_where_slack_takes_none() -> None:
    assert json.loads(envelope().acknowledgement(json_answer('{"a": 1}'))) == {"envelope_id": "e1"}


def test_a_repeated_event_says_so_as_over_http() -> None:
    assert envelope().headers == {}
    assert envelope(retry_attempt=2).headers == {"x-slack-retry-num": "2"}


@pytest.mark.parametrize("message", [{"type": "hello"}, {**MESSAGE, "payload": None}, {"payload": {}}])
def test_other_messages_are_no_envelopes(message: dict[str, object]) -> None:
    assert Envelope.read(message, lambda _: None) is None


def answering(listener: Callable[[Ack], object]) -> Envelopes:
    app = App(
        name="test",
        logger=getLogger("slack_bolt"),
        process_before_response=True,
        signing_secret="",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
    )
    app.command("/risk")(listener)
    envelopes = Envelopes(app)
    envelopes.start()
    return envelopes


def command(envelope_id: str, send: Callable[[str], None]) -> Envelope:
    return Envelope(envelope_id, {"command": "/risk", "team_id": "T1"}, accepts_payload=True, send=send)


def test_finishing_waits_for_what_was_taken_and_takes_no_more() -> None:
    arrived, go, sent = threading.Event(), threading.Event(), list[str]()

    def listener(ack: Ack) -> None:
        arrived.set()
        go.wait(DEADLINE)
        ack()

    envelopes = answering(listener)
    envelopes.take(command("in time", sent.append))
    assert arrived.wait(DEADLINE)
    with ThreadPoolExecutor(1) as pool:
        finishing = pool.submit(envelopes.finish, DEADLINE)
        while not envelopes._is_closed:
            assert not finishing.done()
        envelopes.take(command("too late", sent.append))
        go.set()
        finishing.result(DEADLINE)
    assert [json.loads(answer)["envelope_id"] for answer in sent] == ["in time"]


def test_a_fault_of_ours_costs_no_thread() -> None:
    def fail(_: str) -> None:
        raise LookupError

    sent: list[str] = []
    envelopes = answering(lambda ack: ack())
    for number in range(THREADS):
        envelopes.take(command(str(number), fail))
    envelopes.take(command("after", sent.append))
    envelopes.finish(DEADLINE)
    assert [json.loads(answer)["envelope_id"] for answer in sent] == ["after"]
