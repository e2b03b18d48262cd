"""What becomes of a risk: accepted, escalated, happened, reviewed, opened again; in words and by the menu."""

from datetime import timedelta
from typing import Any

from bot.demo.people.gestures import MessageSource
from bot.demo.values import Message
from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio


def log(company: Studio, text: str = "/risk Vendor leaves p4 i4 @dana") -> None:
    """Let Sam log a risk that Dana owns."""
    company.type("sam", "acme", text)


def menu(company: Studio, who: str) -> tuple[Message, str, dict[str, Any]]:
    """Return the newest message in #acme that has a menu of next steps, with its block and the menu."""
    message = company.messages(who, "acme")[-1]
    for block in message.blocks:
        for element in block.get("elements", []):
            if element.get("type") == "overflow":
                return message, block["block_id"], element
    msg = "there is no menu"
    raise AssertionError(msg)


def steps(company: Studio, who: str) -> list[str]:
    """Return what the menu of next steps offers."""
    return [str(each["text"]["text"]) for each in menu(company, who)[2]["options"]]


def choose_next(company: Studio, who: str, label: str) -> None:
    """Choose from the menu of next steps."""
    message, block_id, element = menu(company, who)
    value = next(each["value"] for each in element["options"] if each["text"]["text"] == label)
    source = MessageSource(message.conversation_id, message.ts)
    gestures = company.served.demo.gestures
    company.served.do(gestures.click(company.user(who), source, block_id, element["action_id"], value))
    company.deliver()


def test_escalating_in_words_tells_the_channel_and_the_raiser(company: Studio) -> None:
    log(company)
    company.type("dana", "acme", "/risk escalate ACME-R5 vendor is silent")

    announced = company.find("priya", "acme", "ACME-R5")
    assert "· escalated" in words(announced)
    assert "Dana Ortiz escalated it: vendor is silent." in company.thread("priya", "acme", announced)[-1]
    assert "escalated *ACME-R5 Vendor leaves*: vendor is silent" in company.sees("sam", "drumbeat")[-1]


def test_the_menu_of_next_steps_asks_why(company: Studio) -> None:
    log(company)
    company.type("dana", "acme", "/risk show ACME-R5")
    choose_next(company, "dana", "It happened")
    assert "What happened?" in modal_words(company.modal("dana"))
    company.submit("dana", {"reason": "They are gone."})

    assert "You saw it coming" in company.sees("sam", "drumbeat")[-1]
    assert (
        "marked it as happened: They are gone. It is ACME-I1 now."
        in company.thread("priya", "acme", company.find("priya", "acme", "*ACME-R5"))[-1]
    )
    company.type("dana", "acme", "/risk accept ACME-R5 fine")
    refused = "It has happened, so you can't accept it. What you can do: close it."
    assert company.sees("dana", "acme")[-1] == refused
    company.type("sam", "acme", "/risk Server dies p4")
    assert "Logged *ACME-R6 Server dies* · likely 4, how bad isn't said yet" in words(
        company.find("sam", "acme", "Server dies")
    )
    company.type("dana", "acme", "/risk close ACME-R6 done")
    refused = "It still waits for a score, so you can't close it. What you can do: score it or reject it."
    assert company.sees("dana", "acme")[-1] == refused
    company.type("sam", "acme", "/risk list")
    listed = company.sees("sam", "acme")[-1]
    assert listed.startswith("*ACME: 5 open* · 2 high, 1 moderate, 2 not scored · 1 happened")
    assert "R5 *Critical 16* (4×4) Vendor leaves · *happened* · Dana Ortiz" in listed
    company.type("dana", "acme", "/risk close ACME-R5")
    company.submit("dana", {"reason": "Replaced"})
    assert "closed" in modal_words(company.modal("dana")), "closed by the form, it offers what the line does"
    company.press_in_modal("dana", "Undo")
    assert "✓ *ACME-R5 Vendor leaves*" in modal_words(company.modal("dana"))
    assert "open again" in modal_words(company.modal("dana"))


def test_a_grave_risk_is_accepted_with_a_delivery_managers_leave(company: Studio) -> None:
    log(company)
    company.type("dana", "acme", "/risk accept ACME-R5 we live with it")
    assert "a delivery manager is asked to accept it" in company.sees("dana", "acme")[-1]
    asked = company.find("jo", "drumbeat", "may we accept")
    assert "“we live with it”" in words(asked)
    company.type("dana", "acme", "/risk accept ACME-R5 please")
    assert "has been asked already" in company.sees("dana", "acme")[-1]

    company.press("jo", asked, "Approve")

    assert "accepted" in words(company.find("priya", "acme", "ACME-R5"))
    assert "Jo Lind accepted *ACME-R5 Vendor leaves*, as you asked." in company.sees("dana", "drumbeat")[-1]
    assert "accepted *ACME-R5 Vendor leaves*: we live with it" in company.sees("sam", "drumbeat")[-1]
    assert labels(company.find("jo", "drumbeat", "✓ *ACME-R5")) == ["Details"]


def test_not_yet_says_why_to_whoever_asked(company: Studio) -> None:
    log(company)
    company.type("dana", "acme", "/risk show ACME-R5")
    choose_next(company, "dana", "Ask to accept it")
    assert "takes a delivery manager" in str(company.modal("dana").view)
    company.submit("dana", {"reason": "Cheaper so"})

    company.press("jo", company.find("jo", "drumbeat", "may we accept"), "Not yet")
    company.submit("jo", {"reason": "Ask them once more"})

    told = company.find("dana", "drumbeat", "says not yet")
    assert "Jo Lind says not yet to accepting *ACME-R5 Vendor leaves*: Ask them once more." in words(told)
    assert "Plan a response" in labels(told)
    assert "not accepted" in company.sees("jo", "drumbeat")[-1]
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "asks a delivery manager" not in company.sees("dana", "acme")[-1].split("asked a delivery")[0]


def test_the_menu_does_not_offer_what_would_be_refused(company: Studio) -> None:
    log(company)
    company.type("dana", "acme", "/risk show ACME-R5")
    assert "Accept it" not in steps(company, "dana")
    company.type("jo", "acme", "/risk show ACME-R5")
    assert "Accept it" in steps(company, "jo")


def test_a_review_in_one_click_or_one_line(company: Studio) -> None:
    log(company)
    company.type("dana", "acme", "/risk show ACME-R5")
    choose_next(company, "dana", "Still right")
    shown, told = company.sees("dana", "acme")[-2:]
    assert "reviewed · review 21 Oct" in told
    assert "Dana Ortiz found it still right" in shown, "what it was pressed in says so, too"
    company.type("dana", "acme", "/risk review ACME-R5")
    assert "reviewed · review 21 Oct" in company.sees("dana", "acme")[-1]

    company.type("dana", "acme", "/risk Vendor writes late p2 i2 @dana due tomorrow")
    company.clock.forward(timedelta(days=3))
    company.come_home("dana")
    company.press_at_home("dana", "New date", "Vendor writes late")
    company.submit("dana", {"due": "2026-10-16"})
    assert "That day has passed" in company.modal("dana").errors["due"]
    company.submit("dana", {"due": "2026-10-30"})
    assert "Vendor writes late" not in modal_words(company.home("dana"))


def test_a_closed_risk_comes_back(company: Studio) -> None:
    log(company)
    company.type("dana", "acme", "/risk close r5 r1 signed")
    assert "You named R5 and R1" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/risk close ACME-R5 signed")
    company.press("dana", company.messages("dana", "acme")[-1], "Undo")
    assert "ACME-R5 Vendor leaves* · *Critical 16* · open again" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/risk close r5, signed")
    company.type("dana", "acme", "/risk reopen ACME-R5")
    company.submit("dana", {"reason": "They withdrew."})
    assert "reopened *ACME-R5" in company.sees("sam", "drumbeat")[-1]
    assert "Critical 16" in words(company.find("priya", "acme", "ACME-R5"))


def test_what_was_no_risk_waits_for_no_score_and_no_owner(company: Studio) -> None:
    company.type("sam", "acme", "/risk Vendor leaves")
    logged = company.messages("sam", "acme")[-1]
    company.type("dana", "acme", "/risk reject ACME-R5 covered by R1")
    company.type("sam", "acme", "/risk show ACME-R5")
    assert "\nRaised by Sam Reyes" in company.sees("sam", "acme")[-1]
    company.press("sam", logged, "Edit")
    said = modal_words(company.modal("sam"))
    assert "Not scored. How likely and how bad is for its owner and the project's leads." in said
