"""The tabs of the app: its Home, its direct messages, and what there is to know about it."""

from enum import StrEnum

from bot.demo.page.seat import Seat
from bot.demo.values import ConversationKind


class Tab(StrEnum):
    """What is shown of the app."""

    HOME = "home"
    MESSAGES = "messages"
    ABOUT = "about"


OPENING = frozenset({Tab.HOME, Tab.MESSAGES})
"""The tabs of whose opening Slack tells the app."""


def tab_of(seat: Seat, wanted: str | None) -> Tab | None:
    """Return the tab to show; None in a channel, which has none."""
    if seat.conversation.kind is not ConversationKind.IM:
        return None
    offered = {str(tab): tab for tab in tabs_of(seat)}
    return offered.get(wanted or "") or offered.get(Tab.MESSAGES) or next(iter(offered.values()))


def tabs_of(seat: Seat) -> list[Tab]:
    """Return the tabs that the manifest gives the app."""
    home = seat.reader.workspace.app.home
    has = {Tab.HOME: home.has_home, Tab.MESSAGES: home.has_messages, Tab.ABOUT: True}
    return [tab for tab in Tab if has[tab]]
