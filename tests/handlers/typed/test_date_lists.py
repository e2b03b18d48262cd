"""Several dates as people type them."""

from datetime import date

import pytest

from handlers.typed.date_lists import leading_days, strange_span

TODAY = date(2026, 11, 20)  # A Friday.
CHRISTMAS = tuple(date(2026, 12, day) for day in (24, 25, 28, 29, 30, 31))


def december(*days: int) -> tuple[date, ...]:
    """Return days of December."""
    return tuple(date(2026, 12, day) for day in days)


@pytest.mark.parametrize(
    ("text", "days", "rest"),
    [
        ("2026-12-24 Christmas Eve", december(24), "Christmas Eve"),
        ("24 dec Christmas Eve", december(24), "Christmas Eve"),
        ("Dec 24, 2026: Party", december(24), "Party"),
        ("24–31 Dec Christmas", CHRISTMAS, "Christmas"),
        ("24 - 31 december", CHRISTMAS, ""),
        ("Dec 24-31", CHRISTMAS, ""),
        ("24 dec to 31 dec", CHRISTMAS, ""),
        ("2026-12-24..2026-12-31 Off", CHRISTMAS, "Off"),
        ("24 Dec until 1 Jan", (*CHRISTMAS, date(2027, 1, 1)), ""),
        ("24, 25 and 31 Dec Closed", december(24, 25, 31), "Closed"),
        ("24, 28-29 dec", december(24, 28, 29), ""),
        ("dec 24, 25", december(24, 25), ""),
        ("24 dec, 2026-12-31", december(24, 31), ""),
        ("31 dec; 24 dec & 24 dec", december(24, 31), ""),
        ("26–27 dec", december(26, 27), ""),
        ("next fri Team day", (date(2026, 11, 27),), "Team day"),
        ("24 dec and New Year", december(24), "and New Year"),
        ("24.12.", (), "24.12."),
        ("31–24 dec", (), "31–24 dec"),
        ("Party 24 dec", (), "Party 24 dec"),
        ("", (), ""),
    ],
)
def test_reads_what_people_type(text: str, days: tuple[date, ...], rest: str) -> None:
    assert leading_days(text, TODAY) == (days, rest)


def test_a_span_over_new_year_ends_in_the_next() -> None:
    days, _ = leading_days("28 dec – 2 jan", date(2026, 12, 30))
    assert (days[0], days[-1]) == (date(2027, 12, 28), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "1 jan 2027 – 31 dec 2027 Long",
            "From 1 Jan 2027 to 31 Dec 2027 is more than 62 days; add them in parts.",
        ),
        ("31 dec 2026 – 1 jan 2026 Back", "1 Jan 2026 is before 31 Dec 2026."),
        ("24–31 dec Christmas", ""),
        ("24 dec and New Year", ""),
        ("Party until 24 dec", ""),
    ],
)
def test_a_span_that_cannot_be_is_said_instead_of_half_of_it(text: str, says: str) -> None:
    assert strange_span(text, TODAY) == says
