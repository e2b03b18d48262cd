"""What is said about a risk in each of its states, as whole texts."""

from datetime import date
from typing import Any

import pytest

from models.read_models import RiskView
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.services.risks.readings import RiskChange
from models.value import replace
from tests.scheduled.drawing import NOTICES, drawn, labels
from tests.scheduled.fake_messenger import CHANNEL, said
from tests.scheduled.fake_readings import (
    ACTION,
    DANA,
    LEE,
    MANAGER,
    PROPOSED,
    RESTRICTED,
    RISK,
    SAM,
    FakeActions,
    FakeReadings,
    changed,
)
from tests.scheduled.occasions import occasion

CLOSED = replace(RISK, status=RiskStatus.CLOSED, closing_reason="Vendor shipped.", version=2)
REJECTED = replace(PROPOSED, status=RiskStatus.REJECTED, closing_reason="already covered", version=2)
WITHDRAWN = replace(RISK, is_withdrawn=True, version=2)
_ABOUT_RISKS = frozenset(kind for kind in NoticeKind if kind.value.startswith("risk"))
PICTURES = frozenset({NoticeKind.RISK_MATRIX, NoticeKind.RISK_BURNDOWN, NoticeKind.MOOD_TREND})
MARKUP = "<!channel> *x* <@U1>"


@pytest.mark.parametrize(
    ("risk", "text", "buttons"),
    [
        (
            RISK,
            (
                "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "Dana owns it · raised by Sam · review 22 Oct"
            ),
            ["Edit", "Details"],
        ),
        (
            replace(RISK, owner=None, due_on=date(2027, 1, 9), status=RiskStatus.PROPOSED),
            (
                "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "No owner yet · raised by Sam · due 9 Jan 2027"
            ),
            ["Give it an owner", "Edit", "Details"],
        ),
        (
            replace(RISK, kind=RiskKind.OPPORTUNITY, status=RiskStatus.ACCEPTED, next_review_on=None),
            (
                "💡 *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3) · accepted\n"
                "Dana owns it · raised by Sam"
            ),
            ["Edit", "Details"],
        ),
        (
            replace(RISK, due_on=date(2026, 10, 12), next_review_on=date(2026, 10, 9)),
            (
                "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "Dana owns it · raised by Sam · *was due 12 Oct* · *review was due 9 Oct*"
            ),
            ["Edit", "Details"],
        ),
        (
            PROPOSED,
            "⚠️ *ACME-R12 Vendor API may slip* · waiting for a score\nNo owner yet · raised by Sam",
            ["Edit", "Details"],
        ),
        (
            CLOSED,
            (
                "✓ *ACME-R12 Vendor API may slip* · closed: Vendor shipped\n"
                "Was High 12 (likely 4 × impact 3) · raised by Sam"
            ),
            ["Details"],
        ),
        (
            REJECTED,
            "✓ *ACME-R12 Vendor API may slip* · not a risk: already covered\nRaised by Sam",
            ["Details"],
        ),
    ],
)
def test_the_channel_reads_the_risk_as_it_stands(risk: RiskView, text: str, buttons: list[str]) -> None:
    post = drawn(
        NoticeKind.RISK_ANNOUNCED,
        occasion(NoticeKind.RISK_ANNOUNCED, FakeReadings(risk), Operation.UPDATE),
    )
    assert said(post) == text
    assert labels(post) == buttons
    assert {button.entity_id for button in post.buttons} == {risk.id}


def test_a_notification_says_which_risk_and_how_grave() -> None:
    post = drawn(NoticeKind.RISK_ANNOUNCED, occasion(NoticeKind.RISK_ANNOUNCED, FakeReadings(RISK)))
    assert post.summary == "ACME-R12 Vendor API may slip · High 12"


@pytest.mark.parametrize(
    ("risk", "operation"),
    [
        (RESTRICTED, Operation.POST),
        (RESTRICTED, Operation.UPDATE),
        (WITHDRAWN, Operation.POST),
        (WITHDRAWN, Operation.UPDATE),
        (CLOSED, Operation.POST),
        (REJECTED, Operation.POST),
        (None, Operation.POST),
    ],
)
def test_the_channel_hears_nothing_of_what_is_not_for_it_or_is_over(
    risk: RiskView | None, operation: Operation
) -> None:
    where = occasion(NoticeKind.RISK_ANNOUNCED, FakeReadings(risk), operation)
    assert NOTICES[NoticeKind.RISK_ANNOUNCED].render(where) is None


MODERATE = replace(RISK, probability=3, impact=2)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            changed(replace(PROPOSED, owner=DANA), RISK, "scored"),
            "Dana scored it: High 12 (likely 4 × impact 3), now open.",
        ),
        (
            changed(MODERATE, RISK, "edited"),
            "Dana changed it: High 12 (likely 4 × impact 3), was Moderate 6 (possible 3 × impact 2).",
        ),
        (
            changed(RISK, replace(RISK, probability=None, status=RiskStatus.PROPOSED), "edited"),
            "Dana changed it: no score for now, was High 12 (likely 4 × impact 3), now waiting for a score.",
        ),
        (
            changed(RISK, CLOSED, "closed", by=LEE, reason="Vendor\nshipped."),
            "Lee closed it: Vendor shipped.",
        ),
        (
            changed(PROPOSED, REJECTED, "rejected", reason="already covered"),
            "Dana rejected it: already covered.",
        ),
    ],
)
def test_a_change_is_one_line_in_the_thread(change: RiskChange, text: str) -> None:
    readings = FakeReadings(change.after, change)
    post = drawn(NoticeKind.RISK_CHANGED, occasion(NoticeKind.RISK_CHANGED, readings, Operation.REPLY))
    assert said(post) == text
    assert post.buttons == ()


@pytest.mark.parametrize("after", [RESTRICTED, WITHDRAWN])
def test_a_change_of_what_the_channel_must_not_see_is_not_told(after: RiskView) -> None:
    change = changed(RISK, after, "edited")
    where = occasion(NoticeKind.RISK_CHANGED, FakeReadings(after, change), Operation.REPLY)
    assert NOTICES[NoticeKind.RISK_CHANGED].render(where) is None


NEW = "Sam raised a risk on Acme web, <#C0ACME>\n*ACME-R12 Vendor API may slip*"
LEADS_ONLY = "Only the project's leads, its owner and Sam can see it."
JUDGE = ["Score", "Not a risk", "Details"]


@pytest.mark.parametrize(
    ("risk", "operation", "text", "buttons"),
    [
        (PROPOSED, Operation.POST, f"{NEW}\nSam will hear what becomes of it.", JUDGE),
        (
            replace(PROPOSED, probability=4, impact=3, cause="They are late.", effect="We\nslip."),
            Operation.POST,
            (
                f"{NEW} · High 12 (likely 4 × impact 3)\nThey are late.\nWe\nslip.\n"
                "Who owns it? Sam will hear what becomes of it."
            ),
            ["Give it an owner", "Not a risk", "Details"],
        ),
        (
            replace(PROPOSED, visibility=Visibility.RESTRICTED),
            Operation.UPDATE,
            f"{NEW}\n{LEADS_ONLY}\nSam will hear what becomes of it.",
            JUDGE,
        ),
        (
            RESTRICTED,
            Operation.POST,
            f"{NEW} · High 12 (likely 4 × impact 3)\n{LEADS_ONLY}\nDana owns it.",
            ["Edit", "Details"],
        ),
        (
            RISK,
            Operation.UPDATE,
            "✓ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\nDana owns it · raised by Sam",
            ["Edit", "Details"],
        ),
        (
            REJECTED,
            Operation.UPDATE,
            "✓ *ACME-R12 Vendor API may slip* · not a risk: already covered\nRaised by Sam",
            ["Details"],
        ),
        (
            CLOSED,
            Operation.UPDATE,
            "✓ *ACME-R12 Vendor API may slip* · closed: Vendor shipped\nRaised by Sam",
            ["Details"],
        ),
        (
            replace(PROPOSED, is_withdrawn=True),
            Operation.UPDATE,
            "✓ *ACME-R12 Vendor API may slip* · taken back by Sam\nRaised by Sam",
            [],
        ),
    ],
)
def test_the_leads_are_asked_to_judge_and_then_read_what_became_of_it(
    risk: RiskView, operation: Operation, text: str, buttons: list[str]
) -> None:
    post = drawn(NoticeKind.RISK_PROPOSED, occasion(NoticeKind.RISK_PROPOSED, FakeReadings(risk), operation))
    assert said(post) == text
    assert labels(post) == buttons


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            changed(PROPOSED, RISK, "scored"),
            (
                "Thank you for raising *ACME-R12 Vendor API may slip*.\n"
                "Dana scored it: High 12 (likely 4 × impact 3), and owns it."
            ),
        ),
        (
            changed(replace(RISK, status=RiskStatus.PROPOSED, owner=None), RISK, "owned"),
            "Dana took *ACME-R12 Vendor API may slip*.\nHigh 12 (likely 4 × impact 3) · Dana owns it",
        ),
        (
            changed(replace(RISK, status=RiskStatus.PROPOSED, owner=None), RISK, "owned", by=LEE),
            (
                "Lee found an owner for *ACME-R12 Vendor API may slip*.\n"
                "High 12 (likely 4 × impact 3) · Dana owns it"
            ),
        ),
        (
            changed(PROPOSED, REJECTED, "rejected", reason="Already covered by the buffer."),
            (
                "Dana looked at *ACME-R12 Vendor API may slip* and says it is not a risk: "
                "Already covered by the buffer.\n"
                "Thank you for speaking up all the same: better one too many than one too few."
            ),
        ),
        (
            changed(RISK, CLOSED, "closed", by=LEE, reason="Vendor shipped"),
            (
                "Good news: Lee closed *ACME-R12 Vendor API may slip*: Vendor shipped.\n"
                "Thank you for raising it in time."
            ),
        ),
        (
            changed(RISK, CLOSED, "closed", by=LEE, reason="duplicate of R1"),
            "Lee closed *ACME-R12 Vendor API may slip*: duplicate of R1.\nThank you for raising it.",
        ),
        (
            changed(replace(RISK, status=RiskStatus.OCCURRED), CLOSED, "closed", by=LEE, reason="We paid."),
            "Lee closed *ACME-R12 Vendor API may slip*: We paid.\nThank you for raising it.",
        ),
    ],
)
def test_whoever_raised_it_is_thanked_and_told(change: RiskChange, text: str) -> None:
    readings = FakeReadings(change.after, change)
    post = drawn(NoticeKind.RISK_OUTCOME, occasion(NoticeKind.RISK_OUTCOME, readings))
    assert said(post) == text
    assert labels(post) == ["Details"]


@pytest.mark.parametrize(
    ("risk", "text"),
    [
        (
            RISK,
            (
                "✓ Logged *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "Dana owns it · review 22 Oct"
            ),
        ),
        (
            PROPOSED,
            (
                "✓ Logged *ACME-R12 Vendor API may slip*\n"
                "Dana will score it, and you'll hear what became of it."
            ),
        ),
        (
            replace(PROPOSED, owner=LEE),
            (
                "✓ Logged *ACME-R12 Vendor API may slip*\n"
                "Lee owns it. Dana will score it, and you'll hear what became of it."
            ),
        ),
        (
            replace(PROPOSED, raised_by=DANA),
            (
                "✓ Logged *ACME-R12 Vendor API may slip*\n"
                "It is yours to score: how likely, how bad, and who owns it?"
            ),
        ),
        (
            replace(PROPOSED, raised_by=DANA, probability=4, impact=3),
            (
                "✓ Logged *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "It waits for an owner."
            ),
        ),
    ],
)
def test_the_confirmation_says_who_looks_at_it_next(risk: RiskView, text: str) -> None:
    readings = FakeReadings(risk, roles=(MANAGER,))
    post = drawn(
        NoticeKind.RISK_CONFIRMED, occasion(NoticeKind.RISK_CONFIRMED, readings, Operation.EPHEMERAL)
    )
    assert said(post) == text
    theirs = "Give it an owner" if risk.lacks_owner else "Score"
    assert labels(post) == [*([theirs] if risk.raised_by == DANA else []), "Edit", "Undo"]


def test_the_confirmation_names_what_its_raiser_had_raised_in_the_same_words() -> None:
    kind = NoticeKind.RISK_CONFIRMED
    readings = FakeReadings(PROPOSED, roles=(MANAGER,), alike=replace(RISK, number=3))
    assert (
        "looks like *ACME-R3*, which you raised on 14 Oct: `/risk show ACME-R3`. If it is, *Undo* takes"
        in said(drawn(kind, occasion(kind, readings)))
    )


def test_the_confirmation_names_who_stands_in() -> None:
    kind = NoticeKind.RISK_CONFIRMED
    away = replace(MANAGER, away_until=date(2026, 10, 19))
    readings = FakeReadings(PROPOSED, roles=(away, replace(MANAGER, person=LEE, is_deputy=True)))
    assert "Lee will score it while Dana is away, and" in said(drawn(kind, occasion(kind, readings)))
    alone = FakeReadings(PROPOSED, roles=(away,))
    assert "Dana is away until 19 Oct and will score it then" in said(drawn(kind, occasion(kind, alone)))


@pytest.mark.parametrize("kind", sorted(_ABOUT_RISKS - PICTURES))
def test_what_people_typed_never_comes_out_as_markup(kind: NoticeKind) -> None:
    person = replace(SAM, name=MARKUP)
    risk = replace(
        RISK,
        title=MARKUP,
        raised_by=person,
        owner=person,
        project_name=MARKUP,
        acceptance_asked_by=person,
    )
    after = replace(risk, status=RiskStatus.CLOSED, closing_reason=MARKUP)
    change = changed(risk, after, "closed", by=person, reason=MARKUP)
    readings = FakeReadings(risk, change, roles=(replace(MANAGER, person=person),))
    ids: dict[str, Any] = {
        "channel_id": CHANNEL,
        "refusal": "guest",
        "owner": SAM.slack_user_id,
        "events": ["by_choice", "became_critical", "unanswered"],
        "action_id": str(ACTION.id),
    }
    if kind is NoticeKind.RISK_ESCALATED:
        readings = FakeReadings(risk, changed(risk, risk, "escalated", by=person, reason=MARKUP))
    action = replace(ACTION, title=MARKUP, owner=person, raised_by=person)
    post = drawn(kind, occasion(kind, readings, actions=FakeActions(action), **ids))
    text = f"{post.summary}\n{said(post)}".replace(f"<#{CHANNEL}>", "")
    assert "&lt;!channel&gt;" in text
    assert "&amp;lt;" not in text, "escaped once"
    assert "<" not in text
    assert "*x*" not in text
