"""What Slack delivers twice, later or at the same instant, is done once and answered twice."""

from collections.abc import Callable

import pytest

from models.rules.delivery import NoticeKind
from models.tables import projects, raid_items
from tests.scenarios.reading import words
from tests.scenarios.records import all_records, history, messages, risks, rows
from tests.scenarios.studio import Studio

TITLE = "Payment keys may leak"
LINE = f"/risk {TITLE} p3 i5 @dana"
Act = Callable[[Studio], object]
Deliver = Callable[[Studio, Act], None]


def once_more(company: Studio, act: Act) -> None:
    """Let somebody do it; Slack delivers it, and later the very same bytes again."""
    act(company)
    before = all_records(company.application.database)
    first = company.wire.last
    again = company.wire.again(first)
    assert (first.reply.status, again.status) == (200, 200)
    assert again.body == first.reply.body
    company.deliver()
    assert all_records(company.application.database) == before


def at_one_instant(company: Studio, act: Act) -> None:
    """Let somebody do it; Slack delivers it twice at once."""
    company.wire.copies = 2
    act(company)
    company.wire.copies = 1
    one, other = (delivery.reply for delivery in company.wire.passed[-2:])
    assert (one.status, other.status) == (200, 200)
    assert one.body == other.body
    assert company.wire.passed[-1].body == company.wire.passed[-2].body


@pytest.fixture(params=[once_more, at_one_instant])
def twice(request: pytest.FixtureRequest) -> Deliver:
    """Return a way in which things come twice."""
    way: Deliver = request.param
    return way


def announcements(company: Studio, title: str) -> list[str]:
    return [text for text in company.sees("priya", "acme") if title in text]


def test_a_command_makes_one_risk(company: Studio, twice: Deliver) -> None:
    twice(company, lambda company: company.type("sam", "acme", LINE))

    assert f"Logged *ACME-R5 {TITLE}*" in company.wire.last.reply.json["blocks"][0]["text"]["text"]
    (risk,) = risks(company.application.database, TITLE)
    assert history(company.application.database, risk) == ["logged"]
    assert len(announcements(company, TITLE)) == 1


def test_a_submitted_form_makes_one_risk(company: Studio, twice: Deliver) -> None:
    company.type("sam", "acme", "/risk")
    typed = {"title": TITLE, "probability": "4", "impact": "3"}
    twice(company, lambda company: company.submit("sam", typed))

    assert not company.has_modal("sam")
    (risk,) = risks(company.application.database, TITLE)
    assert history(company.application.database, risk) == ["logged"]
    said = [message["kind"] for message in messages(company.application.database, risk)]
    assert sorted(said) == [NoticeKind.RISK_ANNOUNCED, NoticeKind.RISK_CONFIRMED, NoticeKind.RISK_PROPOSED]
    assert len(announcements(company, TITLE)) == 1


def test_a_submitted_score_counts_once(company: Studio, twice: Deliver) -> None:
    company.type("sam", "acme", f"/risk {TITLE}")
    company.press("dana", company.find("dana", "drumbeat", TITLE), "Score")
    chosen = {"probability": "4", "impact": "3", "owner": company.user("alex")}
    twice(company, lambda company: company.submit("dana", chosen))

    (risk,) = risks(company.application.database, TITLE)
    assert (risk["version"], history(company.application.database, risk)) == (2, ["logged", "scored"])
    assert len([text for text in company.sees("sam", "drumbeat") if "scored it" in text]) == 1
    assert len(announcements(company, TITLE)) == 1


def test_a_risk_is_taken_back_once(company: Studio, twice: Deliver) -> None:
    company.type("sam", "acme", LINE)
    company.press("sam", company.find("sam", "acme", "Logged *ACME-R5"), "Undo")
    asked = company.find("sam", "acme", "Take *ACME-R5")
    twice(company, lambda company: company.press("sam", asked, "Take it back"))

    (risk,) = risks(company.application.database, TITLE)
    assert history(company.application.database, risk) == ["logged", "undone"]
    assert announcements(company, TITLE) == []
    said = [text for text in company.sees("sam", "acme") if TITLE in text]
    assert said == [f"Taken back: *ACME-R5 {TITLE}*. It is off every list."]


def test_a_channel_becomes_one_project_with_one_risk(company: Studio, twice: Deliver) -> None:
    company.type("priya", "new-project-talk", "/risk Nobody knows the harbour's API")
    offer = company.messages("priya", "new-project-talk")[-1]
    company.press("priya", offer, "Make this channel a project")
    typed = {"client": "Bergen Harbour", "key": "BERGEN"}
    twice(company, lambda company: company.submit("priya", typed))

    made = [row for row in rows(company.application.database, projects) if row["key"] == "BERGEN"]
    assert [project["risks_logged"] for project in made] == [1]
    assert len(risks(company.application.database, "Nobody knows the harbour's API")) == 1


def test_a_form_opens_once_and_nobody_hears_of_the_second_delivery(company: Studio, twice: Deliver) -> None:
    asked = company.sees("sam", "acme")
    twice(company, lambda company: company.type("sam", "acme", "/risk"))

    assert len(company.served.demo.workspace.views_of(company.user("sam"))) == 1
    assert company.sees("sam", "acme") == asked


def test_a_button_opens_its_form_once(company: Studio, twice: Deliver) -> None:
    company.type("sam", "acme", f"/risk {TITLE}")
    asked = company.find("dana", "drumbeat", TITLE)
    heard = company.sees("dana", "drumbeat")
    twice(company, lambda company: company.press("dana", asked, "Score"))

    assert len(company.served.demo.workspace.views_of(company.user("dana"))) == 1
    assert company.sees("dana", "drumbeat") == heard


def test_the_same_words_in_a_new_command_are_a_new_risk(company: Studio) -> None:
    company.type("sam", "acme", f"/risk {TITLE}")
    company.type("sam", "acme", f"/risk {TITLE}")

    numbers = [risk["number"] for risk in risks(company.application.database, TITLE)]
    assert sorted(numbers) == [5, 6]
    assert sum(TITLE in words(message) for message in company.messages("dana", "drumbeat")) == 2


def test_an_issue_is_logged_ended_and_its_decision_superseded_once(company: Studio, twice: Deliver) -> None:
    def items() -> list[tuple[str, str]]:
        found = rows(company.application.database, raid_items)
        return sorted((row["kind"], row["status"]) for row in found if row["title"] == TITLE)

    twice(company, lambda company: company.type("sam", "acme", f"/raid issue {TITLE} i5 @dana"))
    assert items() == [("issue", "open")]
    twice(company, lambda company: company.type("dana", "acme", "/raid resolve ACME-I1 rotated them"))
    assert items() == [("issue", "resolved")]
    twice(company, lambda company: company.type("dana", "acme", f"/raid decision {TITLE} decided: no"))
    company.type("dana", "acme", "/raid supersede ACME-DEC2")
    twice(company, lambda company: company.submit("dana", {"outcome": "Yes."}))
    assert items() == [("decision", "decided"), ("decision", "superseded"), ("issue", "resolved")]
    assert len([text for text in company.sees("sam", "drumbeat") if "resolved *ACME-I1" in text]) == 1
