"""Names in a row, and the stop at the end."""

import pytest

from models.rules.sentences import ended, listed


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["ACME"], "ACME"),
        (["ACME", "DELTA"], "ACME and DELTA"),
        (["ACME", "COBALT", "DELTA"], "ACME, COBALT and DELTA"),
    ],
)
def test_names_stand_in_a_row_as_one_says_them(names: list[str], expected: str) -> None:
    assert listed(names) == expected
    assert listed(names, "or") == expected.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drop SSO", "Drop SSO."),
        ("Drop SSO?", "Drop SSO?"),
        ("*Drop SSO?*", "*Drop SSO?*"),
        ("“It broke!”", "“It broke!”"),
        ("Done.", "Done."),
        ("and so on…", "and so on…"),
        ("*version 2.0*", "*version 2.0*."),
    ],
)
def test_a_sentence_ends_once(text: str, expected: str) -> None:
    assert ended(text) == expected
