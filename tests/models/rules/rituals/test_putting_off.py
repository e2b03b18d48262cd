"""Until when one time of a ritual is probably put off."""

from datetime import date, datetime

import pytest

from models.rules.rituals.putting_off import probably_until


@pytest.mark.parametrize(
    ("at", "following", "last", "until"),
    [
        ("2026-01-14T15:00", None, None, "2026-01-14T16:00"),
        ("2026-01-14T09:40", None, None, "2026-01-14T10:45"),
        ("2026-01-14T17:00", None, None, "2026-01-14T18:00"),
        ("2026-01-14T17:30", None, None, "2026-01-15T17:30"),
        ("2026-01-16T17:30", None, None, "2026-01-19T17:30"),
        ("2026-01-14T23:30", None, None, "2026-01-15T23:30"),
        # Every day at this time: the next one is where it would go.
        ("2026-01-14T17:30", "2026-01-15T17:30", None, "2026-01-14T18:30"),
        # It stands for its week.
        ("2026-01-16T17:30", None, "2026-01-18", "2026-01-16T18:30"),
    ],
)
def test_an_hour_later_or_the_next_working_day(
    at: str, following: str | None, last: str | None, until: str
) -> None:
    found = probably_until(
        datetime.fromisoformat(at),
        datetime.fromisoformat(following) if following else None,
        date.fromisoformat(last) if last else None,
    )
    assert found == datetime.fromisoformat(until)
