"""The closed sets that a mood reading's fields choose from."""

from enum import StrEnum


class MoodSource(StrEnum):
    """Where somebody learned how the client is."""

    MEETING = "meeting"
    CALL = "call"
    CHAT = "chat"
    EMAIL = "email"
    CSAT = "csat"
    THIRD_PARTY = "third_party"


class HeardKind(StrEnum):
    """What a client let fall that somebody should take up."""

    REQUEST = "request"
    OPPORTUNITY = "opportunity"


class AlertOutcome(StrEnum):
    """How a mood alert came to its end."""

    CLEARED = "cleared"
    """The client was well again, twice in a row."""
    TAKEN_BACK = "taken_back"
    """What had caused it was deleted or changed."""
