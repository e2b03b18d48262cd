"""Dates as people type them."""

from datetime import date

import pytest

from handlers.dates import read_date

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
