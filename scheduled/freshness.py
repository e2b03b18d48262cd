"""People whom nobody asked about for long are looked up again, a few at a time, the stalest first."""

from datetime import datetime, timedelta
from logging import getLogger
from uuid import UUID

from models.services.people import People
from scheduled.ports import Messenger, NotSent, RateLimited, Refused, Unclear

log = getLogger(__name__)

STALE_AFTER = timedelta(hours=24)
AT_ONCE = 30
"""People in one go; a chat program allows a hundred such questions a minute, and people come first."""


def refresh_stalest(
    people: People, messenger: Messenger, workspace_id: UUID, home_team_id: str, *, now: datetime
) -> int:
    """Describe the stalest people anew, and return how many; stop where the other side asks for patience."""
    refreshed = 0
    for slack_user_id in people.stalest(workspace_id, checked_before=now - STALE_AFTER, limit=AT_ONCE):
        try:
            profile = messenger.profile(slack_user_id)
        except Refused:
            # Somebody of a channel that is shared no more, perhaps. Others must have their turn, too.
            people.lost(workspace_id, slack_user_id, now=now)
            continue
        except (RateLimited, NotSent, Unclear) as failure:
            log.info("people were not looked up: %s", type(failure).__name__)
            break
        people.remember(workspace_id, home_team_id, profile, now=now)
        refreshed += 1
    return refreshed
