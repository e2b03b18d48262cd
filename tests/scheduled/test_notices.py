"""What is said about a risk in each of its states, as whole texts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.read_models import RiskView
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.services.risks.readings import RiskChange
from scheduled.notices import Occasion, discover
from scheduled.ports import Refusal
from scheduled.posts import Post
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

NOTICES = discover()
CLOSED = replace(RISK, status=RiskStatus.CLOSED, closing_reason="Vendor shipped.", version=2)
REJECTED = replace(PROPOSED, status=RiskStatus.REJECTED, closing_reason="already covered", version=2)
WITHDRAWN = replace(RISK, is_withdrawn=True, version=2)
_ABOUT_RISKS = frozenset(kind for kind in NoticeKind if kind.value.startswith("risk"))
PICTURES = frozenset({NoticeKind.RISK_MATRIX, NoticeKind.RISK_BURNDOWN, NoticeKind.MOOD_TREND})
MARKUP = "<!channel> *x* <@U1>"


def drawn(kind: NoticeKind, where: Occasion) -> Post:
    """Return the post, which must be there."""
    post = NOTICES[kind].render(where)
    assert isinstance(post, Post)
    return post


def labels(post: Post) -> list[str]:
    """Return the buttons' labels."""
    return [button.label for button in post.buttons]


@pytest.mark.parametrize(
    ("risk", "text", "buttons"),
    [
        (
            RISK,
            (
                "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "Dana owns it · raised by Sam · review 22 Oct"
            ),
            ["Update", "Details"],
        ),
        (
            replace(RISK, owner=None, due_on=date(2027, 1, 9), status=RiskStatus.PROPOSED),
            (
                "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "No owner yet · raised by Sam · due 9 Jan 2027"
            ),
            ["Give it an owner", "Update", "Details"],
        ),
        (
            replace(RISK, kind=RiskKind.OPPORTUNITY, status=RiskStatus.ACCEPTED, next_review_on=None),
            (
                "💡 *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3) · accepted\n"
                "Dana owns it · raised by Sam"
            ),
            ["Update", "Details"],
        ),
        (
            replace(RISK, due_on=date(2026, 10, 12), next_review_on=date(2026, 10, 9)),
            (
                "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\n"
                "Dana owns it · raised by Sam · *was due 12 Oct* · *review was due 9 Oct*"
            ),
            ["Update", "Details"],
        ),
        (
            PROPOSED,
            "⚠️ *ACME-R12 Vendor API may slip* · waiting for a score\nNo owner yet · raised by Sam",
            ["Update", "Details"],
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
            ["Update", "Details"],
        ),
        (
            RISK,
            Operation.UPDATE,
            "✓ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\nDana owns it · raised by Sam",
            ["Update", "Details"],
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
            replace(PROPOSED, raised_by=DANA),
            "✓ Logged *ACME-R12 Vendor API may slip*\nIt waits for a score and an owner.",
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
    is_theirs_to_give = risk.lacks_owner and risk.raised_by == DANA
    assert labels(post) == [*(["Give it an owner"] if is_theirs_to_give else []), "Edit", "Undo"]


def test_the_confirmation_names_who_stands_in() -> None:
    kind = NoticeKind.RISK_CONFIRMED
    away = replace(MANAGER, away_until=date(2026, 10, 19))
    readings = FakeReadings(PROPOSED, roles=(away, replace(MANAGER, person=LEE, is_deputy=True)))
    assert "Lee will score it while Dana is away, and" in said(drawn(kind, occasion(kind, readings)))
    alone = FakeReadings(PROPOSED, roles=(away,))
    assert "Dana is away until 19 Oct and will score it then" in said(drawn(kind, occasion(kind, alone)))


OUTSIDERS = (
    "Please tell those who should know. I announce risks only where nobody from outside can read along."
)


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (
            Refusal.EXTERNAL,
            f"the channel is shared with another company.\n{OUTSIDERS}",
        ),
        (
            Refusal.PENDING_EXTERNAL,
            f"another company has been invited to the channel.\n{OUTSIDERS}",
        ),
        (
            Refusal.GUEST,
            f"there are guests in the channel.\n{OUTSIDERS}",
        ),
        (
            Refusal.LOOK_UP_FAILED,
            (
                "Slack did not tell me who can read the channel.\n"
                "Please tell those who should know. I will try again with the next risk."
            ),
        ),
        (
            Refusal.NOT_IN_CHANNEL,
            (
                "I am not a member of the channel.\n"
                "To have risks announced there, type `/invite @Drumbeat` in the channel."
            ),
        ),
        (
            Refusal.CHANNEL_NOT_FOUND,
            (
                "I cannot see the channel. It may be private, or gone.\n"
                "To have risks announced there, type `/invite @Drumbeat` in the channel."
            ),
        ),
        (
            Refusal.ARCHIVED,
            "the channel is archived.\nUnarchive the channel to have risks announced there again.",
        ),
    ],
)
def test_what_was_withheld_is_told_with_the_reason_and_what_to_do(refusal: Refusal, text: str) -> None:
    where = occasion(NoticeKind.RISK_WITHHELD, FakeReadings(RISK), channel_id="C0ACME", refusal=refusal.value)
    post = drawn(NoticeKind.RISK_WITHHELD, where)
    first = (
        "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\nI did not post it in <#C0ACME>: "
    )
    assert said(post) == first + text
    assert labels(post) == ["Details"]


def test_the_leads_and_the_raiser_are_told_each_once_instead_of_the_channel() -> None:
    owner = replace(MANAGER, person=SAM)
    readings = FakeReadings(RISK, roles=(MANAGER, replace(MANAGER, is_deputy=True), owner))
    where = occasion(NoticeKind.RISK_ANNOUNCED, readings)
    told = NOTICES[NoticeKind.RISK_ANNOUNCED].instead(where, Refusal.GUEST)
    assert [message.channel_id for message in told] == ["U0DANA", "U0SAM"]
    assert {message.kind for message in told} == {NoticeKind.RISK_WITHHELD}
    assert told[0].unique_key == f"risk:{RISK.id}:withheld:{CHANNEL}:U0DANA"
    assert told[0].ids == {
        "risk_id": str(RISK.id),
        "version": 1,
        "channel_id": CHANNEL,
        "refusal": "guest",
    }


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
