"""The matrix: every cell is in one band, and bands tell their cells gravest first."""

from models.rules.risks.matrix import PLOTTED, cells_of
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import LIVE, RiskStatus


def test_every_cell_is_told_once() -> None:
    told = [cell for band in SeverityBand for cell in cells_of(band)]
    assert len(told) == len(set(told)) == 25
    assert [len(cells_of(band)) for band in SeverityBand] == [5, 6, 8, 6]


def test_the_gravest_cell_comes_first_and_of_equals_the_worse() -> None:
    assert cells_of(SeverityBand.CRITICAL) == ((5, 5), (4, 5), (5, 4), (4, 4), (3, 5), (5, 3))
    assert cells_of(SeverityBand.HIGH)[-1] == (1, 5)


def test_what_happened_is_no_longer_likely_or_unlikely() -> None:
    assert {RiskStatus.OCCURRED} == LIVE - PLOTTED
