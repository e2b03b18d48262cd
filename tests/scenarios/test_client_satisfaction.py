"""How satisfied clients are: whom we may ask, what they answered elsewhere, and who may know."""

import re
from datetime import timedelta

from bot.demo.values import Message
from models.rules.surveys.asking import LawfulBasis
from models.tables import action_items, client_contacts, survey_answers
from tests.scenarios.reading import labels, modal_words, option_value, words
from tests.scenarios.records import rows
from tests.scenarios.studio import Studio


def last(company: Studio, who: str, where: str) -> str:
    return company.sees(who, where)[-1].replace("*", "")


def test_the_first_contact_and_the_first_answer(company: Studio) -> None:
    company.type("lee", "delta", "/csat")
    assert "1 contact, none to be asked now" in last(company, "lee", "delta")

    company.type("dana", "cobalt", "/csat contacts")
    company.press("dana", company.messages("dana", "cobalt")[-1], "Add a contact")
    company.submit("dana", {"name": "Ole Berg", "basis": LawfulBasis.CONSENT})
    assert set(company.modal("dana").errors) == {"evidence", "basis_on", "country"}
    filled = {"evidence": "His mail", "basis_on": "2026-05-03", "country": "Norway"}
    company.submit("dana", {"name": "Ole Berg", "basis": LawfulBasis.CONSENT, **filled})
    assert "Added: *Ole Berg*, Cobalt · ✓ may be asked" in modal_words(company.modal("dana"))
    assert "Ole Berg" in last(company, "dana", "cobalt"), "and so in the list behind the form"
    (kept,) = [
        row for row in rows(company.application.database, client_contacts) if row["name"] == "Ole Berg"
    ]
    assert (kept["basis"], kept["evidence"]) == (LawfulBasis.CONSENT, "His mail")


def test_a_low_answer_by_mail_is_recorded_corrected_and_taken_back(company: Studio) -> None:
    database = company.application.database
    company.type("dana", "acme", "/csat record")
    who = option_value(company.modal("dana"), "who", "Robin Vale, by themselves")
    company.submit("dana", {"who": who})
    assert set(company.modal("dana").errors) == {"rating"}
    company.submit("dana", {"who": who, "rating": "2", "reason": "Nobody told me.", "about": "Checkout"})
    shown = modal_words(company.modal("dana"))
    assert "✓ Recorded: *Robin Vale* on Checkout · *2, dissatisfied* · today" in shown
    assert "Priya Nair speaks with them by" in shown
    company.deliver()
    assert "Robin Vale answered 2, dissatisfied" in last(company, "priya", "drumbeat")
    company.type("priya", "acme", "/drumbeat actions")
    assert "Speak with the client about their answer on Checkout" in last(company, "priya", "acme")

    company.type("dana", "acme", "/csat")
    overview = company.messages("dana", "acme")[-1]
    assert "1 of 2 satisfied" in words(overview)
    assert "1 of 2 asked have answered" in words(overview)
    assert "%" not in words(overview)
    assert labels(overview) == [
        "I've spoken with them",
        "Settled",
        "Ask",
        "Record an answer",
        "I asked by mail",
        "Answers",
        "Contacts",
    ]

    company.type("dana", "acme", "/csat edit")
    company.submit("dana", {"rating": "4", "reason": "Settled on the phone."})
    assert "Changed: *Robin Vale* on Checkout · *4, satisfied*" in modal_words(company.modal("dana"))
    actions = [row for row in rows(database, action_items) if "on Checkout" in row["title"]]
    assert [row["status"].value for row in actions] == ["cancelled"]

    company.type("dana", "acme", "/csat undo")
    company.press("dana", company.messages("dana", "acme")[-1], "Take it back")
    assert "It counts nowhere any more." in last(company, "dana", "acme")
    kept = [row for row in rows(database, survey_answers) if row["withdrawn_at"] is None]
    assert "Settled on the phone." not in {row["reason"] for row in kept}


def test_who_was_asked_by_mail_waits_in_the_overview(company: Studio) -> None:
    company.type("dana", "acme", "/csat mail")
    marta = option_value(company.modal("dana"), "who", "Marta Solberg")
    company.submit("dana", {"who": marta, "about": "Checkout"})
    assert "Noted: *Marta Solberg* on Checkout · asked by mail today" in modal_words(company.modal("dana"))

    company.type("dana", "acme", "/csat")
    overview = company.messages("dana", "acme")[-1]
    assert "Marta Solberg* on Checkout: no answer yet" in words(overview)
    assert labels(overview)[:2] == ["Record the answer", "Take it back"]
    company.press("dana", overview, "Record the answer")
    company.submit("dana", {"rating": "5"})
    company.type("dana", "acme", "/csat list")
    assert "Marta Solberg on Checkout · 5, very satisfied · today" in last(company, "dana", "acme")

    company.type("dana", "acme", "/csat contacts")
    listed = company.messages("dana", "acme")[-1]
    assert "asked lately, again from" in words(listed)
    company.choose_in_menu("dana", listed, "Robin Vale", "Doesn't want to be asked")
    listed = next(each for each in company.messages("dana", "acme") if each.ts == listed.ts)
    assert "✗ doesn't want to be asked since" in words(listed)
    assert "kickoff" not in words(listed), "nor why we might"


def test_only_those_who_look_after_the_client_may_know(company: Studio) -> None:
    company.type("sam", "acme", "/csat")
    assert "Please ask Dana Ortiz to show you what clients answered" in last(company, "sam", "acme")
    company.type("sam", "general", "/csat")
    assert "There is nothing to see here for you yet" in last(company, "sam", "general")
    company.type("jo", "general", "/csat")
    everywhere = company.messages("jo", "general")[-1]
    assert words(everywhere).index("BOREALIS") < words(everywhere).index("ACME")
    company.type("robin", "acme-shared", "/csat")
    refused = "Drumbeat is for this workspace's own team. Tell your contact there, and they'll see to it."
    assert refused in last(company, "robin", "acme-shared")
    for who in ("alex", "kofi"):
        company.type(who, "general", "/csat ACME")
        overview = company.messages(who, "general")[-1]
        assert "1 of 1 satisfied" in words(overview)
        for theirs in ("Robin Vale", "4, satisfied", "Decisions took us long", "%"):
            assert theirs not in words(overview)
        assert "Answers" not in labels(overview)
        company.type(who, "general", "/csat list ACME")
        assert "Please ask Dana Ortiz to show you single answers" in last(company, who, "general")
    company.type("alex", "general", "/csat list all")
    assert "There are no answers for you to read yet" in last(company, "alex", "general")
    company.type("dana", "acme-shared", "/csat")
    there = last(company, "dana", "acme-shared")
    assert "Robin Vale on Discovery" in there
    assert "BOREALIS" not in there
    company.type("dana", "acme-shared", "/csat record")
    assert company.has_modal("dana")
    company.type("dana", "acme", "/csat record 5")
    assert "its form asks who answered" in last(company, "dana", "acme")
    company.type("dana", "acme", "/csat hold")
    assert "while its client survey is on" in last(company, "dana", "acme")
    company.type("jo", "general", "/csat recrod ACME")
    assert "Did you mean /csat record ACME?" in last(company, "jo", "general").replace("`", "")
    company.type("jo", "general", "/csat record")
    assert "Which project is it about?" in last(company, "jo", "general")


def asked(company: Studio, about: str = "Checkout") -> Message:
    """Let Dana ask Robin in the channel with Acme, and return the question as it stands there."""
    company.type("dana", "acme", "/csat ask")
    robin = option_value(company.modal("dana"), "contact", "Robin Vale")
    company.submit("dana", {"contact": robin, "about": about})
    preview = modal_words(company.modal("dana"))
    assert f"Overall, how satisfied are you with our delivery of {about}?" in preview
    assert preview.index("others of us see only how many") < preview.index("[1 Very dissatisfied]")
    assert not any("one question" in said for said in company.sees("robin", "acme-shared"))
    company.press_in_modal("dana", "Change")
    back = str(company.modal("dana").view)
    assert about in back, "nothing is lost on the way back"
    assert "initial_option" in back
    company.submit("dana", {"contact": robin, "about": about})
    company.submit("dana")
    company.deliver()
    assert f"✓ Sent: *Robin Vale* on {about}" in modal_words(company.modal("dana"))
    return company.find("robin", "acme-shared", f"one question about {about}")


def test_the_client_answers_in_the_shared_channel_and_nobody_else_there_learns_what(company: Studio) -> None:
    question = asked(company)
    for who in ("sam", "dana", "priya"):
        company.press(who, question, "5 Very satisfied")
        assert "This question is for Robin Vale." in last(company, who, "acme-shared")
        assert not company.has_modal(who) or who == "dana"

    company.press("robin", question, "2 Dissatisfied")
    form = modal_words(company.modal("robin"))
    assert "Overall, how satisfied are you with our delivery of *Checkout*?" in form
    assert "Nothing is sent before you press *Send*." in form
    promised = "Dana Ortiz, Priya Nair and our delivery managers see it"
    assert promised in form
    assert promised in words(question)
    company.submit("robin", {"rating": "2", "reason": "Nobody told me about the delay."})
    company.deliver()
    assert "Priya Nair would like to hear more" in modal_words(company.modal("robin"))
    over = company.find("robin", "acme-shared", "Your answer about Checkout has arrived.")
    assert (over.ts, labels(over)) == (question.ts, [])
    for who in ("sam", "robin", "dana"):
        there = " ".join(company.sees(who, "acme-shared"))
        assert "dissatisfied" not in there.lower().replace("very dissatisfied", "")
        assert "Nobody told me" not in there

    told = {
        who
        for who in ("sam", "dana", "jo", "lee", "priya", "alex", "mina", "kofi")
        if any("Robin Vale answered 2" in said for said in company.sees(who, "drumbeat"))
    }
    assert told == {"dana", "priya", "jo"}
    message = company.find("priya", "drumbeat", "Robin Vale answered 2")
    assert "Sent to you, Dana Ortiz and Jo Lind only." in words(message)
    company.press("priya", message, "I've spoken with them")
    assert "📞 Priya Nair has spoken with them." in words(
        company.find("jo", "drumbeat", "Robin Vale answered 2")
    )
    company.type("priya", "acme", "/drumbeat actions")
    assert "Settle with the client what came of their answer" in last(company, "priya", "acme")
    assert "Settled altogether?" in last(company, "priya", "drumbeat")
    company.type("priya", "acme", "/csat")
    shown = labels(company.messages("priya", "acme")[-1])
    assert shown[:2] == ["Settled", "Not yet, after all"]
    company.press("priya", company.messages("priya", "acme")[-1], "Not yet, after all")
    overview = company.messages("priya", "acme")[-2]
    assert labels(overview)[:2] == ["I've spoken with them", "Settled"], "it shows what was pressed in it"
    company.press("priya", overview, "I've spoken with them")
    company.press("priya", company.find("priya", "drumbeat", "Robin Vale answered 2"), "Not yet, after all")
    assert "Robin Vale still waits. You speak with them by" in last(company, "priya", "drumbeat")
    assert "📞" not in words(company.find("jo", "drumbeat", "Robin Vale answered 2"))
    company.press("priya", company.find("priya", "drumbeat", "Robin Vale answered 2"), "Settled")
    assert "✓ Settled." in words(company.find("dana", "drumbeat", "Robin Vale answered 2"))


def test_the_client_would_rather_not_and_is_never_asked_again(company: Studio) -> None:
    question = asked(company)
    company.press("robin", question, "I'd rather not")
    assert "The question about Checkout is closed." in " ".join(company.sees("dana", "acme-shared"))
    company.clock.forward(timedelta(hours=12))
    company.deliver()
    told = company.find("dana", "drumbeat", "would rather not say how satisfied they are with Checkout")
    assert "the question is closed" in words(told)
    for line in ("/csat", "/csat list"):
        company.type("dana", "acme", line)
        assert "Robin Vale on Checkout" in last(company, "dana", "acme")
        assert "would rather not say" in last(company, "dana", "acme")
    assert labels(company.messages("dana", "acme")[-1]).count("Record the answer") == 1, "Marta's"
    fine = company.find("robin", "acme-shared", "nobody will ask you about this one again")
    company.press("robin", fine, "Don't ask me again")
    assert "Nobody will ask you again." in last(company, "robin", "acme-shared")
    company.type("dana", "acme", "/csat ask")
    robin = option_value(company.modal("dana"), "contact", "Robin Vale · ✗ doesn't want to be asked")
    company.submit("dana", {"contact": robin})
    assert "doesn't want to be asked any more" in company.modal("dana").errors["contact"]


def test_time_brings_a_reminder_the_end_and_nudges(company: Studio) -> None:
    question = asked(company)
    company.clock.forward(timedelta(days=5))
    company.application.planner.run_once()
    company.deliver()
    assert ["a friendly reminder" in said for said in company.thread("robin", "acme-shared", question)] == [
        True
    ]

    company.clock.forward(timedelta(days=9))
    company.application.planner.run_once()
    company.deliver()
    over = company.find("robin", "acme-shared", "The question about Checkout is closed.")
    assert labels(over) == []
    assert company.thread("robin", "acme-shared", over) == [], "nobody is reminded of what is over"
    assert any("BOREALIS's client needs a call" in said for said in company.sees("jo", "drumbeat"))
    told = company.sees("jo", "drumbeat")
    assert not any("nobody has spoken with them yet" in said for said in told), "the morning tells of it"

    company.type("dana", "acme", "/csat forget")
    whom = company.messages("dana", "acme")[-1]
    assert "Whom at Acme shall I forget?" in words(whom)
    assert "Robin Vale" in words(whom)
    company.press("dana", whom, "Forget …")
    assert "Marta Solberg, Acme?" in modal_words(company.modal("dana"))
    company.type("dana", "acme", "/csat contacts")
    listed = company.messages("dana", "acme")[-1]
    company.choose_in_menu("dana", listed, "Robin Vale", "Forget for good …")
    goes = modal_words(company.modal("dana"))
    assert "Their answer still counts for Acme, as a number without a name." in goes
    assert "This can't be undone." in goes
    company.submit("dana")
    assert "✓ Forgotten." in modal_words(company.modal("dana"))
    company.deliver()
    assert over.ts not in {message.ts for message in company.messages("robin", "acme-shared")}
    company.type("dana", "acme", "/csat list")
    assert "Former contact on Discovery" in last(company, "dana", "acme")
    assert "has seen to it" not in last(company, "dana", "acme")
    company.type("dana", "acme", "/csat contacts")
    assert "Robin" not in last(company, "dana", "acme")


def test_what_has_to_be_there_before_anybody_is_asked(company: Studio) -> None:
    company.type("lee", "borealis", "/csat ask")
    assert "Say first which channel is with the client" in last(company, "lee", "borealis")
    company.type("lee", "borealis", "/csat")
    assert "Nils Aas on Season planning: 2, dissatisfied" in last(company, "lee", "borealis")
    question = asked(company, "Beta")
    sent = company.modal("dana")
    assert "Take it back" in modal_words(sent)
    company.press_in_modal("dana", "Take it back")
    company.deliver()
    assert question.ts not in {message.ts for message in company.messages("robin", "acme-shared")}


def test_an_accepted_milestone_asks_the_manager_who_holds_it_or_asks(company: Studio) -> None:
    company.type("dana", "acme", "/project milestones add Gift cards due today")
    added = last(company, "dana", "acme")
    number = re.search(r"M(\d+)", added)
    assert number is not None, added
    company.type("dana", "acme", f"/project milestones accepted {number[0]} by Robin")
    request = company.find("dana", "drumbeat", "ask Acme how satisfied they are?")
    assert "they have accepted Gift cards" in words(request)
    assert "In the channel with them: Robin Vale" in words(request)
    assert labels(request) == ["Ask in the client channel", "I asked by mail", "Hold"]

    company.clock.now = company.clock().replace(hour=17)
    company.application.planner.run_once()
    company.deliver()
    morning = company.find("dana", "drumbeat", "Ask a client how satisfied they are")
    assert "ACME · Gift cards: they have accepted it" in words(morning)

    company.press("dana", request, "Hold")
    company.submit("dana", {"reason": "They are on a retreat."})
    assert "Held" in modal_words(company.modal("dana"))
    company.deliver()
    assert "⏸ Held: They are on a retreat." in words(company.find("dana", "drumbeat", "ask Acme how"))
    company.type("dana", "acme", "/csat")
    assert "Ask about Gift cards? They have accepted it." in last(company, "dana", "acme")

    request = company.find("dana", "drumbeat", "ask Acme how")
    company.press("dana", request, "Don't hold it")
    company.deliver()
    request = company.find("dana", "drumbeat", "ask Acme how")
    assert labels(request) == ["Ask in the client channel", "I asked by mail", "Hold"]
    company.press("dana", request, "Ask in the client channel")
    assert "*About* Gift cards" in modal_words(company.modal("dana"))
    company.submit("dana", {"contact": option_value(company.modal("dana"), "contact", "Robin Vale")})
    company.submit("dana")
    company.deliver()
    assert "one question about Gift cards" in " ".join(company.sees("robin", "acme-shared"))
    over = company.find("dana", "drumbeat", "Acme is asked about Gift cards")
    assert (over.ts, labels(over)) == (request.ts, ["I asked by mail", "Satisfaction"])
    company.type("dana", "acme", "/csat hold")
    assert "there is nothing to hold" in last(company, "dana", "acme")
