"""Statuses that are looked for in words: whose, of which week, and what is shown of them to whom."""

from datetime import timedelta

from sqlalchemy import update

from models.tables import projects
from tests.scenarios.reading import field_of, inputs, labels, modal_words, words
from tests.scenarios.statuses import close, declared, last, title
from tests.scenarios.studio import Studio


def test_a_line_that_is_nearly_a_project_a_week_or_a_verb_is_asked_about(company: Studio) -> None:
    company.type("dana", "acme", "/weekly COBALTT")
    assert "Did you mean COBALT?" in last(company, "dana")
    for typed, answer, offered in (
        ("/weekly NOPE", "I don't know a project “NOPE”. /project list all names all.", ["It's my headline"]),
        ("/weekly ACME 99", "There is no week 99 this year or last", ["It's my headline"]),
        ("/weekly shwo ACME", "Did you mean /weekly show ACME?", ["Yes: show ACME", "No, it's my headline"]),
        ("/weekly show October", "ACME reports week by week. Name a week, as in 40", []),
        ("/weekly show 99", "There is no week 99", []),
    ):
        company.type("dana", "acme", typed)
        assert answer in last(company, "dana").replace("`", ""), typed
        assert labels(company.messages("dana", "acme")[-1]) == offered
        assert not company.has_modal("dana"), typed
    company.type("dana", "acme", "/weekly NOPE")
    company.press("dana", company.messages("dana", "acme")[-1], "It's my headline")
    headline = field_of(company.modal("dana"), "headline")
    assert headline["element"]["initial_value"] == "NOPE"
    close(company, "dana")
    for typed, overall in (("/weekly red", "🔴 Red"), ("/weekly Amber", "🟠 Amber")):
        company.type("dana", "acme", typed)
        assert f"Overall: {overall} (computed Green)" in modal_words(company.modal("dana")).replace("*", "")
        assert "initial_value" not in field_of(company.modal("dana"), "headline")["element"]
        close(company, "dana")
    for typed in ("/weekly Fine", "/weekly Sprint 12", "/weekly Delayed"):
        company.type("dana", "acme", typed)
        assert title(company, "dana") == "ACME, week 42", "a headline is a headline"
        close(company, "dana")


def test_who_may_not_is_told_whom_to_ask_and_outsiders_nothing(company: Studio) -> None:
    company.type("sam", "acme", "/weekly All is well")
    assert not company.has_modal("sam")
    assert "Please ask Dana Ortiz to post this project's status" in last(company, "sam")
    assert "ACME, week 41: 🟢 Green" in last(company, "sam"), "how it stands, they may see"
    for who, where in (("yuki", "cobalt"), ("robin", "acme-shared")):
        for typed in ("/weekly", "/weekly show ACME", "/weekly ACME"):
            company.type(who, where, typed)
            assert "for this workspace's own team" in last(company, who, where)
            assert not company.has_modal(who)
    company.type("dana", "acme", "/weekly")
    with company.application.database.write() as session:
        session.execute(update(projects).where(projects.c.key == "ACME").values(archived_at=company.clock()))
    company.submit("dana", {"headline": "All on track"})
    assert "archived" in company.modal("dana").errors["headline"]
    assert declared(company) == []


def test_words_find_the_project_and_the_week(company: Studio) -> None:
    company.type("dana", "general", "/weekly All on track, as planned")
    choice = company.messages("dana", "general")[-1]
    assert labels(choice) == ["Update", "Update"]
    assert "ACME, week 42 · due" in last(company, "dana", "general")
    company.press("dana", choice, "Update")
    assert title(company, "dana") == "ACME, week 42"
    headline = field_of(company.modal("dana"), "headline")
    assert headline["element"]["initial_value"] == "All on track, as planned", "what was typed is kept"

    company.type("lee", "general", "/drumbeat weekly DELTA 39")
    assert title(company, "lee") == "DELTA, week 39"
    company.submit("lee", {"headline": "Late, and here"})
    assert "DELTA, week 39: 🟢 Green" in words(company.find("kofi", "delta", "DELTA, week 39")).replace(
        "*", ""
    )
    assert "· late" in words(company.find("kofi", "delta", "DELTA, week 39"))
    for typed, answer in (
        ("/weekly show ACME 38", "ACME, week 38: 🟠 Amber"),
        ("/weekly show ACME 12", "ACME has no status of week 12 yet"),
        ("/weekly show ACM", "Did you mean ACME?"),
        ("/weekly show", "Which project?"),
        ("/weekly help", "All on track, release still on 23 October"),
        ("/weekly shwo", "Did you mean /weekly show?"),
    ):
        company.type("kofi", "general", typed)
        assert answer in last(company, "kofi", "general").replace("`", "")
    company.press("kofi", company.messages("kofi", "general")[-1], "Yes: show")
    assert "Which project?" in last(company, "kofi", "general")
    company.type("sam", "general", "/weekly")
    assert "isn't a project yet" in last(company, "sam", "general")


def copied_without_a_reason(company: Studio) -> str:
    """Post what is red by hand alone, copy it, and go on in the form with the colour that is computed."""
    company.press_in_modal("dana", "More: set the overall")
    company.choose("dana", "declared", "red")
    company.submit("dana", {"headline": "Client is unhappy", "done": "Search is live"})
    company.type("dana", "acme", "/weekly copy")
    copied = last(company, "dana")
    company.type("dana", "acme", "/weekly edit")
    company.choose("dana", "declared", "")
    return copied


def test_what_was_is_shown_changed_and_copied_without_what_is_ours(company: Studio) -> None:
    company.type("sam", "borealis", "/weekly history")
    text = last(company, "sam", "borealis")
    assert "Week 41 🔴 Red → · Schedule R · Client relationship A · We start the season" in text
    assert "Week 42 · not in yet" in text
    company.type("jo", "general", "/weekly history all")
    assert "🔴 BOREALIS `· G G A A R R ·` We start the season" in last(company, "jo", "general")
    company.type("jo", "general", "/weekly missing")
    assert "All are in" in last(company, "jo", "general"), "Thursday is still to come"

    company.type("lee", "borealis", "/weekly edit last")
    assert title(company, "lee") == "BOREALIS, week 41"
    company.submit("lee", {"headline": "We start without the map, and they agree"})
    company.type("lee", "borealis", "/weekly show last")
    shown = company.messages("lee", "borealis")[-1]
    assert "version 2" in words(shown)
    company.press("lee", shown, "Versions")
    versions = last(company, "lee", "borealis")
    assert "2. 🔴 Red · We start without the map, and they agree" in versions
    assert "1. 🔴 Red · We start the season without the seat map." in versions
    company.press("lee", shown, "Copy for the client")
    copied = last(company, "lee", "borealis").split("Left out:")[0]
    assert "Borealis booking platform, week 41: Red" in copied
    assert "Schedule Red: Build the fallback without the seat map, by " in copied
    assert "⚠️" not in copied
    for ours in ("Client relationship", "managing director", "Tom Becker", "Start without the map?", "moved"):
        assert ours not in copied
    company.press("lee", shown, "History")
    assert "BOREALIS, week by week" in last(company, "lee", "borealis")

    company.clock.forward(timedelta(days=6))
    company.type("lee", "general", "/weekly missing")
    text = last(company, "lee", "general")
    assert "2 statuses were due and not in" in text
    assert "BOREALIS, week 42 · missing, was due" in text
    assert "last 🔴 Red, stale" in text
    company.type("jo", "general", "/weekly history all")
    assert "⚪ ACME `G G A A G G · ·` missing, last Green, stale" in last(company, "jo", "general")
    company.press("lee", company.messages("lee", "general")[-1], "Fill in")
    assert title(company, "lee") == "BOREALIS, week 42"
    assert "mood" not in inputs(company.modal("lee")), "a mood is of the day on which it is said"

    done = "Let two people do each release (Alex Novak)\nSearch is live (Sam Reyes)"
    company.type("dana", "acme", "/weekly")
    copied = copied_without_a_reason(company)
    assert "The headline says how the client feels." in copied
    assert "Nothing here tells the client why it is Red" in copied
    company.submit("dana", {"headline": "Lee Park helps", "done": done, "coming": "Sam meets Robin"})
    company.type("dana", "acme", "/weekly copy")
    copied = last(company, "dana")
    assert "Our team helps\n\nDone\n- Search is live\n\nNext\n- Sam meets Robin" in copied
    assert "Still in it: Sam." in copied
    assert "1 line is only for us, and not in it." in copied


def test_who_posts_no_status_sees_whose_is_missing(company: Studio) -> None:
    company.clock.forward(timedelta(days=6))
    company.type("sam", "general", "/weekly missing")
    text = last(company, "sam", "general")
    assert "BOREALIS, week 42 · missing, was due" in text, "who posts none sees all"
    assert "Fill in" not in text
    company.type("sam", "general", "/weekly missing mine")
    assert "No weekly status is yours to post, so none is missing." in last(company, "sam", "general")
    company.type("sam", "drumbeat", "/weekly All <well>")
    told = last(company, "sam", "drumbeat")
    assert "No weekly status is yours to post. `/weekly show ACME` shows how a project stands" in told
    assert "You typed:\nAll &lt;well&gt;" in told


def test_a_second_week_without_a_status_never_counts_as_green_while_it_is_only_late(company: Studio) -> None:
    for days, shown in ((6, "⚪ ACME `G G A A G G · ·` missing"), (4, "⚪ ACME `G G A A G G · ·` missing")):
        company.clock.forward(timedelta(days=days))
        company.type("jo", "general", "/weekly history all")
        assert f"{shown}, last Green, stale · On track for the release." in last(company, "jo", "general")


def test_what_shows_a_status_follows_what_is_changed_in_it(company: Studio) -> None:
    company.type("lee", "borealis", "/weekly show last")
    shown = company.messages("lee", "borealis")[-1]
    company.press("lee", shown, "Edit")
    company.submit("lee", {"headline": "We start without the map, and they agree"})
    [now] = [each for each in company.messages("lee", "borealis") if each.ts == shown.ts]
    assert "We start without the map, and they agree" in words(now)
    assert "version 2" in words(now)
    assert "Versions" in labels(now)


def test_a_delivery_manager_sees_in_any_channel_what_is_late(company: Studio) -> None:
    company.type("jo", "delivery", "/weekly")
    assert last(company, "jo", "delivery").startswith("<#"), "nothing is late yet"
    company.clock.forward(timedelta(days=6))
    company.type("jo", "delivery", "/weekly")
    shown = company.messages("jo", "delivery")[-1]
    assert "statuses were due and not in" in words(shown)
    assert "isn't a project yet" in words(shown)
    assert labels(shown)[0] == "Fill in"
    assert labels(shown)[-1] == "Make this channel a project"
    company.type("sam", "general", "/weekly")
    assert "due and not in" not in last(company, "sam", "general")
    company.type("jo", "delivery", "/weekly All is well")
    assert "due and not in" not in last(company, "jo", "delivery"), "a headline waits for its project"
