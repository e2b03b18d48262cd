"""Minutes: made of an agenda's entries, changed, and taken back."""

import json
from datetime import timedelta

from bot.demo.values import Message
from tests.scenarios.delivery_meeting import START, come_to, entry, last, posted
from tests.scenarios.reading import labels, modal_words
from tests.scenarios.studio import Studio


def take_back(company: Studio, page: Message) -> None:
    """Take back what was written down, which is refused before it is asked about once it is too late."""
    written = company.clock.now
    company.clock.now = written + timedelta(hours=1, minutes=1)
    company.press("ines", page, "Take mine back")
    assert "longer than an hour" in last(company, "ines")
    company.clock.now = written
    company.press("ines", page, "Take mine back")
    company.press("ines", company.find("ines", "delivery", "Take your minutes back?"), "Take back")


def write_long_after(company: Studio) -> None:
    """See that an action is offered a day that is not over yet: not the Saturday of a week later."""
    company.press_in_modal("ines", "Undo")
    assert "✓ Taken back" in modal_words(company.modal("ines"))
    company.clock.now = START + timedelta(days=10)
    company.type("ines", "delivery", "/agenda minutes")
    company.press_in_modal("ines", "Add an action")
    assert "2026-11-02" in json.dumps(company.modal("ines").view)


def test_minutes_are_made_of_the_entries_and_become_records(company: Studio) -> None:
    company.type("ines", "delivery", "/agenda minutes")
    assert "No meeting has taken place yet" in last(company, "ines")
    come_to(company, company.clock.now)
    come_to(company, START)
    come_to(company, START + timedelta(hours=1))

    company.type("ines", "delivery", "/agenda minutes")
    asked = modal_words(company.modal("ines"))
    first = entry(company, "ines", "BOREALIS: Decide")
    assert "BOREALIS: Decide, Start without the map?" in asked
    assert "ACME: Topic, Share the payment code with a second team (Alex Novak)" in asked
    assert "What is to be done?" not in asked
    company.press_in_modal("ines", "Add an action", {f"decision {first}": "Start without it."})
    assert "What is to be done?" in modal_words(company.modal("ines"))
    company.submit("ines", {f"decision {first}": "Start without it.", f"title {first}": "Tell the client"})
    assert "one person" in company.modal("ines").errors[f"owner_id {first}"]
    typed = {
        f"decision {first}": "Start without it.",
        f"title {first}": "Tell the client",
        "other": "Cake on Friday",
    }
    company.submit("ines", {**typed, f"owner_id {first}": company.user("tom")})
    assert "✓ Written down" in modal_words(company.modal("ines"))

    asked_for, minutes = company.thread("jo", "delivery", posted(company))[-2:]
    assert "✓ Inês Duarte wrote down what we agreed" in asked_for
    assert "*Decided* BOREALIS: Start without it. · BOREALIS-DEC" in minutes
    assert "*To do* BOREALIS: Tell the client · Tom Becker, by 21 Oct" in minutes
    assert "*Also* Cake on Friday" in minutes
    assert "Inês Duarte asks you: *Tell the client*" in company.sees("tom", "drumbeat")[-1]
    assert "Start without it" in company.sees("lee", "borealis")[-1]

    company.type("lee", "delivery", "/agenda last")
    shown = last(company, "lee")
    assert "What was agreed" in shown
    assert "Cake on Friday" in shown
    company.type("tom", "general", "/drumbeat actions")
    assert "Tell the client" in last(company, "tom", "general")

    company.type("ines", "delivery", "/agenda last")
    page = company.messages("ines", "delivery")[-1]
    assert labels(page) == ["Details", "Change", "Change", "Add to the minutes", "Take mine back"]
    take_back(company, page)
    assert "✓ Taken back" in last(company, "ines")
    (asked_for,) = company.thread("jo", "delivery", posted(company))[2:]
    assert "what did we agree?" in asked_for
    company.type("tom", "general", "/drumbeat actions")
    assert "Tell the client" not in last(company, "tom", "general")
    company.type("ines", "delivery", "/agenda minutes")
    company.submit("ines", {"other": "Cake on Friday"})
    company.type("lee", "delivery", "/agenda minutes")
    assert "one point is written down already" in modal_words(company.modal("lee"))
    change_a_point(company)
    write_at_once(company)
    write_long_after(company)


def change_a_point(company: Studio) -> None:
    """Say otherwise what was agreed; the minutes' message follows."""
    company.type("lee", "delivery", "/agenda last")
    company.press("lee", company.messages("lee", "delivery")[-1], "Change")
    company.submit("lee", {"text": "Cake on Thursday"})
    assert "✓ Changed" in modal_words(company.modal("lee"))
    assert "*Also* Cake on Thursday" in company.thread("jo", "delivery", posted(company))[-1]


def write_at_once(company: Studio) -> None:
    """Have two people write who do not see each other's words; the second is told, and loses nothing."""
    for who in ("lee", "ines"):
        company.type(who, "delivery", "/agenda minutes")
    first = entry(company, "ines", "BOREALIS: Decide")
    company.submit("ines", {f"decision {first}": "Wait for the map"})
    company.submit("lee", {f"decision {first}": "Start without it"})
    told = company.modal("lee")
    assert "*Inês Duarte wrote meanwhile:*\n• *Decided* BOREALIS: Wait for the map" in modal_words(told)
    assert "Start without it" in json.dumps(told.view)
    assert "Start without it" not in company.thread("jo", "delivery", posted(company))[-1]
    company.submit("lee", {f"decision {first}": "", "other": "Lee would rather have started"})
    assert "✓ Written down" in modal_words(company.modal("lee"))
    company.type("lee", "delivery", "/agenda minutes")
    company.submit("lee", {"other": "Coffee stays"})
    assert "✓ Written down" in modal_words(company.modal("lee")), "nobody is told of their own words"
