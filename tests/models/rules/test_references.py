"""Keys and references as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.references import KEY_LENGTH, Marker, Reference, is_key, suggest_key

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
    expected = None if number is None else Reference(number, key)
    assert Reference.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("ACME-R3", Marker.RISK),
        ("ACME-I3", Marker.ISSUE),
        ("acme-a3", Marker.ASSUMPTION),
        ("ACME-DEP3", Marker.DEPENDENCY),
        ("acme-Dec3", Marker.DECISION),
    ],
)
def test_a_reference_alone_tells_which_kind_of_record_it_names(text: str, marker: Marker) -> None:
    assert Reference.parse(text) == Reference(3, "ACME", marker)


@pytest.mark.parametrize("text", ["ACME-D3", "ACME-DE3", "ACME-DECI3", "DEP", "I18n", "A4 printer"])
def test_other_letters_name_nothing(text: str) -> None:
    assert Reference.parse(text) is None


@given(keys, st.integers(1, 999_999_999), st.sampled_from(Marker))
def test_a_reference_reads_back_as_it_is_written(key: str, number: int, marker: Marker) -> None:
    for reference in (Reference(number, key, marker), Reference(number, marker=marker)):
        assert Reference.parse(str(reference)) == reference
        assert Reference.parse(str(reference).lower()) == reference


@given(st.text())
def test_any_text_is_a_reference_or_none_but_never_an_error(text: str) -> None:
    found = Reference.parse(text)
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
