"""Client satisfaction: the question's five answers, and what many of them come to.

Source: satisfaction is the share of the two best answers ("top-two-box"), as survey publishers count it; the
interval is Wilson's score interval, which stays honest with few answers. A mean is never called satisfaction.
"""

from math import sqrt

from models.value import Value

RATINGS = range(1, 6)
"""An answer is a whole number from 1 to 5."""

RATING_WORDS = {
    1: "Very dissatisfied",
    2: "Dissatisfied",
    3: "Neither",
    4: "Satisfied",
    5: "Very satisfied",
}
SATISFIED_FROM = 4
"""This answer and better count as satisfied."""

LOW_ANSWER = 2
"""An answer of this value or below wants somebody to speak with the client at once."""

HEADLINE_FROM = 5
"""With fewer answers a percentage says more than anybody knows; then it is "k of n"."""

_Z = 1.959963984540054
"""The normal quantile of a 95 % interval."""


class Interval(Value):
    """Between which shares, from 0 to 1, the true one probably lies."""

    lower: float
    upper: float


class TopTwoBox(Value):
    """How many of the answers were satisfied ones."""

    satisfied: int = 0
    answers: int = 0

    @property
    def share(self) -> float | None:
        """Return the share from 0 to 1; None without an answer."""
        return self.satisfied / self.answers if self.answers else None

    @property
    def percent(self) -> int | None:
        """Return the share as a whole percentage to headline; None while there are too few answers."""
        if self.answers < HEADLINE_FROM:
            return None
        return whole_percent(self.satisfied, self.answers)

    @property
    def interval(self) -> Interval | None:
        """Return Wilson's interval of 95 %; None without an answer."""
        return wilson(self.satisfied, self.answers)


class ResponseRate(Value):
    """How many answered of those whom a question reached."""

    completed: int = 0
    delivered: int = 0

    @property
    def percent(self) -> int | None:
        """Return it as a whole percentage; None where nobody was reached."""
        return whole_percent(self.completed, self.delivered) if self.delivered else None


def wilson(successes: int, trials: int) -> Interval | None:
    """Return Wilson's score interval of 95 % for a share; None without a trial."""
    if trials == 0:
        return None
    share, square = successes / trials, _Z**2
    middle = share + square / (2 * trials)
    margin = _Z * sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    scale = 1 + square / trials
    return Interval(max(0.0, (middle - margin) / scale), min(1.0, (middle + margin) / scale))


def whole_percent(part: int, whole: int) -> int:
    """Return a part as a whole percentage, halves rounded up."""
    return (200 * part + whole) // (2 * whole)


def is_low(rating: int) -> bool:
    """Tell whether an answer wants somebody to speak with the client at once."""
    return rating <= LOW_ANSWER
