"""``/ritual`` as people use it: nothing runs until somebody switches it on, and then it comes round."""

import json
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.demo.values import Message
from models.tables import rituals
from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.ritual_form import field_of
from tests.scenarios.studio import Studio


def test_a_reminder_is_switched_on_comes_round_and_is_looked_at(company: Studio) -> None:
    company.type("dana", "acme", "/ritual new stand-up")
    assert "Mon " in modal_words(company.modal("dana"))
    company.submit("dana", {"set_text": "What *blocks* you? <!here>"})
    assert "*Stand-up notes* is on: Monday to Friday at 9:30, Los Angeles time" in modal_words(
        company.modal("dana")
    )

    while not any("*Stand-up notes*" in text for text in company.sees("sam", "acme")):
        company.clock.forward(timedelta(hours=1))
        company.application.planner.run_once()
        company.deliver()
    posted = company.find("sam", "acme", "Stand-up notes")
    assert "What *blocks* you? <!here>" in words(posted)

    company.type("sam", "acme", "/ritual")
    listed = company.messages("sam", "acme")[-1]
    # Whoever may change none of them is offered no menu to do so.
    assert set(labels(listed)) == {"Show"}
    company.press("sam", listed, "Show")
    assert "ACME" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/ritual stand-up")
    card = company.messages("sam", "acme")[-1]
    assert "posted 1 of 1" in words(card)
    assert "in Los Angeles" in words(card)
    assert labels(card) == []
    company.type("sam", "acme", "/ritual pause stand-up")
    assert "Please ask Dana Ortiz" in company.sees("sam", "acme")[-1]
    company.type("dana", "acme", "/ritual end stand-up")
    company.submit("dana", {"reason": "We talk every morning anyway"})
    assert "ended" in modal_words(company.modal("dana"))
    company.type("dana", "acme", "/ritual list ended")
    company.press("dana", company.messages("dana", "acme")[-1], "Show")
    company.press("dana", company.messages("dana", "acme")[-1], "Switch on again")
    number = len(company.messages("dana", "acme"))
    company.submit("dana")
    on = company.messages("dana", "acme")[-1]
    assert "*Stand-up notes* is on: Monday to Friday at 9:30" in words(on)
    assert labels(on)[:2] == ["Edit", "Pause"]
    assert len(company.messages("dana", "acme")) == number
    company.type("yuki", "cobalt", "/ritual")
    assert "for this workspace's own team" in company.sees("yuki", "cobalt")[-1]


def switch_on_standup(company: Studio) -> None:
    """Have Dana switch on Acme's stand-up notes."""
    company.type("dana", "acme", "/ritual new stand-up")
    company.submit("dana", {"set_text": "What blocks you?"})


def test_all_that_one_can_undergo_in_words_and_by_buttons(company: Studio) -> None:
    switch_on_standup(company)
    company.type("dana", "acme", "/ritual show stand-up notes")
    card = company.messages("dana", "acme")[-1]
    assert labels(card) == ["Edit", "Pause", "Skip the next", "Put it off", "Run now", "End"]

    company.press("dana", card, "Skip the next")
    skipped = company.messages("dana", "acme")[-1]
    assert "does not take place on" in words(skipped)
    [bring_back] = [label for label in labels(skipped) if label.startswith("Don't skip")]
    company.press("dana", skipped, bring_back)
    assert "after all" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual run standup")
    company.press("dana", company.messages("dana", "acme")[-1], "Run it now")
    assert labels(company.messages("dana", "acme")[-1])[0] == "Edit"
    company.application.planner.run_once()
    company.deliver()
    assert "What blocks you?" in words(company.find("sam", "acme", "Stand-up notes"))
    company.type("dana", "acme", "/ritual adherence")
    # What was run besides is none that the rule says.
    assert "nothing to count yet" in company.sees("dana", "acme")[-1]

    company.type("dana", "acme", "/ritual end stand-up We talk every morning anyway")
    assert labels(company.messages("dana", "acme")[-1]) == ["Switch on again"]
    company.type("dana", "acme", "/ritual list ended")
    assert "Stand-up notes" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual resume stand-up")
    assert "*Stand-up notes* ended, so nothing of it is to come." in company.sees("dana", "acme")[-1]
    assert labels(company.messages("dana", "acme")[-1]) == ["Switch on again"]
    company.type("dana", "acme", "/ritual paus stand-up")
    assert "Did you mean" in company.sees("dana", "acme")[-1]
    change_the_one_that_is_on_already(company)
    see_one_of_an_unknown_kind(company)


def change_the_one_that_is_on_already(company: Studio) -> None:
    """Have Dana ask for a second weekly status of a project: she is led to the one that there is."""
    company.type("dana", "acme", "/ritual new weekly")
    assert "*Weekly status ACME* is on already: every Thursday at 17:00" in modal_words(company.modal("dana"))
    company.submit("dana", {})
    assert "is on already" in company.modal("dana").errors["what"]
    company.press_in_modal("dana", "Change that one")
    assert "is on already" not in modal_words(company.modal("dana"))
    company.submit("dana", {})
    assert "*Weekly status ACME* is saved" in modal_words(company.modal("dana"))
    company.type("dana", "acme", "/ritual new clint survy")
    company.press("dana", company.messages("dana", "acme")[-1], "Yes: Client survey")
    assert "*Client survey ACME* is on already" in modal_words(company.modal("dana"))
    company.type("jo", "delivery", "/ritual new foo")
    company.press("jo", company.messages("jo", "delivery")[-1], "Choose one")
    company.type("dana", "delivery", "/ritual new csat for ACME")
    told = modal_words(company.modal("dana"))
    assert "*Client survey ACME* is on already: every 26 weeks, on Tuesday" in told
    company.type("dana", "acme", "/ritual weekly status acme")
    assert "not on days off; holidays of no country are chosen" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual action reminders")
    assert "not on holidays (Germany)" in company.sees("dana", "acme")[-1]


def see_one_of_an_unknown_kind(company: Studio) -> None:
    """Have Jo come upon a ritual that another version set up: it is listed, and can be ended."""
    with company.application.database.write() as session:
        is_it = rituals.c.kind == "risk_review"
        session.execute(rituals.update().where(is_it).values(kind="rain_dance", name="A dance"))
    company.type("jo", "acme", "/ritual list all")
    listed = company.messages("jo", "acme")[-1]
    assert "*A dance*" in words(listed)
    assert "not known to this version" in words(listed)
    for verb in ("edit", "skip", "run", "snooze", "undo"):
        company.type("jo", "acme", f"/ritual {verb} a dance")
        assert "this one does not know what it is" in company.sees("jo", "acme")[-1], verb
    company.type("jo", "acme", "/ritual adherence all")
    assert "*A dance*" in company.sees("jo", "acme")[-1]
    for turn in ("Next →", "← Back"):
        company.press("jo", company.messages("jo", "acme")[-1], turn)
        page = company.sees("jo", "acme")[-1]
        assert "nothing to count yet" in page, turn
        assert "next " not in page, turn
    company.type("jo", "acme", "/ritual a dance")
    card = company.messages("jo", "acme")[-1]
    assert labels(card) == ["Pause", "End"]
    company.choose_in_menu("jo", listed, "A dance", "End")
    company.submit("jo", {"reason": "Nobody knows it"})
    assert any("*A dance* ended" in text for text in company.sees("jo", "acme"))
    company.type("jo", "acme", "/ritual a dance")
    assert labels(company.messages("jo", "acme")[-1]) == []


def edited_while_one_is_put_off(company: Studio, card: Message) -> Message:
    """Have Dana change the hour twice: what she put off stays so while that is later, else she is told."""
    company.press("dana", card, "Edit")
    company.submit("dana", {field_of(company, "at"): "10:00"})
    edited = company.messages("dana", "acme")[-1]
    assert "is saved: Monday to Friday at 10:00" in words(edited)
    assert "put off from" in words(edited).partition("*The next ones*")[2]
    company.press("dana", edited, "Edit")
    company.choose("dana", field_of(company, "at"), "19:00", {})
    assert "by this rule that falls away" in modal_words(company.modal("dana"))
    company.submit("dana", {field_of(company, "at"): "19:00"})
    edited = company.messages("dana", "acme")[-1]
    assert "18:00; by this rule that falls away" in words(edited)
    assert "put off from" not in words(edited)
    return edited


def test_what_changed_shows_where_it_was_asked_for(company: Studio) -> None:
    switch_on_standup(company)
    company.type("dana", "acme", "/ritual put off stand-up 2 hours")
    assert "put off" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual snooze stand-up later")
    assert "2 hours" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual snooze stand-up -2 hours")
    assert "only be put off to later" in company.sees("dana", "acme")[-1]
    here = company.clock.now.astimezone(ZoneInfo("America/Los_Angeles"))
    passed = (here - timedelta(days=2)).strftime("%d %b")
    company.type("dana", "acme", f"/ritual snooze stand-up until {passed}")
    assert "has passed" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual undo stand-up 31 nov")
    assert "There is no 31 November" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual undo stand-up")
    assert "is back at its usual time" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual unskip stand-up")
    assert "None of these is skipped or put off" in company.sees("dana", "acme")[-1]

    number = len(company.messages("dana", "acme"))
    company.press("dana", company.messages("dana", "acme")[-1], "Put it off")
    assert '"initial_time": "10:30"' in json.dumps(company.modal("dana").view), "an hour later than it is"
    company.submit("dana", {"at": "00:01"})
    assert "later" in company.modal("dana").errors["day"]
    company.submit("dana", {"at": "18:00"})
    moved = company.messages("dana", "acme")[-1]
    assert "is put off to" in words(moved)
    assert "put off from" in words(moved)
    edited = edited_while_one_is_put_off(company, moved)
    company.press("dana", edited, "Pause")
    company.submit("dana")
    paused = company.messages("dana", "acme")[-1]
    assert "rests" in words(paused)
    assert labels(paused)[:2] == ["Edit", "Resume"]
    assert len(company.messages("dana", "acme")) == number
    company.type("dana", "acme", "/ritual")
    assert "⏸ paused" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual resume stand-up")
    assert "comes round again" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual pause stand-up until 30 feb")
    assert company.sees("dana", "acme")[-1] == "There is no 30 February."
    company.type("dana", "acme", "/ritual pause stand-up until fri")
    rests = company.sees("dana", "acme")[-1]
    assert re.search(r"It comes back on \d+ [A-Z][a-z]{2}\.", rests), "this year's day needs no year"
    assert re.search(r"paused until \d+ [A-Z][a-z]{2}$", rests, re.MULTILINE)
    company.choose_in_menu("dana", _listed(company), "Stand-up notes", "Resume")
    assert "comes round again" in company.sees("dana", "acme")[-1]
    listed = company.messages("dana", "acme")[-1]
    company.choose_in_menu("dana", listed, "Stand-up notes", "Edit")
    company.submit("dana", {field_of(company, "at"): "09:45"})
    assert company.messages("dana", "acme")[-1].ts == listed.ts
    assert words(company.messages("dana", "acme")[-1]).count("at 9:45") == 2


def test_a_card_names_its_project_once_and_tells_from_when_to_when_one_was_put_off(company: Studio) -> None:
    company.type("jo", "acme", "/ritual snooze weekly status acme 7 days")
    assert "put it off until Sun" in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual snooze retro acme 26 hours")
    company.type("jo", "acme", "/ritual show retro acme")
    [back] = [label for label in labels(company.messages("jo", "acme")[-1]) if label.startswith("Back to")]
    usual = back.removeprefix("Back to ").partition(",")[0].partition(" ")[2]
    company.type("jo", "acme", f"/ritual undo retro acme {usual}")
    assert "is back at its usual time" in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/ritual snooze retro acme 2 hours")
    told = company.sees("jo", "acme")[-1]
    [above] = re.findall(r"• (.+?) in .* · put off from (.+)\n", told)
    assert f"put one off: {above[1]} → {above[0]}" in told
    assert told.partition("*The next ones*")[0].count("ACME") == 2


def test_a_time_is_skipped_by_the_day_that_it_is_for_whoever_types(company: Studio) -> None:
    company.type("jo", "acme", "/ritual show delivery pm")
    card = company.messages("jo", "acme")[-1]
    # Each of them is told with its weekday, where it is and where Jo is.
    for_jo = re.search(r"15:00 in Los Angeles · \w{3} (\d+ \w{3}), 0:00 for you", words(card))
    assert for_jo is not None
    company.type("jo", "acme", f"/ritual skip delivery pm {for_jo[1]}")
    assert "does not take place on" in company.sees("jo", "acme")[-1]
    skipped = company.messages("jo", "acme")[-1]
    number = len(company.messages("jo", "acme"))
    company.press("jo", skipped, next(label for label in labels(skipped) if label.startswith("Don't skip")))
    assert "after all" in company.sees("jo", "acme")[-1]
    assert len(company.messages("jo", "acme")) == number
    company.type("jo", "acme", "/ritual list all")
    listed = company.sees("jo", "acme")[-1]
    assert re.search(r"next \w{3} \d+ \w{3}, 0:00 for you", listed)
    assert re.search(r"\*The whole organisation\*\n.*\*Risk review\*.*\n\*ACME\*\n", listed, re.DOTALL)
    assert listed.lower().count("whole organisation") == 1
    company.type("sam", "acme", "/ritual show weekly status acme")
    assert re.search(r"17:00 in Los Angeles · 19:00 for you", company.sees("sam", "acme")[-1])


def _listed(company: Studio) -> Message:
    company.type("dana", "acme", "/ritual list")
    return company.messages("dana", "acme")[-1]


def test_whatever_is_to_be_done_to_a_ritual_each_is_offered(company: Studio) -> None:
    company.type("dana", "drumbeat", "/ritual list all")
    number = int(re.findall(r"(\d+) rituals", company.sees("dana", "drumbeat")[-1])[0])
    company.type("dana", "drumbeat", "/ritual pause")
    first = company.messages("dana", "drumbeat")[-1]
    offered = labels(first).count("This one")
    while "Next →" in labels(asked := company.messages("dana", "drumbeat")[-1]):
        company.press("dana", asked, "Next →")
        offered += labels(company.messages("dana", "drumbeat")[-1]).count("This one")
    last = company.messages("dana", "drumbeat")[-1]
    assert "Which one do you want to pause?" in words(last)
    assert (last.ts, offered) == (first.ts, number)
    assert labels(last)[-1] == "← Back"


def test_what_is_to_be_brought_back_is_asked_among_what_is_paused_or_skipped(company: Studio) -> None:
    for verb, none in (
        ("resume", "No ritual is paused."),
        ("undo", "Nothing to come is skipped or put off."),
    ):
        company.type("jo", "general", f"/ritual {verb}")
        assert company.sees("jo", "general")[-1] == none
    for done, verb, still in (("pause", "resume", "comes round again"), ("skip", "undo", "after all")):
        company.type("jo", "general", f"/ritual {done} delivery pm")
        company.type("jo", "general", f"/ritual {verb}")
        asked = company.messages("jo", "general")[-1]
        assert labels(asked) == ["This one"], verb
        assert "*Delivery – PM*" in words(asked)
        company.type("jo", "general", f"/ritual {verb} delivery")
        assert still in company.sees("jo", "general")[-1], "of two that are called so, one alone can be meant"


def test_a_name_that_no_ritual_has_is_said_to_be_unknown_and_a_time_is_no_name(company: Studio) -> None:
    switch_on_standup(company)
    for line in ("skip town hall", "pause board pack"):
        company.type("dana", "acme", f"/ritual {line}")
        verb, name = line.split(" ", 1)
        told = company.sees("dana", "acme")[-1]
        assert f"I know no ritual “{name}”. Which one do you want to {verb}?" in told
    for line in ("skip tomorrow", "skip fri", "pause until 3 nov", "skip"):
        company.type("dana", "acme", f"/ritual {line}")
        assert "I know no ritual" not in company.sees("dana", "acme")[-1]
