"""More projects than a select holds: they are searched for, in every form, and by nobody from outside."""

import json
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert

from models.tables import projects
from tests.scenarios.company import Transport
from tests.scenarios.reading import inputs
from tests.scenarios.records import risks, rows
from tests.scenarios.studio import Studio


def found_many(company: Studio) -> None:
    """Make a hundred projects like Acme's besides those that there are."""
    database = company.application.database
    acme = next(row for row in rows(database, projects) if row["key"] == "ACME")
    like_it = acme | {"client_channel_id": None}
    with database.write() as session:
        session.execute(
            insert(projects),
            [
                like_it
                | {
                    "id": uuid4(),
                    "key": f"N{number}",
                    "name": f"Nook {number:03}",
                    "internal_channel_id": f"C{number}",
                }
                for number in range(100)
            ],
        )


def project_select(company: Studio, who: str) -> dict[str, Any]:
    view = company.modal(who).view
    element: dict[str, Any] = next(
        block["element"] for block in view["blocks"] if block["block_id"] == "project"
    )
    return element


@pytest.mark.parametrize("transport", Transport)
def test_a_project_is_found_by_a_few_letters_and_stays_chosen(company: Studio) -> None:
    company.type("sam", "acme", "/risk")
    assert project_select(company, "sam")["type"] == "static_select"
    found_many(company)

    company.type("jo", "acme", "/risk")
    assert project_select(company, "jo")["type"] == "external_select"
    assert project_select(company, "jo")["initial_option"]["text"]["text"].startswith("ACME – ")
    offered = company.suggested("jo", "project", "")
    assert sum(map(len, offered.values())) == 100
    assert company.suggested("jo", "project", "n99 – nook") == {"All others": ["N99 – Nook 099"]}
    assert list(company.suggested("sam", "project", "acme")) == [], "it was opened before there were so many"

    nook = next(row for row in rows(company.application.database, projects) if row["key"] == "N99")
    company.press_in_modal("jo", "More", {"title": "Nobody knows it", "project": str(nook["id"])})
    assert "cause" in inputs(company.modal("jo"))
    assert project_select(company, "jo")["initial_option"]["text"]["text"] == "N99 – Nook 099"
    company.submit("jo")
    (risk,) = risks(company.application.database, "Nobody knows it")
    assert risk["project_id"] == nook["id"]

    company.type("sam", "general", "/mood")
    company.press("sam", company.messages("sam", "general")[-1], "Choose a project")
    assert next(iter(company.suggested("sam", "project", "o"))) == "Yours"
    assert company.suggested("sam", "project", "zebra") == {}


def test_people_from_outside_find_nothing(company: Studio) -> None:
    company.type("sam", "acme", "/risk")
    company.suggested("sam", "project", "")
    for who in ("yuki", "robin"):
        person = company.served.demo.workspace.person(company.user(who))
        assert person is not None
        payload = company.served.demo.gestures._payloads._interaction("block_suggestion", person) | {
            "block_id": "project",
            "action_id": "project",
            "value": "",
            "container": {"type": "view", "view_id": "V1"},
        }
        for sent in (payload, payload | {"value": "\0"}, {**payload, "user": None}):
            answer = company.wire.send(sent)
            assert (answer.status, json.loads(answer.body)) == (200, {"options": []})
