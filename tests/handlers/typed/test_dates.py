"""Dates as people type them."""

from datetime import date

import pytest

from handlers.typed.dates import read_date, strange_date

TODAY = date(2026, 11, 20)  # A Friday.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", date(2026, 11, 20)),
        ("Tomorrow", date(2026, 11, 21)),
        ("fri", date(2026, 11, 20)),
        ("next fri", date(2026, 11, 27)),
        ("mon", date(2026, 11, 23)),
        ("Thursday", date(2026, 11, 26)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("+3d", date(2026, 11, 23)),
        ("12 dec", date(2026, 12, 12)),
        ("Dec 12", date(2026, 12, 12)),
        ("12 mar", date(2027, 3, 12)),
        ("12 march 2028", date(2028, 3, 12)),
        ("2027-02-28", date(2027, 2, 28)),
    ],
)
def test_reads(text: str, expected: date) -> None:
    assert read_date(text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "3/4", "03.04.2027", "31 feb", "2027-02-29", "12", "friendly", "x 12"]
)
def test_refuses(text: str) -> None:
    assert read_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("2026-02-30 Nope", "30 February"),
        ("31 nov", "31 November"),
        ("feb 29, 2027", "29 February 2027"),
        ("29 feb", None),
        ("2028-02-29", None),
        ("30 mars bars", None),
        ("12 elephants", None),
        ("2 hours", None),
        ("2026-13-01", None),
    ],
)
def test_says_which_day_no_calendar_has(text: str, strange: str | None) -> None:
    assert strange_date(text) == strange
