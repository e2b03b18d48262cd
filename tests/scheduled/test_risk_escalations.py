"""What delivery managers read of a risk that needs them, and what becomes of it."""

from datetime import date
from typing import Any

import pytest

from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.states import RiskStatus
from models.value import replace
from tests.scheduled.drawing import drawn, labels
from tests.scheduled.fake_messenger import said
from tests.scheduled.fake_readings import (
    ACTION,
    RISK,
    SAM,
    FakeActions,
    FakeReadings,
    changed,
)
from tests.scheduled.occasions import occasion

ESCALATED: dict[str, Any] = {
    "events": ["became_critical", "score_rose", "response_late"],
    "late": [str(ACTION.id)],
}


def test_those_above_read_why_and_then_what_became_of_it() -> None:
    before = replace(RISK, probability=2, impact=3)
    after = replace(RISK, probability=4, impact=4, version=2)
    late = replace(ACTION, due_on=date(2026, 10, 4))
    kind = NoticeKind.RISK_ESCALATED
    readings = FakeReadings(after, changed(before, after, "scored"))
    post = drawn(kind, occasion(kind, readings, actions=FakeActions(late), **ESCALATED))
    assert said(post).startswith("Please look at *ACME-R12 Vendor API may slip* · Critical 16")
    assert "It is critical now. Its score rose from 6 to 16." in said(post)
    assert "(Sam) was due 4 Oct." in said(post)
    closed = FakeReadings(replace(after, status=RiskStatus.CLOSED, closing_reason="Signed."))
    post = drawn(kind, occasion(kind, closed, Operation.UPDATE, **ESCALATED))
    assert said(post) == "✓ *ACME-R12 Vendor API may slip* · closed: Signed"
    assert labels(post) == ["Details"]


def test_help_is_asked_for_only_while_the_risk_waits_for_it() -> None:
    kind, events = NoticeKind.RISK_ESCALATED, ["by_choice"]
    waits = replace(RISK, status=RiskStatus.ESCALATED)
    change = changed(RISK, waits, "escalated", reason="Nobody answers.")
    post = drawn(kind, occasion(kind, FakeReadings(waits, change), Operation.UPDATE, events=events))
    assert "asks for your help: Nobody answers." in said(post)
    after = (
        (RiskStatus.CLOSED, "closed"),
        (RiskStatus.OPEN, "open"),
        (RiskStatus.TREATING, "being worked on"),
    )
    for status, word in after:
        readings = FakeReadings(replace(RISK, status=status), change)
        post = drawn(kind, occasion(kind, readings, Operation.UPDATE, events=events))
        assert said(post).startswith(f"✓ *ACME-R12 Vendor API may slip* · {word}")
        assert "help" not in f"{post.summary} {said(post)}"


def test_one_that_nobody_answered_says_who_raised_it_and_asks_for_an_owner_until_it_has_one() -> None:
    kind, events = NoticeKind.RISK_ESCALATED, ["unanswered"]
    waits = replace(RISK, status=RiskStatus.PROPOSED, probability=4, impact=4, owner=None)
    change = changed(waits, waits, "logged", by=SAM)
    post = drawn(kind, occasion(kind, FakeReadings(waits, change), events=events))
    assert post.summary == "Nobody has answered ACME-R12 Vendor API may slip"
    assert "Sam raised it" in said(post)
    assert "calls it critical. Nobody has answered yet: please say who owns it" in said(post)
    assert labels(post) == ["Give it an owner", "Not a risk", "Details"]
    scored = replace(waits, status=RiskStatus.OPEN, owner=SAM)
    post = drawn(kind, occasion(kind, FakeReadings(scored, change), Operation.UPDATE, events=events))
    assert said(post).startswith("✓ *ACME-R12 Vendor API may slip* · open · Critical 16")
    assert labels(post) == ["Details"]


def test_one_that_nobody_looks_at_says_for_how_long() -> None:
    kind = NoticeKind.RISK_ESCALATED
    stale = replace(RISK, next_review_on=date(2026, 9, 29))
    readings = FakeReadings(stale, changed(stale, stale, "edited"))
    post = drawn(kind, occasion(kind, readings, events=["unreviewed"]))
    assert "Its review was due 29 Sep." in said(post)


@pytest.mark.parametrize(
    ("action", "status", "text"),
    [
        (
            "acceptance_refused",
            RiskStatus.OPEN,
            "Dana says not yet to accepting *ACME-R12 Vendor API may slip*",
        ),
        ("accepted", RiskStatus.ACCEPTED, "Dana accepted *ACME-R12 Vendor API may slip*, as you asked."),
        ("scored", RiskStatus.OPEN, "Dana changed *ACME-R12 Vendor API may slip*, so your question"),
    ],
)
def test_whoever_asked_for_leave_reads_the_answer(action: str, status: RiskStatus, text: str) -> None:
    after = replace(RISK, status=status, version=2)
    readings = FakeReadings(after, changed(RISK, after, action))
    kind = NoticeKind.RISK_ANSWERED
    assert said(drawn(kind, occasion(kind, readings))).startswith(text)
