"""``/project`` as people use it: a glance, a list, three fields, changes, the end and the way back."""

from datetime import timedelta

import pytest

from tests.scenarios.reading import labels, modal_words, words
from tests.scenarios.studio import Studio


def test_alone_in_a_project_channel_it_shows_the_project(company: Studio) -> None:
    company.type("sam", "acme", "/project")
    card = company.messages("sam", "acme")[-1]
    assert "ACME · Acme web shop" in words(card)
    assert "Dana Ortiz (project manager)" in words(card)
    assert "Open risks: 1 critical" not in words(card)
    assert "Open risks: 2 high" in words(card)
    assert "Client satisfaction" not in words(card), "which those who lead the project see"
    assert labels(card) == ["Team", "Milestones", "Risks"]
    company.type("dana", "acme", "/project")
    told = "Client satisfaction: 1 of 1 satisfied · 1 of 2 asked have answered · last *4, satisfied*, 10 Jul"
    assert told in company.sees("dana", "acme")[-1]

    company.press("sam", card, "Risks")
    assert "Vendor API may slip" in company.sees("sam", "acme")[-1]


def test_elsewhere_it_lists_and_offers(company: Studio) -> None:
    company.type("dana", "new-project-talk", "/project")
    listed = company.messages("dana", "new-project-talk")[-1]
    assert "isn't a project yet" in words(listed)
    assert "Your projects: 2" in words(listed)

    company.press("dana", listed, "All projects")
    listed = company.messages("dana", "new-project-talk")[-1]
    assert "All projects: 4" in words(listed)
    assert "Lee Park" in words(listed)

    company.type("dana", "new-project-talk", "/project show")
    assert "Which project?" in company.sees("dana", "new-project-talk")[-1]


def test_a_shared_channel_is_offered_nothing(company: Studio) -> None:
    company.type("sam", "acme-shared", "/project")
    assert "Make this channel a project" not in labels(company.messages("sam", "acme-shared")[-1])
    company.type("sam", "acme-shared", "/project create")
    assert "People of another company" in company.sees("sam", "acme-shared")[-1]


def test_create_takes_three_fields(company: Studio) -> None:
    company.type("priya", "general", "/project create #new-project-talk")
    company.submit("priya", {"client": "Bergen Harbour", "key": "bergen"})
    assert "is now BERGEN" in modal_words(company.modal("priya")).replace("*", "")
    company.type("priya", "new-project-talk", "/project")
    assert "BERGEN" in company.sees("priya", "new-project-talk")[-1]
    company.type("priya", "new-project-talk", "/project create")
    assert "already" in company.sees("priya", "new-project-talk")[-1]


@pytest.mark.parametrize(
    "typed",
    ["show borealis", "borealis", "view BOREALIS", "Borealis show", "info borealis"],
)
def test_a_project_is_shown_from_anywhere(company: Studio, typed: str) -> None:
    company.type("sam", "general", f"/project {typed}")
    assert "BOREALIS · Borealis booking platform" in company.sees("sam", "general")[-1]
    company.type("sam", "general", f"/drumbeat project {typed}")
    assert "BOREALIS · Borealis booking platform" in company.sees("sam", "general")[-1]


def test_slips_are_asked_about(company: Studio) -> None:
    company.type("sam", "acme", "/project shwo borealis")
    asked = company.messages("sam", "acme")[-1]
    assert "Did you mean" in words(asked)
    company.press("sam", asked, "Yes: show borealis")
    assert "BOREALIS · Borealis booking platform" in company.sees("sam", "acme")[-1]

    company.type("sam", "acme", "/project show boraelis")
    assert "/project show BOREALIS" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/project xyzzy <!channel>")
    assert "I don't know" in company.sees("sam", "acme")[-1]


def test_a_lead_edits_everything_and_the_history_tells(company: Studio) -> None:
    company.type("dana", "acme", "/project edit")
    company.submit(
        "dana",
        {
            "client_channel": "C01ACMESHARED",
            "starts": "2026-09-01",
            "ends": "2026-08-01",
            "board": "http://plain.example",
        },
    )
    errors = company.modal("dana").errors
    assert "before it starts" in errors["ends"]
    assert "https://" in errors["board"]

    company.submit("dana", {"ends": "2026-12-18", "board": "https://example.org/board?a=1&b=2"})
    assert not company.has_modal("dana")
    company.type("dana", "acme", "/project")
    shown = company.sees("dana", "acme")[-1]
    assert "1 Sep → 18 Dec" in shown
    assert "with the client <#C01ACMESHARED>" in shown
    assert "<https://example.org/board?a=1&amp;b=2|Board>" in shown
    company.type("dana", "acme", "/project history")
    assert "→ 18 Dec 2026" in company.sees("dana", "acme")[-1]


def test_a_health_check_is_asked_for_once_it_is_switched_on_and_done_by_a_sentence(company: Studio) -> None:
    started = (company.clock().date() - timedelta(days=130)).isoformat()
    company.type("dana", "acme", "/project edit")
    company.submit("dana", {"starts": started, "ends": None})
    company.type("jo", "acme", "/ritual end delivery health checks each project says for itself")
    company.type("dana", "acme", "/project")
    assert "health check" not in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/ritual new health check")
    company.submit("dana")
    assert "*Delivery health check* is on" in modal_words(company.modal("dana"))

    company.type("mina", "acme", "/project")
    card = company.messages("mina", "acme")[-1]
    assert "*Delivery health check due* since" in words(card)
    assert "it has run for 130 days and was never checked" in words(card)
    assert "Health check …" not in labels(card)
    for _ in range(2):
        company.type("dana", "acme", "/project")
    older, card = company.messages("dana", "acme")[-2:]
    company.press("dana", card, "Health check …")
    company.submit("dana", {"finding": "The test environment is the weak spot."})
    assert "is done" in modal_words(company.modal("dana"))
    assert "Delivery health check: done" in company.sees("dana", "acme")[-1], "the card follows"
    company.type("dana", "acme", "/project history")
    told = company.sees("dana", "acme")[-1]
    assert "did the delivery health check" in told
    assert "The test environment is the weak spot." in told

    company.press("dana", older, "Health check …")
    assert "owes no delivery health check just now" in company.sees("dana", "acme")[-1]


def test_the_own_channel_must_not_be_shared_or_another_projects(company: Studio) -> None:
    company.type("dana", "acme", "/project edit")
    company.submit("dana", {"channel": "C01ACMESHARED"})
    assert "another company" in company.modal("dana").errors["channel"]
    company.submit("dana", {"channel": "C01BOREALIS"})
    assert "another project" in company.modal("dana").errors["channel"]


def test_two_editors_see_each_other(company: Studio) -> None:
    for who in ("dana", "jo"):
        company.type(who, "acme", "/project edit")
    company.submit("dana", {"name": "Acme store"})
    company.submit("jo", {"timezone": "Europe/Stockholm"})
    assert "Dana Ortiz changed ACME" in modal_words(company.modal("jo"))
    company.submit("jo")
    company.type("jo", "acme", "/project history")
    assert "time zone America/Los_Angeles → Europe/Stockholm" in company.sees("jo", "acme")[-1]
    company.type("jo", "acme", "/project")
    assert "Acme store" in company.sees("jo", "acme")[-1]


def test_a_member_is_told_whom_to_ask(company: Studio) -> None:
    company.type("mina", "acme", "/project edit")
    assert "Please ask Dana Ortiz to change this project" in company.sees("mina", "acme")[-1]
    company.type("mina", "acme", "/project archive it is over")
    assert "Please ask Dana Ortiz to archive" in company.sees("mina", "acme")[-1]
    company.type("yuki", "cobalt", "/project")
    assert "for this workspace's own team" in company.sees("yuki", "cobalt")[-1]


def test_an_archived_project_refuses_risks_clearly_and_comes_back(company: Studio) -> None:
    company.type("dana", "acme", "/project team")
    team = company.messages("dana", "acme")[-1]
    company.type("dana", "acme", "/project archive")
    asked = modal_words(company.modal("dana"))
    assert "Still open" in asked
    assert "*ACME · Acme web shop* · for Acme" in asked
    assert "**" not in asked
    company.submit("dana", {"reason": "Delivered and accepted"})
    assert "is archived" in modal_words(company.modal("dana"))

    company.press("dana", team, "Add somebody")
    assert "ACME is archived. Reopen it first" in company.sees("dana", "acme")[-1]
    company.type("sam", "acme", "/risk One more thing")
    assert "archived" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/risk list")
    assert "ACME is archived" in company.sees("sam", "acme")[-1].replace("*", "")
    company.type("dana", "acme", "/risk score ACME-R4")
    assert "its risks can be closed, and nothing else" in company.sees("dana", "acme")[-1]
    company.type("dana", "acme", "/risk show ACME-R1")
    shown = company.messages("dana", "acme")[-1]
    assert "its risks can be closed" in words(shown)
    assert not {"Score", "Edit", "Add a step"} & set(labels(shown))
    assert "Close the risk" in labels(shown)
    company.type("dana", "acme", "/risk close ACME-R1 The vendor delivered")
    assert "closed" in company.sees("dana", "acme")[-1]
    company.type("sam", "acme", "/project list all")
    listed = words(company.messages("sam", "acme")[-1])
    assert "All projects: 3" in listed
    assert listed.count("client: ") == 3, "each with its colour and its client, at a glance"
    assert "🔴 Red" in listed or "🟠 Amber" in listed
    company.type("sam", "acme", "/project list archived")
    assert "Delivered and accepted" in company.sees("sam", "acme")[-1]

    company.type("dana", "acme", "/project")
    company.press("dana", company.messages("dana", "acme")[-1], "Reopen")
    assert "ACME is back" in company.sees("dana", "acme")[-1].replace("*", "")
    assert "🟢 Green → second week · client: 🙂 4, happy" in company.sees("dana", "acme")[-1]
    company.type("jo", "acme", "/project health check")
    assert "Delivery health check: due from" in company.sees("jo", "acme")[-1]


def test_a_sentence_about_this_project_never_ends_another(company: Studio) -> None:
    company.type("jo", "acme", "/project archive delta of the contract is signed")
    assert "ACME is archived" in company.sees("jo", "acme")[-1].replace("*", "")
    company.type("jo", "acme", "/project archive DELTA we shipped it")
    assert "DELTA is archived" in company.sees("jo", "acme")[-1].replace("*", "")


def test_help_and_lists_in_plain_words(company: Studio) -> None:
    company.type("sam", "acme", "/project help")
    assert "/project archive [ACME] we delivered it" in company.sees("sam", "acme")[-1]
    company.type("sam", "acme", "/project list arhcived")
    assert "/project list archived" in company.sees("sam", "acme")[-1]
