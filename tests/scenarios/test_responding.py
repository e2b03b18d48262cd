"""What is done about a risk, as people type and click it: planned, done, handed over, judged anew."""

from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio

LOG = "/risk Vendor leaves p4 i3 @dana"
PLAN = "/risk respond ACME-R5 reduce Ask for a date @sam due fri"


def test_a_plan_in_a_line(company: Studio) -> None:
    company.type("sam", "acme", LOG)
    company.type("dana", "acme", PLAN)
    assert "the plan is saved" in company.sees("dana", "acme")[-1]
    asked = company.find("sam", "drumbeat", "Ask for a date")
    assert "By 16 Oct" in words(asked)
    assert "for ACME-R5" in words(asked)
    told = [each for each in company.sees("sam", "drumbeat") if "ACME-R5" in each]
    assert len(told) == 1, "asked to do it, Sam needs no second message that there is a plan"
    assert "being worked on" in words(company.find("priya", "acme", "ACME-R5"))


def test_the_strategy_may_stand_in_the_place_of_the_verb(company: Studio) -> None:
    company.type("sam", "acme", LOG)
    company.type("dana", "acme", "/risk avoid ACME-R5 Ask for a date @sam due fri")
    assert "the plan is saved" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "Response: avoid" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/risk mitigate ACME-R5 transfer Let them insure it @sam due fri")
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "Response: pass on" in company.sees("dana", "acme")[-1], "what is said last is meant"


def test_done_from_the_message_and_back(company: Studio) -> None:
    company.type("sam", "acme", LOG)
    company.type("dana", "acme", PLAN)
    company.press("sam", company.find("sam", "drumbeat", "Ask for a date"), "Done")
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "✓ Ask for a date · Sam Reyes · done" in company.sees("dana", "acme")[-1]
    assert any(
        "✓ Sam Reyes has done it: *Ask for a date*" in each for each in company.sees("dana", "drumbeat")
    )
    company.press("sam", company.find("sam", "drumbeat", "Done: *Ask for a date*"), "Undo")
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "Ask for a date · Sam Reyes · due 16 Oct" in company.sees("dana", "acme")[-1]
    company.press("dana", company.messages("dana", "acme")[-1], "Done")
    assert "✓ Done: *Ask for a date* · ACME-R5" in company.sees("dana", "acme")[-1]


def test_what_is_missing_is_asked_for_with_the_rest_filled_in(company: Studio) -> None:
    company.type("sam", "acme", LOG)
    company.type("dana", "acme", "/risk plan ACME-R5 mitigate Ask for a date")
    assert "What will we do?" in modal_words(company.modal("dana"))
    company.submit("dana")
    assert company.has_modal("dana"), "a step needs a day"
    company.submit("dana", {"action_due": "2026-10-20"})
    assert not company.has_modal("dana")
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "Ask for a date · Dana Ortiz · due 20 Oct" in company.sees("dana", "acme")[-1]
    assert "Response: reduce" in company.sees("dana", "acme")[-1]


def test_the_button_plans_too(company: Studio) -> None:
    company.type("sam", "acme", LOG)
    company.type("dana", "acme", "/risk show ACME-R5")
    company.press("dana", company.messages("dana", "acme")[-1], "Plan a response")
    number = len(company.messages("dana", "acme"))
    company.submit("dana", {"strategy": "avoid", "action": "Drop them", "action_due": "2026-10-20"})
    assert "Drop them · Dana Ortiz · due 20 Oct" in company.sees("dana", "acme")[-1], (
        "the card follows its forms"
    )
    assert "Add an action" in labels(company.messages("dana", "acme")[-1])
    assert "Open it again" not in str(company.messages("dana", "acme")[-1]), "what is worked on is not over"
    company.press("dana", company.messages("dana", "acme")[-1], "Change an action")
    company.submit("dana", {"owner": company.user("sam"), "due": "2026-10-21"})
    assert "By 21 Oct" in words(company.find("sam", "drumbeat", "Drop them"))
    assert "Drop them · Sam Reyes · due 21 Oct" in company.sees("dana", "acme")[-1]
    company.press("dana", company.messages("dana", "acme")[-1], "Change an action")
    company.submit("dana", {"reason": "They left by themselves"})
    assert "Drop them · Sam Reyes · cancelled" in company.sees("dana", "acme")[-1]
    assert "cancelled: They left by themselves" in words(company.find("sam", "drumbeat", "Drop them"))
    assert modal_words(company.modal("dana")).startswith("✓ Cancelled: *Drop them* · ACME-R5")
    company.press_in_modal("dana", "Undo")
    assert "Open again: Drop them" in modal_words(company.modal("dana"))
    assert "Drop them · Sam Reyes · due 21 Oct" in company.sees("dana", "acme")[-1], (
        "and what is undone in front"
    )
    company.press("dana", company.messages("dana", "acme")[-1], "Close the risk")
    company.submit("dana", {"reason": "They left"})
    assert "closed" in modal_words(company.modal("dana"))
    assert "Dana Ortiz closed it" in company.sees("dana", "acme")[-1]
    company.press("dana", company.messages("dana", "acme")[-1], "Undo")
    assert "open again" in company.sees("dana", "acme")[-1]
    assert len(company.messages("dana", "acme")) == number, "all of it in the one message"


def test_what_is_left_is_judged_after_something_was_done(company: Studio) -> None:
    company.type("sam", "acme", LOG)
    company.type("dana", "acme", PLAN)
    company.type("dana", "acme", "/risk reassess ACME-R5 p1 i2")
    assert "Nothing was done about it yet" in company.sees("dana", "acme")[-1]
    company.press("sam", company.find("sam", "drumbeat", "Ask for a date"), "Done")
    company.type("dana", "acme", "/risk reassess ACME-R5 p1 i2")
    assert "Low 2" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "It was likely 4 × impact 3 before we did something about it." in company.sees("dana", "acme")[-1]
    told = company.sees("sam", "drumbeat")[-1]
    assert "After what was done it is Low 2 (rare 1 × impact 2), from High 12." in told


def test_accepting_and_passing_up_are_responses_too(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p2 i2 @dana")
    company.type("dana", "acme", "/risk respond ACME-R5 escalate nobody answers")
    told = company.sees("jo", "drumbeat")[-1]
    assert "Please look at *ACME-R5 Vendor leaves*" in told
    assert "Dana Ortiz asks for your help: nobody answers." in told


def test_whoever_raised_it_hears_of_the_plan(company: Studio) -> None:
    company.type("sam", "acme", LOG)
    company.type("dana", "acme", "/risk respond ACME-R5 reduce Ask for a date @mina due fri")
    told = company.sees("sam", "drumbeat")[-1]
    assert "Dana Ortiz has a plan for *ACME-R5 Vendor leaves*: Ask for a date." in told
    thread = company.thread("priya", "acme", company.find("priya", "acme", "ACME-R5"))
    assert "Dana Ortiz planned a response, reduce: Ask for a date." in thread[-1]


def test_what_was_told_above_follows_the_risk(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p5 i4 @dana")
    company.type("dana", "acme", "/risk close ACME-R5 signed")
    told = [each for each in company.sees("jo", "drumbeat") if "Vendor leaves" in each]
    assert len(told) == 1
    assert told[0].startswith("✓ *ACME-R5 Vendor leaves* · closed: signed")


def test_a_critical_risk_is_told_above(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves p5 i4 @dana")
    assert "It is critical now." in company.sees("jo", "drumbeat")[-1]
