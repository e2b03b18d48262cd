"""Reports as they are read: frozen values over many risks at once."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from models.read_models.projects import ProjectView
from models.rules.references import Reference
from models.rules.risks.ageing import AgeBucket
from models.rules.risks.matrix import Cell
from models.rules.risks.scoring import SeverityBand, band
from models.rules.risks.words import RiskKind
from models.value import Value


class CellRisks(Value):
    """What stands in one cell: how many, and the newest of them by name."""

    count: int
    references: tuple[Reference, ...]


class RiskMatrix(Value):
    """Risks that may still happen, by how likely and how bad; opportunities are kept apart from threats."""

    project: ProjectView | None
    """None for all projects."""
    cells: Mapping[RiskKind, Mapping[Cell, CellRisks]] = field(default_factory=dict)
    not_scored: int = 0

    def of(self, kind: RiskKind) -> Mapping[Cell, CellRisks]:
        """Return the cells of a kind that hold anything."""
        return self.cells.get(kind, {})

    def total(self, kind: RiskKind) -> int:
        """Return how many of a kind are scored."""
        return sum(found.count for found in self.of(kind).values())

    def in_band(self, kind: RiskKind, wanted: SeverityBand) -> int:
        """Return how many of a kind fall in a band."""
        return sum(found.count for cell, found in self.of(kind).items() if band(*cell) is wanted)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is scored."""
        return not any(self.total(kind) for kind in RiskKind)


class WeekPoints(Value):
    """How much risk was carried at the end of a week, or by now in the one that runs."""

    monday: date
    points: int
    risks: int
    """How many risks weighed."""

    @property
    def week(self) -> int:
        """Return the number of the ISO week."""
        return self.monday.isocalendar().week


class BurnDown(Value):
    """The sum of the active scores of all threats carried, week by week, the last being the present one."""

    project: ProjectView | None
    """None for all projects."""
    weeks: tuple[WeekPoints, ...]
    ages: Mapping[AgeBucket, int] = field(default_factory=dict)
    """How many of those that weigh now have been on the register for how long, youngest first."""
    waiting: int = 0
    """How many threats are scored, but only proposed, so that they do not weigh yet."""
    waiting_points: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing weighed in any of the weeks."""
        return not any(week.risks for week in self.weeks)
