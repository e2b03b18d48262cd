"""What the measurements say: medians with their range, ratios round by round, and goals beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


@dataclass(frozen=True)
class Sample:
    """What one stretch of load on one arm gave, seen from the generator."""

    answers: int
    """Answers in the measured time."""
    answered: int
    """All answers, also those before and after the measured time: what Slack would have been told."""
    unexpected: int
    """Answers that were not what the arm has to say."""
    seconds: float
    p50_ms: float
    p99_ms: float
    load: float
    """The generator's own share of one core."""

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return self.answers / self.seconds


@dataclass(frozen=True)
class Spread:
    """The median of some rounds, and the lowest and the highest of them."""

    middle: float
    low: float
    high: float

    def show(self, decimals: int = 0) -> str:
        """Return it as ``4,200 (4,000–4,500)``."""
        middle, low, high = (f"{value:,.{decimals}f}" for value in (self.middle, self.low, self.high))
        return f"{middle} ({low}–{high})"


def spread(values: Sequence[float]) -> Spread:
    """Return the spread of at least one value."""
    return Spread(median(values), min(values), max(values))


def ratio(values: Sequence[float], references: Sequence[float]) -> Spread:
    """Divide round by round: what disturbed the machine in a round disturbed both arms of it."""
    return spread([value / reference for value, reference in zip(values, references, strict=True)])


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of values in ascending order."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class Bound(StrEnum):
    """Which side of its figure a goal asks for."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    BELOW = "<"


@dataclass(frozen=True)
class Goal:
    """A figure to reach."""

    bound: Bound
    figure: float

    def is_met(self, value: float) -> bool:
        """Tell whether the value reaches the figure."""
        match self.bound:
            case Bound.AT_LEAST:
                return value >= self.figure
            case Bound.AT_MOST:
                return value <= self.figure
            case Bound.BELOW:
                return value < self.figure

    def verdict(self, reached: Spread) -> str:
        """Return the ratio and whether its median meets the goal; a goal is told, never enforced."""
        return f"{reached.show(2)} {'met' if self.is_met(reached.middle) else 'NOT MET'}"

    def __str__(self) -> str:
        return f"{self.bound} {self.figure:g}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns, the headings first: words to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
