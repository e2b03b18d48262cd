"""Dates as people type them."""

from datetime import date

import pytest

from handlers.typed.dates import no_such_day, read_date, read_due

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
        ("in two weeks", date(2026, 12, 4)),
        ("in a week", date(2026, 11, 27)),
        ("in twelve days", date(2026, 12, 2)),
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
    ("text", "expected"),
    [
        ("eod", TODAY),
        ("end of day", TODAY),
        ("end of week", date(2026, 11, 20)),
        ("by the end of the week", date(2026, 11, 20)),
        ("next week", date(2026, 11, 27)),
        ("end of next week", date(2026, 11, 27)),
        ("end of month", date(2026, 11, 30)),
        ("by fri", date(2026, 11, 20)),
        ("in two weeks", date(2026, 12, 4)),
    ],
)
def test_what_is_due_may_name_the_end_of_something(text: str, expected: date) -> None:
    assert read_due(text, TODAY) == expected


def test_from_a_weekend_on_a_week_ends_with_the_next_one() -> None:
    sunday = date(2026, 11, 22)
    assert (read_due("end of week", sunday), read_due("next week", sunday)) == (
        date(2026, 11, 27),
        date(2026, 11, 27),
    )
    assert read_date("next week", TODAY) is None


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
        ("until 30 Feb 10:00", "30 February"),
        ("28–30 feb", "30 February"),
        ("24, 25 and 31 Nov", "31 November"),
        ("24 dec - 31 nov", "31 November"),
        ("feb 29, 2027", "29 February 2027"),
        ("29 feb", "29 February 2027"),
        ("29 feb 2028", ""),
        ("2028-02-29", ""),
        ("24 dec the 31 nov", ""),
        ("30 mars bars", ""),
        ("31 novels", ""),
        ("12 elephants", ""),
        ("2 hours", ""),
        ("2026-13-01", ""),
        ("", ""),
    ],
)
def test_says_which_day_no_calendar_has(text: str, strange: str) -> None:
    assert no_such_day(text, TODAY) == (f"There is no {strange}." if strange else "")


@pytest.mark.parametrize(
    ("today", "coming", "past"),
    [
        (date(2027, 1, 10), 2027, 2026),
        (date(2027, 3, 1), None, 2027),
        (date(2029, 1, 10), 2029, None),
        (date(2028, 2, 29), None, None),
    ],
)
def test_a_leap_day_is_looked_for_in_the_year_that_is_meant(
    today: date, coming: int | None, past: int | None
) -> None:
    found = no_such_day("29 feb", today), no_such_day("29 feb", today, is_past=True)
    assert found == tuple((year and f"There is no 29 February {year}.") or "" for year in (coming, past))
