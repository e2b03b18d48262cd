"""Keys and references as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.references import KEY_LENGTH, RiskReference, is_key, suggest_key

keys = st.from_regex(r"[A-Z][A-Z0-9]{1,9}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [
        ("ACME-R12", "ACME", 12),
        ("acme-r12", "ACME", 12),
        (" R12 ", None, 12),
        ("r1", None, 1),
        ("A1-R9", "A1", 9),
        ("R-R1", None, None),
        ("ACME-12", None, None),
        ("ACME-R0", None, None),
        ("R012", None, None),
        ("R1234567890", None, None),
        ("R12 now", None, None),
        ("", None, None),
        ("TOOLONGAKEY-R1", None, None),
        ("ACME-R\u0661\u0662", None, None),
    ],
)
def test_a_reference_is_read_as_typed_or_not_at_all(text: str, key: str | None, number: int | None) -> None:
    expected = None if number is None else RiskReference(number, key)
    assert RiskReference.parse(text) == expected


@given(keys, st.integers(1, 999_999_999))
def test_a_reference_reads_back_as_it_is_written(key: str, number: int) -> None:
    for reference in (RiskReference(number, key), RiskReference(number)):
        assert RiskReference.parse(str(reference)) == reference
        assert RiskReference.parse(str(reference).lower()) == reference


@given(st.text())
def test_any_text_is_a_reference_or_none_but_never_an_error(text: str) -> None:
    found = RiskReference.parse(text)
    assert found is None or found.number > 0


@pytest.mark.parametrize("text", ["", "A", "1A", "acme", "ACME-1", "TOOLONGAKEY", "ÄB", "AB\n"])
def test_what_is_no_key(text: str) -> None:
    assert not is_key(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("acme-web", "ACME"),
        ("Studio North", "STUDIO"),
        ("2024 relaunch", "RELAUNCH"),
        ("été", "PROJ"),
        ("", "PROJ"),
    ],
)
def test_a_key_is_guessed_from_a_name(name: str, key: str) -> None:
    assert suggest_key(name) == key


@given(st.text())
def test_every_guess_is_a_key(name: str) -> None:
    assert is_key(suggest_key(name))
    assert len(suggest_key(name)) <= KEY_LENGTH
