"""Troubles of the network and of Slack that a test asks for in advance."""

from collections import defaultdict, deque
from enum import StrEnum

from models.value import Value


class FaultKind(StrEnum):
    """What goes wrong with one call of the Web API."""

    SERVER_ERROR = "server_error"  # Slack answers 500 and does nothing.
    RATE_LIMITED = "rate_limited"  # Slack answers 429 and does nothing.
    TIMEOUT = "timeout"  # Slack does nothing and never answers.
    NO_REPLY = "no_reply"  # Slack does it and never answers.
    LOST_REPLY = "lost_reply"  # Slack does it, and the connection breaks before the answer.


class Fault(Value):
    """One trouble; ``retry_after`` is in seconds and goes with RATE_LIMITED."""

    kind: FaultKind
    retry_after: int = 1


class Faults:
    """The troubles still to come, by method; each happens once, in the order in which they were asked for."""

    def __init__(self) -> None:
        """Start with none."""
        self._coming: dict[str, deque[Fault]] = defaultdict(deque)

    def next(self, method: str, *faults: Fault) -> None:
        """Let the next calls of the method go wrong like this."""
        self._coming[method].extend(faults)

    def take(self, method: str) -> Fault | None:
        """Return what goes wrong with this call."""
        coming = self._coming[method]
        return coming.popleft() if coming else None
