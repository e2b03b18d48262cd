"""Channels and messages: where the bot cannot speak, and what it could not say."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, update

from bot.demo.api.faults import Fault, FaultKind
from bot.demo.story import Story, studio_north
from bot.demo.values import ConversationKind
from bot.doctor.channel_check import ChannelDoctor
from bot.doctor.examination import examine
from bot.doctor.findings import Severity, Subject
from bot.slack.client import SlackClient
from bot.slack.messenger import SlackMessenger
from models.database import Database
from models.read_models import Profile
from models.rules.delivery import MessageState, NoticeKind, Operation
from models.services.diagnosis import Installed, ProjectChannel
from models.services.people import People
from models.tables import lanes, outbox_messages, projects, workspaces
from models.value import replace
from scheduled.ports import ChannelFacts
from scheduled.visibility import PEOPLE_ASKED_AT_ONCE
from tests.bot.doctor.patient import NOW, Diagnose, SetAll, api, filled, lines, slack


def changed(name: str, **changes: Any) -> Story:  # noqa: ANN401 - as dataclasses.replace.
    """Return the company with one channel changed."""
    story = studio_north(NOW)
    conversations = tuple(
        replace(each, **changes) if each.name == name else each for each in story.conversations
    )
    return replace(story, conversations=conversations)


COLLEAGUES = ("U01DANA", "U01SAM")


@pytest.mark.parametrize(
    ("story", "found"),
    [
        (changed("acme", member_ids=COLLEAGUES), "problem: ACME (C01ACME): the bot is not in the channel"),
        (
            changed("acme", member_ids=COLLEAGUES, kind=ConversationKind.PRIVATE),
            "problem: ACME (C01ACME): the channel is gone, or private without the bot",
        ),
        (changed("acme", is_archived=True), "warning: ACME (C01ACME): the channel is archived"),
        (
            changed("acme", is_ext_shared=True),
            "warning: ACME (C01ACME): another company reads the channel too",
        ),
    ],
)
def test_a_channel_that_cannot_be_posted_to(
    diagnose: Diagnose, company_url: str, story: Story, found: str
) -> None:
    with slack(story) as served:
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served))
    assert any(line.startswith(found) for line in lines(report, "channels")), report["channels"]
    assert "ok: in order: 2 of 4 projects' channels" in lines(report, "channels")


def test_a_client_in_the_channel_counts_as_a_guest(diagnose: Diagnose, company_url: str) -> None:
    with slack(changed("acme", member_ids=("U02ROBIN", "U01DANA", "U01DRUMBEAT"))) as served:
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served))
    assert any(
        "ACME (C01ACME): guests read the channel (Robin Vale)" in line for line in lines(report, "channels")
    )


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (FaultKind.RATE_LIMITED, "warning: Slack asks for patience; channels not looked at: 4"),
        (FaultKind.SERVER_ERROR, "warning: ACME (C01ACME): the channel could not be looked at (HTTP 500)"),
    ],
)
def test_a_look_at_a_channel_that_fails(
    diagnose: Diagnose, company_url: str, fault: FaultKind, found: str
) -> None:
    with slack() as served:
        served.demo.faults.next("conversations.info", Fault(fault))
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served))
    assert any(line.startswith(found) for line in lines(report, "channels")), report["channels"]


def test_the_channel_of_an_archived_project_is_left_alone(diagnose: Diagnose, company_url: str) -> None:
    opened = Database(company_url)
    with opened.write() as session:
        session.execute(update(projects).where(projects.c.key == "ACME").values(archived_at=NOW))
    opened.dispose()
    with slack(changed("acme", member_ids=COLLEAGUES)) as served:
        report = diagnose(DATABASE_URL=company_url, SLACK_API_URL=api(served))
    assert not [line for line in lines(report, "channels") if "ACME" in line]
    assert "ok: in order: 2 of 3 projects' channels" in lines(report, "channels")


class Crowd(SlackMessenger):
    """Says that a channel has many members, none of them a guest."""

    def channel_facts(self, channel_id: str) -> ChannelFacts:  # noqa: ARG002 - All are alike.
        return ChannelFacts(None, frozenset(f"U{number}" for number in range(PEOPLE_ASKED_AT_ONCE + 2)))

    def profile(self, slack_user_id: str) -> Profile:
        return Profile(slack_user_id, "T1", slack_user_id, "UTC")


def test_a_crowd_is_not_asked_about_in_full(database: Database) -> None:
    installed = Installed(uuid4(), (ProjectChannel("ACME", "C1"),))
    nobody = SlackClient("xoxb-1", "http://127.0.0.1:9/", deadline=8)
    [finding] = ChannelDoctor(Crowd(nobody), People(database), "T1", installed, NOW).examine()
    assert finding.severity is Severity.WARNING
    assert "unknown, for 2 of its members are" in finding.what


def test_a_token_of_another_workspace(diagnose: Diagnose, new_sqlite_url: Callable[[], str]) -> None:
    url = new_sqlite_url()
    opened = Database(url)
    with opened.write() as session:
        session.execute(
            insert(workspaces).values(enterprise_id="", team_id="T9", name="Else", created_at=NOW)
        )
    opened.dispose()
    with slack() as served:
        report = diagnose(DATABASE_URL=url, SLACK_API_URL=api(served))
    assert lines(report, "channels") == [
        "warning: the database knows other workspaces, and not T01STUDIO, which the token is of"
    ]


def forget_messages(url: str) -> None:
    opened = Database(url)
    with opened.write() as session:
        session.execute(delete(outbox_messages))
    opened.dispose()


def leave(url: str, state: MessageState, reason: str | None, at: datetime, times: int = 1) -> None:
    """Leave messages for #acme in the outbox."""
    opened = Database(url)
    with opened.write() as session:
        lane_id, workspace_id = session.execute(
            select(lanes.c.id, lanes.c.workspace_id).where(lanes.c.channel_id == "C01ACME")
        ).one()
        for _ in range(times):
            session.execute(
                insert(outbox_messages).values(
                    workspace_id=workspace_id,
                    lane_id=lane_id,
                    kind=NoticeKind.RISK_ANNOUNCED,
                    operation=Operation.POST,
                    ids={},
                    unique_key=uuid4().hex,
                    correlation_id="test",
                    state=state,
                    created_at=at,
                    due_at=at,
                    expires_at=at + timedelta(days=1),
                    settled_at=None if state is MessageState.PENDING else at,
                    last_error=reason,
                )
            )
    opened.dispose()


@pytest.mark.parametrize(
    ("state", "reason", "found", "mend"),
    [
        (
            MessageState.DEAD,
            "refused: not_in_channel",
            "given up in the last 7 days: 2 for C01ACME, refused:",
            "/invite",
        ),
        (
            MessageState.DEAD,
            "unclear: TimeoutError",
            "given up in the last 7 days: 2 for C01ACME, unclear",
            "histories",
        ),
        (MessageState.WITHHELD, "guest", "withheld in the last 7 days: 2 for C01ACME, guest", "channels"),
        (MessageState.PENDING, "missing_scope", "waiting: 2 for C01ACME, missing_scope", "scopes"),
        (MessageState.PENDING, None, "waiting: 2 for C01ACME", "drumbeat serve"),
    ],
)
def test_messages_that_did_not_arrive(
    settings: SetAll,
    database_url: str,
    state: MessageState,
    reason: str | None,
    found: str,
    mend: str,
) -> None:
    now = NOW + timedelta(days=30)
    forget_messages(filled(database_url))
    leave(database_url, state, reason, now - timedelta(hours=1), times=2)
    leave(database_url, MessageState.DEAD, "long ago", now - timedelta(days=8))
    leave(database_url, MessageState.PENDING, "just now", now - timedelta(seconds=5))
    settings(DATABASE_URL=database_url)
    findings = [each for each in examine(lambda: now) if each.subject is Subject.MESSAGES]
    mine = [each for each in findings if each.what.startswith(found)]
    assert [mend in each.mend for each in mine] == [True], findings
    assert not [each for each in findings if "long ago" in each.what or "just now" in each.what]


def test_messages_that_are_on_their_way_ask_for_nothing(settings: SetAll, database_url: str) -> None:
    now = NOW + timedelta(days=30)
    forget_messages(filled(database_url))
    leave(database_url, MessageState.PENDING, None, now - timedelta(hours=1), times=2)
    opened = Database(database_url)
    with opened.write() as session:
        session.execute(update(lanes).values(next_send_at=now - timedelta(seconds=30)))
    opened.dispose()
    settings(DATABASE_URL=database_url)
    [found] = [each for each in examine(lambda: now) if each.subject is Subject.MESSAGES]
    assert found.what == "waiting: 2 for C01ACME, and on their way"
    assert found.mend.startswith("Nothing to do")
