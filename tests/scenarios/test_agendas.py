"""The delivery meeting: built from the records, brought to by people, posted where nobody outside reads."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.demo.values import Message
from models.tables import meeting_topics, outbox_messages, projects, rituals
from tests.scenarios.delivery_meeting import ASKED, START, calendar, come_to, last, posted
from tests.scenarios.reading import field_of, labels, modal_words, words
from tests.scenarios.records import rows
from tests.scenarios.studio import Studio

SECOND = START + timedelta(weeks=2)
TWELVE = 12

IS_MEETING = rituals.c.kind == "meeting_agenda"


def test_the_agenda_is_there_before_anybody_wrote_it(company: Studio) -> None:
    company.type("dana", "delivery", "/agenda")
    shown = last(company, "dana")
    for line in (
        "Delivery – PM · ",
        "Leads: Dana Ortiz · notes: Inês Duarte",
        "Decide BOREALIS: Start without the map?",
        "Look closer COBALT: green, but the client's mood was 2",
        "Topic ACME: Share the payment code with a second team (Alex Novak) (",
        "as it stands, not posted yet",
    ):
        assert line in shown
    company.press("dana", company.messages("dana", "delivery")[-1], "Details")
    assert "the details" in last(company, "dana")
    assert "Seat map slips past the season's start" in last(company, "dana")
    company.type("jo", "delivery", "/agenda")
    assert "Your topic" not in last(company, "jo")
    assert "Alex Novak's topic: Share the payment code with a second team · ACME" in last(company, "jo")
    company.type("sam", "acme", "/agenda")
    assert "Decide BOREALIS" in last(company, "sam", "acme")
    for who, where in (("yuki", "cobalt"), ("robin", "acme-shared")):
        company.type(who, where, "/agenda")
        assert "for this workspace's own team" in last(company, who, where)


def test_a_topic_takes_a_line_and_can_be_changed_and_removed(company: Studio) -> None:
    company.type("lee", "delivery", "/agenda add Who tests the release? 20 min #borealis")
    told = "✓ On the agenda of Delivery – PM: Who tests the release? (about BOREALIS, 20 min)"
    assert told in last(company, "lee")
    company.type("lee", "delivery", "/agenda")
    assert "Topic BOREALIS: Who tests the release? (Lee Park) (20 min)" in last(company, "lee")
    company.press("lee", company.find("lee", "delivery", "On the agenda of"), "Edit")
    assert "Who tests the release? 20 min" in json.dumps(company.modal("lee").view)
    company.submit("lee", {"title": "Who tests <!here> *the* release?"})
    assert "On the agenda of" not in " ".join(company.sees("lee", "delivery")), "its place shows the agenda"
    company.type("lee", "delivery", "/agenda")
    shown = company.sees("lee", "delivery")[-1]
    assert "Your topic: Who tests &lt;!here&gt; ∗the∗ release? · BOREALIS" in shown  # noqa: RUF001 - escaped.
    company.type("lee", "delivery", "/agenda remove")
    company.press("lee", company.find("lee", "delivery", "Remove “Who tests"), "Remove it")
    assert "✓ Removed" in last(company, "lee")
    company.press("lee", company.find("lee", "delivery", "Remove “Who tests"), "Remove it")
    assert "It was removed already" in last(company, "lee")
    company.type("lee", "delivery", "/agenda edit")
    assert "You have no topic" in last(company, "lee")
    kept = rows(company.application.database, meeting_topics)
    assert sum(row["removed_at"] is not None for row in kept) == 1


def test_a_line_in_a_projects_channel_is_about_that_project(company: Studio) -> None:
    company.type("tom", "borealis", "/agenda Do we need a second tester?")
    assert "Do we need a second tester? (about BOREALIS)" in last(company, "tom", "borealis")
    company.type("tom", "general", "/agenda add Whose laptop is this? #nowhere")
    answer = last(company, "tom", "general")
    assert "Nothing was added" in answer
    assert "Whose laptop is this?" in answer
    company.type("tom", "general", "/agenda lst")
    assert "Did you mean /agenda list?" in last(company, "tom", "general").replace("`", "")
    company.type("tom", "general", "/agenda tomorrow")
    unsure = company.find("tom", "general", "Is “tomorrow” a topic?")
    assert labels(unsure) == ["Yes, it's a topic"]
    company.press("tom", unsure, "Yes, it's a topic")
    assert "✓ On the agenda of Delivery – PM: tomorrow" in last(company, "tom", "general")


def test_an_agenda_is_posted_kept_up_to_the_start_and_then_stands(company: Studio) -> None:
    come_to(company, company.clock.now)
    message = posted(company)
    said = words(message)
    lines = said.replace("`", "").splitlines()
    assert len(lines) <= TWELVE
    assert "Leads: Dana Ortiz · notes: Inês Duarte" in said
    assert labels(message) == ["Add topic", "Can't come"]
    company.deliver()
    details, date = company.thread("jo", "delivery", message)
    assert "Seat map slips past the season's start" in details
    assert "For your calendar: Delivery – PM" in date
    assert "DTSTART:20261014T220000Z" in calendar(company, message)

    company.press("dana", message, "Can't come")
    assert "you can't come to Delivery – PM, " in last(company, "dana")
    company.press("lee", posted(company), "Add topic")
    assert "What should we talk about?" in modal_words(company.modal("lee"))
    company.submit("lee", {"title": ""})
    assert company.modal("lee").errors["title"]
    company.submit("lee", {"title": "Who is on call in May?"})
    assert "✓ On the agenda" in modal_words(company.modal("lee"))
    now = words(posted(company))
    assert "Leads: Inês Duarte · notes: Lee Park · can't come: Dana Ortiz" in now
    assert "Who is on call in May?" in now
    company.press("dana", company.find("dana", "delivery", "you can't come"), "I can come after all")
    assert "Leads: Dana Ortiz" in words(posted(company))

    come_to(company, START)
    begun = posted(company)
    assert begun.ts == message.ts
    assert labels(begun) == []
    company.type("lee", "delivery", "/agenda remove")
    assert "You have no topic" in last(company, "lee")

    come_to(company, START + timedelta(hours=1))
    assert "Inês Duarte, what did we agree?" in company.thread("jo", "delivery", begun)[-1]
    come_to(company, START + timedelta(hours=12))
    missing = company.find("ines", "drumbeat", "minutes are missing")
    assert "*Delivery – PM* of 14 Oct" in words(missing)
    company.press("ines", missing, "Write minutes")
    assert "Anything else?" in modal_words(company.modal("ines"))

    come_to(company, ASKED)
    asked = posted(company, "What should we talk about?")
    assert labels(asked) == ["Add topic"]
    company.type("dana", "delivery", "/agenda")
    assert "Who is on call in May?" not in company.sees("dana", "delivery")[-1]
    assert "Leads: Inês Duarte" in company.sees("dana", "delivery")[-1]
    come_to(company, SECOND)
    asked = posted(company, "has begun")
    assert labels(asked) == [], "nobody can bring anything to it any more"


def test_no_agenda_where_a_guest_reads_along(company: Studio) -> None:
    database = company.application.database
    with database.write() as session:
        session.execute(rituals.update().values(channel_id=company.place("jo", "cobalt")))
    come_to(company, company.clock.now)
    assert not any("60 min" in text for text in company.sees("yuki", "cobalt"))
    assert "Delivery – PM was due" in last(company, "jo", "drumbeat")
    withheld = [row for row in rows(database, outbox_messages) if row["state"] == "withheld"]
    assert withheld


def test_where_there_is_no_meeting_one_can_be_set_up(company: Studio) -> None:
    with company.application.database.write() as session:
        session.execute(meeting_topics.delete())
        session.execute(rituals.delete())
    company.type("tom", "general", "/agenda add Who is on call?")
    answer = company.find("tom", "general", "No delivery meeting is switched on yet")
    assert "Who is on call?" in words(answer)
    company.type("jo", "delivery", "/agenda")
    company.press("jo", company.find("jo", "delivery", "No delivery meeting"), "Set up a meeting")
    assert "Delivery – PM" in modal_words(company.modal("jo"))
    company.press_in_modal("jo", "More")
    company.submit("jo", {"set_notes_url": "https://notes.example/delivery_pm"})
    come_to(company, company.clock.now + timedelta(minutes=1))
    company.type("jo", "delivery", "/agenda")
    assert "Delivery – PM · " in last(company, "jo")
    assert "Decide BOREALIS" in last(company, "jo")
    come_to(company, company.clock.now + timedelta(minutes=1))
    assert "<https://notes.example/delivery_pm|shared notes>" in words(posted(company))
    message = posted(company, "details in the thread")
    assert "URL:https://notes.example/delivery_pm" in calendar(company, message)
    company.type("jo", "delivery", "/ritual pause delivery pm")
    assert len(told(company, "Please take it out of your calendar")) == 2, "in its place, and as a line"
    company.type("jo", "delivery", "/agenda add Who is on call?")
    rests = last(company, "jo")
    assert "No meeting takes place just now. Nothing was added. You typed:\nWho is on call?" in rests
    assert "Delivery – PM · paused" in rests
    assert "`/ritual resume delivery pm` has it take place" in rests
    company.type("jo", "delivery", "/ritual resume delivery – pm")
    company.find("jo", "delivery", "comes round again")
    assert len(told(company, "takes place", "after all")) == 1
    assert told(company, "Please take it out of your calendar") == []
    with company.application.database.write() as session:
        acme = session.scalar(select(projects.c.id).where(projects.c.key == "ACME"))
        session.execute(rituals.update().where(IS_MEETING).values(project_id=acme))
    company.type("dana", "acme", "/project archive Delivered")
    [called_off, line] = told(company, "Please take it out of your calendar")
    assert "Topics wait" not in words(called_off) + words(line), "nobody knows of a next one"
    company.type("dana", "acme", "/project reopen")
    assert told(company, "Please take it out of your calendar") == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [("foo bar", "That project is archived."), ("foo bar 200 min", "Ask for 120 minutes at most.")],
)
def test_a_topic_that_is_refused_goes_on_in_the_form(company: Studio, typed: str, why: str) -> None:
    company.type("dana", "acme", "/project archive Delivered")
    company.type("sam", "acme", f"/agenda {typed}")
    assert why in modal_words(company.modal("sam"))
    assert field_of(company.modal("sam"), "title")["element"]["initial_value"] == typed
    company.submit("sam", {"title": "foo bar"})
    company.type("dana", "delivery", "/agenda")
    assert "foo bar" in last(company, "dana")


def test_a_meeting_that_nothing_needs_is_skipped_by_a_button_and_held_by_another(company: Studio) -> None:
    database = company.application.database
    with database.write() as session:
        session.execute(meeting_topics.delete())
        delta = session.scalar(select(projects.c.id).where(projects.c.key == "DELTA"))
        settings = {"roles": ["project_manager"], "projects": [str(delta)]}
        session.execute(rituals.update().where(IS_MEETING).values(settings=settings))
    come_to(company, company.clock.now)
    message = posted(company)
    assert "Nothing needs a meeting this time" in words(message)
    assert labels(message) == ["Add topic", "Can't come", "Skip it"]
    company.press("lee", message, "Skip it")
    assert "Please ask Jo Lind to change this ritual" in last(company, "lee")
    assert labels(posted(company)) == ["Add topic", "Can't come", "Skip it"]
    company.press("jo", message, "Skip it")
    assert "does not take place" in last(company, "jo")
    [called_off, line] = told(company, "Please take it out of your calendar")
    assert called_off.ts == message.ts
    assert labels(called_off) == ["Hold it after all"]
    assert labels(line) == [], "a line tells those who had read the agenda"
    company.press("jo", company.find("jo", "delivery", "says so now"), "Hold it after all")
    assert labels(posted(company)) == ["Add topic", "Can't come", "Skip it"]
    assert told(company, "Please take it out") == []
    assert len(told(company, "takes place", "after all")) == 1
    skip_in_words(company, message)
    company.type("jo", "delivery", "/ritual run delivery pm")
    assert "those topics do not wait for the next time" in last(company, "jo")
    company.type("jo", "delivery", "/ritual show delivery pm")
    assert "~" not in last(company, "jo")
    skip_until_it_is_over(company)


def skip_in_words(company: Studio, message: Message) -> None:
    """Skip meetings by typing, each after a question, and bring them back."""
    company.type("lee", "delivery", "/agenda skip")
    assert "Please ask Jo Lind to change this ritual" in last(company, "lee")
    company.type("jo", "delivery", "/agenda skip")
    assert told(company, "Please take it out") == [], "nothing is called off before it was asked about"
    question = company.messages("jo", "delivery")[-1]
    assert "Skip *Delivery – PM*" in words(question)
    company.press("jo", question, "Skip it")
    assert len(told(company, "Please take it out")) == 2
    receipt = company.find("jo", "delivery", "says so now")
    assert (receipt.ts, labels(receipt)) == (question.ts, ["Hold it after all"])
    company.press("jo", receipt, "Hold it after all")
    assert labels(company.find("jo", "delivery", "says so now")) == [], "no button stays that says nothing"
    assert labels(posted(company)) == ["Add topic", "Can't come", "Skip it"]
    company.type("jo", "delivery", "/agenda skip 31 nov")
    assert "There is no 31 November." in last(company, "jo")
    company.type("jo", "delivery", "/agenda skip 29 oct")
    assert "“29 oct” is none of its next days. `/ritual show delivery pm`" in last(company, "jo")
    company.type("jo", "delivery", "/agenda skip 28 oct")
    company.press("jo", company.messages("jo", "delivery")[-1], "Skip it")
    company.type("jo", "delivery", "/agenda skip 28 oct")
    assert "That one is skipped already." in last(company, "jo")
    receipt = company.find("jo", "delivery", "says so now")
    assert "does not take place" in words(receipt)
    assert labels(receipt) == ["Hold it after all"]
    [line] = told(company, "Topics wait for the next one")
    assert line.ts > message.ts
    assert "calendar" not in words(line), "nobody was asked to come yet"
    company.press("jo", receipt, "Hold it after all")
    assert "after all" in last(company, "jo")
    assert told(company, "Topics wait for the next one") == []
    assert len(told(company, "takes place", "after all")) == 2, "one a meeting"


def skip_until_it_is_over(company: Studio) -> None:
    """Skip the next meeting, and find that it can't be held any more once its time has come."""
    company.type("jo", "delivery", "/agenda skip")
    company.press("jo", company.messages("jo", "delivery")[-1], "Skip it")
    late = company.find("jo", "delivery", "says so now")
    come_to(company, START)
    [over] = told(company, "did", "take place")
    assert labels(over) == [], "it can't be held any more"
    company.press("jo", late, "Hold it after all")
    assert "is over already, so nothing about it can change" in last(company, "jo")


def told(company: Studio, *texts: str) -> list[Message]:
    """Return what the meeting's channel reads that has all of these texts."""
    seen = company.messages("lee", "delivery")
    return [each for each in seen if all(text in words(each) for text in texts)]
