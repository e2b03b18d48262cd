"""Scores and bands: the 25 cells as they were agreed, and what must hold whatever the policy says."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.risks.scoring import BAND_POLICY, LEVELS, REVIEW_DAYS, SeverityBand, band, score

LETTERS = {
    "L": SeverityBand.LOW,
    "M": SeverityBand.MODERATE,
    "H": SeverityBand.HIGH,
    "C": SeverityBand.CRITICAL,
}
GOLDEN = {  # Probability → the bands of impact 1 to 5.
    1: "LLLMH",
    2: "LMMHH",
    3: "LMHHC",
    4: "MHHCC",
    5: "MHCCC",
}
levels = st.sampled_from(LEVELS)


@pytest.mark.parametrize(("probability", "impact"), list(product(LEVELS, LEVELS)))
def test_each_of_the_25_cells_is_in_its_band(probability: int, impact: int) -> None:
    assert band(probability, impact) is LETTERS[GOLDEN[probability][impact - 1]]


def test_the_cells_are_5_low_6_moderate_8_high_and_6_critical() -> None:
    cells = [band(probability, impact) for probability, impact in product(LEVELS, LEVELS)]
    assert [cells.count(each) for each in SeverityBand] == [5, 6, 8, 6]


def test_the_worst_impact_lifts_exactly_one_cell() -> None:
    def by_score_alone(probability: int, impact: int) -> SeverityBand:
        points = probability * impact
        return next(policy.band for policy in BAND_POLICY if points >= policy.lowest_score)

    cells = list(product(LEVELS, LEVELS))
    plain = [by_score_alone(*cell) for cell in cells]
    assert [plain.count(each) for each in SeverityBand] == [5, 7, 7, 6]
    assert [cell for cell in cells if by_score_alone(*cell) is not band(*cell)] == [(1, 5)]


def test_graver_bands_are_reviewed_more_often() -> None:
    assert [REVIEW_DAYS[each] for each in SeverityBand] == [60, 30, 14, 7]


@given(levels, levels)
def test_the_score_is_the_product_and_does_not_mind_the_order(probability: int, impact: int) -> None:
    assert score(probability, impact) == score(impact, probability) == probability * impact


@given(levels, levels, levels, levels)
def test_more_likely_and_worse_never_means_a_lower_score_or_band(
    probability: int, impact: int, more: int, worse: int
) -> None:
    likelier, graver = max(probability, more), max(impact, worse)
    assert score(likelier, graver) >= score(probability, impact)
    assert band(likelier, graver).rank >= band(probability, impact).rank


@given(levels)
def test_only_impact_lifts_a_band(level: int) -> None:
    assert band(level, 5).rank >= SeverityBand.HIGH.rank
    assert band(5, level).rank >= band(level, level).rank


@given(st.integers().filter(lambda level: level not in LEVELS), levels)
def test_a_level_beyond_1_to_5_is_refused(wrong: int, level: int) -> None:
    for pair in ((wrong, level), (level, wrong)):
        with pytest.raises(ValueError, match="1 to 5"):
            score(*pair)
        with pytest.raises(ValueError, match="1 to 5"):
            band(*pair)


def test_bands_read_as_words() -> None:
    assert [each.word for each in SeverityBand] == ["Low", "Moderate", "High", "Critical"]
