"""A client is asked in the channel with them: once, lawfully, not too often, and only they can answer."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete

from models.commands import AnswerFields, AskFields, ContactFields
from models.errors import Invalid, NotAllowed
from models.read_models import AnswerView, ContactView, InvitationView, ProjectView
from models.read_models.home import HomePages
from models.reports.home import Homes
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.delivery import MessageState, NoticeKind, Operation
from models.rules.surveys.asking import CLOSED_AFTER, REMINDED_AFTER, InvitationState, LawfulBasis, Way
from models.rules.surveys.csat import ResponseRate
from models.rules.surveys.loop import LoopState
from models.services.projects.fields import profile_of
from models.services.settings import Settings, Wishes
from models.services.surveys.answering import ClientAnswers
from models.services.surveys.watch import SurveyWatch
from models.tables import memberships, outbox_messages
from tests.models.world import NOW, TODAY, Said, World

SHARED = "C_SHARED"
HOUR = timedelta(hours=1)


class Acme:
    """A project with its client's channel, Dana who manages it, Priya for the account, and Robin at Acme."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.dana = world.person("Dana")
        self.priya = world.person("Priya")
        self.jo = world.delivery_manager("Jo")
        self.robin = world.person("Robin", team_id="T_CLIENT")
        made = world.project(self.dana)
        world.give_role(self.priya, made, ProjectRole.ACCOUNT_MANAGER)
        profile = profile_of(made)
        wanted = type(profile)(**{**profile.__dict__, "client_channel_id": SHARED})
        self.project: ProjectView = world.profiles.edit(
            self.dana, made.id, wanted, version=1, origin=world.origin(), now=NOW
        )
        self.contact = self.add("Robin", person_id=self.robin.person.id)
        self.answers = ClientAnswers(world.database)
        self.watch = SurveyWatch(world.database)

    def add(self, name: str, **more: Any) -> ContactView:  # noqa: ANN401 - any field of a contact.
        lawful: dict[str, Any] = {
            "basis": LawfulBasis.CONSENT,
            "evidence": "Mail",
            "basis_on": TODAY,
            "country": "Norway",
        }
        fields = ContactFields(name, **(lawful | more))
        return self.world.contacts.add(
            self.dana, self.project.id, fields, origin=self.world.origin(), now=NOW
        )

    def ask(self, about: str = "Checkout", *, contact: UUID | None = None, days: int = 0) -> InvitationView:
        fields, now = AskFields(contact or self.contact.id, about), NOW + timedelta(days=days)
        return self.world.questions.ask(
            self.dana, self.project.id, fields, origin=self.world.origin(), now=now
        )

    def answer(self, invitation: InvitationView, rating: int, reason: str = "", **more: Any) -> AnswerView:  # noqa: ANN401 - when, and by whom.
        who, now = more.get("who", self.robin), more.get("now", NOW)
        found = self.answers.answer(who, invitation.id, rating, reason, origin=self.world.origin(), now=now)
        assert found.answer is not None
        return found.answer

    def said(self, *kinds: NoticeKind) -> list[Said]:
        return [each for each in self.world.said() if each.kind in kinds]

    def overview(self) -> ResponseRate:
        return self.world.surveys.overview(self.dana, self.project.id, now=NOW).satisfaction.rate


@pytest.fixture
def acme(world: World) -> Acme:
    return Acme(world)


def test_a_question_goes_to_the_clients_channel_and_is_followed_up_by_itself(acme: Acme) -> None:
    asked = acme.ask()
    assert (asked.way, asked.state, asked.about) == (Way.CHANNEL, InvitationState.ASKED, "Checkout")
    (posted,) = acme.said(NoticeKind.SURVEY_QUESTION)
    assert (posted.operation, posted.channel) == (Operation.POST, SHARED)
    assert acme.watch.look(NOW + REMINDED_AFTER - HOUR) == 0

    assert acme.watch.look(NOW + REMINDED_AFTER) == 1
    (reminder,) = acme.said(NoticeKind.SURVEY_REMINDER)
    assert (reminder.operation, reminder.about) == (Operation.REPLY, posted.key)
    assert acme.watch.look(NOW + REMINDED_AFTER + HOUR) == 0, "one reminder"

    assert acme.watch.look(NOW + CLOSED_AFTER) == 1
    closed = acme.said(NoticeKind.SURVEY_QUESTION)[-1]
    assert (closed.operation, closed.about) == (Operation.UPDATE, posted.key)
    (told,) = acme.said(NoticeKind.SURVEY_ANSWERED)
    assert (told.channel, told.operation) == (acme.dana.person.slack_user_id, Operation.POST)
    page = acme.world.surveys.page(acme.dana, acme.project.id)
    assert [each.id for each in page.unanswered] == [asked.id]
    later = NOW + CLOSED_AFTER * 2
    overview = acme.world.surveys.overview(acme.dana, acme.project.id, now=later)
    assert [each.id for each in overview.waiting] == [asked.id]
    assert acme.watch.look(NOW + CLOSED_AFTER * 2) == 0
    with pytest.raises(Invalid, match="closed by now"):
        acme.answer(asked, 4, now=NOW + CLOSED_AFTER)


def test_who_has_answered_or_would_rather_not_hears_no_more(acme: Acme) -> None:
    acme.answer(acme.ask(), 4)
    assert acme.watch.look(NOW + CLOSED_AFTER) == 0
    other = acme.add("Kim", person_id=acme.world.person("Kim", team_id="T_CLIENT").person.id)
    second = acme.ask(contact=other.id)
    kim = acme.world.person("Kim", team_id="T_CLIENT")
    acme.answers.decline(kim, second.id, origin=acme.world.origin(), now=NOW)
    assert acme.watch.look(NOW + CLOSED_AFTER) == 0
    assert [each.operation for each in acme.said(NoticeKind.SURVEY_QUESTION)] == [
        Operation.POST,
        Operation.UPDATE,
        Operation.POST,
        Operation.UPDATE,
    ]
    assert acme.said(NoticeKind.SURVEY_REMINDER) == []
    acme.answers.opt_out(kim, second.id, origin=acme.world.origin(), now=NOW)
    with pytest.raises(Invalid, match="doesn't want to be asked any more"):
        acme.ask(contact=other.id, days=100)


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_the_reminder_goes_with_what_it_reminded_of(acme: Acme, *, is_taken_back: bool) -> None:
    asked = acme.ask()
    acme.watch.look(NOW + REMINDED_AFTER)
    later = NOW + REMINDED_AFTER + HOUR
    if is_taken_back:
        acme.world.questions.withdraw(acme.dana, asked.id, origin=acme.world.origin(), now=later)
    else:
        acme.answer(asked, 4, now=later)
    kinds = (NoticeKind.SURVEY_QUESTION, NoticeKind.SURVEY_REMINDER)
    end = Operation.DELETE if is_taken_back else Operation.UPDATE
    assert [(each.kind, each.operation) for each in acme.said(*kinds)[2:]] == [
        (NoticeKind.SURVEY_REMINDER, Operation.DELETE),
        (NoticeKind.SURVEY_QUESTION, end),
    ]


def test_only_whoever_was_asked_can_answer(acme: Acme) -> None:
    asked = acme.ask()
    guest = acme.world.person("Yuki", is_guest=True)
    for who in (acme.dana, acme.jo, guest, acme.world.person("Kim", team_id="T_CLIENT")):
        with pytest.raises(NotAllowed) as refused:
            acme.answer(asked, 5, who=who)
        assert refused.value.ask == ("Robin",)
        with pytest.raises(NotAllowed):
            acme.answers.decline(who, asked.id, origin=acme.world.origin(), now=NOW)
    with pytest.raises(NotAllowed):
        acme.world.surveys.overview(acme.robin, acme.project.id, now=NOW)
    with pytest.raises(Invalid):
        acme.answer(asked, 6)
    acme.answer(asked, 5)
    with pytest.raises(Invalid, match="arrived already"):
        acme.answer(asked, 1)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"basis": None}, "isn't clear yet whether we may ask Kim"),
        ({"basis": LawfulBasis.NONE}, "We may not ask Kim"),
        ({"person_id": None}, "Kim has nobody in Slack"),
    ],
)
def test_nobody_is_asked_without_a_reason_why_we_may_and_without_being_there(
    acme: Acme, more: dict[str, Any], why: str
) -> None:
    kim = acme.world.person("Kim", team_id="T_CLIENT")
    contact = acme.add("Kim", **({"person_id": kim.person.id} | more))
    with pytest.raises(Invalid, match=why):
        acme.ask(contact=contact.id)
    assert acme.said(NoticeKind.SURVEY_QUESTION) == []


def test_nobody_is_asked_twice_within_ninety_days_on_any_project(acme: Acme) -> None:
    acme.ask()
    world = acme.world
    with pytest.raises(Invalid, match=r"asked on 14 Oct 2026 already.*Again from 12 Jan"):
        acme.ask("Beta", days=89)
    other = world.project(acme.dana, key="DELTA", channel="C_DELTA")
    fields = ContactFields("R. Vale", person_id=acme.robin.person.id)
    again = world.contacts.add(acme.dana, other.id, fields, origin=world.origin(), now=NOW)
    assert again.asked_on is None
    (kept,) = world.contacts.page(acme.dana, other.id).contacts
    assert kept.asked_on == TODAY
    assert acme.ask("Beta", days=90).asked_on == TODAY + timedelta(days=90)


def test_a_question_that_is_taken_back_counts_as_never_put(acme: Acme) -> None:
    asked = acme.ask()
    acme.world.questions.withdraw(acme.dana, asked.id, origin=acme.world.origin(), now=NOW)
    assert acme.said(NoticeKind.SURVEY_QUESTION)[-1].operation is Operation.DELETE
    assert acme.overview() == ResponseRate()
    assert acme.watch.look(NOW + CLOSED_AFTER) == 0
    again = acme.ask()
    assert (again.state, again.about) == (InvitationState.ASKED, "Checkout")
    assert len(acme.said(NoticeKind.SURVEY_QUESTION)) == 3, "put, removed, and put anew"


def test_a_question_that_slack_refused_did_not_reach_anybody(acme: Acme) -> None:
    acme.ask()
    assert acme.overview() == ResponseRate(0, 1)
    with acme.world.database.write() as session:
        session.execute(outbox_messages.update().values(state=MessageState.DEAD, settled_at=NOW))
    assert acme.overview() == ResponseRate()


def posted(acme: Acme) -> list[Said]:
    """Return the nudges, without what corrects them."""
    return [each for each in acme.said(NoticeKind.SURVEY_NUDGE) if each.operation is Operation.POST]


def test_a_low_answer_is_told_to_few_at_once_and_closed_in_steps(acme: Acme) -> None:
    world = acme.world
    answer = acme.answer(acme.ask(), 2, "Nobody told me.")
    told = acme.said(NoticeKind.SURVEY_LOW_ANSWER)
    assert {each.channel for each in told} == {"U_DANA", "U_PRIYA", "U_JO"}
    assert acme.said(NoticeKind.ACTION_GIVEN) == [], "the answer itself says what to do"
    assert answer.recorded_by is None
    assert (answer.owner, answer.loop, answer.due_on) == (
        acme.priya.person,
        LoopState.OPEN,
        date(2026, 10, 16),
    )

    nudges = [NOW + timedelta(hours=hours) for hours in (24, 40, 48)]
    for number, at in enumerate(nudges, start=1):
        assert acme.watch.look(at - HOUR) == 0
        assert acme.watch.look(at) == 1
        assert len(posted(acme)) == number
    assert [each.channel for each in posted(acme)] == ["U_PRIYA", "U_PRIYA", "U_JO"]
    corrected = [(each.operation, each.about) for each in acme.said(NoticeKind.SURVEY_NUDGE) if each.about]
    first, second, _ = [each.key for each in posted(acme)]
    assert corrected == [(Operation.DELETE, first), (Operation.UPDATE, second)], (
        "what was said before goes, once, or says how late it is by now"
    )
    before = len(corrected)
    assert acme.watch.look(NOW + timedelta(days=9)) == 0, "and then no more"
    nudged = [each.key for each in posted(acme)]
    at_three = [each.due_at for each in acme.world.messages() if each.kind is NoticeKind.SURVEY_NUDGE][1]
    assert at_three == NOW + timedelta(hours=46), "at nine in the morning, not at three in the night"

    (page,) = world.surveys.page(acme.dana, acme.project.id).answers
    found = world.surveys.contacted(acme.priya, page.id, origin=world.origin(), now=NOW)
    assert found.answer is not None
    assert (found.answer.loop, found.answer.contacted_by) == (LoopState.CONTACTED, acme.priya.person)
    (action,) = world.actions.of_source(acme.priya, ActionSource.CSAT, page.id)
    assert (action.title, action.due_on) == (
        "Settle with the client what came of their answer on Checkout",
        date(2026, 10, 21),
    )
    world.actions.settle(acme.priya, action.id, ActionStatus.DONE, origin=world.origin(), now=NOW)
    corrections = [
        each for each in acme.said(NoticeKind.SURVEY_LOW_ANSWER) if each.operation is Operation.UPDATE
    ]
    assert len(corrections) == 2 * len(told), "told once that somebody called, once that it is settled"
    settled = [each.about for each in acme.said(NoticeKind.SURVEY_NUDGE) if each.about][before:]
    assert sorted(settled) == sorted(2 * nudged[1:]), "so does what had nudged them and is still there"
    with pytest.raises(NotAllowed):
        world.surveys.contacted(world.person("Sam"), page.id, origin=world.origin(), now=NOW)


@pytest.mark.parametrize(
    ("answered", "looked", "away", "told"),
    [
        (5, 5, None, ["U_JO"]),  # At two in the afternoon.
        (5, 24, None, []),  # The bot was down until the next morning.
        (10, 10, None, []),  # After work.
        (10, 10, TODAY + timedelta(days=9), ["U_JO"]),
    ],
)
def test_a_call_that_is_late_is_told_apart_only_where_no_morning_tells_of_it_as_soon(
    acme: Acme, answered: int, looked: int, away: date | None, told: list[str]
) -> None:
    world, before = acme.world, NOW - timedelta(days=1)
    acme.answer(acme.ask(days=-1), 2, "Nobody told me.", now=before + answered * HOUR)
    Settings(world.database).change(acme.jo, Wishes(None, away), origin=world.origin(), now=NOW)
    acme.watch.look(before + (48 + looked) * HOUR)
    assert [each.channel for each in posted(acme)] == told


def test_nobody_is_nudged_once_somebody_has_called(acme: Acme) -> None:
    asked = acme.ask()
    acme.answer(asked, 1)
    acme.world.surveys.contacted(acme.dana, asked.id, origin=acme.world.origin(), now=NOW + HOUR)
    assert acme.watch.look(NOW + timedelta(days=3)) == 0
    assert acme.said(NoticeKind.SURVEY_NUDGE) == []

    acme.world.surveys.not_contacted(acme.priya, asked.id, origin=acme.world.origin(), now=NOW + 2 * HOUR)
    (action,) = acme.world.actions.of_source(acme.priya, ActionSource.CSAT, asked.id)
    assert (action.title, action.due_on) == (
        "Speak with the client about their answer on Checkout",
        date(2026, 10, 16),
    )
    assert acme.watch.look(NOW + 24 * HOUR) == 1
    sam = acme.world.person("Sam")
    with pytest.raises(NotAllowed):
        acme.world.surveys.not_contacted(sam, asked.id, origin=acme.world.origin(), now=NOW)


def test_what_is_settled_is_no_overdue_call_whoever_has_called(acme: Acme) -> None:
    homes, late = Homes(acme.world.database), NOW + timedelta(days=3)
    asked = acme.ask()
    acme.answer(asked, 1)
    assert homes.of(acme.jo, HomePages(), now=late).calls.total == 1
    (action,) = acme.world.actions.of_source(acme.priya, ActionSource.CSAT, asked.id)
    acme.world.actions.settle(acme.priya, action.id, ActionStatus.DONE, origin=acme.world.origin(), now=late)
    assert homes.of(acme.jo, HomePages(), now=late).calls.total == 0


def test_whoever_asked_and_has_left_the_project_is_told_nothing(acme: Acme) -> None:
    asked = acme.ask()
    with acme.world.database.write() as session:
        session.execute(delete(memberships).where(memberships.c.person_id == acme.dana.person.id))
    acme.answer(asked, 5)
    assert {each.channel for each in acme.said(NoticeKind.SURVEY_ANSWERED)} == {"U_PRIYA"}


def test_a_better_answer_is_told_to_whoever_asked_and_looks_after_them(acme: Acme) -> None:
    acme.answer(acme.ask(), 3)
    assert {each.channel for each in acme.said(NoticeKind.SURVEY_ANSWERED)} == {"U_DANA", "U_PRIYA"}
    assert acme.said(NoticeKind.SURVEY_LOW_ANSWER, NoticeKind.ACTION_GIVEN) == []
    (kept,) = acme.world.surveys.page(acme.dana, acme.project.id).answers
    assert kept.answer is not None
    assert kept.answer.due_on == date(2026, 10, 21)
    with pytest.raises(Invalid, match="what a client says stays as it is"):
        acme.world.surveys.take_back(acme.dana, kept.id, origin=acme.world.origin(), now=NOW)


def test_the_same_press_twice_answers_and_asks_once(acme: Acme) -> None:
    world, fields = acme.world, AskFields(acme.contact.id, "Checkout")
    first = world.questions.ask(acme.dana, acme.project.id, fields, origin=world.origin("v1"), now=NOW)
    again = world.questions.ask(acme.dana, acme.project.id, fields, origin=world.origin("v1"), now=NOW)
    assert again == first
    origin = world.origin("v2")
    acme.answers.answer(acme.robin, first.id, 4, "Fine.", origin=origin, now=NOW)
    found = acme.answers.answer(acme.robin, first.id, 4, "Fine.", origin=origin, now=NOW)
    assert found.answer is not None
    assert world.surveys.page(acme.dana, acme.project.id).total == 1
    assert len(acme.said(NoticeKind.SURVEY_ANSWERED)) == 2


def test_the_form_says_when_it_is_a_bad_time(acme: Acme) -> None:
    world = acme.world
    start = world.questions.start(acme.dana, acme.project.id, now=NOW)
    assert (start.is_red, start.alert_since, start.mood) == (False, None, None)
    world.mood(acme.dana, acme.project, 1, days_ago=1)
    start = world.questions.start(acme.dana, acme.project.id, now=NOW)
    assert (start.is_red, start.alert_since, start.mood) == (False, TODAY - timedelta(days=1), 1)
    world.mood(acme.dana, acme.project, 4)
    start = world.questions.start(acme.dana, acme.project.id, now=NOW)
    assert (start.alert_since, start.mood) == (TODAY - timedelta(days=1), 4), (
        "how they are now is what the newest says"
    )


def test_an_answer_that_came_by_reply_settles_the_question_in_the_channel(acme: Acme) -> None:
    asked = acme.ask()
    fields = AnswerFields(rating=4, invitation_id=asked.id)
    acme.world.surveys.record(acme.dana, acme.project.id, fields, origin=acme.world.origin(), now=NOW)
    assert [each.operation for each in acme.said(NoticeKind.SURVEY_QUESTION)] == [
        Operation.POST,
        Operation.UPDATE,
    ]
    assert acme.overview() == ResponseRate(1, 1)
    acme.world.surveys.take_back(acme.dana, asked.id, origin=acme.world.origin(), now=NOW)
    assert acme.said(NoticeKind.SURVEY_QUESTION)[-1].operation is Operation.UPDATE, "it is open again"
    assert acme.answer(asked, 5).rating == 5


def test_an_answer_to_a_question_that_they_would_rather_not_answer_stands_by_itself(acme: Acme) -> None:
    asked = acme.ask()
    acme.answers.decline(acme.robin, asked.id, origin=acme.world.origin(), now=NOW)
    fields = AnswerFields(rating=4, invitation_id=asked.id)
    with pytest.raises(Invalid, match="is over"):
        acme.world.surveys.record(acme.dana, acme.project.id, fields, origin=acme.world.origin(), now=NOW)
    assert acme.said(NoticeKind.SURVEY_QUESTION)[-1].operation is Operation.UPDATE


def test_an_answer_that_is_corrected_to_a_low_one_a_second_time_is_told_anew(acme: Acme) -> None:
    world, origin = acme.world, acme.world.origin
    fields = AnswerFields(rating=1, contact_id=acme.contact.id)
    found = world.surveys.record(acme.dana, acme.project.id, fields, origin=origin(), now=NOW)

    def told() -> list[str]:
        said = acme.said(NoticeKind.SURVEY_LOW_ANSWER)
        return sorted(each.channel for each in said if each.operation is Operation.POST)

    first = told()
    assert first == ["U_JO", "U_PRIYA"]
    for version, rating in enumerate((5, 1), start=1):
        corrected = AnswerFields(rating=rating)
        world.surveys.edit(acme.dana, found.id, corrected, version=version, origin=origin(), now=NOW)
    assert told() == sorted(first * 2)
