"""The app was removed from the workspace, or its token was revoked.

The framework authorizes neither, since nobody may be left who could: Slack is asked whether it is so.
"""

from handlers.asks import Happening
from handlers.kit import Kit


def removed(kit: Kit, happening: Happening) -> None:  # noqa: ARG001 - every event takes what happened.
    """Stop sending."""
    kit.on_removed()


def revoked(kit: Kit, happening: Happening) -> None:
    """Stop sending where a bot's token was revoked, not that of somebody who once used it."""
    if happening.part("tokens").get("bot"):
        kit.on_removed()
