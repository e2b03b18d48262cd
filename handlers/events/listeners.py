"""The listeners of the events, by what Slack calls these."""

from collections.abc import Callable, Mapping

from handlers.asks import Happening
from handlers.edge.routes import Routes
from handlers.events import channels, lines, people, removal
from handlers.events.subscriptions import EventType
from handlers.home import listeners as home
from handlers.kit import Kit

LISTENERS: Mapping[EventType, Callable[[Kit, Happening], None]] = {
    EventType.MEMBER_JOINED_CHANNEL: channels.joined,
    EventType.CHANNEL_SHARED: channels.look_again,
    EventType.CHANNEL_UNSHARED: channels.look_again,
    EventType.MESSAGE: lines.written,
    EventType.USER_CHANGE: people.changed,
    EventType.APP_HOME_OPENED: home.opened,
    EventType.APP_UNINSTALLED: removal.removed,
    EventType.TOKENS_REVOKED: removal.revoked,
}


def register(routes: Routes) -> None:
    """Register every event that the manifest subscribes to."""
    routes.events(LISTENERS)
