"""How a client's mood reads in messages; templates take these values as ``mood``."""

from datetime import datetime

from models.read_models import MoodView
from models.rules.moods.mood import MOOD_MARKS, MOOD_WORDS
from models.rules.moods.words import learned_on, when_learned
from models.rules.risks.words import Visibility
from models.value import Value

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


class MoodWords(Value):
    """A reading in words. None where something is not known, for the template to ask."""

    project: str
    value: int
    word: str
    mark: str
    insight: str | None
    author: str
    when: str
    """Such as "today's call", or "call of 2 Oct"."""
    is_restricted: bool


def mood_words(mood: MoodView, now: datetime, *, stays: bool = False) -> MoodWords:
    """Return the reading in words; in a message that ``stays`` no day is "today"."""
    when = learned_on if stays else when_learned
    return MoodWords(
        project=mood.project_key,
        value=mood.value,
        word=MOOD_WORDS[mood.value].lower(),
        mark=MOOD_MARKS[mood.value],
        insight=mood.insight or None,
        author=mood.author.name,
        when=when(mood.source, mood.observed_on, mood.local_day(now)),
        is_restricted=mood.visibility is Visibility.RESTRICTED,
    )


def was(before: MoodView, mood: MoodView) -> str:
    """Return "was 4 twelve days before"."""
    days = (mood.observed_on - before.observed_on).days
    figure = _FIGURES[days] if days < len(_FIGURES) else str(days)
    return f"was {before.value} {figure} day{'' if days == 1 else 's'} before"
