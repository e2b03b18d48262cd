"""Scoring, changing, closing and looking at risks."""

import re
from datetime import timedelta

from tests.scenarios.reading import field_of, inputs, labels, modal_words, words
from tests.scenarios.studio import Studio


def test_the_manager_scores_and_the_raiser_hears_of_it(company: Studio) -> None:
    company.type("sam", "acme", "/risk Staging certs expire in March")
    asked = company.find("dana", "drumbeat", "Staging certs")

    company.press("dana", asked, "Score")
    company.submit("dana", {"probability": "4", "impact": "3", "owner": company.user("alex")})

    assert "scored it: High 12" in company.sees("sam", "drumbeat")[-1]
    before = len(company.sees("mina", "drumbeat"))
    company.type("mina", "acme", "/risk Fonts are not licensed")
    company.type("dana", "acme", "/risk score ACME-R6 p4 i3 @mina")
    told = company.sees("mina", "drumbeat")[before:]
    assert len(told) == 1
    assert "Dana Ortiz scored it: High 12 (likely 4 × impact 3), and you own it." in told[0]
    announced = company.find("priya", "acme", "ACME-R5 Staging certs")
    assert "Alex Novak owns it" in words(announced)
    settled = company.find("dana", "drumbeat", "ACME-R5 Staging certs")
    assert "Score" not in labels(settled)


def test_not_a_risk(company: Studio) -> None:
    company.type("sam", "acme", "/risk Coffee may run out")
    asked = company.find("dana", "drumbeat", "Coffee")

    company.press("dana", asked, "Not a risk")
    company.submit("dana", {"reason": "We have tea."})

    assert "it is not a risk: We have tea" in company.sees("sam", "drumbeat")[-1]


def test_the_message_follows_the_risk_and_closing_says_why(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p4 i4 @dana")
    company.type("dana", "acme", "/risk close ACME-R5 contract signed *today*")

    announced = [message for message in company.messages("priya", "acme") if "ACME-R5" in words(message)]
    assert len(announced) == 1
    assert announced[0].edited
    assert "closed: contract signed ∗today∗" in words(announced[0])  # noqa: RUF001 - look-alikes on purpose.
    assert any("closed it" in reply for reply in company.thread("priya", "acme", announced[0]))


def test_two_people_editing_lose_nothing(company: Studio) -> None:
    company.type("dana", "acme", "/risk edit ACME-R1")
    company.type("priya", "acme", "/risk edit ACME-R1")
    assert list(inputs(company.modal("dana"))) == ["title", "probability", "impact", "owner", "due"]
    company.submit("dana", {"title": "Vendor API will slip", "impact": "5"})
    company.submit("priya", {"title": "Vendor API slips again"})

    view = company.modal("priya")
    assert "changed ACME-R1 while you were writing" in modal_words(view)
    assert "Vendor API will slip" in modal_words(view)
    assert "where you both changed the same, yours replaces theirs" in modal_words(view)
    assert field_of(view, "title")["element"]["initial_value"] == "Vendor API slips again"

    company.submit("priya")
    company.type("priya", "acme", "/risk show ACME-R1")
    shown = company.sees("priya", "acme")[-1]
    assert "Vendor API slips again" in shown
    assert "likely 4 × impact 5" in shown, "what Dana changed and Priya left alone stays"
    assert "Because: The vendor's sandbox has been down" in shown, "and what neither of them was shown"


def test_an_owner_whom_somebody_else_named_meanwhile_stays(company: Studio) -> None:
    for who in ("dana", "priya"):
        company.type(who, "acme", "/risk edit ACME-R1")
    company.submit("dana", {"owner": company.user("lee")})
    company.submit("priya", {"title": "Vendor API slips again"})
    view = company.modal("priya")
    assert re.search(r"owner .* → Lee Park", modal_words(view))
    assert field_of(view, "owner")["element"]["initial_user"] == company.user("lee")
    company.submit("priya")
    company.type("priya", "acme", "/risk show ACME-R1")
    shown = company.sees("priya", "acme")[-1]
    assert "Vendor API slips again" in shown
    assert "Lee Park owns it" in shown


def test_the_list_is_gravest_first_and_pages(company: Studio) -> None:
    for number in range(12):
        company.type("sam", "acme", f"/risk Extra worry {number}")
    company.type("sam", "acme", "/risk list")
    shown = company.messages("sam", "acme")[-1]
    assert words(shown).startswith("*ACME: 16 open* · 2 high, 1 moderate, 13 not scored")
    assert "Page 1 of 2" in words(shown)

    company.press("sam", shown, "Next →")

    assert "Page 2 of 2" in company.sees("sam", "acme")[-1]
    assert not any("Page 1 of 2" in text for text in company.sees("sam", "acme"))


def test_lists_of_all_and_mine(company: Studio) -> None:
    company.type("lee", "general", "/risk list")
    assert company.sees("lee", "general")[-1].startswith("*All projects: 8 open*")
    company.type("lee", "general", "/risk list mine")
    assert company.sees("lee", "general")[-1].startswith("*Yours or raised by you: ")
    assert "BOREALIS-R1" in company.sees("lee", "general")[-1]
    company.type("lee", "general", "/risk list acm")
    assert "Did you mean `/risk list ACME`" in company.sees("lee", "general")[-1]


def test_show_tells_the_history(company: Studio) -> None:
    company.type("dana", "acme", "/risk score ACME-R4 p2 i2 @mina")
    company.type("dana", "general", "/risk show ACME-R4")
    shown = company.sees("dana", "general")[-1]
    assert "Product photos come too late" in shown
    assert "scored it" in shown
    assert "scored it: it is open now, unlikely 2, impact 2, owner → " in shown
    company.type("dana", "acme", "/risk score ACME-R4 p2 i3")
    company.type("dana", "general", "/risk close ACME-R4 they came")
    company.type("dana", "general", "/risk show ACME-R4")
    shown = company.sees("dana", "general")[-1]
    assert "scored it: impact 2 → impact 3\n" in shown
    assert "closed it — they came\n" in shown


def test_a_scored_risk_waits_for_an_owner_and_not_for_a_score(company: Studio) -> None:
    company.type("sam", "acme", "/risk Load test kit arrives late p4 i3")
    assert "Dana Ortiz will see to it" in company.find("sam", "acme", "✓ Logged").blocks[0]["text"]["text"]
    company.type("sam", "acme", "/risk show ACME-R5")
    assert "*High 12* (likely 4 × impact 3) · waiting for an owner" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk show ACME-R4")
    assert company.sees("sam", "acme")[-1].count("waiting for a score") == 1


def test_each_modal_says_which_risk_it_is_about(company: Studio) -> None:
    company.type("sam", "acme", "/risk Load test kit arrives late")
    for label in ("Score", "Not a risk"):
        company.press("dana", company.find("dana", "drumbeat", "Load test kit"), label)
        assert "*Load test kit arrives late*" in modal_words(company.modal("dana"))
    company.type("dana", "acme", "/risk close ACME-R1")
    assert "*Vendor API may slip*" in modal_words(company.modal("dana"))


def test_choosing_a_level_keeps_the_risk_in_sight(company: Studio) -> None:
    company.type("sam", "acme", "/risk Load test kit arrives late")
    company.press("dana", company.find("dana", "drumbeat", "Load test kit"), "Score")
    company.choose("dana", "probability", "4")
    assert "*Load test kit arrives late*" in modal_words(company.modal("dana"))


def test_a_day_of_this_year_is_said_without_the_year(company: Studio) -> None:
    company.type("sam", "acme", "/risk list")
    assert "due 20 Oct\n" in company.sees("sam", "acme")[-1]


def test_whoever_is_made_the_owner_is_told_once(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p4 i4 @mina")
    told = [text for text in company.sees("mina", "drumbeat") if "Vendor leaves" in text]
    assert len(told) == 1
    assert told[0].startswith("Sam Reyes made you the owner of *ACME-R5 Vendor leaves* · Critical 16")

    company.type("dana", "acme", "/risk score ACME-R5 p3 i3 @dana")
    assert not any("owner of *ACME-R5" in text for text in company.sees("dana", "drumbeat"))
    company.type("dana", "acme", "/risk score ACME-R5 p3 i3 @alex")
    assert any("Dana Ortiz made you the owner" in text for text in company.sees("alex", "drumbeat"))


def test_what_is_taken_back_is_taken_back_from_its_owner_too(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p4 i4 @mina")
    company.type("sam", "acme", "/risk undo ACME-R5")
    company.press("sam", company.find("sam", "acme", "Take *ACME-R5"), "Take it back")
    assert not any("Vendor leaves" in text for text in company.sees("mina", "drumbeat"))


def test_a_list_is_narrowed_in_words_and_pages_keep_it(company: Studio) -> None:
    for number in range(11):
        company.type("sam", "acme", f"/risk Extra worry {number} p3 i3 @sam")
    company.type("dana", "acme", "/risk list high @sam “extra worry”")
    shown = company.messages("dana", "acme")[-1]
    assert words(shown).startswith("*ACME · high · owned by Sam Reyes · “extra worry”: 11 open* · 11 high")

    company.press("dana", shown, "Next →")

    shown = company.messages("dana", "acme")[-1]
    assert "“extra worry”: 11 open" in words(shown)
    assert "Page 2 of 2" in words(shown)
    company.press("dana", shown, "All open")
    assert company.sees("dana", "acme")[-1].startswith("*ACME: 15 open*")


def test_stale_risks_are_one_click_away_until_they_are_reviewed(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p4 i4 @dana")
    company.clock.forward(timedelta(days=8))
    company.type("dana", "acme", "/risk list critical")
    shown = company.messages("dana", "acme")[-1]
    assert "*review 1 day overdue*" in words(shown)

    company.press("dana", shown, "Late 1")
    assert "critical · late: 1 open" in company.sees("dana", "acme")[-1]

    company.type("dana", "acme", "/risk review ACME-R5")
    company.type("dana", "acme", "/risk list critical late")
    assert "Nothing found: ACME · critical · late" in company.sees("dana", "acme")[-1]
    assert "Type `/risk list`" in company.sees("dana", "acme")[-1]


def test_closed_risks_can_be_looked_at(company: Studio) -> None:
    company.type("dana", "acme", "/risk list closed")
    assert (
        "*Nothing found: ACME · closed.* Type `/risk list` for what is open.\n"
        in company.sees("dana", "acme")[-1]
    )
    company.type("dana", "acme", "/risk close ACME-R1 done")
    company.type("dana", "acme", "/risk list closed")
    assert company.sees("dana", "acme")[-1].startswith("*ACME · closed: 1*")


def test_nothing_of_a_line_behind_a_verb_is_dropped(company: Studio) -> None:
    def typed(line: str) -> str:
        company.type("dana", "acme", line)
        return company.sees("dana", "acme")[-1]

    typed("/risk Load test kit arrives late")
    typed("/risk score ACME-R5 p4 i2 @sam due 20 dec")
    assert "scored, due 20 Dec" in words(company.find("dana", "acme", "✓ *ACME-R5 Load"))
    assert "due 20 Dec" in typed("/risk show ACME-R5")
    said = typed("/risk score ACME-R5 p4 i2 because of Acme")
    assert said.startswith(
        "A score has no place for “because of Acme”. Nothing was changed. Type `/risk score ACME-R5"
    )
    assert said.endswith("You typed:\nscore ACME-R5 p4 i2 because of Acme")
    said = typed("/risk reassess ACME-R5 p2 i2 @sam due fri")
    assert "has no place for an owner and a due date. Nothing was changed." in said
    assert "reviewed" in typed("/risk review ACME-R5 the vendor confirmed due 22 dec")
    shown = typed("/risk show ACME-R5")
    assert "due 22 Dec" in shown
    assert "due 20 Dec 2026 → 22 Dec 2026 — the vendor confirmed" in shown
    assert "has no place for how likely and how bad" in typed("/risk review ACME-R5 p2 i2")
    assert "A next step has no place for how likely" in typed(
        "/risk respond ACME-R5 reduce Ask p2 @sam due fri"
    )
    company.type("dana", "acme", "/risk edit ACME-R5 p5 due 23 dec")
    form = company.modal("dana")
    assert field_of(form, "due")["element"]["initial_date"].endswith("-12-23")
    company.submit("dana")
    shown = typed("/risk show ACME-R5")
    assert "almost certain 5 × impact 2" in shown
    assert "due 23 Dec" in shown
