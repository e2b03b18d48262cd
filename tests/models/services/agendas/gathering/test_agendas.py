"""What the records ask of a meeting: everything that needs one, nothing restricted, in a few statements."""

from datetime import timedelta
from uuid import UUID, uuid4

from models.commands import (
    ActionChange,
    AnswerFields,
    ContactFields,
    DimensionFields,
    NewAction,
    RiskResponse,
)
from models.read_models import Actor, ProjectView, RiskView
from models.rules.actions import ActionStatus
from models.rules.agendas.changes import change_words
from models.rules.agendas.entries import Cause
from models.rules.raid.words import RaidKind
from models.rules.risks.words import ResponseStrategy, Visibility
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour, Dimension
from models.rules.surveys.asking import SurveyState, SurveyTrigger
from models.services.risks.responses import RiskResponses
from models.tables import projects, surveys
from tests.models.gathering import WEEK, look, reasons
from tests.models.rituals import ask_weekly, inspect
from tests.models.world import NOW, TODAY, World, statements_of

FEW = 20
"""The most statements that gathering may take."""


def promise(world: World, owner: Actor, risk: RiskView, due_in: int, title: str = "Ask") -> UUID:
    action = NewAction(title, owner.person.id, TODAY + timedelta(days=due_in))
    response = RiskResponse(ResponseStrategy.MITIGATE, action)
    RiskResponses(world.database).respond(owner, risk.id, response, origin=world.origin(), now=NOW)
    return world.actions.open_of(owner, owner.person.id)[-1].id


def test_a_project_without_trouble_is_only_named_as_quiet(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.status(dana, acme)
    found = look(world)
    assert found.matters == ()
    assert list(found.quiet.values()) == ["ACME"]
    assert change_words(found.changes) == ()


def test_red_and_amber_projects_come_with_their_weeks(world: World, dana: Actor, acme: ProjectView) -> None:
    red = DimensionFields(Colour.RED, "Hurry", dana.person.id, TODAY + timedelta(days=2), "it is done")
    before = Period.containing(TODAY).previous
    world.status(dana, acme, period=before, now=NOW - WEEK, dimensions={Dimension.SCHEDULE: red})
    world.status(dana, acme, "No date yet.", dimensions={Dimension.SCHEDULE: red}, decision="Drop SSO?")
    found = reasons(look(world))
    assert found[Cause.RED].text == "second week, No date yet"
    decision = found[Cause.DECISION]
    assert (decision.text, decision.asked) == ("Drop SSO?", "asked by Dana 14 Oct")


def test_what_a_status_asked_stays_until_it_is_decided_or_asked_no_more(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.status(dana, acme, decision="Drop SSO? Priya, by Monday")
    later, week = NOW + 4 * WEEK, Period.containing(TODAY + timedelta(days=28))

    def asked() -> list[tuple[str, str, UUID | None]]:
        theirs = [each for matter in look(world, now=later).matters for each in matter.reasons]
        return [(each.text, each.asked, each.record_id) for each in theirs if each.cause is Cause.DECISION]

    since = "asked by Dana 14 Oct"
    assert asked() == [("Drop SSO? Priya, by Monday", since, None)]
    form = world.statuses.start(dana, acme.id, week, now=later)
    assert form.open_question == "Drop SSO? Priya, by Monday"
    world.status(dana, acme, period=week, now=later, decision="Drop SSO?")
    assert asked() == [("Drop SSO?", since, None)], "carried over, it waits since it was asked"
    item = world.item(dana, acme, RaidKind.DECISION, "drop SSO?")
    assert asked() == [("Drop SSO?", since, item.id)]
    world.item(dana, acme, RaidKind.DECISION, "Drop SSO?", outcome="Yes", now=later)
    assert asked() == [], "decided under another record's name"
    assert world.statuses.start(dana, acme.id, week.next, now=later + WEEK).open_question == ""


def test_a_question_that_a_newer_status_leaves_out_is_withdrawn(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.status(dana, acme, decision="Drop SSO?")
    world.status(dana, acme, period=Period.containing(TODAY).next, now=NOW + WEEK)
    assert Cause.DECISION not in reasons(look(world, now=NOW + WEEK))


def test_a_question_on_record_that_is_due_is_named_once(world: World, dana: Actor, acme: ProjectView) -> None:
    world.status(dana, acme, decision="Drop SSO?")
    world.item(dana, acme, RaidKind.DECISION, "Drop SSO?", due_on=TODAY, other_party="Robin")
    [matter] = look(world).matters
    assert [each.text for each in matter.reasons] == ["Drop SSO? Robin, due 14 Oct"]


def test_a_plan_that_moved_twice_is_named(world: World, dana: Actor, acme: ProjectView) -> None:
    week = Period.containing(TODAY)
    for slips in range(3):
        target = TODAY + timedelta(days=20 + slips)
        plan = DimensionFields(
            Colour.AMBER, "Mock it", dana.person.id, TODAY + timedelta(days=19), "it runs", target
        )
        now = NOW + slips * WEEK
        world.status(dana, acme, period=week, now=now, dimensions={Dimension.SCHEDULE: plan})
        week = week.next
    found = reasons(look(world, now=NOW + 2 * WEEK))
    assert found[Cause.PLAN_SLIPPED].text == f"schedule plan moved twice, now {5} Nov"


def test_two_periods_without_a_status_are_named(world: World, dana: Actor, acme: ProjectView) -> None:
    world.status(dana, acme)
    assert Cause.NO_STATUS not in reasons(look(world, now=NOW + 3 * WEEK)), "nobody asks for it"
    ask_weekly(world.database, dana, acme)
    assert Cause.NO_STATUS not in reasons(look(world, now=NOW + 2 * WEEK))
    found = reasons(look(world, now=NOW + 3 * WEEK))
    assert found[Cause.NO_STATUS].text == "two in a row missing, last green"
    later = reasons(look(world, now=NOW + 6 * WEEK))
    assert later[Cause.NO_STATUS].text == "five in a row missing, last green"
    much_later = reasons(look(world, now=NOW + 20 * WEEK))
    assert much_later[Cause.NO_STATUS].text == "more than ten in a row missing, last green"


def test_an_old_status_is_said_to_be_stale_and_its_weeks_are_not_counted(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    red = DimensionFields(Colour.RED, "Hurry", dana.person.id, TODAY + timedelta(days=2), "it is done")
    before = Period.containing(TODAY).previous
    world.status(dana, acme, period=before, now=NOW - WEEK, dimensions={Dimension.SCHEDULE: red})
    world.status(dana, acme, "No date yet.", dimensions={Dimension.SCHEDULE: red})
    assert reasons(look(world, now=NOW + WEEK))[Cause.RED].text == "second week, No date yet"
    found = reasons(look(world, now=NOW + 6 * WEEK))
    assert found[Cause.RED].text == "stale, week 42, No date yet"
    assert found[Cause.RED].also == "red, stale, week 42"


def test_decisions_that_are_due_by_the_meeting_are_named(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    decision = RaidKind.DECISION
    world.item(dana, acme, decision, "Keep the old map?", due_on=TODAY, other_party="Robin")
    world.item(dana, acme, decision, "Later", due_on=TODAY + timedelta(days=9))
    world.item(dana, acme, decision, "Colour", outcome="Blue")
    found = look(world)
    assert reasons(found)[Cause.DECISION].text == "Keep the old map? Robin, due 14 Oct"
    later = look(world, now=NOW + timedelta(days=2))
    assert reasons(later)[Cause.DECISION].text == "Keep the old map? Robin, was due 14 Oct"
    assert change_words(found.changes) == ("decided: ACME Colour",)


def test_late_actions_are_counted_and_those_put_off_twice_named(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    risk = world.log(dana, acme, probability=3, impact=3, owner_id=dana.person.id)
    promise(world, dana, risk, 1, "Call")
    action_id = promise(world, dana, risk, 2, "Ask")
    for version, days in enumerate((3, 4), start=1):
        change = ActionChange(due_on=TODAY + timedelta(days=days))
        world.actions.change(dana, action_id, change, version=version, origin=world.origin(), now=NOW)
    found = reasons(look(world, now=NOW + timedelta(days=6), since=NOW + timedelta(days=5)))
    assert found[Cause.LATE_ACTION].text == "2, oldest was due 15 Oct"
    assert found[Cause.LATE_ACTION].detail == "Call (Dana, was due 15 Oct); Ask (Dana, was due 18 Oct)"
    early = look(world, now=NOW + timedelta(days=3), on=TODAY + timedelta(days=6))
    assert reasons(early)[Cause.LATE_ACTION].detail == "Call (Dana, was due 15 Oct)", (
        "the other is not late yet"
    )
    assert found[Cause.CARRIED_OVER].text == "put off twice: Ask (Dana)"
    world.actions.settle(dana, action_id, ActionStatus.DONE, origin=world.origin(), now=NOW)
    after = look(world)
    assert Cause.CARRIED_OVER not in reasons(after)
    assert "1 action done" in change_words(after.changes)


def test_an_unhappy_client_is_named_from_what_everybody_may_see(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.mood(dana, acme, 4, days_ago=9)
    world.mood(dana, acme, 1, days_ago=3, visibility=Visibility.RESTRICTED)
    assert reasons(look(world)) == {}
    world.mood(dana, acme, 2, days_ago=1)
    assert reasons(look(world))[Cause.MOOD_ALERT].text == "client mood 2, unhappy, was 4"
    world.mood(dana, acme, 4)
    better = reasons(look(world))[Cause.MOOD_ALERT]
    assert better.text == "client mood 4, happy, was 2 on 13 Oct", "the newest says how the client is"
    assert better.detail == "2 days in a row of 3 or better end the alert"


def test_a_client_who_waits_for_a_call_is_named_without_what_they_said(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    contact = ContactFields("Robin", email="robin@acme.example")
    robin = world.contacts.add(dana, acme.id, contact, origin=world.origin(), now=NOW)
    answer = AnswerFields(rating=1, reason="Nobody calls", contact_id=robin.id)
    world.surveys.record(dana, acme.id, answer, origin=world.origin(), now=NOW)
    assert Cause.CLIENT_WAITS not in reasons(look(world, now=NOW + timedelta(days=1)))
    found = reasons(look(world, now=NOW + timedelta(days=3)))
    assert found[Cause.CLIENT_WAITS].text == "the client has waited 3 days for our call"
    assert not any("Nobody" in each.text + each.detail or "Robin" in each.detail for each in found.values())


def test_checks_and_questions_to_clients_that_are_due_are_named(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    survey = {
        "id": uuid4(),
        "workspace_id": world.workspace_id,
        "project_id": acme.id,
        "trigger": SurveyTrigger.PERIODIC,
        "subject": "2026",
        "about": "Acme",
        "version": 1,
        "state": SurveyState.OPEN,
        "held_because": "",
        "made_at": NOW,
    }
    inspect(world.database, dana, acme)
    with world.database.write() as session:
        session.execute(surveys.insert().values(survey))
        session.execute(projects.update().values(starts_on=TODAY - timedelta(days=125)))
    found = reasons(look(world))
    assert found[Cause.CHECK_DUE].text == "delivery health check, due since 9 Oct"
    assert found[Cause.CLIENT_TO_ASK].text == "the client is still to be asked how satisfied they are"
    with world.database.write() as session:
        session.execute(surveys.update().values(state=SurveyState.HELD))
        session.execute(projects.update().values(health_checked_on=TODAY))
    assert not {Cause.CHECK_DUE, Cause.CLIENT_TO_ASK} & set(reasons(look(world)))


def test_a_project_that_nobody_can_tell_is_doing_well_is_named(world: World, dana: Actor) -> None:
    world.project(dana)
    assert reasons(look(world))[Cause.NO_MEASURE].text == "no measure of success yet"


def test_nothing_restricted_gets_onto_an_agenda(world: World, dana: Actor, acme: ProjectView) -> None:
    hidden = Visibility.RESTRICTED
    risk = world.log(dana, acme, probability=5, impact=5, owner_id=dana.person.id, visibility=hidden)
    promise(world, dana, risk, 1)
    world.item(dana, acme, RaidKind.DECISION, "Secret?", due_on=TODAY, visibility=hidden)
    world.item(dana, acme, RaidKind.DECISION, "Secret", outcome="Yes", visibility=hidden)
    world.mood(dana, acme, 1, visibility=hidden)
    world.status(dana, acme)
    found = look(world, now=NOW + timedelta(days=6))
    assert found.matters == ()
    assert change_words(found.changes) == ()


def test_a_meeting_is_about_its_own_projects(world: World, dana: Actor, acme: ProjectView) -> None:
    other = world.project(dana, key="DELTA", channel="C_DELTA")
    assert {each.name for each in look(world).matters} == {"DELTA"}
    assert look(world, project_ids=(acme.id,)).quiet == {acme.id: "ACME"}
    assert [each.id for each in look(world, project_ids=(other.id,)).matters] == [other.id]


def test_the_number_of_statements_does_not_grow(world: World, dana: Actor, acme: ProjectView) -> None:
    def fill(project: ProjectView) -> None:
        risk = world.log(dana, project, probability=4, impact=5, owner_id=dana.person.id)
        promise(world, dana, risk, 1)
        world.item(dana, project, RaidKind.DECISION, "What?", due_on=TODAY)
        world.mood(dana, project, 1)
        world.status(dana, project)

    fill(acme)
    with statements_of(world.database) as few:
        look(world, now=NOW + WEEK)
    for number in range(4):
        fill(world.project(dana, key=f"P{number}", channel=f"C_{number}"))
    with statements_of(world.database) as many:
        assert len(look(world, now=NOW + WEEK).matters) == 5
    assert len(many) == len(few) <= FEW
