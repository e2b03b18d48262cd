"""The values the demo workspace is made of: people, conversations, messages and open modals."""

from dataclasses import field
from enum import StrEnum
from typing import Any

from models.value import Value

# What Slack and the bot say to each other is JSON whose shape its type field decides.
JsonObject = dict[str, Any]

# What a person put into an input: text, the chosen option's value, an id, a date, several values, or nothing.
RawValue = str | list[str] | None
RawValues = dict[str, dict[str, RawValue]]

# By block id and action id, then by value: the options that the bot has suggested so far.
Offered = dict[str, dict[str, dict[str, JsonObject]]]


class ConversationKind(StrEnum):
    """What sort of conversation it is."""

    CHANNEL = "channel"
    PRIVATE = "private"
    IM = "im"


class ChangeKind(StrEnum):
    """What a page should look at again."""

    MESSAGE = "message"
    DELETED = "deleted"
    VIEW = "view"
    HOME = "home"
    CONVERSATION = "conversation"
    NOTICE = "notice"
    EXCHANGE = "exchange"
    BOT = "bot"
    CLOCK = "clock"


class Team(Value):
    """A Slack workspace."""

    id: str
    name: str
    domain: str


class AppHome(Value):
    """Which tabs the manifest gives the app, and whether people can write to it."""

    has_home: bool = False
    has_messages: bool = True
    is_read_only: bool = False


class App(Value):
    """The bot as Slack knows it: an app with a bot user."""

    id: str
    name: str
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str]
    description: str = ""
    home: AppHome = AppHome()


class Person(Value, kw_only=True):
    """Somebody with a Slack account, or the app's bot user, or Slackbot.

    ``tz_offset`` is in seconds, as Slack has it; ``persona`` is the short label of the switch between people.
    """

    id: str
    team_id: str
    name: str
    real_name: str
    title: str
    tz: str
    tz_offset: int
    colour: str
    persona: str
    is_guest: bool = False
    is_ultra_guest: bool = False
    is_bot: bool = False
    is_admin: bool = False

    @property
    def initials(self) -> str:
        """Return the first letters of the first and the last name."""
        words = self.real_name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


class Conversation(Value, kw_only=True):
    """A channel or a direct message."""

    id: str
    name: str
    kind: ConversationKind
    topic: str
    member_ids: tuple[str, ...]
    is_ext_shared: bool = False
    is_archived: bool = False
    is_general: bool = False


class Message(Value, kw_only=True):
    """One message; ``ephemeral_to`` names the only person who sees it.

    One with a ``subtype`` is Slack's own account of what its author did, for instance "channel_join";
    ``inviter_id`` is who caused that.
    """

    ts: str
    conversation_id: str
    user_id: str
    text: str
    blocks: list[JsonObject] = field(default_factory=list)
    ephemeral_to: str | None = None
    edited: bool = False
    thread_ts: str | None = None
    reply_count: int = 0
    metadata: JsonObject | None = None
    is_tombstone: bool = False
    subtype: str = ""
    inviter_id: str = ""
    file_ids: list[str] = field(default_factory=list)


class OpenView(Value, kw_only=True):
    """A modal or the app's Home before somebody; ``view`` is what the bot sent, with the ids Slack fills in.

    ``values`` holds only what the person changed, so an input that is not in it shows its initial value;
    ``offered`` what the bot has suggested in selects whose options are its own business.
    """

    id: str
    user_id: str
    view: JsonObject
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    values: RawValues = field(default_factory=dict)
    offered: Offered = field(default_factory=dict)


class Command(Value):
    """A slash command as the manifest declares it."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool = False


class Shortcut(Value):
    """A shortcut as the manifest declares it: in a message's menu, or in the one beside the composer."""

    callback_id: str
    name: str
    description: str
    is_on_message: bool


class Change(Value):
    """Something changed that a page may show."""

    kind: ChangeKind
    conversation_id: str | None = None
    ts: str | None = None
    text: str = ""
