"""A setting in one line, as people type it."""

from datetime import date

import pytest

from handlers.drumbeat.settings import read_wishes
from models.read_models import PersonalSettings
from models.rules.mornings.quiet import QuietHours
from models.rules.rituals.workdays import WorkingWeek
from models.services.settings import Wishes
from models.value import replace

TODAY = date(2026, 10, 14)
QUIET, AWAY = QuietHours(1200, 420), date(2026, 10, 20)
PRESENT = PersonalSettings("UTC", QUIET, AWAY)


@pytest.mark.parametrize(
    ("text", "quiet", "away_until"),
    [
        ("quiet 18:00-08:00", QuietHours(1080, 480), AWAY),
        ("quiet hours from 18 to 8", QuietHours(1080, 480), AWAY),
        ("Quiet 6pm until 7:30 am", QuietHours(1080, 450), AWAY),
        ("quiet 12am – 12pm", QuietHours(0, 720), AWAY),
        ("quiet off", None, AWAY),
        ("away until fri", QUIET, date(2026, 10, 16)),
        ("away 3 nov", QUIET, date(2026, 11, 3)),
        ("away off", QUIET, None),
        ("back", QUIET, None),
    ],
)
def test_a_line_changes_one_setting_and_keeps_the_other(
    text: str, quiet: QuietHours | None, away_until: date | None
) -> None:
    assert read_wishes(text, PRESENT, TODAY) == Wishes(quiet, away_until)


@pytest.mark.parametrize("text", ["week sun-thu", "week Sunday to Thursday", "week sun – thu"])
def test_a_line_says_on_which_days_somebody_works(text: str) -> None:
    changed = read_wishes(text, PRESENT, TODAY)
    assert changed == replace(Wishes.of(PRESENT), week=WorkingWeek.SUNDAY_TO_THURSDAY)
    assert read_wishes("week", PRESENT, TODAY) is read_wishes("week fri-sat", PRESENT, TODAY) is None


@pytest.mark.parametrize(
    "text", ["quiet", "quiet 18", "quiet 25-8", "quiet 18:70-8", "quiet 13pm-8", "away until spring", "loud"]
)
def test_what_is_no_setting_changes_none(text: str) -> None:
    assert read_wishes(text, PRESENT, TODAY) is None
