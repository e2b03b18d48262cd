"""A day as people read it."""

from datetime import date

from models.rules.days import day_words, near_words

TODAY = date(2026, 10, 14)
FOURTH = date(2026, 12, 4)


def test_a_day_has_its_year_only_where_it_is_another() -> None:
    assert day_words(FOURTH, TODAY) == near_words(FOURTH) == "4 Dec"
    assert day_words(FOURTH, TODAY, weekday=True) == near_words(FOURTH, weekday=True) == "Fri 4 Dec"
    assert day_words(date(2027, 1, 8), TODAY) == "8 Jan 2027"
    assert day_words(FOURTH) == "4 Dec 2026"
