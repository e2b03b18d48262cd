"""In the channel with a client: it says whose project is meant, and only who asks reads the answer."""

import pytest

from models.tables import people as _people
from tests.scenarios.reading import field_of, labels, words
from tests.scenarios.records import rows
from tests.scenarios.statuses import close
from tests.scenarios.studio import Studio

OF_OTHER_CLIENTS = ("BOREALIS", "COBALT", "DELTA")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/project", "Acme web shop"),
        ("/risk list", "Vendor API may slip"),
        ("/raid list", "A sandbox that stays up"),
        ("/mood trend", "ACME: client mood"),
        ("/mood list", "ACME · client moods"),
        ("/weekly copy", "Acme web shop, week"),
        ("/weekly history", "ACME"),
    ],
)
def test_what_is_read_there_is_of_that_client_alone(company: Studio, line: str, told: str) -> None:
    before = company.sees("robin", "acme-shared")
    company.type("dana", "acme-shared", line)
    answer = words(company.messages("dana", "acme-shared")[-1])
    assert told in answer.replace("*", "")
    assert [each for each in OF_OTHER_CLIENTS if each in answer] == []
    assert company.sees("robin", "acme-shared") == before


@pytest.mark.parametrize(
    "line", ["/mood 2 They ask for names", "/risk Nobody decides", "/raid issue It broke"]
)
def test_what_is_written_there_is_kept_and_its_form_knows_the_project(company: Studio, line: str) -> None:
    company.type("dana", "acme-shared", line)
    answer = company.messages("dana", "acme-shared")[-1]
    assert "Another company can read" in words(answer)
    assert labels(answer) == ["Choose a project"]
    company.press("dana", answer, "Choose a project")
    form = company.modal("dana")
    inputs = (block["element"] for block in form.view["blocks"] if block["type"] == "input")
    chosen = [each["initial_option"]["text"]["text"] for each in inputs if "initial_option" in each]
    assert any("ACME" in each for each in (form.view["title"]["text"], *chosen))
    assert line.rpartition(" ")[2] in str(form.view)


def test_who_was_forgotten_is_not_remembered_for_pressing_what_they_still_see(company: Studio) -> None:
    company.type("dana", "acme", "/csat ask robin")
    company.submit("dana", {})
    company.submit("dana")
    company.deliver()
    question = company.find("robin", "acme-shared", "one question about Acme web shop")
    company.press("robin", question, "I'd rather not")
    company.type("priya", "acme", "/csat forget robin")
    company.press("priya", company.messages("priya", "acme")[-1], "Forget …")
    company.submit("priya")
    fine = company.find("robin", "acme-shared", "nobody will ask you about this one again")
    company.press("robin", fine, "Don't ask me again")
    assert "Nobody will ask you again." in company.sees("robin", "acme-shared")[-1]
    people = rows(company.application.database, _people)
    assert "U02ROBIN" not in {row["slack_user_id"] for row in people}


def test_a_contact_is_named_behind_the_verb(company: Studio) -> None:
    company.type("dana", "acme-shared", "/csat ask robin")
    chosen = str(company.modal("dana").view)
    assert "initial_option" in chosen
    company.type("priya", "acme", "/csat add Piet Klaas")
    assert "Piet Klaas" in str(company.modal("priya").view)
    company.type("dana", "acme", "/csat forget Marta Solberg")
    whom = company.messages("dana", "acme")[-1]
    assert labels(whom) == ["Forget …"]
    assert "Marta Solberg" in words(whom)
    company.type("dana", "acme", "/csat forget Nobody")
    assert labels(company.messages("dana", "acme")[-1]) == ["Forget …"] * 2
    company.type("dana", "general", "/csat forget Marta")
    assert "I don't know a project “Marta”." in words(company.messages("dana", "general")[-1])


@pytest.mark.parametrize("verb", ["record", "mail"])
def test_a_contact_is_named_behind_what_they_said(company: Studio, verb: str) -> None:
    company.type("dana", "acme-shared", f"/csat {verb} Marta")
    chosen = field_of(company.modal("dana"), "who")["element"]["initial_option"]
    assert chosen["text"]["text"].startswith("Marta Solberg")
    close(company, "dana")
    company.type("dana", "acme", f"/csat {verb} Marta was very happy")
    told = company.messages("dana", "acme")[-1]
    assert "I know nobody at Acme called “Marta was very happy”." in words(told)
    company.press("dana", told, "Open the form")
    assert company.has_modal("dana")


def test_a_named_contact_s_waiting_question_is_the_one_answered(company: Studio) -> None:
    company.type("dana", "acme", "/csat ask robin")
    company.submit("dana", {})
    company.submit("dana")
    close(company, "dana")
    company.type("dana", "acme", "/csat record Robin Vale")
    chosen = field_of(company.modal("dana"), "who")["element"]["initial_option"]
    assert chosen["value"].startswith("asked:")


def test_who_is_forgotten_goes_from_the_question_whom(company: Studio) -> None:
    company.type("dana", "acme", "/csat forget")
    whom = company.messages("dana", "acme")[-1]
    assert "Marta Solberg" in words(whom)
    company.press("dana", whom, "Forget …")
    company.submit("dana")
    left = company.messages("dana", "acme")[-1]
    assert left.ts == whom.ts
    assert labels(left) == ["Forget …"]
    assert "Robin Vale" in words(left)
    assert "Marta" not in words(left)


def test_what_is_changed_there_opens_its_form(company: Studio) -> None:
    company.type("dana", "acme-shared", "/project edit")
    assert "Acme web shop" in str(company.modal("dana").view)
    close(company, "dana")
    company.type("dana", "acme-shared", "/retro add stop: meetings without notes")
    field = field_of(company.modal("dana"), "stop")
    assert field["element"]["initial_value"] == "meetings without notes"
    close(company, "dana")
    company.type("dana", "acme-shared", "/retro")
    assert "ACME" in words(company.messages("dana", "acme-shared")[-1])
