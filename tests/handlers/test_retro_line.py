"""What follows ``/retro add`` and ``/retro extend``, and what a form's lines become."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from handlers.retros.forms import CardsForm
from handlers.retros.line import read_cards, read_until
from models.commands import NewCard
from models.rules.retros.formats import FORMATS, RetroFormat

BERLIN = ZoneInfo("Europe/Berlin")
PRESENT = datetime(2026, 10, 16, 10, tzinfo=UTC)
TODAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("stop: meetings without notes", [("stop", "meetings without notes")]),
        ("Longed for: a test device", [("longed", "a test device")]),
        ("longed: a test device", [("longed", "a test device")]),
        (
            "stop: one\nstart: two\n\n three  cards ",
            [("stop", "one"), ("start", "two"), ("start", "three cards")],
        ),
        ("stop:\none\ntwo", [("stop", "one"), ("stop", "two")]),
        ("Note: this is a sentence", []),
        ("no column at all\nstop: one", []),
        ("stop:", []),
        ("", []),
    ],
)
def test_a_card_in_a_line_names_its_column(text: str, cards: list[tuple[str, str]]) -> None:
    kind = RetroFormat.START_STOP_CONTINUE if text.startswith("stop") else RetroFormat.FOUR_LS
    assert read_cards(text, FORMATS[kind]) == tuple(NewCard(column, said) for column, said in cards)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", None),
        ("mon", "2026-10-19 12:00"),
        ("until tue 17:00", "2026-10-20 17:00"),
        ("to 21 oct at 9.30", "2026-10-21 09:30"),
        ("18:00", "2026-10-16 18:00"),
    ],
)
def test_a_longer_end_is_a_day_a_time_or_both(text: str, at: str | None) -> None:
    expected = datetime.fromisoformat(at).replace(tzinfo=BERLIN) if at else None
    assert read_until(text, PRESENT, TODAY, BERLIN).at == expected


def test_what_is_no_day_is_asked_about() -> None:
    assert "can't read that day" in read_until("when it is done", PRESENT, TODAY, BERLIN).problem
    assert "There is no 31 November." in read_until("31 nov 9:00", PRESENT, TODAY, BERLIN).problem


def test_each_line_of_a_form_is_a_card_without_its_bullet() -> None:
    form = CardsForm(UUID(int=1), {"start": "- Pair\n\n  * Demo\n•\n", "stop": None, "continue": "Coffee"})
    assert list(form.cards()) == [
        NewCard("start", "Pair"),
        NewCard("start", "Demo"),
        NewCard("continue", "Coffee"),
    ]
