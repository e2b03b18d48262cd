"""What stands in a list of rituals where there is none yet."""

import json
from datetime import UTC, date, datetime, time

from bot.demo.limits.messages import check_message
from handlers.rituals.views import ritual_list
from handlers.rituals.words import times
from models.read_models import RitualPage
from models.rules.rituals.steps import Preset, RitualSort, StepRule

SORT = RitualSort(
    "reminder",
    "Reminder",
    "Posts your own words.",
    (StepRule("post", is_main=True),),
    presets=(Preset("Stand-up notes", "Monday to Friday at 9:30", frozenset(range(5)), time(9, 30)),),
)


def shown(*, may_switch_on: bool, is_ended: bool = False) -> str:
    """Return what an empty list says, once it is known to be within Slack's limits."""
    page = RitualPage((), 1, 1, 0, "ACME", is_ended=is_ended, may_switch_on=may_switch_on)
    answer = ritual_list(page, [SORT], "Europe/Berlin")
    check_message(answer.text, list(answer.blocks))
    return json.dumps(answer.blocks, ensure_ascii=False)


def test_an_empty_list_says_that_nothing_runs_and_offers_what_could() -> None:
    words = shown(may_switch_on=True)
    assert "nothing runs until you do" in words
    assert "*Stand-up notes* · Monday to Friday at 9:30" in words
    assert "Set up" in words


def test_whoever_may_not_switch_anything_on_is_offered_nothing() -> None:
    assert "Set up" not in shown(may_switch_on=False)
    assert "None ended" in shown(may_switch_on=True, is_ended=True)
    assert "Set up" not in shown(may_switch_on=True, is_ended=True)


def test_a_time_that_would_be_taken_for_this_years_gives_its_year() -> None:
    days = (date(2027, 5, 25), date(2027, 11, 23), date(2028, 5, 23))
    coming = [datetime.combine(day, time(10), UTC) for day in days]
    assert list(times(coming, "UTC", "UTC")) == [
        "• Tue 25 May, 10:00",
        "• Tue 23 Nov, 10:00",
        "• Tue 23 May 2028, 10:00",
    ]
    assert list(times(coming[2:], "UTC", "UTC")) == ["• Tue 23 May, 10:00"]
