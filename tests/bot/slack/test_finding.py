"""Looking for a message of ours: where, with which arguments, and what is made of Slack's answers."""

from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from bot.slack.messenger import SlackMessenger
from models.services.outbox.turns import SentMessage
from scheduled.ports import MessengerError, Method, NotSent, RateLimited, Refused, Unclear
from tests.bot.slack.server import Answer, Api, hanging_up, saying, text

SINCE = datetime(2026, 10, 14, 9, tzinfo=UTC)
THREAD = SentMessage("C1", "1.5")
KEY = "risk:1"


def said(ts: str, key: str | None = None, **rest: object) -> dict[str, Any]:
    """Return a message as Slack lists it."""
    metadata = {"event_type": "drumbeat", "event_payload": {"key": key}}
    return {"type": "message", "ts": ts, "text": KEY} | ({"metadata": metadata} if key else {}) | rest


def page(*messages: dict[str, Any], then: str = "") -> Answer:
    """Return a page of messages."""
    return saying({"ok": True, "messages": messages, "response_metadata": {"next_cursor": then}})


def in_turn(*answers: Answer) -> Answer:
    """Give these answers one after the other."""
    left = list(answers)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        left.pop(0)(handler)

    return answer


def test_a_post_is_found_by_its_key_among_what_was_said_since(api: Api, messenger: SlackMessenger) -> None:
    others = (said("9.0"), said("8.0", "risk:10"), said("7.0", "risk:"))
    api.answers["conversations.history"] = page(*others, said("6.0", KEY))
    assert messenger.find("C1", key=KEY, since=SINCE) == SentMessage("C1", "6.0")
    assert api.asked[0].arguments == {
        "channel": "C1",
        "oldest": f"{int(SINCE.timestamp()) - 300}.000000",
        "limit": "200",
        "include_all_metadata": "1",
    }


def test_another_apps_metadata_is_not_ours(api: Api, messenger: SlackMessenger) -> None:
    foreign = said("6.0") | {"metadata": {"event_type": "other", "event_payload": {"key": KEY}}}
    api.answers["conversations.history"] = page(foreign)
    assert messenger.find("C1", key=KEY, since=SINCE) is None


def test_it_is_not_there_only_once_the_last_page_was_read(api: Api, messenger: SlackMessenger) -> None:
    api.answers["conversations.history"] = in_turn(page(said("9.0"), then="next"), page(said("8.0", KEY)))
    assert messenger.find("C1", key=KEY, since=SINCE) == SentMessage("C1", "8.0")
    api.answers["conversations.history"] = in_turn(page(said("9.0"), then="next"), page(said("8.0")))
    assert messenger.find("C1", key=KEY, since=SINCE) is None
    assert [asked.arguments.get("cursor") for asked in api.asked] == [None, "next"] * 2


def test_a_reply_is_looked_for_in_its_thread(api: Api, messenger: SlackMessenger) -> None:
    api.answers["conversations.replies"] = page(said("1.5", "risk:0"), said("2.5", KEY))
    assert messenger.find("U1", key=KEY, since=SINCE, thread=THREAD) == SentMessage("C1", "2.5")
    asked = api.asked[0].arguments
    assert (asked["channel"], asked["ts"], asked["include_all_metadata"]) == ("C1", "1.5", "1")
    assert api.methods == ["conversations.replies"]


def test_a_thread_that_is_gone_holds_nothing(api: Api, messenger: SlackMessenger) -> None:
    api.answers["conversations.replies"] = saying({"ok": False, "error": "thread_not_found"})
    assert messenger.find("C1", key=KEY, since=SINCE, thread=THREAD) is None


def test_a_persons_message_is_looked_for_in_their_direct_message(api: Api, messenger: SlackMessenger) -> None:
    api.answers["conversations.open"] = saying({"ok": True, "channel": {"id": "D1"}})
    api.answers["conversations.history"] = page(said("6.0", KEY))
    assert messenger.find("U1", key=KEY, since=SINCE) == SentMessage("D1", "6.0")
    assert api.asked[1].arguments["channel"] == "D1"


def test_a_picture_is_found_by_its_files_name(api: Api, messenger: SlackMessenger) -> None:
    api.answers["conversations.history"] = page(
        said("9.0", files=[{"id": "F2", "name": "other.png"}, {"id": "F3", "mode": "tombstone"}]),
        said("8.0", files=[{"id": "F1", "name": "picture-risk_matrix-7.png"}]),
    )
    found = messenger.find("D1", key="picture:risk_matrix:7", since=SINCE)
    assert found == SentMessage("D1", "8.0")


LIMITED = saying({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "7"})


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (LIMITED, RateLimited),
        (saying({"ok": False, "error": "token_revoked"}), NotSent),
        (saying({"ok": False, "error": "missing_scope"}), Refused),
        (saying({"ok": False, "error": "not_in_channel"}), Refused),
        (saying({"ok": False, "error": "internal_error"}), Unclear),
        (text("<h1>Oops</h1>", 500), Unclear),
        (hanging_up, Unclear),
    ],
    ids=["429", "token", "scope", "left", "half done", "500", "lost reply"],
)
def test_what_cannot_be_read_is_never_taken_for_empty(
    api: Api, messenger: SlackMessenger, answer: Answer, meaning: type[MessengerError]
) -> None:
    api.answers["conversations.history"] = in_turn(page(said("9.0"), then="next"), answer)
    with pytest.raises(MessengerError) as raised:
        messenger.find("C1", key=KEY, since=SINCE)
    assert type(raised.value) is meaning
    if isinstance(raised.value, RateLimited):
        assert (raised.value.method, raised.value.retry_after) == (Method.FIND, 7)
