"""A client's mood: ten seconds to say, told to whom it concerns, never where clients or guests read."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from handlers.access import Unwelcome
from handlers.callback_ids import ShortcutId
from handlers.errors import words as refusal
from models.rules.delivery import NoticeKind, Operation
from models.rules.moods.mood import MOOD_WORDS
from models.tables import mood_readings, outbox_messages, projects
from tests.scenarios.reading import inputs, labels, modal_words, option_value, words
from tests.scenarios.records import rows
from tests.scenarios.studio import Studio

LINE = "/mood 2 Asked twice who decides scope"
ALERT = "ACME: client mood 2, unhappy"
EVERYBODY = ("sam", "dana", "jo", "lee", "priya", "alex", "mina", "tom", "ines", "kofi")


def moods(company: Studio) -> list[tuple[int, str]]:
    """Return the moods that were logged since the story began, with their sentences, oldest first."""
    beginning = company.clock() - timedelta(hours=1)
    found = rows(company.application.database, mood_readings)
    new = [row for row in found if row["withdrawn_at"] is None and row["logged_at"] > beginning]
    return [(row["value"], row["insight"]) for row in sorted(new, key=lambda row: row["logged_at"])]


def last(company: Studio, who: str, where: str = "acme") -> str:
    return company.sees(who, where)[-1]


def told(company: Studio, text: str) -> set[str]:
    """Return in whose direct messages it stands."""
    return {who for who in EVERYBODY if any(text in said for said in company.sees(who, "drumbeat"))}


def test_a_slide_in_one_line_alerts_the_right_three_and_nobody_else(company: Studio) -> None:
    company.type("sam", "acme", LINE)

    assert f"✓ Logged: 🙁 {ALERT} · today (was 4, happy)" in last(company, "sam").replace("*", "")
    assert told(company, "ACME: client mood 2") == {"dana", "priya", "jo"}
    alert = company.find("jo", "drumbeat", "ACME: client mood 2")
    assert labels(alert) == ["I'll call them", "Trend"]
    assert "Sent to you, Dana Ortiz and Priya Nair only." in company.sees("jo", "drumbeat")[-1]
    for who, where in (("sam", "acme"), ("dana", "acme"), ("robin", "acme-shared"), ("dana", "acme-shared")):
        others = company.sees(who, where)[: -1 if who == "sam" else None]
        assert not any("mood" in said for said in others)

    company.type("sam", "acme", "/mood 1 They hung up")
    assert len([said for said in company.sees("jo", "drumbeat") if "ACME: client mood" in said]) == 1

    company.type("sam", "acme", "/mood 2 They called back, still cross")
    followed = company.find("jo", "drumbeat", "ACME: client mood")
    assert "Since then: 🙁 2, unhappy “They called back, still cross” Sam Reyes, 14 Oct" in words(followed)


def test_a_low_mood_without_a_sentence_is_asked_beside_its_field(company: Studio) -> None:
    company.type("sam", "acme", "/mood")
    assert [word for word in MOOD_WORDS.values() if word in modal_words(company.modal("sam"))] == list(
        MOOD_WORDS.values()
    )
    company.submit("sam", {"value": "2"})
    assert "in one sentence why" in company.modal("sam").errors["insight"]
    assert moods(company) == []

    company.submit("sam", {"value": "2", "insight": "Tense call."})
    assert not company.has_modal("sam")
    assert moods(company) == [(2, "Tense call.")]
    assert "Logged" in last(company, "sam")


def test_a_line_that_lacks_its_sentence_goes_on_in_the_form(company: Studio) -> None:
    company.type("sam", "acme", "/mood 1")
    assert "Say in one sentence why: 1 means angry." in modal_words(company.modal("sam"))
    company.submit("sam", {"insight": "They shouted."})
    assert moods(company) == [(1, "They shouted.")]


def test_a_sentence_alone_goes_on_in_the_form(company: Studio) -> None:
    company.type("sam", "acme", "/mood Robin asked for a name")
    company.submit("sam", {"value": "3"})
    assert moods(company) == [(3, "Robin asked for a name")]


def test_a_channel_names_the_project(company: Studio) -> None:
    company.type("sam", "general", "/mood neutral, quiet call #acme")
    assert "ACME: client mood 3, neutral" in last(company, "sam", "general")
    assert moods(company) == [(3, "quiet call")]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/mood 7 tense", "A mood goes from 1, angry, to 5, delighted"),
        ("/mood 4 good call #lunch", "isn't a project"),
        ("/mood 4 good call #nowhere", "I don't know a project “nowhere”"),
        ("/mood trend acm", "Did you mean ACME?"),
    ],
)
def test_what_cannot_be_understood_is_said_and_nothing_logged(
    company: Studio, typed: str, answer: str
) -> None:
    company.type("sam", "acme", typed)
    assert answer in last(company, "sam")
    assert moods(company) == []


def test_a_line_with_a_slip_goes_on_in_the_form(company: Studio) -> None:
    company.type("sam", "acme", "/mood 6 foo")
    told = company.messages("sam", "acme")[-1]
    assert "6 can't be right. Nothing was logged. You typed:\n6 foo" in words(told)
    company.press("sam", told, "Open the form")
    company.submit("sam", {"value": "5", "insight": "foo"})
    assert moods(company) == [(5, "foo")]


def test_a_mistyped_word_gets_the_nearest_one(company: Studio) -> None:
    company.type("sam", "acme", "/mood unhapy about scope")
    question = company.messages("sam", "acme")[-1]
    assert "Did you mean" in last(company, "sam")
    company.press("sam", question, "Yes: unhappy about scope")
    assert moods(company) == [(2, "unhappy about scope")]

    company.type("sam", "acme", "/mood tredn")
    company.press("sam", company.messages("sam", "acme")[-1], "Yes: trend")
    assert "average" in last(company, "sam")


def test_guests_and_clients_are_refused_and_see_nothing(company: Studio) -> None:
    for who, where in (("yuki", "cobalt"), ("robin", "acme-shared")):
        for typed in ("/mood 5 great", "/mood", "/mood trend", "/mood list all", "/mood heard all"):
            company.type(who, where, typed)
            assert "for this workspace's own team" in last(company, who, where)
            assert not company.has_modal(who)
    assert moods(company) == []

    company.type("dana", "cobalt", "/mood 1 The store turned us down")
    company.type("dana", "acme-shared", "/mood 1 They may leave #acme")
    for who, where in (("yuki", "cobalt"), ("robin", "acme-shared")):
        assert not any(
            word in said for said in company.sees(who, where) for word in ("turned", "leave", "Angry")
        )


def test_one_takes_the_call_and_the_others_see_who(company: Studio) -> None:
    company.type("sam", "acme", LINE)
    company.press("priya", company.find("priya", "drumbeat", ALERT), "I'll call them")

    assert "You are calling" in last(company, "priya", "drumbeat")
    seen = company.find("jo", "drumbeat", ALERT)
    assert "📞 Priya Nair is calling them." in company.sees("jo", "drumbeat")[-1]
    assert labels(seen) == ["Trend"]

    company.press("priya", company.find("priya", "drumbeat", ALERT), "I can't after all")
    assert labels(company.find("jo", "drumbeat", ALERT)) == ["I'll call them", "Trend"]


def test_two_better_days_end_the_alert_for_all(company: Studio) -> None:
    two_days_ago = (company.clock() - timedelta(days=2)).date()
    company.type("sam", "acme", f"{LINE} seen {two_days_ago}")
    company.type("dana", "acme", "/mood 4 good call")
    company.type("dana", "acme", "/mood 4 good chat")
    assert "Over" not in last(company, "jo", "drumbeat"), "one day counts once"

    company.type("dana", "acme", "/mood 3 quiet call seen yesterday")
    for who in ("dana", "priya", "jo"):
        alert = company.find(who, "drumbeat", ALERT)
        assert "✓ Over: the last two readings were 3 or better." in words(alert)
        assert labels(alert) == ["Trend"]


def test_the_trend_says_it_in_words_and_offers_the_five(company: Studio) -> None:
    company.type("sam", "acme", "/mood trend")
    shown = company.messages("sam", "acme")[-1]
    assert "average 4" in last(company, "sam")
    assert "The picture follows in our direct messages." in last(company, "sam")
    sent = rows(company.application.database, outbox_messages)
    pictures = [(each["kind"], each["ids"]["person"]) for each in sent if each["operation"] is Operation.FILE]
    assert pictures == [(NoticeKind.MOOD_TREND, company.user("sam"))]
    assert labels(shown)[:5] == ["😡 Angry", "🙁 Unhappy", "😐 Neutral", "🙂 Happy", "😀 Delighted"]

    company.press("sam", shown, "🙂 Happy")
    company.submit("sam")
    assert moods(company) == [(4, "")]


def test_from_slacks_own_menu_the_form_asks_which_project(company: Studio) -> None:
    company.shortcut("sam", ShortcutId.MOOD_NEW)
    company.submit("sam", {"value": "4"})
    assert set(company.modal("sam").errors) == {"project"}
    project = option_value(company.modal("sam"), "project", "ACME")
    company.submit("sam", {"value": "4", "project": project})
    assert moods(company) == [(4, "")]
    assert any("ACME" in text for text in company.sees("sam", "drumbeat"))
    company.shortcut("yuki", ShortcutId.MOOD_NEW)
    assert modal_words(company.modal("yuki")) == refusal(Unwelcome())


def test_without_a_reading_for_three_weeks_it_is_unknown_never_good(company: Studio) -> None:
    company.type("jo", "delta", "/mood trend")
    assert "DELTA: client mood unknown" in last(company, "jo", "delta")
    company.type("jo", "general", "/mood trend all")
    text = last(company, "jo", "general")
    assert text.index("BOREALIS") < text.index("ACME"), "who needs somebody comes first"
    assert "❗ alert" in text
    company.type("sam", "general", "/mood trend all")
    assert "alert" not in last(company, "sam", "general")


def test_requests_and_opportunities_are_heard_along(company: Studio) -> None:
    company.type("sam", "acme", "/mood 4 good call request: gift cards opportunity: a shop for dealers")
    assert "Request: gift cards" in last(company, "sam")
    company.type("dana", "acme", "/mood heard")
    text = last(company, "dana")
    assert "gift cards" in text
    assert "a shop for dealers" in text


def test_one_changes_and_deletes_ones_own(company: Studio) -> None:
    company.type("sam", "acme", LINE)
    company.press("sam", company.messages("sam", "acme")[-1], "Edit")
    assert list(inputs(company.modal("sam"))) == ["value", "insight"]
    company.press_in_modal("sam", "More")
    assert "opportunity" in inputs(company.modal("sam"))
    company.submit("sam", {"insight": "Asked once."})
    assert moods(company) == [(2, "Asked once.")]
    listed = company.sees("sam", "acme")[-1]
    assert "*ACME · client moods: " in listed, "what it was changed from shows it among the others"
    assert "“Asked once.”" in listed
    assert "Asked once." in company.sees("jo", "drumbeat")[-1]

    company.type("sam", "acme", "/mood delete")
    company.press("sam", company.messages("sam", "acme")[-1], "Delete it")
    assert moods(company) == []
    assert "what had caused it was changed or deleted" in company.sees("jo", "drumbeat")[-1]
    for line in ("/mood 3", "/mood neutral"):
        assert "a minute ago" not in company.sees("sam", "acme")[-1]
        company.type("sam", "acme", line)
    assert "The same as you logged a minute ago." in company.sees("sam", "acme")[-1]
    company.type("mina", "acme", "/mood edit")
    assert "haven't logged a mood on ACME yet" in last(company, "mina")


def test_the_form_deletes_too(company: Studio) -> None:
    company.type("sam", "acme", "/mood 4 good call")
    answer = company.messages("sam", "acme")[-1]
    company.press("sam", answer, "Delete")
    assert "Delete this reading?" in last(company, "sam")
    assert moods(company) == [(4, "good call")]
    company.type("sam", "acme", "/mood list")
    assert "good call" in last(company, "sam")
    company.press("sam", company.messages("sam", "acme")[-1], "Edit")
    company.press_in_modal("sam", "Delete this reading")
    assert moods(company) == []
    assert "good call" not in last(company, "sam"), "the list behind the form follows"
    assert "Deleted" in modal_words(company.modal("sam"))


def test_two_windows_conflict_visibly_and_lose_nothing(company: Studio) -> None:
    company.type("sam", "acme", "/mood 4 good call")
    company.type("sam", "acme", "/mood edit")
    company.type("sam", "acme", "/mood edit")
    company.submit("sam", {"insight": "From the second window."})
    company.submit("sam", {"insight": "From the first window."})
    assert "changed in another window" in modal_words(company.modal("sam"))
    company.submit("sam", {"insight": "From the first window."})
    assert moods(company) == [(4, "From the first window.")]


def test_a_project_archived_meanwhile_is_said_in_the_form(company: Studio) -> None:
    company.type("sam", "acme", "/mood")
    with company.application.database.write() as session:
        session.execute(update(projects).where(projects.c.key == "ACME").values(archived_at=company.clock()))
    company.submit("sam", {"value": "4"})
    assert "archived" in " ".join(company.modal("sam").errors.values())


def test_what_was_typed_waits_for_its_channel_to_become_a_project(company: Studio) -> None:
    company.type("priya", "new-project-talk", "/mood 4 They like the sketch")
    offer = company.messages("priya", "new-project-talk")[-1]
    assert "I kept: “4 They like the sketch”" in last(company, "priya", "new-project-talk")
    company.press("priya", offer, "Make this channel a project")
    company.submit("priya", {"client": "Bergen Harbour", "key": "bergen"})
    assert "BERGEN: client mood 4, happy" in modal_words(company.modal("priya"))
    assert moods(company) == [(4, "They like the sketch")]


def test_what_slack_delivers_twice_is_logged_once(company: Studio) -> None:
    company.type("sam", "acme", LINE)
    first = company.wire.last
    again = company.wire.again(first)
    assert again.body == first.reply.body
    company.type("sam", "acme", "/mood")
    company.submit("sam", {"value": "3"})
    company.wire.again(company.wire.last)
    company.deliver()
    assert [value for value, _ in moods(company)] == [2, 3]
    assert len([said for said in company.sees("jo", "drumbeat") if ALERT in said]) == 1


def test_the_same_command_stands_behind_drumbeat(company: Studio) -> None:
    company.type("sam", "acme", "/drumbeat mood 4 good call")
    assert moods(company) == [(4, "good call")]
    company.type("sam", "acme", "/mood help")
    assert "1 to 5" in last(company, "sam")
