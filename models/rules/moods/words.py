"""The closed sets that a mood reading's fields choose from."""

from datetime import date
from enum import StrEnum

from models.rules.days import day_words


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


_NOUNS = {
    MoodSource.MEETING: "meeting",
    MoodSource.CALL: "call",
    MoodSource.CHAT: "chat",
    MoodSource.EMAIL: "email",
    MoodSource.CSAT: "survey",
}


def near_day(on: date, today: date) -> str:
    """Return "today", "yesterday" or "2 Oct", with the year where it is not this one."""
    return when_learned(None, on, today)


def when_learned(source: MoodSource | None, on: date, today: date) -> str:
    """Return where and when somebody learned it: "today's call", "email of 2 Oct", "yesterday"."""
    return _learned(source, on, today, {0: "today", 1: "yesterday"}.get((today - on).days))


def learned_on(source: MoodSource | None, on: date, today: date) -> str:
    """Return the same by its date, as true weeks later: "call of 2 Oct"."""
    return _learned(source, on, today, None)


def _learned(source: MoodSource | None, on: date, today: date, near: str | None) -> str:
    day = day_words(on, today)
    if source is MoodSource.THIRD_PARTY:
        return f"heard from others {near or f'on {day}'}"
    if source is None:
        return near or day
    noun = _NOUNS[source]
    return f"{near}'s {noun}" if near else f"{noun} of {day}"
