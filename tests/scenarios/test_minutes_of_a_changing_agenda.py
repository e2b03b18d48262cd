"""Minutes whose agenda is drawn up anew while somebody writes: no word lands elsewhere, and none is lost."""

import json
from datetime import timedelta

from tests.scenarios.delivery_meeting import START, come_to, entry, posted
from tests.scenarios.reading import field_of, modal_words
from tests.scenarios.studio import Studio

RISK, MOOD, TOPIC = "ACME: Risk", "COBALT: Look closer", "ACME: Topic, Share the payment code"


def open_in_time(company: Studio, *who: str) -> None:
    """Open the minutes' form as the meeting begins, before its agenda was drawn up for the last time."""
    come_to(company, company.clock.now)
    come_to(company, START - timedelta(minutes=5))
    company.clock.now = START + timedelta(minutes=1)
    for each in who:
        company.type(each, "delivery", "/agenda minutes")


def move_entries(company: Studio) -> None:
    """Take back the topic that stands before others, and draw the agenda up for the last time."""
    company.type("alex", "delivery", "/agenda remove")
    company.press("alex", company.find("alex", "delivery", "Remove “Share"), "Remove it")
    come_to(company, START + timedelta(minutes=2))


def agreed(company: Studio) -> str:
    return company.thread("jo", "delivery", posted(company))[-1]


def test_words_stay_with_the_entry_that_they_were_written_about(company: Studio) -> None:
    open_in_time(company, "ines")
    risk = entry(company, "ines", RISK)
    move_entries(company)
    company.submit("ines", {f"decision {risk}": "Lee learns the code"})
    assert "✓ Written down" in modal_words(company.modal("ines"))
    assert "*Decided* ACME: Lee learns the code · ACME-DEC" in agreed(company)
    assert "no place" not in modal_words(company.modal("ines"))


def test_words_about_an_entry_that_is_gone_are_kept_and_their_writer_is_told(company: Studio) -> None:
    open_in_time(company, "ines")
    topic, mood = entry(company, "ines", TOPIC), entry(company, "ines", MOOD)
    said = f"decision {topic}"
    move_entries(company)
    company.press_in_modal("ines", "Add an action", {said: "Yes, share <it> & tell"})
    shown = company.modal("ines")
    assert "It has no place on the agenda any more" in field_of(shown, said)["hint"]["text"]
    assert "Yes, share <it> & tell" in json.dumps(shown.view)
    company.submit("ines", {said: "Yes, share it", f"decision {mood}": "Priya calls them"})
    told = modal_words(company.modal("ines"))
    assert "✓ Written down" in told
    assert (
        "no place any more for *ACME: Topic, Share the payment code with a second team (Alex Novak)*" in told
    )
    assert "Decided* COBALT: Priya calls them · COBALT-DEC" in agreed(company)
    assert "Decided* ACME: Yes, share it · ACME-DEC" in agreed(company)
    company.press_in_modal("ines", "Undo")
    assert "✓ Taken back" in modal_words(company.modal("ines"))
    company.deliver()
    assert "Decided" not in agreed(company)


def test_an_action_keeps_who_does_it_by_when_however_often_the_form_is_drawn(company: Studio) -> None:
    open_in_time(company, "ines", "lee")
    topic = entry(company, "ines", TOPIC)
    for _ in range(4):
        company.press_in_modal("ines", "Add an action")
    typed = {
        f"title {topic}": "Show them the code",
        f"owner_id {topic}": company.user("tom"),
        f"due_on {topic}": "2026-11-05",
    }
    move_entries(company)
    company.press_in_modal("ines", "Add an action", typed)
    company.submit("lee", {f"decision {topic}": "Tom shows it"})
    assert "The agenda has no place any more for *ACME: Topic" in modal_words(company.modal("lee"))
    company.submit("ines")
    shown = company.modal("ines")
    assert "*Lee Park wrote meanwhile:*\n• *Decided* ACME: Tom shows it" in modal_words(shown)
    company.submit("ines")
    assert "✓ Written down" in modal_words(company.modal("ines"))
    assert "*To do* ACME: Show them the code · Tom Becker, by 5 Nov" in agreed(company)
