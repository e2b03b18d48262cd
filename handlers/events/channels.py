"""Channels: the bot was invited to one, somebody came in, or another company may read it now."""

from uuid import UUID

from handlers.access import Unwelcome, identify
from handlers.asks import Happening
from handlers.kit import Kit
from handlers.origins import origin
from models.value import replace


def joined(kit: Kit, happening: Happening) -> None:
    """Offer to make the channel a project where it was the bot who came. Raises DirectoryDown."""
    workspace_id, channel_id = _place(kit, happening)
    # Whoever came may be a guest, and then the channel must not see what it might see until now.
    kit.look_again(workspace_id, channel_id)
    if happening.user_id == happening.bot_user_id:
        kit.channels.joined(
            workspace_id,
            channel_id,
            _inviter(kit, happening),
            origin=origin(kit, happening),
            now=kit.clock(),
        )


def look_again(kit: Kit, happening: Happening) -> None:
    """Forget who could read the channel a moment ago."""
    kit.look_again(*_place(kit, happening))


def _place(kit: Kit, happening: Happening) -> tuple[UUID, str]:
    return kit.workspace_id(happening.enterprise_id, happening.team_id), happening.text("channel")


def _inviter(kit: Kit, happening: Happening) -> str | None:
    """Return who invited the bot, if it was a colleague: the only one who is told anything."""
    inviter = happening.event.get("inviter")
    if not isinstance(inviter, str):
        return None
    try:
        return identify(kit, replace(happening, user_id=inviter)).person.slack_user_id
    except Unwelcome:
        return None
