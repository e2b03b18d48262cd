"""The Home tab as people use it: it shows what waits, does it, and follows."""

import re
from datetime import timedelta

from tests.scenarios.reading import modal_words
from tests.scenarios.statuses import title
from tests.scenarios.studio import Studio


def home(company: Studio, who: str) -> str:
    """Return what stands in the person's Home tab."""
    return modal_words(company.home(who))


def opened(company: Studio, who: str) -> str:
    """Let the person come to their Home tab, and return what stands there."""
    company.come_home(who)
    return home(company, who)


def waiting(told: str) -> int:
    """Return how many things wait, as the home says it."""
    found = re.search(r"\*(\d+) things? waits? for you", told)
    return int(found[1]) if found else 0


def test_a_manager_scores_and_does_what_waits_and_sees_it_go(company: Studio) -> None:
    company.type("sam", "acme", "/risk Certs expire in March")
    company.type("dana", "acme", "/risk respond ACME-R1 reduce Call the vendor @dana due fri")
    told = opened(company, "dana")
    first, number = company.home("dana").id, waiting(told)
    assert "Certs expire in March" in told
    assert "*ACME* Acme web shop" in told
    assert "risks: 2 high" in told

    company.press_at_home("dana", "Score", "Certs expire")
    company.submit("dana", {"probability": "5", "impact": "5", "owner": company.user("sam")})
    assert "Certs expire in March" not in home(company, "dana")
    assert "*1 critical*" in home(company, "dana")

    company.press_at_home("dana", "Done", "Call the vendor")
    assert "✓ Done: *Call the vendor*" in home(company, "dana")
    assert waiting(home(company, "dana")) == number - 2
    company.press_at_home("dana", "Undo")
    assert "Open again: Call the vendor" in home(company, "dana")
    assert company.home("dana").id == first


def test_it_follows_commands_and_buttons_among_messages_once_they_are_answered(company: Studio) -> None:
    company.type("dana", "acme", "/risk respond ACME-R1 reduce Call the vendor @dana due fri")
    assert "Call the vendor" in opened(company, "dana")
    number = waiting(home(company, "dana"))
    company.type("dana", "acme", "/drumbeat actions")
    listed = company.messages("dana", "acme")[-1]
    company.press("dana", listed, "Done")
    assert waiting(home(company, "dana")) == number - 1
    company.type("sam", "acme", "/risk Certs expire in March")
    company.type("dana", "acme", "/risk score ACME-R5 p5 i5 @dana")
    assert "*1 critical*" in home(company, "dana")


def test_a_status_that_is_due_is_given_from_home(company: Studio) -> None:
    told = opened(company, "dana")
    assert "*ACME*, week 42 · due" in told
    assert "last 🟢 Green" in told
    company.press_at_home("dana", "Update", "*ACME*, week 42")
    company.submit("dana", {"headline": "The mock holds"})
    sent = modal_words(company.modal("dana"))
    assert "On its way to <#" in sent
    assert "If it can't go there, you hear why." in sent
    after = home(company, "dana")
    assert "*ACME*, week 42" not in after
    assert "🟢 Green → third week" in after


def test_a_call_that_a_client_waits_for_is_taken_from_home(company: Studio) -> None:
    assert "*BOREALIS's client needs a call*" in opened(company, "priya")
    assert "needs a call" in opened(company, "jo")
    assert "needs a call" not in opened(company, "sam")
    company.press_at_home("priya", "I'll call them")
    assert "✓ You are calling BOREALIS's client" in home(company, "priya")
    assert "needs a call" not in home(company, "priya")
    assert "needs a call" not in opened(company, "jo")
    company.clock.forward(timedelta(hours=49))
    assert "BOREALIS's client: how did the call go?* · Priya Nair took it on" in opened(company, "priya")
    assert "how did the call go?" in opened(company, "jo")
    company.press_at_home("priya", "Log a mood", "how did the call go?")
    company.submit("priya", {"value": "2", "insight": "They wait for a date."})
    assert "how did the call go?" not in opened(company, "priya")


def test_what_is_shown_opens_in_front_of_the_home(company: Studio) -> None:
    opened(company, "dana")
    company.press_at_home("dana", "My actions")
    assert title(company, "dana") == "Actions"
    company.press_at_home("dana", "Show", "*ACME* Acme")
    assert "Acme web shop" in modal_words(company.modal("dana"))
    assert title(company, "dana") == "ACME"
    for label in ("Milestones", "Deliverables"):
        company.press_in_modal("dana", label)
        assert title(company, "dana") == f"ACME: {label.lower()}", "it is headed by what it shows"
    company.press_at_home("dana", "Show", "*ACME* Acme")
    company.press_in_modal("dana", "Risks")
    assert "*ACME: 4 open*" in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "Details")
    assert "raised by" in modal_words(company.modal("dana"))
    assert "API quota" not in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "Edit")
    company.submit("dana", {"title": "API quota may run out"})
    below = modal_words(company.modal("dana"))
    assert "API quota may run out" in below, "what lies below the form shows what it changed"
    assert "Dana Ortiz changed it" in below
    company.press_in_modal("dana", "Close the risk")
    company.submit("dana", {"reason": "Quota raised"})
    assert "Why: Quota raised" in modal_words(company.modal("dana")), "and once more"


def test_my_actions_are_one_list_wherever_one_asks(company: Studio) -> None:
    fallback = "Agree on a fallback with Robin"
    company.type("priya", "acme", "/drumbeat actions")
    assert f"{fallback} · ACME-R1" in company.sees("priya", "acme")[-1]
    company.type("sam", "acme", "/drumbeat actions @priya")
    assert "Priya Nair's to do: " in company.sees("sam", "acme")[-1]
    for said in ("@nobody", "foo", "@priya please"):
        company.type("sam", "acme", f"/drumbeat actions {said}")
        told = company.sees("sam", "acme")[-1]
        assert "I don't know “" in told, said
        assert "to do" not in told
    company.type("priya", "acme", "/drumbeat actions mine")
    assert fallback in company.sees("priya", "acme")[-1]
    company.press("priya", company.messages("priya", "acme")[-1], "Done")
    assert "✓ Done: *Speak with the client" in company.sees("priya", "acme")[-1], (
        "what is due first stands first"
    )
    company.type("kofi", "general", "/drumbeat todo")
    assert (
        "You have no open actions.* Home has what else waits for you." in company.sees("kofi", "general")[-1]
    )

    button = re.search(r"My actions \d+", opened(company, "priya"))
    assert button is not None
    company.press_at_home("priya", button[0])
    assert fallback in modal_words(company.modal("priya"))
    below = company.modal("priya")
    company.press_in_modal("priya", "Move, hand over, cancel")
    assert company.modal("priya").previous_id == below.id, "on top of the list, to which one comes back"
    company.submit("priya", {"due": "2026-10-16"})
    assert company.modal("priya").id == below.id
    company.press_in_modal("priya", "Done")
    assert f"✓ Done: *{fallback}*" in modal_words(company.modal("priya"))
    company.press_in_modal("priya", "My actions")
    assert fallback not in modal_words(company.modal("priya"))
    assert fallback not in home(company, "priya")


def test_a_delivery_manager_sees_the_portfolio_by_exception(company: Studio) -> None:
    told = opened(company, "jo")
    portfolio = told[told.index("*Look here first*") :]
    assert portfolio.index("*BOREALIS*") < portfolio.index("*ACME*"), "the gravest first"
    assert "DELTA" not in portfolio
    assert "mood alert" in portfolio


def test_guests_get_a_polite_home_and_those_who_never_came_none(company: Studio) -> None:
    assert "Hello!" in opened(company, "yuki")
    company.type("mina", "acme", "/risk")
    company.submit("mina", {"title": "Nobody looks"})
    assert company.served.demo.workspace.homes.of(company.user("mina")) is None
