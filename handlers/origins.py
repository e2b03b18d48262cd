"""Where a change came from, and what day it is for the person who makes it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.asks import Ask
from handlers.kit import Kit
from models.read_models import Actor, Origin


def origin(kit: Kit, ask: Ask, part: str = "") -> Origin:
    """Return the origin of a change; ``part`` tells apart two changes of one delivery."""
    return Origin(correlation_id=kit.correlation_id(), receipt=f"{ask.receipt}{part}")


def here_and_now(kit: Kit, actor: Actor) -> datetime:
    """Return the instant as the clock shows it where the person is."""
    return kit.clock().astimezone(ZoneInfo(actor.timezone))


def today(kit: Kit, actor: Actor) -> date:
    """Return the day it is where the person is."""
    return here_and_now(kit, actor).date()
