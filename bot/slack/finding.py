"""Looking for a message of ours in what was said: by the key that each carries for ever."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from models.services.outbox.turns import SentMessage

METADATA_EVENT = "drumbeat"
"""What marks a message as ours; its payload holds the message's unique key."""

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far our clock may be ahead of Slack's: with more, Slack's signed requests are not taken either."""

MESSAGES_A_PAGE = 200


def metadata(key: str) -> dict[str, Any]:
    """Return what a message carries, unseen by people."""
    return {"event_type": METADATA_EVENT, "event_payload": {"key": key}}


def file_name(key: str, suffix: str) -> str:
    """Return the name of a file, which has no metadata of its own."""
    return f"{_stem(key)}.{suffix}"


def _stem(key: str) -> str:
    return key.replace(":", "-")


def find(
    client: WebClient, conversation_id: str, key: str, since: datetime, thread_ts: str | None
) -> SentMessage | None:
    """Read what was said since, page by page, and return the message of that key.

    Replies are not in a conversation's history, so a thread is read for itself. Raises what the client
    raises.
    """
    oldest = f"{(since - CLOCKS_DIFFER).timestamp():.6f}"
    for message in _said(client, conversation_id, oldest, thread_ts):
        if _is_of(message, key):
            return SentMessage(conversation_id, str(message["ts"]))
    return None


def _said(
    client: WebClient, conversation_id: str, oldest: str, thread_ts: str | None
) -> Iterator[Mapping[str, Any]]:
    asked: dict[str, Any] = {
        "channel": conversation_id,
        "oldest": oldest,
        "limit": MESSAGES_A_PAGE,
        "include_all_metadata": True,
    }
    cursor: str | None = None
    while cursor != "":
        if thread_ts is None:
            page = client.conversations_history(**asked, cursor=cursor)
        else:
            page = client.conversations_replies(**asked, ts=thread_ts, cursor=cursor)
        yield from page["messages"]
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")


def _is_of(message: Mapping[str, Any], key: str) -> bool:
    names = [str(each.get("name")) for each in message.get("files") or ()]
    return message.get("metadata") == metadata(key) or _stem(key) in [
        name.rpartition(".")[0] for name in names
    ]
