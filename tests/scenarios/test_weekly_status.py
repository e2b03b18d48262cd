"""The weekly status as its people live it: green in one press, never posted where clients read."""

from datetime import timedelta

from sqlalchemy import update

from bot.demo.api.faults import Fault, FaultKind
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.rag import Colour
from models.tables import mood_readings, projects
from tests.scenarios.reading import inputs, labels, modal_words, words
from tests.scenarios.records import rows
from tests.scenarios.statuses import close, declared, last, title
from tests.scenarios.studio import Studio
from tests.standstill import IN_REAL_SECONDS

G, A, R = Colour.GREEN, Colour.AMBER, Colour.RED


def plan(company: Studio, **fields: str) -> dict[str, str]:
    """Return a whole plan for the schedule as it is typed."""
    friday = (company.clock() + timedelta(days=2)).date().isoformat()
    return {
        "schedule_step": "Mock the API",
        "schedule_owner": company.user("sam"),
        "schedule_due": friday,
        "schedule_criteria": "The sandbox passes.",
    } | fields


def test_two_green_weeks_and_what_somebody_may_wonder_about(company: Studio) -> None:
    company.type("dana", "acme", "/weekly Release still on the 23rd")
    assert title(company, "dana") == "ACME, week 42"
    assert "it keeps what stood in it at your last tick or choice" in modal_words(company.modal("dana"))
    assert len(company.modal("dana").view["blocks"]) < 15, "an all-green week is a short form"
    assert "Overall: 🟢 Green" in modal_words(company.modal("dana"))
    company.submit("dana")

    posted = company.find("sam", "acme", "ACME, week 42")
    assert words(posted).replace("*", "").splitlines()[:3] == [
        "ACME, week 42: 🟢 Green → third week · Dana Ortiz",
        "Release still on the 23rd",
        "🟢 All green.",
    ]
    assert "Next" in company.thread("sam", "acme", posted)[0]
    assert company.wire.again(company.wire.last).body == company.wire.last.reply.body
    assert declared(company) == [G]

    assert "If it can't go there, you hear why." in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "Update")
    assert title(company, "dana") == "COBALT, week 42", "the next project follows"
    company.submit("dana", {"headline": "Store review is through"})
    assert title(company, "dana") == "Green, but …"
    question = modal_words(company.modal("dana"))
    assert "It is green, but the client's mood was 2, unhappy, lately." in question
    assert "watermelon" not in question.lower()
    company.submit("dana", {"justification": "We have talked since."})
    assert "That was the last one" in modal_words(company.modal("dana"))
    assert declared(company) == [G, G, G]
    for where in ("cobalt", "acme-shared"):
        assert not any("week 42" in text for who in ("dana",) for text in company.sees(who, where))
    withheld = words(company.find("ines", "drumbeat", "COBALT, week 42"))
    assert "there are guests in the channel" in withheld
    company.type("dana", "general", "/weekly edit COBALT")
    company.submit("dana", {"headline": "The store said yes"})
    told = modal_words(company.modal("dana"))
    assert "may not get it: when I last looked, guests were in it. While that is so, the leads get" in told
    corrected = words(company.find("ines", "drumbeat", "COBALT, week 42"))
    assert "The store said yes" in corrected, "what was told directly is brought up to date, too"
    company.type("alex", "general", "/weekly show COBALT")
    assert "Green, but the client's mood was 2, unhappy, lately: “We have talked since.”" in last(
        company, "alex", "general"
    )


def test_what_is_not_green_opens_its_fields_and_is_refused_without_a_plan(company: Studio) -> None:
    company.type("dana", "acme", "/weekly")
    company.choose("dana", "not_green", ["schedule"], {"headline": "Vendor API four days late"})
    form = company.modal("dana")
    assert form.values["headline"] == {"headline": "Vendor API four days late"}, "typed text is kept"
    assert "Overall: 🟠 Amber" in modal_words(form)
    assert "↓ from Green" in modal_words(form)
    company.choose("dana", "schedule_colour", "red")
    assert "Overall: 🔴 Red" in modal_words(company.modal("dana"))
    company.submit("dana", {"schedule_criteria": " "})
    assert {"schedule_step", "schedule_due"} <= set(company.modal("dana").errors)
    yesterday = (company.clock() - timedelta(days=1)).date().isoformat()
    company.choose("dana", "mood", "2")
    company.submit("dana", plan(company, schedule_due=yesterday))
    assert company.modal("dana").errors == {
        "schedule_due": "That day has passed. Pick today or later.",
        "mood_insight": "Say in one sentence why: 2 means unhappy.",
    }, "all that can't stand is said at once"
    whole = plan(company)
    company.submit("dana", whole)
    assert set(company.modal("dana").errors) == {"mood_insight"}
    assert declared(company) == []
    close(company, "dana")

    company.type("dana", "acme", "/weekly")
    shown = {each["block_id"]: each.get("element") for each in company.modal("dana").view["blocks"]}
    assert "Your draft is back" in modal_words(company.modal("dana"))
    assert shown["schedule_due"]["initial_date"] == whole["schedule_due"], "what was sent last is kept"
    company.choose("dana", "mood", "3")
    company.submit("dana", {"decision": "Drop single sign-on? Priya, by Monday", "mood_insight": "Slow."})
    text = words(company.find("sam", "acme", "ACME, week 42")).replace("*", "")
    assert text.startswith("ACME, week 42: 🔴 Red ↓ from Green · Dana Ortiz\nVendor API four days late\n")
    assert "🔴 Schedule Red: Mock the API, by 16 Oct (Sam Reyes). Green when the sandbox passes." in text
    assert "🟢 All else green." in text
    assert "Decide: Drop single sign-on? Priya, by Monday" in text
    assert "Mock the API" in company.sees("sam", "drumbeat")[-1], "the step is Sam's action"

    company.type("dana", "acme", "/weekly")
    assert title(company, "dana") == "ACME, week 42"
    assert "schedule_step" in inputs(company.modal("dana")), "the same week again is an edit of it"
    close(company, "dana")
    company.type("dana", "acme", "/weekly The vendor delivered")
    company.choose("dana", "not_green", [])
    company.submit("dana")
    assert "ACME, week 42: 🟢 Green → third week · Dana Ortiz · edited\nThe vendor delivered" in words(
        company.find("sam", "acme", "ACME, week 42")
    ).replace("*", "")
    assert declared(company) == [R, G]
    assert "Closed with it: Mock the API (Sam Reyes)" in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "Keep it")
    assert "Open again: Mock the API · Sam Reyes" in modal_words(company.modal("dana"))


def test_open_plans_carry_over_and_drafts_come_back(company: Studio) -> None:
    company.type("lee", "borealis", "/weekly")
    form = company.modal("lee")
    hints = [block["hint"]["text"] for block in form.view["blocks"] if "hint" in block]
    assert "Ticked as in week 41. Untick what is green again." in hints
    assert "It moved twice already." in hints
    assert {"schedule_step", "client_relationship_owner"} <= set(inputs(form))
    company.choose("lee", "not_green", ["schedule", "client_relationship", "scope"], {"headline": "Map"})
    company.choose("lee", "scope_colour", "not_applicable")
    assert "scope_step" not in inputs(company.modal("lee")), "what does not apply needs no plan"
    company.choose("lee", "not_green", ["schedule"])
    hints = [block["hint"]["text"] for block in company.modal("lee").view["blocks"] if "hint" in block]
    assert "Nothing ticked means all green." in hints, "what is unticked is not said to be ticked"
    company.choose("lee", "not_green", ["schedule", "client_relationship", "scope"])
    close(company, "lee")

    company.type("lee", "borealis", "/weekly")
    form = company.modal("lee")
    assert "Your draft is back" in modal_words(form)
    assert "scope_colour" in inputs(form)
    assert form.view["blocks"][2]["element"]["initial_value"] == "Map"
    company.press_in_modal("lee", "Start afresh")
    assert "Your draft is back" not in modal_words(company.modal("lee"))
    assert "scope_colour" not in inputs(company.modal("lee"))

    company.press_in_modal("lee", "More: set the overall")
    company.choose("lee", "declared", "amber", {"headline": "We start without the map"})
    assert "Overall: 🟠 Amber (computed Red)" in modal_words(company.modal("lee")).replace("*", "")
    company.submit("lee")
    assert "say in a sentence why" in company.modal("lee").errors["reason"]
    company.submit("lee", {"reason": "The client agreed to start without it."})
    text = words(company.find("sam", "borealis", "BOREALIS, week 42")).replace("*", "")
    assert "🟠 Amber (computed Red) ↑ from Red" in text
    assert "Set by hand: The client agreed to start without it." in text
    assert "(moved twice)" in text


def test_the_mood_is_asked_along(company: Studio) -> None:
    company.type("dana", "acme", "/weekly All on track")
    company.choose("dana", "mood", "2")
    assert "mood_insight" in inputs(company.modal("dana"))
    company.submit("dana")
    assert "in one sentence why" in company.modal("dana").errors["mood_insight"]
    company.submit("dana", {"mood_insight": "Asked twice who decides."})
    assert "ACME: client mood 2, unhappy" in company.sees("jo", "drumbeat")[-1]
    assert title(company, "dana") == "Green, but …"
    company.press_in_modal("dana", "Change the colour")
    assert title(company, "dana") == "ACME, week 42"
    assert "Client relationship would be 🔴 Red: client mood" in modal_words(company.modal("dana"))


def test_a_green_that_nobody_has_explained_says_so_until_somebody_does(company: Studio) -> None:
    company.type("dana", "acme", "/weekly All on track")
    company.choose("dana", "mood", "2")
    company.submit("dana", {"mood_insight": "Asked twice who decides."})
    assert title(company, "dana") == "Green, but …"
    close(company, "dana")
    post = words(company.find("sam", "acme", "ACME, week 42")).replace("*", "")
    assert post.startswith("ACME, week 42: 🟢 Green, but not explained yet → third week · Dana Ortiz")
    assert "mood" not in post
    company.type("sam", "acme", "/weekly history")
    assert "Week 42 🟢 Green, but not explained yet →" in last(company, "sam")
    company.type("jo", "general", "/weekly history all")
    assert "but not explained yet · All on track" in last(company, "jo", "general")
    company.type("sam", "acme", "/weekly show")
    assert "ACME, week 42: 🟢 Green, but not explained yet" in last(company, "sam")
    assert "Explain or recolour" not in labels(company.messages("sam", "acme")[-1])

    company.type("dana", "acme", "/weekly show")
    company.press("dana", company.messages("dana", "acme")[-1], "Explain or recolour")
    company.submit("dana", {"justification": "We have talked since."})
    post = words(company.find("sam", "acme", "Dana Ortiz · edited")).replace("*", "")
    assert post.startswith("ACME, week 42: 🟢 Green → third week · Dana Ortiz · edited")
    assert "Dana Ortiz: “We have talked since.”" in post
    company.type("dana", "acme", "/weekly show")
    assert "Explain or recolour" not in labels(company.messages("dana", "acme")[-1])


def test_two_people_write_the_same_week(company: Studio) -> None:
    company.type("dana", "acme", "/weekly Mine")
    company.type("jo", "acme", "/weekly Jo's")
    company.submit("jo")
    company.submit("dana")
    text = modal_words(company.modal("dana"))
    assert "Jo Lind posted ACME's status of week 42 while you were writing." in text
    company.submit("dana")
    assert "Mine" in words(company.find("sam", "acme", "ACME, week 42"))
    assert len(declared(company)) == 2
    posts = [text for text in company.sees("sam", "acme") if "ACME, week 42" in text]
    assert len(posts) == 1, "one message, brought up to date"


def test_talent_on_demand_has_a_lighter_form_once_a_month(company: Studio) -> None:
    with company.application.database.write() as session:
        session.execute(
            update(projects).where(projects.c.key == "DELTA").values(kind=ProjectKind.TALENT_ON_DEMAND)
        )
    company.type("lee", "delta", "/weekly Everybody is well")
    form = company.modal("lee")
    assert title(company, "lee") == "DELTA, October"
    assert "Billing\nStaff health\nSuccess\n" in modal_words(form)
    assert "Schedule" not in modal_words(form)
    assert "decision" not in inputs(form)
    company.submit("lee")
    assert "DELTA, October: 🟢 Green" in words(company.find("kofi", "delta", "DELTA, October")).replace(
        "*", ""
    )
    company.type("kofi", "delta", "/weekly history")
    for typed in ("/weekly show 99", "/weekly show 40"):
        company.type("kofi", "delta", typed)
        assert "DELTA reports month by month. Name a month, as in October" in last(company, "kofi", "delta")
    company.type("kofi", "delta", "/weekly history")
    assert "DELTA, month by month\nOctober 🟢 Green · " in last(company, "kofi", "delta")


def test_a_form_that_slack_does_not_open_or_that_was_closed_loses_nothing(company: Studio) -> None:
    company.served.demo.faults.next("views.open", Fault(FaultKind.SERVER_ERROR))
    company.type("dana", "acme", "/weekly Vendor is late")
    assert "didn't let me open the form in time. Nothing was lost" in last(company, "dana")

    company.type("dana", "acme", "/weekly Vendor is late")
    company.choose("dana", "not_green", ["schedule"])
    chosen = company.wire.last
    close(company, "dana")
    assert company.wire.again(chosen).status == 200, "what was chosen in a closed form is kept as a draft"
    company.type("dana", "acme", "/weekly")
    assert "schedule_step" in inputs(company.modal("dana"))
    company.submit("dana", {"headline": "Vendor is late"} | plan(company))
    assert declared(company) == [A]


@IN_REAL_SECONDS
def test_what_slack_sends_twice_at_one_instant_is_posted_once(company: Studio) -> None:
    company.type("dana", "acme", "/weekly All on track")
    company.wire.copies = 2
    company.submit("dana", {"mood": "4"})
    company.wire.copies = 1
    one, other = (delivery.reply for delivery in company.wire.passed[-2:])
    assert (one.status, other.status) == (200, 200)
    assert one.body == other.body
    assert declared(company) == [G]
    assert len([text for text in company.sees("sam", "acme") if "ACME, week 42" in text]) == 1
    moods = rows(company.application.database, mood_readings)
    beginning = company.clock() - timedelta(hours=1)
    assert len([row for row in moods if row["logged_at"] > beginning]) == 1


def test_a_week_that_is_missing_is_filled_in_first_and_nothing_typed_is_lost(company: Studio) -> None:
    company.clock.forward(timedelta(days=7))
    company.type("dana", "acme", "/weekly On to the next")
    hints = [block["hint"]["text"] for block in company.modal("dana").view["blocks"] if "hint" in block]
    assert "Nothing ticked means all green." in hints
    assert "Week 42 isn't in yet." in modal_words(company.modal("dana"))
    company.press_in_modal("dana", "Fill in week 42", {"decision": "Drop single sign-on?"})
    assert title(company, "dana") == "ACME, week 42"
    company.submit("dana", {"headline": "Late, but here"})
    assert "· late" in words(company.find("sam", "acme", "ACME, week 42"))
    # What is overdue elsewhere comes before this week's of the same project.
    offered = modal_words(company.modal("dana")).partition("Next project")[2]
    assert offered.index("*COBALT*, week 42 · *") < offered.index("*ACME*, week 43 · due ")
    company.press_in_modal("dana", "Update")
    assert title(company, "dana") == "COBALT, week 42"
    company.type("dana", "acme", "/weekly")
    assert title(company, "dana") == "ACME, week 43"
    form = company.modal("dana")
    assert "Your draft is back" in modal_words(form)
    typed = {
        block["block_id"]: block["element"].get("initial_value")
        for block in form.view["blocks"]
        if block["type"] == "input"
    }
    assert (typed["headline"], typed["decision"]) == ("On to the next", "Drop single sign-on?")
    close(company, "dana")

    note = "Week 43 isn't in yet; this is week 42."
    for typed_line in ("/weekly show", "/weekly copy"):
        company.type("dana", "acme", typed_line)
        assert note in last(company, "dana")
        company.type("dana", "acme", f"{typed_line} 42")
        assert note not in last(company, "dana"), "week 42 was asked for"
    company.type("dana", "acme", "/weekly edit")
    assert (title(company, "dana"), note in modal_words(company.modal("dana"))) == ("ACME, week 42", True)
    for ticked, is_back in (([], False), (["schedule"], True)):
        company.choose("dana", "not_green", ticked)
        close(company, "dana")
        company.type("dana", "acme", "/weekly edit")
        told = "Your draft is back: week 42 is posted already, and what is changed here isn't yet."
        assert (told in modal_words(company.modal("dana"))) is is_back
