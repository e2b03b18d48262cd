"""Mornings at Studio North: one message to each, answered by its buttons, kept up to date."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.demo.values import Message
from tests.scenarios.reading import modal_words, words
from tests.scenarios.studio import Studio

THURSDAY = datetime(2026, 10, 15, 16, tzinfo=UTC)
"""Nine in Los Angeles, where Dana is; statuses are due at five."""


_IN_MORNING = re.compile(r"(One|\d+) things? waits? for you(?: on Home)?(?:, ((?:\w+ )?late))?")
_AT_HOME = re.compile(r"(\d+) things? waits? for you\*?(?: · (\d+) late)?")


def come_to(company: Studio, at: datetime) -> None:
    """Let it become that time, and the bot do what is due by then."""
    company.clock.now = at
    company.application.planner.run_once()
    company.deliver()


def morning(company: Studio, who: str) -> Message:
    """Return the person's newest message of a morning."""
    return next(each for each in reversed(company.messages(who, "drumbeat")) if "away" in str(each.blocks))


def counts(company: Studio) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return how much waits and is late as the mornings say that do, each beside the same person's Home."""
    said: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for who in ("dana", "jo", "priya", "lee", "sam", "ines"):
        found = [match for text in company.sees(who, "drumbeat") if (match := _IN_MORNING.search(text))]
        if found:
            company.come_home(who)
            home = _AT_HOME.search(modal_words(company.home(who)))
            assert home is not None
            number, late = found[-1].groups(default="")
            number = number.replace("One", "1")
            late = (
                number
                if late in {"late", "all late", "both late"}
                else late.split(" ")[0].replace("one", "1")
            )
            said[who] = ((number, late), home.groups(default=""))
    return said


def test_a_thursday_of_a_manager_of_two_projects(company: Studio) -> None:
    come_to(company, THURSDAY)
    asked = morning(company, "dana")
    assert "2 updates due today, 17:00" in words(asked)
    assert "ACME*, week 42 · last week 🟢 Green" in words(asked)
    told_twice = counts(company)
    assert told_twice
    assert all(in_morning == at_home for in_morning, at_home in told_twice.values()), told_twice
    company.press("dana", asked, "Update")
    assert "Acme web shop" in modal_words(company.modal("dana"))
    company.submit("dana", {"headline": "Sandbox is up again"})
    company.deliver()
    company.clock.forward(timedelta(seconds=5))
    company.deliver()
    told = morning(company, "dana")
    assert told.ts == asked.ts
    assert "One update due today" in words(told)
    assert "✓ ACME is in." in words(told)
    company.press("dana", told, "Later today")
    company.clock.forward(timedelta(seconds=5))
    company.deliver()
    assert "again at 15:00" in words(company.find("dana", "drumbeat", "bring you this again"))
    come_to(company, THURSDAY + timedelta(hours=6))
    said = "".join(company.sees("dana", "drumbeat"))
    assert "You asked me to come back to this" in said
    assert "Due in two hours" not in said, "it has just come back"
    company.type("dana", "acme", "/drumbeat away until 31 nov")
    assert company.sees("dana", "acme")[-1] == "There is no 31 November."
    company.press("dana", morning(company, "dana"), "I'm away")
    assert "Who stands in for you" in modal_words(company.modal("dana"))
    assert "COBALT" in modal_words(company.modal("dana"))
    company.submit("dana", {"away_until": "2026-10-01"})
    assert company.has_modal("dana")
    company.submit("dana", {"away_until": "2026-10-16"})
    assert "You're away until 16 Oct" in modal_words(company.modal("dana"))
    before = len(company.messages("dana", "drumbeat"))
    # Nine where Jo is; by then the week is over in Los Angeles, too.
    come_to(company, datetime(2026, 10, 16, 7, 30, tzinfo=UTC))
    assert "How week 42 ended" in words(morning(company, "jo"))
    come_to(company, THURSDAY + timedelta(days=1))
    assert len(company.messages("dana", "drumbeat")) == before


def test_what_is_done_is_ticked_off_in_its_place(company: Studio) -> None:
    come_to(company, datetime(2026, 10, 16, 14, 30, tzinfo=UTC))
    told = morning(company, "sam")
    assert "Mock the vendor API for the checkout tests" in words(told)
    company.press("sam", told, "Done")
    company.clock.forward(timedelta(seconds=5))
    company.deliver()
    assert words(morning_of(company, told)).startswith("*All done for today.*")
    come_to(company, datetime(2026, 10, 19, 14, 30, tzinfo=UTC))
    company.clock.forward(timedelta(seconds=5))
    company.deliver()
    closed = morning_of(company, told)
    assert words(closed).startswith("*Fri 16 Oct* · ✓ Mock the vendor API")
    assert "Later today" not in str(closed.blocks)


def morning_of(company: Studio, told: Message) -> Message:
    return next(each for each in company.messages("sam", "drumbeat") if each.ts == told.ts)
