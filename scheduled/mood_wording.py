"""How a client's mood reads in messages; templates take these values as ``mood``."""

from dataclasses import dataclass
from datetime import date

from models.read_models import MoodView
from models.rules.mood import MOOD_MARKS, MOOD_WORDS
from models.rules.mood_words import MoodSource
from models.rules.risk_words import Visibility
from scheduled.wording import plain_day

_NOUNS = {
    MoodSource.MEETING: "meeting",
    MoodSource.CALL: "call",
    MoodSource.CHAT: "chat",
    MoodSource.EMAIL: "email",
    MoodSource.CSAT: "survey",
}
_FIGURES = (
    "today",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@dataclass(frozen=True)
class MoodWords:
    """A reading in words. None where something is not known, for the template to ask."""

    project: str
    value: int
    word: str
    mark: str
    insight: str | None
    author: str
    when: str
    """Such as "today's call"."""
    is_restricted: bool


def mood_words(mood: MoodView, today: date) -> MoodWords:
    """Return the reading in words."""
    return MoodWords(
        project=mood.project_key,
        value=mood.value,
        word=MOOD_WORDS[mood.value].lower(),
        mark=MOOD_MARKS[mood.value],
        insight=mood.insight or None,
        author=mood.author.name,
        when=when(mood.source, mood.observed_on, today),
        is_restricted=mood.visibility is Visibility.RESTRICTED,
    )


def when(source: MoodSource | None, on: date, today: date) -> str:
    """Return where and when it was learned: "today's call", "email of 2 Oct", "yesterday"."""
    near = {0: "today", 1: "yesterday"}.get(max(0, (today - on).days))
    if source is MoodSource.THIRD_PARTY:
        return f"heard from others {near or f'on {plain_day(on, today)}'}"
    if source is None:
        return near or plain_day(on, today)
    noun = _NOUNS[source]
    return f"{near}'s {noun}" if near else f"{noun} of {plain_day(on, today)}"


def was(before: MoodView, on: date, today: date) -> str:
    """Return "was 4 twelve days ago", or "before" where the reading itself is not of today."""
    days = (on - before.observed_on).days
    figure = _FIGURES[days] if days < len(_FIGURES) else str(days)
    since = "ago" if on >= today else "before"
    return f"was {before.value} {figure} day{'' if days == 1 else 's'} {since}"
