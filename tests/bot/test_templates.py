"""What ``drumbeat templates check`` says at the end."""

import pytest

from bot.templates import _all_well


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (None, "TEMPLATES_DIR is not set, so there are none of your own."),
        (0, "TEMPLATES_DIR holds none of your own yet."),
        (1, "and so does your one."),
        (3, "and so do your 3."),
    ],
)
def test_it_says_how_many_of_ones_own_fit(own: int | None, said: str) -> None:
    told = _all_well(70, own)
    assert told.startswith("All 70 texts of Drumbeat's fit")
    assert told.endswith(said)
