"""What is delivered is read without what could not be kept, and refused where Slack never sends it."""

import json
from urllib.parse import urlencode

import pytest

from bot.transports.requests import Malformed, from_envelope, from_http, keepable


def test_a_null_character_is_left_out_wherever_it_stands() -> None:
    assert from_http("command=%2Frisk&text=a%00b", {}).body["text"] == "ab"
    interaction = {"type": "block_actions", "user": {"id": "U\0001"}, "actions": [{"value": "a\0b"}]}
    body = urlencode({"payload": json.dumps(interaction)})
    assert from_http(body, {}).body["actions"] == [{"value": "ab"}]
    assert from_envelope(interaction, {}).body["user"] == {"id": "U1"}


def test_half_of_a_character_is_left_out_and_a_whole_one_stays() -> None:
    body = urlencode({"payload": json.dumps({"type": "shortcut", "a": "😀", "b": "x\ud800y"})})
    assert from_http(body, {}).body == {"type": "shortcut", "a": "😀", "b": "xy"}
    assert keepable({"a\0": ["😀", 7, None, "\udfff"]}) == {"a": ["😀", 7, None, ""]}


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "payload=",
        "payload=%7B",
        "payload=7",
        "payload=%22text%22",
        "payload=null",
        'payload={"user": 7}',
        'payload={"team": [1]}',
        'payload={"event": "text"}',
        'payload={"event": null}',
        'payload={"authorizations": ["text"]}',
        'payload={"response_urls": 7}',
        "command=%2Frisk&text=one&text=two",
    ],
)
def test_what_slack_never_sends_is_refused(body: str) -> None:
    with pytest.raises(Malformed):
        from_http(body, {})


def test_an_id_in_the_place_of_an_object_may_be_slacks() -> None:
    assert from_envelope({"type": "event_callback", "user": "U1", "event": {"user": "U1"}}, {}).body
