"""A risk typed in one line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.risks.line import RiskLine, read_line
from handlers.typed.text import read_text, readable
from models.rules.risks.words import RiskKind

TODAY = date(2026, 11, 20)  # A Friday.
DANA = "<@U01DANA|dana>"


def read(text: str) -> RiskLine:
    return read_line(read_text(text), TODAY)


def test_a_title_alone_is_enough() -> None:
    assert read("Staging certs expire in March") == RiskLine(title="Staging certs expire in March")


def test_everything_in_one_line() -> None:
    line = read(f"Vendor API may slip p4 i3 {DANA} due 12 dec")
    assert line == RiskLine(
        title="Vendor API may slip",
        probability=4,
        impact=3,
        owner_slack_id="U01DANA",
        due_on=date(2026, 12, 12),
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Slip due 12 dec p4 {DANA} i3",
        f"Slip {DANA} i3 due 12 dec p4",
        f"Slip likelihood 4 impact 3 {DANA} due 12 dec",
        f"Slip probability:4 impact=3 due: 12 dec {DANA}",
        f"Slip P4 I3 {DANA} DUE 12 Dec",
        f"Slip p4i3 {DANA} due 12 dec",
        f"Slip {DANA} due 12 dec i3/p4",
        f"Slip p4, i3 {DANA} due 12 dec",
    ],
)
def test_order_and_synonyms_do_not_matter(text: str) -> None:
    assert read(text) == RiskLine(
        "Slip", probability=4, impact=3, owner_slack_id="U01DANA", due_on=date(2026, 12, 12)
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Vendor due diligence", "Vendor due diligence"),
        ("Payment is due", "Payment is due"),
        (f"Waiting for {DANA} to send certs", "Waiting for @dana to send certs"),
        ("p4 testers needed", "p4 testers needed"),
        ("Samsung p30 breaks", "Samsung p30 breaks"),
        ("Upgrade to p11", "Upgrade to p11"),
        ("Delay due to rain", "Delay due to rain"),
        ("Nobody backs up drive p", "Nobody backs up drive p"),
        ("mail bob@example.com", "mail bob@example.com"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ],
)
def test_words_inside_a_title_stay_words(text: str, title: str) -> None:
    assert read(text) == RiskLine(title=title)


@pytest.mark.parametrize("text", ["p4 i3 Slip", "i3, p4: Slip", "p4i3 Slip", f"P4 I3 Slip {DANA}"])
def test_both_levels_may_stand_in_front(text: str) -> None:
    line = read(text)
    assert (line.title, line.probability, line.impact, line.problem) == ("Slip", 4, 3, "")
    assert "1 to 5" in read("p9 i3 Slip").problem


def test_a_channel_at_the_end_names_the_project() -> None:
    assert read("Slip <#C0ACME|acme>") == RiskLine(title="Slip", channel_id="C0ACME")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Slip p9", "1 to 5"),
        ("Slip i0", "1 to 5"),
        ("Slip @dana", "I don't know @dana"),
        ("Slip due 3/4", "can't read the date"),
        ("Slip due tomorow", "can't read the date “tomorow”"),
        ("Slip p4 i4 due fridya", "can't read the date “fridya”"),
        (f"Slip {DANA} due end of time", "can't read the date “end of time”"),
        ("Slip due soon", "can't read the date “soon”"),
        ("Slip due in some weeks", "can't read the date “in some weeks”"),
        ("Slip p-1 i3", "How likely (p) goes from 1 to 5, so p-1 can't be right."),
        ("Slip p4,5 i3", "so p4,5 can't be right"),
        ("Slip i3 p", "How likely (p) needs a number from 1 to 5, as in p4."),
        ("Slip i p3", "How bad (i) needs a number"),
        ("Slip due 30 feb", "There is no 30 February. Try due fri"),
        ("Slip due 2026-13-40", "can't read the date"),
        ("Slip due 2026-01-02", "has passed"),
        ("Slip due fri due mon", "two due dates, “fri” and 23 Nov"),
        ("Slip p4 i3 due", "Due when?"),
        (f"Slip <@U01LEE|lee> {DANA}", "Two people are named at the end."),
        ("Slip <#C0ACME|acme> <#C0DELTA|delta>", "Two channels are named at the end."),
        ("Slip p4 p3", "How likely (p) is there twice, as 4 and as 3."),
        ("Slip p4 i3 i2", "How bad (i) is there twice, as 3 and as 2."),
    ],
)
def test_what_cannot_stand_is_said_and_the_title_kept(text: str, says: str) -> None:
    line = read(text)
    assert says in line.problem
    assert line.title.startswith("Slip")


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    line = read(text)
    assert "\x02" not in line.title
    assert "\x03" not in line.title


def test_nobody_can_forge_a_mention() -> None:
    assert readable(read_text("&lt;@U01DANA&gt; \x02@U01DANA\x03")) == "<@U01DANA> @U01DANA"
    called = "<!channel> <!here|here> <!subteam^S1|@ops> <!date^1^{date}|1 Jan>"
    assert readable(read_text(called)) == "@channel @here @ops 1 Jan"
    assert read("Slip &lt;@U01DANA&gt;").owner_slack_id is None


def test_a_date_that_comes_only_next_year_is_asked_about() -> None:
    line = read("Slip due 1 nov")
    assert line.problem == "1 nov comes only in 2027. If you mean that, type due 2027-11-01."
    assert read("Slip due 1 nov 2027").due_on == date(2027, 11, 1)
    assert "has passed" in read("Slip due yesterday").problem


@pytest.mark.parametrize("when", ["2226-10-14", "14 oct 9999", "14 oct 2036"])
def test_a_year_that_is_far_ahead_is_asked_about(when: str) -> None:
    line = read(f"Slip due {when}")
    assert line.due_on is None
    assert "years ahead. Was another year meant?" in line.problem
    assert read("Slip due 14 oct 2031").due_on == date(2031, 10, 14)


@pytest.mark.parametrize(
    "text", ["opportunity: Second shop opens p3 i4", "Opportunity:Second shop opens p3 i4"]
)
def test_an_opportunity_says_so_with_a_colon(text: str) -> None:
    expected = RiskLine(title="Second shop opens", probability=3, impact=4, kind=RiskKind.OPPORTUNITY)
    assert read(text) == expected


def test_the_word_alone_asks_for_the_rest_of_the_opportunity() -> None:
    assert read("Opportunity") == RiskLine(kind=RiskKind.OPPORTUNITY)


@pytest.mark.parametrize("text", ["Opportunity cost rises", "We miss an opportunity: the fair"])
def test_a_title_may_speak_of_opportunities(text: str) -> None:
    assert read(text) == RiskLine(title=text)
