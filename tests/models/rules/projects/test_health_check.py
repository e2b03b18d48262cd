"""When a project owes a delivery health check, by the days that the handbook gives."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.projects.health_check import (
    HealthCheck,
    Reason,
    WeekAtColour,
    asks_for_checks,
    closes_on,
    is_eligible,
    notice_days,
    opens_on,
    owed,
)
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.rag import Colour

START = date(2026, 1, 1)
MONDAY = date(2026, 6, 1)
CHECKED = date(2026, 5, 20)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def weeks(letters: str, first: date = MONDAY) -> list[WeekAtColour]:
    """Return a week for each letter; a dot is one without a status."""
    colours = {"g": Colour.GREEN, "a": Colour.AMBER, "r": Colour.RED}
    return [
        WeekAtColour(first + timedelta(weeks=number), colours[letter])
        for number, letter in enumerate(letters)
        if letter in colours
    ]


@pytest.mark.parametrize(("days", "reason"), [(119, None), (120, Reason.AGE), (365, Reason.AGE), (366, None)])
def test_the_window_is_from_120_to_365_days_after_the_start(days: int, reason: Reason | None) -> None:
    today = START + timedelta(days=days)
    assert is_eligible(START, today) is (reason is not None)
    check = owed(START, today, None, [])
    assert (check.reason if check else None) is reason


def test_a_project_of_new_years_day_is_checked_from_may_to_the_next_new_years_day() -> None:
    assert (opens_on(START), closes_on(START)) == (date(2026, 5, 1), date(2027, 1, 1))


def test_the_task_comes_at_day_120_again_every_30_days_and_a_last_time_at_335() -> None:
    check = owed(START, date(2026, 7, 1), None, [])
    assert check == HealthCheck(date(2026, 5, 1), date(2027, 1, 1), Reason.AGE)
    after = [(day - START).days for day in notice_days(START, check)]
    assert after == [120, 150, 180, 210, 240, 270, 300, 330, 335]


def test_without_a_start_nothing_is_owed() -> None:
    assert owed(None, MONDAY, None, []) is None


@pytest.mark.parametrize(
    ("colours", "reason", "since"),
    [
        ("ggggg", None, None),
        ("gr", Reason.RED, 1),
        ("gaag", None, None),
        ("gaaa", Reason.AMBER, 3),
        ("aa.a", None, None),
        ("aagaaa", Reason.AMBER, 5),
        ("aarg", Reason.RED, 2),
        ("aaar", Reason.AMBER, 2),
    ],
)
def test_a_check_holds_until_a_red_week_or_three_amber_ones_in_a_row(
    colours: str, reason: Reason | None, since: int | None
) -> None:
    check = owed(START, MONDAY + timedelta(weeks=8), CHECKED, weeks(colours))
    assert (check.reason if check else None) is reason
    assert (check.since if check else None) == (None if since is None else MONDAY + timedelta(weeks=since))


def test_what_was_before_the_check_asks_for_no_other() -> None:
    before = weeks("raaa", CHECKED - timedelta(weeks=6))
    assert owed(START, MONDAY, CHECKED, before) is None


def test_a_check_from_before_the_window_is_none() -> None:
    check = owed(START, MONDAY, date(2026, 4, 30), [])
    assert check is not None
    assert check.reason is Reason.AGE


def test_only_managed_projects_are_inspected_and_only_once_somebody_says_so() -> None:
    assert asks_for_checks(ProjectKind.MANAGED, is_switched_on=True)
    assert not asks_for_checks(ProjectKind.MANAGED, is_switched_on=False)
    assert not asks_for_checks(ProjectKind.TALENT_ON_DEMAND, is_switched_on=True)


@given(start=DAYS, today=DAYS, checked=st.none() | DAYS, letters=st.text("gar.", max_size=50))
def test_whatever_is_owed_began_in_the_window_and_is_said_in_it(
    start: date, today: date, checked: date | None, letters: str
) -> None:
    check = owed(start, today, checked, weeks(letters, opens_on(start)))
    if check is None:
        return
    assert opens_on(start) <= check.since <= today <= check.until
    days = notice_days(start, check)
    assert all(check.since <= day <= check.until for day in days)
    assert all(later - earlier <= timedelta(days=30) for earlier, later in pairwise(days))
