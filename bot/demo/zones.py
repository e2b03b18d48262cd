"""How far a time zone is from UTC, as Slack tells it of people."""

from datetime import datetime
from zoneinfo import ZoneInfo


def offset_at(zone: str, at: datetime) -> int:
    """Return the seconds that the zone is ahead of UTC at that instant."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) if offset else 0
