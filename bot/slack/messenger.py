"""The clockwork's messenger, over Slack's Web API."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from bot.deadline import over_within
from bot.slack.client import SlackClient
from bot.slack.directory import as_profile, members
from bot.slack.failures import failures, require_taken, unseen
from bot.slack.finding import file_name, find, metadata
from bot.slack.render import blocks, shorten, summary
from models.read_models import Profile
from models.services.outbox.turns import SentMessage
from scheduled.ports import ChannelFacts, Method, Refusal, Refused
from scheduled.posts import Document, File, Post

ALT_TEXT_LENGTH = 1000
COMMENT_LENGTH = 4000

_NO_THREAD = "thread_not_found"
_PEOPLE = ("U", "W")
_DIRECT = (*_PEOPLE, "D")


class SlackMessenger:
    """Posts with one workspace's client."""

    def __init__(self, client: SlackClient) -> None:
        """Take a client without retry handlers of its own."""
        self._client = client

    def ending_within(self, duration: timedelta) -> AbstractContextManager[None]:
        """Have all calls that are made meanwhile end within so long; none is begun later."""
        return over_within(duration.total_seconds())

    def post(self, channel_id: str, post: Post, *, key: str) -> SentMessage:
        """Post to a channel, or to a person by their id."""
        return self._post(channel_id, None, post, key)

    def reply(self, to: SentMessage, post: Post, *, key: str) -> SentMessage:
        """Answer in a message's thread."""
        return self._post(to.channel_id, to.ts, post, key)

    def _post(self, channel_id: str, thread_ts: str | None, post: Post, key: str) -> SentMessage:
        with failures(Method.POST):
            answer = self._client.chat_postMessage(
                channel=channel_id,
                thread_ts=thread_ts,
                **_content(post),
                metadata=metadata(key),
                unfurl_links=False,
                unfurl_media=False,
            )
            return SentMessage(channel_id=str(answer["channel"]), ts=str(answer["ts"]))

    def update(self, message: SentMessage, post: Post) -> None:
        """Replace what a message says. Its metadata stays, since none is given."""
        with failures(Method.UPDATE):
            self._client.chat_update(channel=message.channel_id, ts=message.ts, **_content(post))

    def delete(self, message: SentMessage) -> None:
        """Remove a message; one that is gone already is no error."""
        try:
            with failures(Method.DELETE):
                self._client.chat_delete(channel=message.channel_id, ts=message.ts)
        except Refused as refused:
            if refused.code != "message_not_found":
                raise

    def ephemeral(self, channel_id: str, recipient_id: str, post: Post) -> None:
        """Show something to one person in a channel."""
        with failures(Method.EPHEMERAL):
            self._client.chat_postEphemeral(channel=channel_id, user=recipient_id, **_content(post))

    def upload(self, channel_id: str, file: File, *, key: str, thread: SentMessage | None = None) -> None:
        """Hand over a file. Nobody sees it before the last of the calls, so the others are repeatable."""
        alt_text, suffix, content = _described(file)
        with unseen(), failures(Method.UPLOAD):
            place = thread.channel_id if thread else self._conversation(channel_id)
            ticket = self._client.files_getUploadURLExternal(
                filename=file_name(key, suffix),
                length=len(content),
                alt_txt=shorten(alt_text, ALT_TEXT_LENGTH) if alt_text else None,
            )
            require_taken(self._client.send_bytes(str(ticket["upload_url"]), content))
        with failures(Method.UPLOAD):
            self._client.files_completeUploadExternal(
                files=[{"id": str(ticket["file_id"]), "title": file.title}],
                channel_id=place,
                initial_comment=shorten(file.comment, COMMENT_LENGTH),
                thread_ts=thread.ts if thread else None,
            )

    def _conversation(self, channel_id: str) -> str:
        """Return where a file can go: to a person only by the id of their direct message."""
        if not channel_id.startswith(_PEOPLE):
            return channel_id
        return str(self._client.conversations_open(users=channel_id)["channel"]["id"])

    def find(
        self, channel_id: str, *, key: str, since: datetime, thread: SentMessage | None = None
    ) -> SentMessage | None:
        """Look for a message of ours; of a person's direct message only the conversation has a history."""
        try:
            with failures(Method.FIND):
                place = thread.channel_id if thread else self._conversation(channel_id)
                return find(self._client, place, key, since, thread.ts if thread else None)
        except Refused as refused:
            if refused.code != _NO_THREAD:
                raise
            return None

    def is_direct(self, channel_id: str) -> bool:
        """Tell a person or a direct message by the id's first letter."""
        return channel_id.startswith(_DIRECT)

    def channel_facts(self, channel_id: str) -> ChannelFacts:
        """Ask who can read the channel; its members only where nothing else speaks against it."""
        with failures(Method.LOOK_UP):
            channel: dict[str, Any] = self._client.conversations_info(channel=channel_id)["channel"]
            refusal = _refusal(channel)
            if refusal is not None:
                return ChannelFacts(refusal)
            return ChannelFacts(None, members(self._client, channel_id))

    def profile(self, slack_user_id: str) -> Profile:
        """Ask about one person."""
        with failures(Method.LOOK_UP):
            return as_profile(self._client.users_info(user=slack_user_id)["user"])


def _described(file: File) -> tuple[str, str, bytes]:
    """Return what a file shows in words, its suffix, and its bytes."""
    if isinstance(file, Document):
        return "", file.suffix, file.content
    return file.alt_text, "png", file.png


def _content(post: Post) -> dict[str, Any]:
    return {"text": summary(post), "blocks": blocks(post)}


def _refusal(channel: dict[str, Any]) -> Refusal | None:
    if channel.get("is_ext_shared"):
        return Refusal.EXTERNAL
    if channel.get("is_pending_ext_shared"):
        return Refusal.PENDING_EXTERNAL
    if channel.get("is_archived"):
        return Refusal.ARCHIVED
    if not channel.get("is_member"):
        return Refusal.NOT_IN_CHANNEL
    return None
