"""Occasions to ask a client: each once, only where somebody switched it on, and seen to by who runs it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from models.commands import AnswerFields, Approval, AskFields, ContactFields, MilestoneFields, PhaseMove
from models.errors import Invalid, NotAllowed
from models.read_models import Actor, ContactView, MilestoneView, ProjectView, SurveyView
from models.read_models.home import HomePages
from models.reports.home import Homes
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource
from models.rules.delivery import NoticeKind, Operation
from models.rules.mornings.paces import Stage, morning_of
from models.rules.plans.phases import Phase
from models.rules.rituals.recurrence import Weekly
from models.rules.surveys.asking import LawfulBasis, SurveyState, SurveyTrigger
from models.services.mornings.contributions import Batch, Recipient
from models.services.projects.fields import profile_of
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from models.services.rituals.switched_on import SwitchedOn
from models.services.surveys.mornings import gather
from models.services.surveys.readings import SurveyReadings
from models.services.surveys.survey_rows import KIND
from models.tables import memberships
from scheduled.rituals import acts, sorts
from tests.models.rituals import switch_on
from tests.models.world import NOW, TODAY, World

HALF_YEARLY = Weekly(frozenset({2}), time(10), date(2026, 10, 14), interval=26)


@pytest.fixture
def acme(world: World, dana: Actor) -> ProjectView:
    made = world.project(dana)
    wanted = type(profile_of(made))(**{**profile_of(made).__dict__, "client_channel_id": "C_SHARED"})
    return world.profiles.edit(dana, made.id, wanted, version=1, origin=world.origin(), now=NOW)


def on(world: World, dana: Actor, project: ProjectView) -> None:
    """Have Dana switch client surveys on for the project."""
    switch_on(
        world.database,
        dana,
        since="2026-10-14T00:00",
        kind=KIND,
        rule=HALF_YEARLY,
        timezone="Europe/Berlin",
        project_id=project.id,
        channel_id=None,
    )


def robin(world: World, dana: Actor, project: ProjectView) -> ContactView:
    person = world.person("Robin", team_id="T_CLIENT").person.id
    fields = ContactFields("Robin", "", "", person, LawfulBasis.CONSENT, "Mail", TODAY, "Norway")
    return world.contacts.add(dana, project.id, fields, origin=world.origin(), now=NOW)


def close(
    world: World, dana: Actor, project: ProjectView, phase: Phase = Phase.CLOSE, reason: str = ""
) -> None:
    world.phases.move(dana, project.id, PhaseMove(phase, reason=reason), origin=world.origin(), now=NOW)


def accepted(world: World, dana: Actor, project: ProjectView, title: str = "Checkout") -> MilestoneView:
    made = world.milestones.add(
        dana, project.id, MilestoneFields(title, TODAY), origin=world.origin(), now=NOW
    )
    approval = Approval("Robin")
    return world.milestones.accept(dana, made.id, approval, origin=world.origin(), now=NOW)


def waiting(world: World, dana: Actor, project: ProjectView) -> tuple[SurveyView, ...]:
    return world.questions.requests(dana, project.id)


def requests(world: World) -> list[tuple[Operation, str]]:
    return [
        (each.operation, each.channel) for each in world.said() if each.kind is NoticeKind.SURVEY_REQUESTED
    ]


def test_nothing_is_suggested_before_somebody_switches_it_on(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    close(world, dana, acme)
    accepted(world, dana, acme)
    assert (waiting(world, dana, acme), requests(world)) == ((), [])


def test_a_projects_end_and_an_accepted_milestone_each_ask_its_manager_once(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    on(world, dana, acme)
    robin(world, dana, acme)
    milestone = accepted(world, dana, acme)
    world.milestones.undo(dana, milestone.id, origin=world.origin(), now=NOW)
    world.milestones.accept(dana, milestone.id, Approval("Robin"), origin=world.origin(), now=NOW)
    close(world, dana, acme)
    close(world, dana, acme, Phase.DELIVER, "Not yet.")
    close(world, dana, acme)
    found = waiting(world, dana, acme)
    assert {(each.trigger, each.about) for each in found} == {
        (SurveyTrigger.MILESTONE, "Checkout"),
        (SurveyTrigger.PROJECT_END, "ACME shop"),
    }
    assert [each for each in requests(world) if each[0] is Operation.POST] == [(Operation.POST, "U_DANA")] * 2
    home = Homes(world.database).of(dana, HomePages(), now=NOW)
    assert (home.surveys.total, home.debts >= 2) == (2, True)


def test_what_is_taken_back_is_held_until_it_is_again(world: World, dana: Actor, acme: ProjectView) -> None:
    on(world, dana, acme)
    contact, milestone = robin(world, dana, acme), accepted(world, dana, acme)
    close(world, dana, acme)

    def states() -> set[tuple[SurveyState, str]]:
        return {(each.state, each.held_because) for each in waiting(world, dana, acme)}

    assert states() == {(SurveyState.OPEN, "")}
    world.milestones.undo(dana, milestone.id, origin=world.origin(), now=NOW)
    stay = world.phases.page(dana, acme.id).stays[0]
    world.phases.take_back(dana, acme.id, stay.id, origin=world.origin(), now=NOW)
    assert states() == {(SurveyState.HELD, "That was taken back.")}
    assert [each for each, _ in requests(world)].count(Operation.UPDATE) == 2, "both messages say so"
    assert Homes(world.database).of(dana, HomePages(), now=NOW).surveys.total == 0
    world.milestones.accept(dana, milestone.id, Approval("Robin"), origin=world.origin(), now=NOW)
    close(world, dana, acme)
    assert states() == {(SurveyState.OPEN, "")}

    (of_milestone,) = (e for e in waiting(world, dana, acme) if e.trigger is SurveyTrigger.MILESTONE)
    fields = AnswerFields(contact_id=contact.id, was_asked=True, survey_id=of_milestone.id)
    world.surveys.record(dana, acme.id, fields, origin=world.origin(), now=NOW)
    world.milestones.undo(dana, milestone.id, origin=world.origin(), now=NOW)
    assert len(waiting(world, dana, acme)) == 1, "what was asked stays asked"


def test_whoever_may_ask_is_asked_to_and_without_anybody_the_delivery_managers(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    on(world, dana, acme)
    jo, priya, alex = world.delivery_manager("Jo"), world.person("Priya"), world.person("Alex")
    world.give_role(priya, acme, ProjectRole.ACCOUNT_MANAGER)
    world.give_role(alex, acme, ProjectRole.PRODUCT_OWNER)
    told = [_accepted_by(world, dana, acme, "Checkout")]

    def leave(who: Actor) -> None:
        with world.database.write() as session:
            session.execute(delete(memberships).where(memberships.c.person_id == who.person.id))

    def asked(who: Actor) -> tuple[int, int]:
        """Return how many questions wait for the person on Home, and in their morning."""
        morning = morning_of(TODAY + timedelta(days=1), ZoneInfo("Europe/Berlin"))
        assert morning is not None
        recipient = Recipient(
            who.person, ZoneInfo("Europe/Berlin"), morning, organisation_roles=who.organisation_roles
        )
        batch = Batch(world.workspace_id, [recipient], SwitchedOn(()), frozenset(), morning.at)
        with world.database.read() as session:
            in_morning = len(list(gather(session, batch)))
        return Homes(world.database).of(who, HomePages(), now=NOW).surveys.total, in_morning

    assert [asked(who) for who in (dana, priya, alex, jo)] == [(1, 1), (0, 0), (0, 0), (0, 0)]
    leave(dana)
    told.append(_accepted_by(world, alex, acme, "Beta"))
    assert [asked(who) for who in (priya, alex, jo)] == [(2, 2), (0, 0), (0, 0)]
    leave(priya)
    told.append(_accepted_by(world, alex, acme, "Gamma"))
    assert [asked(who) for who in (priya, alex, jo)] == [(0, 0), (0, 0), (3, 3)]
    assert told == ["U_DANA", "U_PRIYA", "U_JO"]
    (survey, *_) = waiting(world, jo, acme)
    assert SurveyReadings(world.database).request(world.workspace_id, survey.id, NOW).has_asker is False
    with pytest.raises(NotAllowed) as refused:
        world.questions.hold(alex, survey.id, "No.", origin=world.origin(), now=NOW)
    assert refused.value.ask == (), "nobody is named who may not either"


def _accepted_by(world: World, who: Actor, project: ProjectView, title: str) -> str:
    """Have a milestone accepted, and return who is asked to ask."""
    accepted(world, who, project, title)
    return requests(world)[-1][1]


def test_it_comes_round_every_half_year(world: World, dana: Actor, acme: ProjectView) -> None:
    on(world, dana, acme)
    for at in (datetime(2026, 10, 14, 8, tzinfo=UTC), datetime(2027, 4, 14, 8, tzinfo=UTC)):
        for _ in range(2):
            RitualPlanner(world.database, sorts()).plan(now=at)
            StepRunner(world.database, sorts(), acts()).run(now=at)
    found = waiting(world, dana, acme)
    assert [(each.trigger, each.subject) for each in found] == [
        (SurveyTrigger.PERIODIC, "2026-10-14"),
        (SurveyTrigger.PERIODIC, "2027-04-14"),
    ]


def test_it_does_not_come_round_while_all_are_left_in_peace(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    on(world, dana, acme)
    contact = robin(world, dana, acme)
    world.questions.ask(dana, acme.id, AskFields(contact.id), origin=world.origin(), now=NOW)
    at = datetime(2026, 10, 14, 10, tzinfo=UTC)
    RitualPlanner(world.database, sorts()).plan(now=at)
    StepRunner(world.database, sorts(), acts()).run(now=at)
    assert not waiting(world, dana, acme)


def test_who_must_not_be_asked_is_left_out_and_becomes_one_action_of_the_managers(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    on(world, dana, acme)
    ida = world.contacts.add(dana, acme.id, ContactFields("Ida"), origin=world.origin(), now=NOW)
    robin(world, dana, acme)
    accepted(world, dana, acme)
    accepted(world, dana, acme, "Beta")
    (action,) = world.actions.of_source(dana, ActionSource.CSAT, ida.id)
    assert (action.title, action.owner) == (
        "Find out whether we may ask Ida how satisfied they are",
        dana.person,
    )
    assert action.due_on == date(2026, 10, 21)


def test_asking_for_it_settles_it_and_at_the_end_thirty_days_are_enough(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    on(world, dana, acme)
    contact = robin(world, dana, acme)
    accepted(world, dana, acme)
    close(world, dana, acme)
    found = {each.trigger: each for each in waiting(world, dana, acme)}
    of_milestone, of_end = found[SurveyTrigger.MILESTONE], found[SurveyTrigger.PROJECT_END]

    def ask(survey: SurveyView, days: int = 0) -> str:
        fields, now = AskFields(contact.id, "", survey.id), NOW + timedelta(days=days)
        return world.questions.ask(dana, acme.id, fields, origin=world.origin(), now=now).about

    assert ask(of_milestone) == "Checkout"
    assert [each.id for each in waiting(world, dana, acme)] == [of_end.id]
    assert requests(world)[-1] == (Operation.UPDATE, "U_DANA")
    (put,) = world.surveys.overview(dana, acme.id, now=NOW).waiting
    world.questions.withdraw(dana, put.id, origin=world.origin(), now=NOW)
    assert {each.id for each in waiting(world, dana, acme)} == {of_milestone.id, of_end.id}, "it waits again"
    assert ask(of_milestone) == "Checkout"
    with pytest.raises(Invalid, match="Again from 13 Nov"):
        ask(of_end, 29)
    with pytest.raises(Invalid, match="already"):
        ask(of_milestone, 100)
    assert ask(of_end, 30) == "ACME shop"


def test_it_is_held_with_a_reason_and_no_longer(world: World, dana: Actor, acme: ProjectView) -> None:
    on(world, dana, acme)
    contact = robin(world, dana, acme)
    accepted(world, dana, acme)
    (survey,) = waiting(world, dana, acme)
    with pytest.raises(Invalid):
        world.questions.hold(dana, survey.id, " ", origin=world.origin(), now=NOW)
    with pytest.raises(NotAllowed):
        world.questions.hold(world.person("Sam"), survey.id, "No.", origin=world.origin(), now=NOW)
    held = world.questions.hold(dana, survey.id, "They wait for a fix.", origin=world.origin(), now=NOW)
    assert (held.state, held.held_because) == (SurveyState.HELD, "They wait for a fix.")
    assert Homes(world.database).of(dana, HomePages(), now=NOW).surveys.total == 0
    world.questions.resume(dana, survey.id, origin=world.origin(), now=NOW)
    assert [each.state for each in waiting(world, dana, acme)] == [SurveyState.OPEN]

    fields = AnswerFields(contact_id=contact.id, was_asked=True, survey_id=survey.id)
    invitation = world.surveys.record(dana, acme.id, fields, origin=world.origin(), now=NOW)
    assert (invitation.survey_id, invitation.about) == (survey.id, "Checkout")
    assert waiting(world, dana, acme) == ()
    with pytest.raises(Invalid, match="asked already"):
        world.questions.hold(dana, survey.id, "Later.", origin=world.origin(), now=NOW)


def test_the_managers_morning_names_it_first_at_once_and_then_every_week(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    on(world, dana, acme)
    accepted(world, dana, acme)
    (survey,) = waiting(world, dana, acme)
    zone = ZoneInfo("Europe/Berlin")

    def named(day: date) -> list[Stage]:
        morning = morning_of(day, zone)
        assert morning is not None
        recipients = [Recipient(each.person, zone, morning) for each in (dana, world.person("Sam"))]
        batch = Batch(world.workspace_id, recipients, SwitchedOn(()), frozenset(), morning.at)
        with world.database.read() as session:
            found = list(gather(session, batch))
        assert {(each.person_id, each.entity_id) for each in found} <= {(dana.person.id, survey.id)}
        return [each.stage for each in found]

    days = [TODAY + timedelta(days=number) for number in (1, 2, 7, 8, 14)]
    assert [named(day) for day in days] == [[Stage.TODAY], [], [Stage.LATE], [], [Stage.LATE]]
    world.questions.hold(dana, survey.id, "Later.", origin=world.origin(), now=NOW)
    assert named(days[2]) == []
