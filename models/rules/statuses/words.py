"""How a status reads, in messages and on screens alike; none of it accuses."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from models.rules.moods.mood import MOOD_WORDS
from models.rules.statuses.inside import Look
from models.rules.statuses.periods import MANY, Cadence
from models.rules.statuses.rag import Colour, Movement
from models.rules.statuses.suggestions import Ground

_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
NOT_EXPLAINED = "but not explained yet"
"""What follows "Green, " where something inside says otherwise and nobody has said why."""
_NO_NAMES = {"a", "all", "an", "both", "each", "every", "it", "no", "our", "the", "their", "they", "we"}
"""What begins a sentence with a capital and is written small within one."""
_TIMES = ("", "once", "twice", "three times")


def in_a_row_words(missed: int) -> str:
    """Return for how many periods in a row a status isn't in: "3 in a row", and "" for a single one."""
    if missed > MANY:
        return "more than ten in a row"
    return f"{missed} in a row" if missed > 1 else ""


def _named(names: tuple[str, ...]) -> str:
    return f" ({', '.join(names)})" if names else ""


def _critical(figure: int, names: tuple[str, ...]) -> str:
    return f"{'a critical risk is' if figure == 1 else f'{figure} critical risks are'} open{_named(names)}"


def _mood(figure: int, _names: tuple[str, ...]) -> str:
    if figure in MOOD_WORDS:
        return f"the client's mood was {figure}, {MOOD_WORDS[figure].lower()}, lately"
    return "the client's mood has an alert"


def _late(figure: int, names: tuple[str, ...]) -> str:
    return f"{figure} steps against serious risks are overdue{_named(names)}"


def _milestone(figure: int, names: tuple[str, ...]) -> str:
    return f"a milestone is {figure} working days overdue{_named(names)}"


def _answer(_figure: int, _names: tuple[str, ...]) -> str:
    # Which answer, and whose, only those may read to whom it was promised.
    return "somebody at the client was dissatisfied in a survey lately"


_FINDING_WORDS: Mapping[Look, Callable[[int, tuple[str, ...]], str]] = {
    Look.CRITICAL_RISK: _critical,
    Look.CLIENT_MOOD: _mood,
    Look.MILESTONE: _milestone,
    Look.CLIENT_ANSWER: _answer,
    Look.LATE_RESPONSES: _late,
}
"""The looks that have records to look at."""

LOOK_WORDS: Mapping[Look, str] = {
    Look.CRITICAL_RISK: "risks",
    Look.CLIENT_MOOD: "the client's mood",
    Look.PERFORMANCE: "cost and schedule performance",
    Look.MILESTONE: "milestones",
    Look.CLIENT_ANSWER: "survey answers",
    Look.LATE_RESPONSES: "steps against risks",
}
"""What each look looks at."""

_GROUND_WORDS: Mapping[Ground, Callable[[Fraction], str]] = {
    Ground.SLIP: lambda share: (
        f"milestones {float(share):.0%} later than agreed" if share else "milestones as agreed"
    ),
    Ground.REJECTED: lambda count: f"{count or 'no'} deliverable{'' if count == 1 else 's'} rejected",
    Ground.MOOD: lambda figure: f"client mood {figure}, {MOOD_WORDS[int(figure)].lower()}",
    Ground.MOOD_FALLING: lambda figure: f"client mood {figure} and falling",
}


def criteria_words(criteria: str) -> str:
    """Return by what people see that it is green again, as "Green when …" goes on; a name stays as it is."""
    first, space, rest = criteria.rstrip(".").partition(" ")
    return f"{first.lower() if first.lower() in _NO_NAMES else first}{space}{rest}"


def finding_words(look: Look, figure: int, names: tuple[str, ...]) -> str:
    """Return what a look found, as "green, but …" goes on."""
    return _FINDING_WORDS[look](figure, names)


def ground_words(ground: Ground, figure: Fraction) -> str:
    """Return what a suggestion rests on, such as "client mood 2, unhappy"."""
    return _GROUND_WORDS[ground](figure)


def movement_words(way: Movement, before: Colour | None, periods: int, cadence: Cadence) -> str:
    """Return "↓ from Green", or "→ third week"; "" where there is nothing to compare with."""
    if way is Movement.SAME:
        return f"{way.arrow} {ordinal(periods)} {'week' if cadence is Cadence.WEEKLY else 'month'}"
    return f"{way.arrow} from {before.word}" if before and way is not Movement.NOT_KNOWN else ""


def slip_words(slips: int) -> str:
    """Return "moved twice"; "" for a target that stands."""
    if not slips:
        return ""
    return f"moved {_TIMES[slips] if slips < len(_TIMES) else f'{slips} times'}"


def ordinal(number: int) -> str:
    """Return "third", or "12th" where the word would be long."""
    return _ORDINALS[number] if number < len(_ORDINALS) else f"{number}th"
