"""Where risks stand by how likely and how bad they are: which count, and in which order cells are told."""

from models.rules.risks.scoring import LEVELS, SeverityBand, band, score
from models.rules.risks.states import RiskStatus

PLOTTED = frozenset(
    {
        RiskStatus.PROPOSED,
        RiskStatus.OPEN,
        RiskStatus.TREATING,
        RiskStatus.ACCEPTED,
        RiskStatus.ESCALATED,
    }
)
"""States of what may still happen. What happened is an issue by then, and no longer likely or unlikely."""

Cell = tuple[int, int]
"""How likely and how bad, 1 to 5 each."""


def cells_of(wanted: SeverityBand) -> tuple[Cell, ...]:
    """Return the cells of a band, gravest first; of equal scores the one that would be worse."""
    cells = [(probability, impact) for probability in LEVELS for impact in LEVELS]
    in_band = [cell for cell in cells if band(*cell) is wanted]
    return tuple(sorted(in_band, key=lambda cell: (score(*cell), cell[1]), reverse=True))
