"""Quiet hours: by the clock on the wall, over midnight, and on nights in which the clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.mornings.quiet import DAY, QuietHours, back_at, next_at_work, next_working, quiet_until
from models.rules.rituals.workdays import WorkingWeek

NIGHT = QuietHours(18 * 60, 8 * 60)
BERLIN = ZoneInfo("Europe/Berlin")


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-10-14T17:59", None),
        ("2026-10-14T18:00", "2026-10-15T08:00"),
        ("2026-10-14T23:59", "2026-10-15T08:00"),
        ("2026-10-15T00:00", "2026-10-15T08:00"),
        ("2026-10-15T07:59", "2026-10-15T08:00"),
        ("2026-10-15T08:00", None),
    ],
)
def test_a_night_is_quiet_until_the_morning(now: str, until: str | None) -> None:
    assert quiet_until(berlin(now), BERLIN, NIGHT) == (until and berlin(until))


def test_news_that_the_quiet_holds_waits_for_a_working_day() -> None:
    friday, saturday = berlin("2026-10-16T08:00"), berlin("2026-10-17T08:00")
    assert next_working(friday, BERLIN) == friday
    assert next_working(saturday, BERLIN) == berlin("2026-10-19T08:00")
    assert next_working(berlin("2026-10-24T08:00"), BERLIN) == berlin("2026-10-26T08:00"), "by the wall clock"
    assert next_working(friday, BERLIN, WorkingWeek.SUNDAY_TO_THURSDAY) == berlin("2026-10-18T08:00")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-10-16T09:00", "2026-10-16T09:00"),
        ("2026-10-16T17:59", "2026-10-16T17:59"),
        ("2026-10-16T18:00", "2026-10-19T09:00"),
        ("2026-10-18T05:20", "2026-10-19T09:00"),
        ("2026-10-19T03:40", "2026-10-19T09:00"),
        ("2026-10-24T12:00", "2026-10-26T09:00"),
    ],
)
def test_what_needs_somebody_at_work_waits_for_it(now: str, due: str) -> None:
    assert next_at_work(berlin(now), BERLIN) == berlin(due)


def test_who_works_from_sunday_on_is_at_work_then_and_not_on_friday() -> None:
    riyadh, week = ZoneInfo("Asia/Riyadh"), WorkingWeek.SUNDAY_TO_THURSDAY
    friday = datetime(2026, 10, 16, 8, tzinfo=UTC)
    sunday = datetime(2026, 10, 18, 6, tzinfo=UTC)
    assert next_at_work(friday, riyadh, week) == sunday
    assert next_at_work(sunday, riyadh, week) == sunday
    back = back_at(date(2026, 10, 15), friday - timedelta(days=2), riyadh, week)
    assert back == datetime(2026, 10, 18, 12, tzinfo=UTC), "their first morning back is Sunday's"


def test_hours_within_one_day_end_on_it() -> None:
    lunch = QuietHours(12 * 60, 13 * 60 + 30)
    assert quiet_until(berlin("2026-10-14T12:10"), BERLIN, lunch) == berlin("2026-10-14T13:30")
    assert quiet_until(berlin("2026-10-14T13:30"), BERLIN, lunch) is None


def test_it_is_quiet_where_the_person_is() -> None:
    now = datetime(2026, 10, 14, 9, tzinfo=UTC)
    assert quiet_until(now, BERLIN, NIGHT) is None
    assert quiet_until(now, ZoneInfo("Asia/Seoul"), NIGHT) == datetime(2026, 10, 14, 23, tzinfo=UTC)


def test_the_night_in_which_clocks_go_back_is_longer() -> None:
    now = berlin("2026-10-24T20:00")
    until = quiet_until(now.astimezone(UTC), BERLIN, NIGHT)
    assert until == datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert until - now.astimezone(UTC) == timedelta(hours=13)


def test_an_end_that_is_skipped_comes_when_it_would_have_come() -> None:
    early = QuietHours(22 * 60, 2 * 60 + 30)  # On 29 March there is no 02:30 in Berlin.
    until = quiet_until(datetime(2026, 3, 28, 22, tzinfo=UTC), BERLIN, early)
    assert until == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants bounds without a zone.
    st.sampled_from(["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    st.integers(0, DAY - 1),
    st.integers(0, DAY - 1),
)
def test_a_message_never_waits_more_than_a_day_and_an_hour(
    now: datetime, zone: str, start: int, end: int
) -> None:
    until = quiet_until(now, ZoneInfo(zone), QuietHours(start, end))
    assert until is None or now < until <= now + timedelta(hours=25)
