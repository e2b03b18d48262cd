"""Retrospectives by the clock and by number: how long, how many, and what fits into a message."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.retros.formats import FORMATS, RetroFormat, format_named
from models.rules.retros.life import (
    PAGE_LENGTH,
    RetroState,
    closes_at,
    extended,
    is_small,
    may_follow,
    pages,
    reminded_at,
    safety_of,
    safety_words,
    wants_live,
)

BERLIN = ZoneInfo("Europe/Berlin")
HELD = "Not all of you say what they think: talk about that first, and ask nobody who."


def local(text: str) -> datetime:
    """Return an instant as a clock in Berlin shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("started", "closes"),
    [
        ("2026-10-14 09:00", "2026-10-16 12:00"),
        ("2026-10-14 12:00", "2026-10-16 12:00"),
        ("2026-10-14 12:01", "2026-10-16 17:00"),
        ("2026-10-14 17:30", "2026-10-19 12:00"),
        ("2026-10-15 10:00", "2026-10-19 12:00"),
        ("2026-10-17 10:00", "2026-10-20 12:00"),
        # The clocks go back on the Sunday between: the wall's time counts, not the hours.
        ("2026-10-23 11:00", "2026-10-27 12:00"),
    ],
)
def test_cards_are_collected_for_two_working_days_until_people_are_there(started: str, closes: str) -> None:
    assert closes_at(local(started).astimezone(UTC), BERLIN) == local(closes)


def test_holidays_are_no_working_days() -> None:
    friday = date(2026, 10, 16)
    assert closes_at(local("2026-10-14 09:00"), BERLIN, {friday}) == local("2026-10-19 12:00")
    assert extended(local("2026-10-15 12:00"), BERLIN, {friday}) == local("2026-10-20 12:00")


def test_it_is_extended_by_as_much_and_reminded_of_a_working_day_before() -> None:
    assert extended(local("2026-10-16 12:00"), BERLIN) == local("2026-10-20 12:00")
    assert reminded_at(local("2026-10-19 12:00"), BERLIN) == local("2026-10-16 12:00")


def test_what_is_closed_stays_closed() -> None:
    assert may_follow(RetroState.COLLECTING, RetroState.CLOSED)
    assert not any(may_follow(RetroState.CLOSED, target) for target in RetroState)


def test_few_are_offered_a_live_one_and_a_small_group_is_warned() -> None:
    assert [wants_live(people) for people in (0, 2, 3)] == [True, True, False]
    assert [is_small(people) for people in (3, 4)] == [True, False]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("sailboat", RetroFormat.SAILBOAT),
        ("4Ls", RetroFormat.FOUR_LS),
        ("Mad/Sad/Glad", RetroFormat.MAD_SAD_GLAD),
        ("start stop continue", RetroFormat.START_STOP_CONTINUE),
        ("delivery principles", RetroFormat.PRINCIPLES),
        ("starfish", RetroFormat.STARFISH),
        ("origami", None),
        ("", None),
    ],
)
def test_formats_are_known_by_what_people_call_them(typed: str, kind: RetroFormat | None) -> None:
    assert format_named(typed) is kind


def test_each_format_can_be_asked_in_one_form() -> None:
    assert set(FORMATS) == set(RetroFormat)
    for spec in FORMATS.values():
        keys = [column.key for column in spec.columns]
        assert len(set(keys)) == len(keys) <= 5
        assert len({format_named(word) for word in spec.words}) == 1
        assert all(spec.column(key) for key in keys)
        assert spec.column("no such thing") is None


@given(st.lists(st.text("ab&<>", min_size=1, max_size=300)))
def test_cards_share_out_into_messages_that_are_never_too_long(texts: list[str]) -> None:
    shared = pages(list(enumerate(texts)))
    assert [number for page in shared for number in page] == list(range(len(texts)))
    for page in shared:
        grown = sum(len(texts[number].replace("&", "&amp;").replace("<", "&lt;")) + 3 for number in page)
        assert page
        assert grown <= PAGE_LENGTH


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([5, 5, 4], None),
        ([5, 4, 4, 3], "Free to speak: 4.0 of 5 (4 answers)."),
        ([5, 4, 4, 2], f"Free to speak: 3.8 of 5 (4 answers). {HELD}"),
        ([1, 1, 2, 3, 5], f"Free to speak: 2.4 of 5 (5 answers). {HELD}"),
    ],
)
def test_a_safety_check_tells_a_mean_and_nothing_of_three_or_fewer(
    answers: list[int], told: str | None
) -> None:
    found = safety_of(answers)
    assert (safety_words(found) if found else None) == told
