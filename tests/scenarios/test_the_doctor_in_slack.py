"""`/drumbeat doctor`: what is wrong, with how to mend it, for those who can, and without a secret."""

import pytest
from sqlalchemy import update

from bot.deadline import ANSWER_WITHIN
from bot.demo.api.faults import Fault, FaultKind
from bot.doctor.in_slack import in_slack
from handlers.kit import Gravity
from models.rules.delivery import MessageState
from models.services.workspaces import Workspaces
from models.tables import outbox_messages, projects
from tests.demo.company import SECRET, TOKEN
from tests.models.test_database import make_read_only
from tests.scenarios.studio import Studio
from tests.standstill import IN_REAL_SECONDS


def asked(company: Studio, who: str = "jo") -> str:
    company.type(who, "acme", "/drumbeat doctor")
    return company.sees(who, "acme")[-1]


def test_admins_and_delivery_managers_may_ask_and_others_are_told_whom(company: Studio) -> None:
    assert "What the doctor found" in asked(company)
    for who in ("sam", "dana", "alex"):
        assert "Please ask Jo Lind to run the doctor" in asked(company, who)
    company.type("jo", "acme", "/drumbeat role add @lee delivery manager")
    company.type("lee", "borealis", "/drumbeat doctor")
    assert "What the doctor found" in company.sees("lee", "borealis")[-1]


def test_a_channel_without_the_bot_and_messages_that_were_given_up_are_named(company: Studio) -> None:
    database = company.application.database
    with database.write() as session:
        session.execute(
            update(projects).where(projects.c.key == "DELTA").values(internal_channel_id="C01LUNCH")
        )
        session.execute(
            update(outbox_messages).values(
                state=MessageState.DEAD, last_error="refused: <not_in_channel>", settled_at=company.clock()
            )
        )
    told = asked(company)
    assert "*Problem* · DELTA in <#C01LUNCH>: the bot is not in the channel" in told
    assert "→ In the channel: `/invite @Drumbeat`" in told
    assert "refused: &lt;not_in_channel&gt;" in told
    assert "for <#C01ACME>" in told
    assert TOKEN not in told
    assert SECRET not in told


def test_another_workspace_s_messages_are_none_of_ours(company: Studio) -> None:
    database = company.application.database
    other = Workspaces(database).ensure("", "T_OTHER", "Other", now=company.clock())
    with database.write() as session:
        session.execute(
            update(outbox_messages).values(
                state=MessageState.DEAD, last_error="x", settled_at=company.clock()
            )
        )
    found = company.application.kit.doctor.examine(other)
    assert not [each for each in found if each.what.startswith("given up")]
    assert any(each.what.startswith("no project yet") for each in found)
    assert any(each.what.startswith("the database can be written") for each in found)
    make_read_only(database)
    worst = company.application.kit.doctor.examine(other)[0]
    assert worst.gravity is Gravity.PROBLEM
    assert worst.what in {"the database cannot be written", "the database may only be read"}


def test_a_company_in_order_has_no_problem(company: Studio) -> None:
    found = company.application.kit.doctor.examine(
        Workspaces(company.application.database).ensure("", "T01STUDIO", "", now=company.clock())
    )
    assert not [each for each in found if each.gravity is Gravity.PROBLEM]


@IN_REAL_SECONDS
@pytest.mark.parametrize("answer_within", [ANSWER_WITHIN])
@pytest.mark.parametrize("method", ["auth.test", "users.conversations"])
@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.TIMEOUT])
def test_it_answers_while_slack_is_in_trouble(company: Studio, method: str, kind: FaultKind) -> None:
    assert "What the doctor found" in asked(company)
    company.served.demo.faults.next(method, Fault(kind))
    told = asked(company)
    assert company.wire.last.seconds < 3
    assert "*Problem*" in told or "could not be looked at" in told


def test_findings_are_no_markup() -> None:
    assert in_slack("2 for C01ACME, <!channel> & *x*") == "2 for <#C01ACME>, &lt;!channel&gt; &amp; *x*"
    assert in_slack("projects without a manager in Slack: CONTOSO") == (
        "projects without a manager in Slack: CONTOSO"
    )
    assert in_slack("1 for U01DANA, x") == "1 for <@U01DANA>, x"
