"""What the bot may read again: as much as Slack gives, and no more."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.conftest import SetClock
from tests.demo.company import ACME, DANA, LUNCH, MANIFEST, FakeBot, open_company
from tests.demo.running import RunningDemo, running
from tests.demo.test_web_api import refused

METADATA = {"event_type": "drumbeat", "event_payload": {"key": "1"}}
SCOPES = ["chat:write", "channels:history", "groups:history", "im:history"]
MAY_READ: dict[str, object] = {**MANIFEST, "oauth_config": {"scopes": {"bot": SCOPES}}}


@pytest.fixture
def slack(bot: FakeBot, clock: SetClock) -> Iterator[RunningDemo]:
    """Serve a workspace whose app may read."""
    with running(lambda url: open_company(bot, clock, base_url=url, manifest=MAY_READ)) as served:
        yield served


def texts(answer: Any) -> list[str]:  # noqa: ANN401 - any answer of the client.
    return [message["text"] for message in answer["messages"]]


def post(client: WebClient, text: str, **rest: Any) -> str:  # noqa: ANN401 - any argument.
    return str(client.chat_postMessage(channel=ACME, text=text, metadata=METADATA, **rest)["ts"])


def test_a_channel_is_read_newest_first_without_threads_and_what_one_person_saw(
    slack: RunningDemo,
) -> None:
    client = slack.client()
    first = post(client, "first")
    second = post(client, "second")
    post(client, "reply", thread_ts=second)
    client.chat_postEphemeral(channel=ACME, user=DANA, text="for Dana")
    assert texts(client.conversations_history(channel=ACME, limit=2)) == ["second", "first"]
    assert texts(client.conversations_history(channel=ACME, oldest=first)) == ["second"]


def test_a_thread_is_read_oldest_first_after_the_message_it_hangs_on(slack: RunningDemo) -> None:
    client = slack.client()
    head = post(client, "head")
    first = post(client, "one", thread_ts=head)
    post(client, "two", thread_ts=head)
    assert texts(client.conversations_replies(channel=ACME, ts=head)) == ["head", "one", "two"]
    assert texts(client.conversations_replies(channel=ACME, ts=head, oldest=first)) == ["head", "two"]
    assert refused(client.conversations_replies, channel=ACME, ts="1.000000") == "thread_not_found"


def test_metadata_comes_only_when_asked_for(slack: RunningDemo) -> None:
    client = slack.client()
    head = post(client, "head")
    post(client, "reply", thread_ts=head)
    for read, where in (
        (client.conversations_history, {"limit": 1}),
        (client.conversations_replies, {"ts": head}),
    ):
        plain = read(channel=ACME, **where)["messages"]
        assert [message.get("metadata") for message in plain] == [None] * len(plain)
        whole = read(channel=ACME, include_all_metadata=True, **where)["messages"]
        assert [message["metadata"] for message in whole] == [METADATA] * len(plain)


def test_long_conversations_come_in_pages(slack: RunningDemo) -> None:
    client = slack.client()
    before = post(client, "before")
    for number in range(5):
        post(client, str(number))
    pages, cursor = [], None
    while cursor != "":
        page = client.conversations_history(channel=ACME, oldest=before, limit=2, cursor=cursor)
        pages.append(texts(page))
        cursor = (page.get("response_metadata") or {"next_cursor": ""})["next_cursor"]
        assert page["has_more"] is bool(cursor)
    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    for wrong in ("no", "bmV4dF90czoxMg=="):
        assert refused(client.conversations_history, channel=ACME, cursor=wrong) == "invalid_cursor"
    for limit in (0, 1000):
        assert refused(client.conversations_history, channel=ACME, limit=limit) == "invalid_limit"


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C09NONE", "channel_not_found"), ("C01LEADS", "channel_not_found"), (LUNCH, "not_in_channel")],
)
def test_where_the_bot_may_not_read(slack: RunningDemo, channel: str, error: str) -> None:
    assert refused(slack.client().conversations_history, channel=channel) == error
    assert refused(slack.client().conversations_replies, channel=channel, ts="1.0") == error


def test_a_direct_message_is_read_by_its_own_id(slack: RunningDemo) -> None:
    client = slack.client()
    client.chat_postMessage(channel=DANA, text="Good morning")
    assert texts(client.conversations_history(channel="D01DANA"))[0] == "Good morning"
    assert refused(client.conversations_history, channel=DANA) == "channel_not_found"


def test_each_kind_of_conversation_has_a_permission_of_its_own(served: RunningDemo) -> None:
    client = served.client()
    for channel in (ACME, "D01DANA"):
        assert refused(client.conversations_history, channel=channel) == "missing_scope"
        assert refused(client.conversations_replies, channel=channel, ts="1.0") == "missing_scope"
