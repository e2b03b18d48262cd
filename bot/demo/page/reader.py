"""The person in front of the page, as everything on it is drawn for them."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.demo.page import dates
from bot.demo.page.mrkdwn import mrkdwn, plain
from bot.demo.page.rich_text import rich_text
from bot.demo.state.workspace import Workspace
from bot.demo.values import ConversationKind, JsonObject, Message, Person
from models.value import Value

# Slack joins what one person writes within five minutes under one name.
_SAME_BREATH = 300
_ACCOUNTS = {
    "channel_join": "joined",
    "channel_leave": "left",
    "channel_archive": "archived",
    "channel_unarchive": "un-archived",
}


class Line(Value):
    """One message as the reader sees it, with what stands above it."""

    message: Message
    author: Person | None
    at: datetime
    divider: str | None
    follows: bool


class Reader(Value):
    """Turns ids, instants and texts into what this person sees; ``now`` is in UTC."""

    person: Person
    workspace: Workspace
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone."""
        return ZoneInfo(self.person.tz)

    def text(self, text: JsonObject) -> Markup:
        """Draw a text object."""
        if text["type"] == "mrkdwn":
            return mrkdwn(text["text"], self, verbatim=bool(text.get("verbatim")))
        return plain(text["text"], with_emoji=bool(text.get("emoji")))

    def message_text(self, text: str) -> Markup:
        """Draw the text of a message that has no blocks."""
        return mrkdwn(text, self)

    def account_of(self, message: Message) -> Markup:
        """Draw a line of Slack's own about what the author did."""
        here, inviter = self.channel(message.conversation_id, ""), self.workspace.person(message.inviter_id)
        did = _ACCOUNTS.get(message.subtype, "")
        if message.subtype == "channel_join" and inviter is not None:
            return Markup("was added to {} by {}.").format(here, inviter.real_name)
        return Markup("{} {}.").format(did, here)

    def rich_text(self, block: JsonObject) -> Markup:
        """Draw a rich text block."""
        return rich_text(block, self)

    def mention(self, user_id: str) -> Markup:
        """Draw a person's name, louder when it is the reader's own."""
        person = self.workspace.person(user_id)
        name = person.real_name if person else user_id
        mine = " mention-me" if user_id == self.person.id else ""
        return Markup('<span class="mention{}">@{}</span>').format(mine, name)

    def channel(self, conversation_id: str, label: str) -> Markup:
        """Draw a channel's name; it leads there when the reader is a member."""
        conversation = self.workspace.conversation(conversation_id)
        if conversation is None:
            return Markup('<span class="mention">#{}</span>').format(label or conversation_id)
        if self.person.id not in conversation.member_ids:
            private = conversation.kind is not ConversationKind.CHANNEL
            name = "private channel" if private else f"#{conversation.name}"
            return Markup('<span class="mention">{}</span>').format(name)
        return Markup('<a class="mention" href="/client/{}/{}">#{}</a>').format(
            self.person.id, conversation.id, conversation.name
        )

    def name_of(self, known_id: str) -> str:
        """Return what an id stands for, in the words of the page."""
        conversation = self.workspace.conversation(known_id)
        if conversation is not None:
            direct = conversation.kind is ConversationKind.IM
            return "direct message" if direct else f"#{conversation.name}"
        person = self.workspace.person(known_id)
        return person.real_name if person else known_id

    def clock_of(self, instant: float) -> str:
        """Return the time of day, to the thousandth of a second."""
        return f"{datetime.fromtimestamp(instant, self.zone):%H:%M:%S.%f}"[:-3]

    def moment_of(self, instant: float) -> str:
        """Return the time of day, or the day where it was another one."""
        at = datetime.fromtimestamp(instant, self.zone)
        is_today = at.date() == self.now.astimezone(self.zone).date()
        return f"{at:%H:%M}" if is_today else f"{at:%b} {at.day}"

    def choosable(self, only: JsonObject, chosen: str | None) -> Iterator[tuple[str, str]]:
        """Yield id and name of the channels that a select with this filter offers, and the chosen one."""
        kinds = {ConversationKind.CHANNEL: "public", ConversationKind.PRIVATE: "private"}
        included = only.get("include") or list(kinds.values())
        no_shared = bool(only.get("exclude_external_shared_channels"))
        for each in self.workspace.channels_seen_by(self.person.id):
            fits = kinds[each.kind] in included and not (no_shared and each.is_ext_shared)
            if fits or each.id == chosen:
                yield each.id, each.name

    def local(self, unix: int, template: str) -> str:
        """Fill a date token's template in the reader's zone."""
        at = datetime.fromtimestamp(unix, self.zone)
        return dates.slack_date(at, template, self.now.astimezone(self.zone))

    def lines(self, messages: list[Message]) -> Iterator[Line]:
        """Put names, times and the lines between days to the messages, oldest first."""
        today = self.now.astimezone(self.zone).date()
        before: Line | None = None
        for message in messages:
            at = datetime.fromtimestamp(float(message.ts), self.zone)
            new_day = before is None or before.at.date() != at.date()
            before = Line(
                message=message,
                author=self.workspace.person(message.user_id),
                at=at,
                divider=dates.divider(at.date(), today) if new_day else None,
                follows=before is not None and not new_day and _one_breath(before, message, at),
            )
            yield before


def _one_breath(before: Line, message: Message, at: datetime) -> bool:
    """Tell whether a message needs no name of its own; the first reply and what only one sees need one."""
    special = any(
        each.is_tombstone or each.ephemeral_to or each.subtype for each in (before.message, message)
    )
    same_author = before.message.user_id == message.user_id
    is_first_reply = before.message.ts == message.thread_ts
    return same_author and not (special or is_first_reply) and (at - before.at).total_seconds() < _SAME_BREATH
