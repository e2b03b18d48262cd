"""Roles that nobody fills, and admins that nobody has met."""

import pytest
from sqlalchemy import delete, update

from models.database import Database
from models.tables import organisation_roles, people
from tests.bot.doctor.patient import Diagnose, api, filled, lines, slack


@pytest.fixture
def company_url(database_url: str) -> str:
    return filled(database_url)


def test_who_left_leaves_projects_without_a_manager(diagnose: Diagnose, company_url: str) -> None:
    opened = Database(company_url)
    with opened.write() as session:
        session.execute(update(people).where(people.c.slack_user_id == "U01DANA").values(is_deleted=True))
        session.execute(update(people).where(people.c.slack_user_id == "U01LEE").values(is_guest=True))
    opened.dispose()
    with slack() as served:
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served))
    assert lines(report, "people") == [
        "warning: projects without a manager in Slack: ACME, BOREALIS, COBALT, DELTA"
    ]


def test_without_a_delivery_manager_nobody_approves(diagnose: Diagnose, company_url: str) -> None:
    opened = Database(company_url)
    with opened.write() as session:
        session.execute(delete(organisation_roles))
    opened.dispose()
    with slack() as served:
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served))
    [found] = lines(report, "people")
    assert found.startswith("warning: there is no delivery manager")


@pytest.mark.parametrize(
    ("admins", "unknown"), [("U0NOBODY", ["U0NOBODY"]), ("U01JO,U0NOBODY", ["U0NOBODY"]), ("U01JO", [])]
)
def test_admins_that_nobody_has_met(
    diagnose: Diagnose, company_url: str, admins: str, unknown: list[str]
) -> None:
    with slack() as served:
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served), DRUMBEAT_ADMINS=admins)
    said = [line for line in lines(report, "people") if "DRUMBEAT_ADMINS" in line]
    assert [line.partition("yet: ")[2] for line in said] == unknown


def test_a_company_in_order(diagnose: Diagnose, company_url: str) -> None:
    with slack() as served:
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served))
    assert lines(report, "people") == ["ok: every project has a manager, and somebody approves what is grave"]
