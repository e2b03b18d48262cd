"""What is said about questions to clients and their answers, as whole texts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from typing_extensions import override

from models.read_models import (
    AnswerView,
    InvitationView,
    PersonRef,
    QuestionDraft,
    QuestionReading,
    Reachable,
    SurveyReading,
    SurveyView,
)
from models.rules.delivery import NoticeKind, Operation
from models.rules.surveys.asking import CLOSED_AFTER, InvitationState, SurveyState, SurveyTrigger, Way
from models.services.people import People
from models.services.surveys.readings import SurveyReadings
from models.value import replace
from scheduled.notices import Drawn, Occasion
from scheduled.posts import Gone, Post
from tests.models.values import a_project
from tests.scheduled.drawing import NOTICES
from tests.scheduled.fake_messenger import said
from tests.scheduled.fake_readings import DANA, NOW, SAM, FakeReadings
from tests.scheduled.occasions import occasion

PROJECT = a_project()
ROBIN = PersonRef(UUID(int=7), "U0ROBIN", "Robin")
PRIYA = PersonRef(UUID(int=5), "U0PRIYA", "Priya")
ASKED = InvitationView(
    id=UUID(int=30),
    workspace_id=UUID(int=100),
    survey_id=UUID(int=31),
    project_id=PROJECT.id,
    project_key="ACME",
    timezone="Europe/Berlin",
    trigger=SurveyTrigger.BY_HAND,
    about="Checkout",
    contact_id=UUID(int=32),
    contact_name="Robin",
    contact_person=ROBIN,
    version=1,
    way=Way.CHANNEL,
    state=InvitationState.ASKED,
    sender=DANA,
    asked_on=NOW.date(),
    closes_at=NOW + CLOSED_AFTER,
    made_at=NOW,
    updated_at=NOW,
)
LOW = AnswerView(
    id=UUID(int=33),
    version=1,
    rating=2,
    reason="Nobody told me.",
    answered_on=NOW.date(),
    answered_at=NOW - timedelta(hours=24),
    updated_at=NOW,
    action_id=UUID(int=34),
    owner=PRIYA,
    due_on=NOW.date() + timedelta(days=2),
)
CALL_BY = LOW.answered_at + timedelta(hours=48)
"""An instant, which each reader sees in their own zone."""
ANSWERED = replace(ASKED, state=InvitationState.ANSWERED, answer=LOW)
DRAFT = QuestionDraft("Checkout", "Robin", ROBIN.slack_user_id, "Dana", ("Dana", "Priya"))


class FakeSurveys(SurveyReadings):
    """One question, without a database."""

    def __init__(self, found: QuestionReading | None) -> None:
        self._found = found

    @override
    def for_notice(self, workspace_id: UUID, invitation_id: UUID) -> QuestionReading | None:
        return self._found


class Named(People):
    """Two people by their names, without a database."""

    def __init__(self) -> None:
        """Need nothing."""

    @override
    def names(self, workspace_id: UUID, ids: Iterable[UUID]) -> Mapping[UUID, PersonRef]:
        return {person.id: person for person in (DANA, PRIYA)}


def drawn(
    kind: NoticeKind,
    invitation: InvitationView = ASKED,
    operation: Operation = Operation.POST,
    *,
    to: PersonRef = PRIYA,
    is_opted_out: bool = False,
    **ids: Any,  # noqa: ANN401 - whatever the message is about.
) -> Drawn | None:
    found = QuestionReading(invitation, PROJECT, DRAFT, is_opted_out)
    where: Occasion = occasion(
        kind,
        FakeReadings(None),
        operation,
        surveys=FakeSurveys(found),
        channel=to.slack_user_id,
        invitation_id=str(invitation.id),
        **ids,
    )
    where = replace(where, desk=replace(where.desk, people=Named()))
    return NOTICES[kind].render(where)


def shown(post: Drawn | None) -> tuple[str, list[str]]:
    assert isinstance(post, Post)
    return said(post), [button.label for button in post.buttons]


def test_a_question_says_who_asks_who_can_answer_and_who_will_see_it() -> None:
    text, labels = shown(drawn(NoticeKind.SURVEY_QUESTION))
    assert text == (
        "<@U0ROBIN> *one question about Checkout*\n"
        "Overall, how satisfied are you with our delivery of Checkout?\n"
        "Dana asks. Press one, and add a sentence if you like. Only Robin can answer; Dana, Priya and our "
        "delivery managers see it, with the name; others of us see only how many are satisfied."
    )
    assert labels == [
        "1 Very dissatisfied",
        "2 Dissatisfied",
        "3 Neither",
        "4 Satisfied",
        "5 Very satisfied",
        "I'd rather not",
    ]


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (InvitationState.ANSWERED, "✓ *Thank you, Robin.* Your answer about Checkout has arrived."),
        (InvitationState.DECLINED, "✓ The question about Checkout is closed. Thank you all the same."),
    ],
)
def test_the_channel_never_reads_what_was_answered(state: InvitationState, text: str) -> None:
    over = replace(ASKED, state=state, answer=LOW if state is InvitationState.ANSWERED else None)
    assert shown(drawn(NoticeKind.SURVEY_QUESTION, over, Operation.UPDATE)) == (text, [])
    assert drawn(NoticeKind.SURVEY_QUESTION, over) is None
    assert drawn(NoticeKind.SURVEY_REMINDER, over) is None


def test_a_question_that_is_closed_and_who_opted_out_are_let_alone() -> None:
    closed = replace(ASKED, closes_at=NOW)
    text, labels = shown(drawn(NoticeKind.SURVEY_QUESTION, closed, Operation.UPDATE))
    assert ("is closed" in text, labels) == (True, [])
    assert drawn(NoticeKind.SURVEY_REMINDER, is_opted_out=True) is None
    text, _ = shown(drawn(NoticeKind.SURVEY_REMINDER))
    assert text == (
        "<@U0ROBIN> a friendly reminder: one press above is enough, until 2026-10-28 09:00:00+00:00. "
        "*I'd rather not* is an answer, too."
    )


def test_a_low_answer_says_who_speaks_with_them_and_who_else_knows() -> None:
    told = [str(DANA.id), str(PRIYA.id)]
    kind = NoticeKind.SURVEY_LOW_ANSWER
    first = "❗ *ACME: Robin answered 2, dissatisfied* · Checkout\n“Nobody told me.”\n"
    assert shown(drawn(kind, ANSWERED, told=told)) == (
        first + f"Please speak with them within 48 hours, by {CALL_BY}.\nSent to you and Dana only.",
        ["I've spoken with them", "Settled", "Satisfaction"],
    )
    text, _ = shown(drawn(kind, ANSWERED, told=told, to=DANA))
    assert f"Priya speaks with them within 48 hours, by {CALL_BY}.\nSent to you and Priya only." in text
    late = replace(ANSWERED, answer=replace(LOW, answered_at=NOW - timedelta(hours=50)))
    over = NOW - timedelta(hours=2)
    text, _ = shown(drawn(kind, late, Operation.UPDATE, told=told))
    assert f"Please speak with them: the 48 hours ended {over}.\n" in text
    text, _ = shown(drawn(kind, late, Operation.UPDATE, told=told, to=DANA))
    assert f"Priya should have spoken with them by {over}.\n" in text
    spoken = replace(LOW, contacted_at=NOW, contacted_by=DANA)
    text, labels = shown(drawn(kind, replace(ANSWERED, answer=spoken), Operation.UPDATE, told=told))
    assert "📞 Dana has spoken with them." in text
    assert labels == ["Settled", "Not yet, after all", "Satisfaction"]
    settled = replace(ANSWERED, answer=replace(LOW, is_settled=True))
    assert "✓ Settled." in shown(drawn(kind, settled, Operation.UPDATE, told=told))[0]
    erased = replace(ANSWERED, answer=replace(LOW, is_settled=True, is_erased=True))
    text, labels = shown(drawn(kind, erased, Operation.UPDATE, told=told))
    assert "The follow-up ended because the contact was erased." in text
    assert ("Settled" in text, labels) == (False, ["Satisfaction"])
    better = replace(ANSWERED, answer=replace(LOW, rating=4, action_id=None))
    assert "was corrected to 4, satisfied." in shown(drawn(kind, better, Operation.UPDATE, told=told))[0]
    assert "was taken back" in shown(drawn(kind, ASKED, Operation.UPDATE, told=told))[0]
    assert drawn(kind, better, told=told) is None


def test_a_nudge_says_since_when_they_wait_until_somebody_has_called() -> None:
    text, labels = shown(drawn(NoticeKind.SURVEY_NUDGE, ANSWERED, step="first_nudge"))
    assert text.startswith(
        f"*ACME: Robin waits for your call.* They answered 2, dissatisfied on Checkout on {LOW.answered_at}."
    )
    assert f"After {CALL_BY} I ask the delivery managers" in text
    assert labels == ["I've spoken with them", "Settled", "Satisfaction"]
    text, _ = shown(drawn(NoticeKind.SURVEY_NUDGE, ANSWERED, step="overdue", to=SAM))
    assert f"on {LOW.answered_at}, and nobody has spoken with them yet.*\nPriya was to, about" in text
    spoken = replace(ANSWERED, answer=replace(LOW, contacted_at=NOW, contacted_by=DANA))
    assert drawn(NoticeKind.SURVEY_NUDGE, spoken, step="second_nudge") is None


def test_a_nudge_that_waited_for_working_hours_is_one_and_says_when_time_is_up() -> None:
    after_a_weekend = replace(ANSWERED, answer=replace(LOW, answered_at=NOW - timedelta(hours=50)))
    assert drawn(NoticeKind.SURVEY_NUDGE, after_a_weekend, step="first_nudge") is None
    text, _ = shown(drawn(NoticeKind.SURVEY_NUDGE, after_a_weekend, step="second_nudge"))
    assert f"The 48 hours ended {NOW - timedelta(hours=2)}, so I ask the delivery" in text
    assert isinstance(
        drawn(NoticeKind.SURVEY_NUDGE, after_a_weekend, Operation.UPDATE, step="first_nudge"), Gone
    )


@pytest.mark.parametrize(
    ("answer", "text", "left"),
    [
        (
            replace(LOW, contacted_at=NOW, contacted_by=DANA),
            "📞 *ACME: Dana has spoken with Robin* about Checkout.",
            ["Settled", "Not yet, after all", "Satisfaction"],
        ),
        (replace(LOW, is_settled=True), "✓ *ACME: settled with Robin*, about Checkout.", ["Satisfaction"]),
        (
            replace(LOW, is_settled=True, is_erased=True),
            "*ACME: the follow-up of an answer on Checkout* ended because the contact was erased.",
            ["Satisfaction"],
        ),
        (
            replace(LOW, rating=4, action_id=None),
            "✓ *ACME: Robin's answer on Checkout* was corrected to 4, satisfied, so nothing is left to do.",
            ["Satisfaction"],
        ),
        (
            None,
            "✓ *ACME: Robin's answer on Checkout* was taken back, so nothing is left to do.",
            ["Satisfaction"],
        ),
    ],
)
def test_a_nudge_follows_what_became_of_it(answer: AnswerView | None, text: str, left: list[str]) -> None:
    now = replace(ANSWERED, answer=answer)
    for step in ("first_nudge", "overdue"):
        assert shown(drawn(NoticeKind.SURVEY_NUDGE, now, Operation.UPDATE, step=step)) == (text, left)
        assert drawn(NoticeKind.SURVEY_NUDGE, now, step=step) is None


def test_a_good_answer_is_passed_on() -> None:
    good = replace(ANSWERED, answer=replace(LOW, rating=5, action_id=None, owner=None, due_on=None))
    assert shown(drawn(NoticeKind.SURVEY_ANSWERED, good)) == (
        "*ACME: Robin answered 5, very satisfied* · Checkout\n“Nobody told me.”",
        ["Satisfaction"],
    )
    middling = replace(ANSWERED, answer=replace(LOW, rating=3))
    assert "Please speak with them by 16 Oct." in shown(drawn(NoticeKind.SURVEY_ANSWERED, middling))[0]
    late = replace(ANSWERED, answer=replace(LOW, rating=3, due_on=date(2026, 10, 9)))
    text, _ = shown(drawn(NoticeKind.SURVEY_ANSWERED, late))
    assert "Please speak with them: you should have by 9 Oct." in text
    text, _ = shown(drawn(NoticeKind.SURVEY_ANSWERED, late, to=DANA))
    assert "Priya should have spoken with them by 9 Oct." in text


def test_who_asked_hears_that_nobody_answered() -> None:
    text, labels = shown(drawn(NoticeKind.SURVEY_ANSWERED, ASKED, unanswered=True))
    assert text.startswith("*ACME: Robin has not answered about Checkout.* They were asked on ")
    assert labels == ["Satisfaction"]
    assert drawn(NoticeKind.SURVEY_ANSWERED, ASKED) is None, "what was taken back is not told"


def test_what_people_typed_is_never_markup() -> None:
    markup = "<!channel> *x*"
    wild = replace(ANSWERED, contact_name=markup, about=markup, answer=replace(LOW, reason=markup))
    for kind, operation in (
        (NoticeKind.SURVEY_ANSWERED, Operation.POST),
        (NoticeKind.SURVEY_LOW_ANSWER, Operation.UPDATE),
        (NoticeKind.SURVEY_NUDGE, Operation.POST),
    ):
        text, _ = shown(drawn(kind, wild, operation, told=[], step="overdue"))
        assert "&lt;!channel&gt;" in text
        assert "<!channel>" not in text
        assert "*x*" not in text


SURVEY = SurveyView(
    id=UUID(int=40),
    workspace_id=ASKED.workspace_id,
    project_id=PROJECT.id,
    project_key="ACME",
    client_name="Acme",
    version=1,
    trigger=SurveyTrigger.MILESTONE,
    subject="M1",
    about="Checkout",
    state=SurveyState.OPEN,
    held_because="",
    made_at=NOW,
)
REQUEST = SurveyReading(
    SURVEY,
    in_channel=(Reachable("Robin", date(2026, 4, 3)),),
    by_mail=(Reachable("Marta"),),
    unclear=("Ida",),
    lately=(Reachable("Ana", date(2026, 9, 20)),),
)


def requested(found: SurveyReading, operation: Operation = Operation.POST) -> Drawn | None:
    class Requests(SurveyReadings):
        """One occasion, without a database."""

        def __init__(self) -> None:
            """Need nothing."""

        @override
        def request(self, workspace_id: UUID, survey_id: UUID, now: datetime) -> SurveyReading:
            return found

    kind = NoticeKind.SURVEY_REQUESTED
    where = occasion(kind, FakeReadings(None), operation, surveys=Requests(), survey_id=str(found.survey.id))
    return NOTICES[kind].render(where)


def test_a_request_says_why_now_whom_we_may_ask_how_and_what_speaks_against_it() -> None:
    assert shown(requested(REQUEST)) == (
        (
            "*ACME: ask Acme how satisfied they are?* · they have accepted Checkout\n"
            "In the channel with them: Robin (last asked 3 Apr)\nBy mail: Marta (never asked)\n"
            "Not again yet, for they were asked lately: Ana (on 20 Sep)\n"
            "It isn't clear yet whether we may ask Ida; that is among your actions."
        ),
        ["Ask in the client channel", "I asked by mail", "Hold"],
    )
    regular = replace(REQUEST, survey=replace(SURVEY, trigger=SurveyTrigger.PERIODIC))
    assert "satisfied they are?* · it is time for the regular survey\n" in shown(requested(regular))[0]
    alarmed = replace(REQUEST, has_alert=True, is_red=True, unclear=())
    assert "Perhaps speak with them first, and hold this." in shown(requested(alarmed))[0]
    leaderless = replace(REQUEST, has_asker=False)
    assert (
        "ACME has neither a project manager nor an account manager, so this comes to you"
        in (shown(requested(leaderless))[0])
    )
    nobody = replace(REQUEST, in_channel=(), by_mail=(), unclear=())
    text, labels = shown(requested(nobody))
    assert ("Nobody there can be asked just now" in text, labels) == (True, ["I asked by mail", "Hold"])


def test_a_request_that_is_held_or_done_says_so_in_its_place() -> None:
    held = replace(REQUEST, survey=replace(SURVEY, state=SurveyState.HELD, held_because="<!here> retreat"))
    text, labels = shown(requested(held, Operation.UPDATE))
    assert "⏸ Held: &lt;!here&gt; retreat" in text
    assert labels == ["Ask in the client channel", "I asked by mail", "Don't hold it"]
    done = replace(REQUEST, survey=replace(SURVEY, state=SurveyState.DONE, asked=("Robin",)), in_channel=())
    assert shown(requested(done, Operation.UPDATE)) == (
        "✓ *ACME: Acme is asked about Checkout* · Robin\n",
        ["I asked by mail", "Satisfaction"],
    )
    assert requested(done) is None
