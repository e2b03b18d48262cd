"""A line that waits in a message: once it is logged, the message offers it no more."""

import pytest

from bot.demo.values import Message
from tests.scenarios.reading import labels, option_value, words
from tests.scenarios.records import risks
from tests.scenarios.studio import Studio


def asked(company: Studio, who: str, where: str, text: str) -> Message:
    """Type something that has to wait, and return the message that keeps it."""
    company.type(who, where, text)
    return company.messages(who, where)[-1]


def now(company: Studio, who: str, where: str, message: Message) -> Message:
    return next(each for each in company.messages(who, where) if each.ts == message.ts)


@pytest.mark.parametrize("where", ["lunch", "acme-shared"])
def test_a_risk_that_waited_for_its_project(company: Studio, where: str) -> None:
    kept = asked(company, "sam", where, "/risk Vendor leaves p4 i3")
    assert "I kept: “Vendor leaves p4 i3”" in words(kept)
    company.press("sam", kept, "Choose a project")
    company.submit("sam", {"project": None})
    assert "I kept" in words(now(company, "sam", where, kept)), "nothing is logged yet"
    company.submit("sam", {"project": option_value(company.modal("sam"), "project", "ACME")})
    told = now(company, "sam", where, kept)
    assert words(told) == "✓ Logged as *ACME-R5*."
    assert labels(told) == []


def test_a_line_that_was_mended_in_the_form(company: Studio) -> None:
    kept = asked(company, "sam", "acme", "/risk Vendor leaves p9")
    company.press("sam", kept, "Open the form")
    company.choose("sam", "probability", "4", {"title": "Vendor leaves"})
    company.submit("sam")
    assert words(now(company, "sam", "acme", kept)) == "✓ Logged as *ACME-R5*."


def test_a_line_that_was_taken_for_a_slip_is_logged_once(company: Studio) -> None:
    kept = asked(company, "sam", "acme", "/risk lits")
    company.press("sam", kept, "No, log “lits” as a risk")
    assert "✓ Logged *ACME-R5 lits*" in words(now(company, "sam", "acme", kept))
    assert len(risks(company.application.database, "lits")) == 1


def test_what_had_no_kind_and_what_had_no_project(company: Studio) -> None:
    kept = asked(company, "sam", "acme", "/raid Staging is down")
    company.press("sam", kept, "Issue")
    company.submit("sam")
    assert words(now(company, "sam", "acme", kept)) == "✓ Logged as *ACME-I1*."

    kept = asked(company, "sam", "lunch", "/mood 4 glad about the demo")
    company.press("sam", kept, "Choose a project")
    company.submit("sam", {"project": option_value(company.modal("sam"), "project", "ACME")})
    assert words(now(company, "sam", "lunch", kept)) == "✓ Logged."


def test_an_offer_to_make_a_project_is_over_once_it_is_made(company: Studio) -> None:
    kept = asked(company, "priya", "new-project-talk", "/risk Vendor leaves p4 i3")
    company.press("priya", kept, "Make this channel a project")
    company.press_in_modal("priya", "Change these")
    company.submit("priya", {"client": ""})
    assert "Make this channel a project" in labels(now(company, "priya", "new-project-talk", kept))
    company.submit("priya", {"client": "Bergen Harbour", "key": "bergen"})
    told = now(company, "priya", "new-project-talk", kept)
    assert "is now *BERGEN*." in words(told)
    assert "BERGEN-R1" in words(told)
    assert labels(told) == []


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("/risk lits", "Yes: list"),
        ("/raid lits", "Yes: list"),
        ("/mood trned", "Yes: trend"),
        ("/agenda lits", "Yes: list"),
        ("/csat lits", "Yes: list"),
        ("/project lits", "Yes: list"),
        ("/ritual lits", "Yes: list"),
        ("/retro lits", "Yes: list"),
        ("/weekly histroy", "Yes: history"),
    ],
)
def test_a_slip_is_asked_about_once(company: Studio, line: str, yes: str) -> None:
    kept = asked(company, "dana", "acme", line)
    company.press("dana", kept, yes)
    told = now(company, "dana", "acme", kept)
    assert "Did you mean" not in words(told)
    assert yes not in labels(told)
    assert company.messages("dana", "acme")[-1].ts == kept.ts
