"""Setting up rituals: the form with the next dates as they would be, and days off."""

import json

from tests.scenarios.reading import field_of as field_named
from tests.scenarios.reading import modal_words, words
from tests.scenarios.ritual_form import field_of
from tests.scenarios.studio import Studio


def test_the_form_shows_the_next_dates_as_they_would_be_and_keeps_what_is_typed(company: Studio) -> None:
    company.type("dana", "acme", "/ritual new stand-up")
    typed = {"set_text": "Bring your risks."}
    assert "not on holidays (United States)" in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "More", typed)
    before = modal_words(company.modal("dana")).partition("*The next ones*")[2].partition("Project")[0]
    company.choose("dana", field_of(company, "zone"), "PST", typed)
    assert json.dumps(company.modal("dana").view["blocks"]).count("Type America/Los_Angeles") == 1
    assert before in modal_words(company.modal("dana"))
    company.submit("dana", {**typed, field_of(company, "zone"): "PST"})
    assert company.modal("dana").errors == {field_of(company, "zone"): "See below."}
    company.choose("dana", field_of(company, "zone"), "Europe/London", typed)
    shown = modal_words(company.modal("dana"))
    assert "9:30 in London" in shown
    assert '"initial_value": "United Kingdom"' in json.dumps(company.modal("dana").view)
    country = field_of(company, "country")
    company.choose("dana", country, "Ireland", typed)
    company.choose("dana", field_of(company, "zone"), "Europe/Berlin", typed)
    assert '"initial_value": "Ireland"' in json.dumps(company.modal("dana").view), "it was chosen"
    company.choose("dana", field_of(company, "zone"), "Europe/London", typed)
    shown = modal_words(company.modal("dana"))
    assert "for you" in shown
    company.choose("dana", field_of(company, "often"), "w2", typed)
    company.choose("dana", field_of(company, "days"), ["2"], typed)
    assert modal_words(company.modal("dana")).count("• Wed ") == 5
    company.choose("dana", field_of(company, "often"), "nth", typed)
    company.choose("dana", field_of(company, "weekday"), "4", typed)
    assert modal_words(company.modal("dana")).count("• Fri ") == 5
    company.choose("dana", field_of(company, "project"), _project(company, "COBALT"), typed)
    company.submit("dana", {field_of(company, "name"): "Risks"})
    assert "*Risks* is on: on the first Friday of every month" in modal_words(company.modal("dana"))
    company.type("dana", "cobalt", "/ritual")
    assert "*Risks* · on the first Friday of every month" in company.sees("dana", "cobalt")[-1]

    company.type("dana", "cobalt", "/ritual edit risks")
    company.type("jo", "cobalt", "/ritual pause risks")
    company.submit("dana")
    assert "while you were writing" in modal_words(company.modal("dana"))
    company.submit("dana", {field_of(company, "at"): "11:00"})
    assert "is saved: on the first Friday of every month at 11:00" in modal_words(company.modal("dana"))


def _project(company: Studio, key: str) -> str:
    block = next(
        each
        for each in company.modal("dana").view["blocks"]
        if each.get("block_id", "").startswith("project")
    )
    options = block["element"]["options"]
    return next(str(each["value"]) for each in options if each["text"]["text"].startswith(key))


def test_days_off_in_words(company: Studio) -> None:
    company.type("dana", "acme", "/ritual days-off")
    shown = company.messages("dana", "acme")[-1]
    assert "*Fri 25 Dec* Christmas Day" in words(shown), "this year's need no year"
    assert "*Fri 1 Jan 2027* New Year's Day · the whole organisation" in words(shown)
    company.type("dana", "acme", "/ritual days-off add 2030-12-24 Christmas Eve")
    line = company.wire.last
    assert "Tue 24 Dec 2030* Christmas Eve · ACME" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual days-off remove 2030-12-24")
    assert "a working day again" in company.sees("dana", "acme")[-1]
    assert "Somebody took that back already" in company.wire.again(line).body
    company.type("dana", "acme", "/ritual days-off add 3–10 Feb 2031 Office move")
    told = company.sees("dana", "acme")[-1]
    assert "✓ *Mon 3 Feb – Mon 10 Feb 2031* Office move · ACME: 6 days are off." in told
    assert told.count("Office move") == 2
    company.type("dana", "acme", "/ritual days-off remove 5 feb 2031")
    assert "*Mon 3 Feb – Tue 4 Feb 2031* Office move" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual days-off remove 3–10 Feb 2031")
    assert "5 working days again" in company.sees("dana", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off")
    earlier = company.messages("jo", "acme")[-1]
    asked = [block["accessory"]["confirm"] for block in earlier.blocks if "accessory" in block]
    assert [each["title"]["text"] for each in asked] == ["Working day again?"] * 3
    for _ in range(3):
        company.type("jo", "acme", "/ritual days-off")
        company.press("jo", company.messages("jo", "acme")[-1], "Remove")
        assert "a working day again" in company.sees("jo", "acme")[-1]
    company.press("jo", earlier, "Remove")
    assert any("Somebody took that back already" in text for text in company.sees("jo", "acme"))
    company.type("jo", "acme", "/ritual days-off")
    assert "no days off to come" in company.sees("jo", "acme")[-1]
    company.type("dana", "acme", "/ritual days-off add everybody 24 dec 2030 Party")
    assert "Please ask" in company.sees("dana", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off add everybody 24 dec 2030 Party")
    assert "Party · the whole organisation" in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off remove 2031-01-01")
    assert "none of these" in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off add 2031-02-30 Nope")
    assert "There is no 30 February." in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off remove 30 feb")
    assert "There is no 30 February." in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off add 24.12.")
    assert "Say it as `24 dec`" in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off add 1 jan 2031 – 31 dec 2031 Long")
    assert "is more than 62 days" in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual days-off add 1 jan 1999 Past")
    assert company.sees("jo", "acme")[-1] == "1 Jan 1999 has passed. Which day is meant?"


def test_what_is_asked_for_where_a_client_reads_is_said_in_the_team_s_own_channel(company: Studio) -> None:
    company.type("dana", "acme-shared", "/ritual new stand-up")
    company.submit("dana", {"set_text": "Bring your risks."})
    assert "*Stand-up notes* is on" in modal_words(company.modal("dana"))
    company.type("dana", "acme-shared", "/ritual new delivery pm")
    channel = field_named(company.modal("dana"), "channel")["element"]
    assert "initial_conversation" not in channel
    assert "initial_channel" not in channel


def test_the_form_shows_what_is_skipped_as_skipped(company: Studio) -> None:
    company.type("jo", "delivery", "/ritual skip delivery pm")
    company.type("jo", "delivery", "/ritual edit delivery pm")
    preview = modal_words(company.modal("jo")).partition("*The next ones*")[2]
    first, second = preview.strip().splitlines()[:2]
    assert first.endswith("~ skipped")
    assert "skipped" not in second
