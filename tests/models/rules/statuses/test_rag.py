"""Red, amber, green: golden values, and what holds whatever the colours are."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.statuses.rag import (
    Colour,
    Dimension,
    Movement,
    OverrideFault,
    RagStatus,
    before_of,
    movement,
    overall,
    override_fault,
    periods_at,
)

G, A, R, N = Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NOT_APPLICABLE
COLOURS = st.fixed_dictionaries({dimension: st.sampled_from(Colour) for dimension in Dimension})


def of(letters: str) -> Mapping[Dimension, Colour]:
    """Return the colours of six letters, in the order of the dimensions."""
    return dict(zip(Dimension, ({"G": G, "A": A, "R": R, "-": N}[each] for each in letters), strict=True))


@pytest.mark.parametrize(
    ("letters", "worst"),
    [
        ("GGGGGG", G),
        ("GGAGGG", A),
        ("GAGRGG", R),
        ("G-G-GG", G),
        ("---GGG", A),
        ("---RGG", R),
        ("-----A", A),
        ("------", A),
    ],
)
def test_overall_is_the_worst_and_what_does_not_apply_is_excluded(letters: str, worst: Colour) -> None:
    assert overall(of(letters)) is worst


@given(COLOURS)
def test_nothing_is_green_overall_with_more_than_two_left_out(colours: Mapping[Dimension, Colour]) -> None:
    left_out = list(colours.values()).count(N)
    if overall(colours) is G:
        assert left_out <= 2
        assert set(colours.values()) <= {G, N}


@given(COLOURS, st.sampled_from(Dimension))
def test_a_worse_dimension_never_makes_it_better(
    colours: Mapping[Dimension, Colour], which: Dimension
) -> None:
    assert overall({**colours, which: R}).rank >= overall(colours).rank


@pytest.mark.parametrize(
    ("letters", "declared", "reason", "fault"),
    [
        ("GGGGGG", R, "", None),
        ("AGGGGG", R, "", None),
        ("AGGGGG", A, "", None),
        ("AGGGGG", G, "Covered by the fallback.", None),
        ("RGGGGG", A, "They moved the date.", None),
        ("RGGGGG", A, "  ", OverrideFault.NO_REASON),
        ("AGGGGG", G, "", OverrideFault.NO_REASON),
        ("RGGGGG", G, "All is well.", OverrideFault.TOO_FAR),
        ("---GGG", G, "All is well.", OverrideFault.TOO_LITTLE_KNOWN),
        ("GGGGGG", N, "All is well.", OverrideFault.NOT_A_COLOUR),
    ],
)
def test_worse_is_free_and_one_step_better_wants_a_reason(
    letters: str, declared: Colour, reason: str, fault: OverrideFault | None
) -> None:
    assert override_fault(of(letters), declared, reason) is fault


def test_an_override_shows_what_was_computed() -> None:
    assert RagStatus(A, R).words == "Amber (computed Red)"
    assert RagStatus(A, A).words == "Amber"


def test_no_colour_is_told_by_its_mark_alone() -> None:
    assert [each.letter for each in Colour] == ["G", "A", "R", "–"]
    assert len({each.mark for each in Colour}) == len(Colour)


@pytest.mark.parametrize(
    ("before", "after", "arrow"),
    [
        (A, G, "↑"),
        (R, A, "↑"),
        (A, A, "→"),
        (G, A, "↓"),
        (A, R, "↓"),
        (None, G, ""),
        (N, G, ""),
        (G, N, ""),
    ],
)
def test_arrows(before: Colour | None, after: Colour, arrow: str) -> None:
    assert movement(before, after).arrow == arrow


@pytest.mark.parametrize(
    ("earlier", "before"),
    [((G, R), G), ((None, R), R), ((None, None, R), None), ((), None)],
)
def test_an_arrow_reaches_back_two_weeks_and_no_further(
    earlier: tuple[Colour | None, ...], before: Colour | None
) -> None:
    assert before_of(earlier) is before


@pytest.mark.parametrize(
    ("now", "earlier", "weeks"),
    [
        (R, (), 1),
        (R, (R, R, A), 3),
        (R, (R, None, R, G), 3),
        (R, (R, None, A), 2),
        (A, (None, A, None), 2),
        (A, (None, None), 1),
        (G, (G, G, A), 3),
        (G, (G, None, G), 2),
        (A, (R, A), 1),
    ],
)
def test_weeks_at_a_colour(now: Colour, earlier: tuple[Colour | None, ...], weeks: int) -> None:
    assert periods_at(now, earlier) == weeks


@given(st.sampled_from(Colour), st.sampled_from(Colour))
def test_the_way_back_is_the_other_way(one: Colour, other: Colour) -> None:
    opposite = {Movement.BETTER: Movement.WORSE, Movement.WORSE: Movement.BETTER}
    there, back = movement(one, other), movement(other, one)
    assert back is opposite.get(there, there)
