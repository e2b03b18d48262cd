"""How satisfied clients are: whom we may ask, what they answered elsewhere, and who may know."""

from models.rules.csat_asking import LawfulBasis
from models.tables import ActionItem, ClientContact, SurveyAnswer
from models.tables.base import table_of
from tests.scenarios.reading import labels, modal_words, option_value, words
from tests.scenarios.records import rows
from tests.scenarios.studio import Studio


def last(company: Studio, who: str, where: str) -> str:
    return company.sees(who, where)[-1].replace("*", "")


def test_the_first_contact_and_the_first_answer(company: Studio) -> None:
    company.type("lee", "delta", "/csat")
    assert "1 contact, none to be asked now" in last(company, "lee", "delta")

    company.type("dana", "cobalt", "/csat add")
    company.submit("dana", {"name": "Ole Berg", "basis": LawfulBasis.CONSENT})
    assert set(company.modal("dana").errors) == {"evidence", "basis_on", "country"}
    filled = {"evidence": "His mail", "basis_on": "2026-05-03", "country": "Norway"}
    company.submit("dana", {"name": "Ole Berg", "basis": LawfulBasis.CONSENT, **filled})
    assert "Added: *Ole Berg*, Cobalt · ✓ may be asked" in modal_words(company.modal("dana"))
    (kept,) = [
        row
        for row in rows(company.application.database, table_of(ClientContact))
        if row["name"] == "Ole Berg"
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
    assert "Priya Nair speaks with them at once, by" in shown
    company.deliver()
    assert "Speak with Robin Vale about their answer on Checkout" in last(company, "priya", "drumbeat")

    company.type("dana", "acme", "/csat")
    overview = company.messages("dana", "acme")[-1]
    assert "1 of 2 satisfied" in words(overview)
    assert "1 of 2 asked have answered, 50 %" in words(overview)
    assert labels(overview) == ["Done", "Record an answer", "I asked by mail", "Answers", "Contacts"]

    company.type("dana", "acme", "/csat edit")
    company.submit("dana", {"rating": "4", "reason": "Settled on the phone."})
    assert "Changed: *Robin Vale* on Checkout · *4, satisfied*" in modal_words(company.modal("dana"))
    actions = [row for row in rows(database, table_of(ActionItem)) if "on Checkout" in row["title"]]
    assert [row["status"].value for row in actions] == ["cancelled"]

    company.type("dana", "acme", "/csat undo")
    company.press("dana", company.messages("dana", "acme")[-1], "Take it back")
    assert "It counts nowhere any more." in last(company, "dana", "acme")
    kept = [row for row in rows(database, table_of(SurveyAnswer)) if row["withdrawn_at"] is None]
    assert "Settled on the phone." not in {row["reason"] for row in kept}


def test_who_was_asked_by_mail_waits_in_the_overview(company: Studio) -> None:
    company.type("dana", "acme", "/csat mail")
    marta = option_value(company.modal("dana"), "who", "Marta Solberg")
    company.submit("dana", {"who": marta, "about": "Checkout"})
    assert "Noted: *Marta Solberg* on Checkout · asked by mail today" in modal_words(company.modal("dana"))

    company.type("dana", "acme", "/csat")
    overview = company.messages("dana", "acme")[-1]
    assert "Marta Solberg* on Checkout: no answer yet" in words(overview)
    company.press("dana", overview, "Record the answer")
    company.submit("dana", {"rating": "5"})
    company.type("dana", "acme", "/csat list")
    assert "Marta Solberg on Checkout · 5, very satisfied · today" in last(company, "dana", "acme")

    company.type("dana", "acme", "/csat contacts")
    listed = company.messages("dana", "acme")[-1]
    assert "asked lately, again from" in words(listed)
    company.choose_in_menu("dana", listed, "Robin Vale", "Doesn't want to be asked")
    company.type("dana", "acme", "/csat contacts")
    assert "✗ doesn't want to be asked since" in last(company, "dana", "acme")


def test_only_those_who_look_after_the_client_may_know(company: Studio) -> None:
    company.type("sam", "acme", "/csat")
    assert "Please ask Dana Ortiz to show you what clients answered" in last(company, "sam", "acme")
    company.type("sam", "general", "/csat")
    assert "There is nothing to see here for you yet" in last(company, "sam", "general")
    company.type("jo", "general", "/csat")
    everywhere = company.messages("jo", "general")[-1]
    assert words(everywhere).index("BOREALIS") < words(everywhere).index("ACME")
    company.type("robin", "acme-shared", "/csat")
    assert "Drumbeat is for this workspace's own team" in last(company, "robin", "acme-shared")
    company.type("jo", "general", "/csat recrod ACME")
    assert "Did you mean /csat record ACME?" in last(company, "jo", "general").replace("`", "")
    company.type("jo", "general", "/csat record")
    assert "Which project is it about?" in last(company, "jo", "general")
