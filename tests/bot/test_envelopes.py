"""Envelopes: what is read of Slack's message, and what goes back."""

import json

import pytest
from slack_bolt import BoltResponse

from bot.transports.envelopes import Envelope

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
