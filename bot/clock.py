"""The one place that asks the machine what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)
