"""The events that the bot subscribes to; the manifest and the listeners derive from this table."""

from enum import StrEnum

from models.value import Value


class EventType(StrEnum):
    """What Slack calls an event when it delivers it."""

    MEMBER_JOINED_CHANNEL = "member_joined_channel"
    CHANNEL_SHARED = "channel_shared"
    CHANNEL_UNSHARED = "channel_unshared"
    MESSAGE = "message"
    USER_CHANGE = "user_change"
    APP_HOME_OPENED = "app_home_opened"
    APP_UNINSTALLED = "app_uninstalled"
    TOKENS_REVOKED = "tokens_revoked"


class Subscribed(Value):
    """An event, by the name under which it is subscribed to, and what for.

    ``scopes`` are the permissions under which Slack sends it, for public and for private channels.
    """

    name: str
    type: EventType
    why: str
    scopes: frozenset[str] = frozenset()


_CHANNELS = frozenset({"channels:read", "groups:read"})

SUBSCRIPTIONS = (
    Subscribed(
        "member_joined_channel",
        EventType.MEMBER_JOINED_CHANNEL,
        "offers to make a channel a project's when the bot is invited, and notices that a guest came in",
        _CHANNELS,
    ),
    Subscribed(
        "channel_shared",
        EventType.CHANNEL_SHARED,
        "keeps confidential posts out at once when a channel is shared with another company",
        _CHANNELS,
    ),
    Subscribed(
        "channel_unshared", EventType.CHANNEL_UNSHARED, "lets posts in again when that is over", _CHANNELS
    ),
    Subscribed(
        "message.im",
        EventType.MESSAGE,
        "answers what somebody writes to the bot itself, in its direct messages",
        frozenset({"im:history"}),
    ),
    Subscribed(
        "user_change",
        EventType.USER_CHANGE,
        "keeps names, time zones and who is a guest up to date; whoever left loses their rights at once",
        frozenset({"users:read"}),
    ),
    Subscribed(
        "app_home_opened",
        EventType.APP_HOME_OPENED,
        "shows people what waits for them and how their projects are when they open the bot's Home tab",
    ),
    Subscribed(
        "app_uninstalled", EventType.APP_UNINSTALLED, "stops sending once the app was removed from Slack"
    ),
    Subscribed("tokens_revoked", EventType.TOKENS_REVOKED, "stops sending once the token was revoked"),
)
