"""What time alone brings about is told once; and what was told above follows the risk."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from models.commands import ActionChange, NewAction, RiskResponse
from models.read_models import Actor, ProjectView, RiskView
from models.rules.actions import ActionStatus
from models.rules.risks.escalation import EscalationEvent
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import Proximity, ResponseStrategy, RiskKind, Visibility
from models.services.risks.responses import RiskResponses
from models.tables import days_off
from tests.models.services.acts import LATER, close, edit, move, reject, score, undo
from tests.models.world import NOW, TODAY, World, statements_of

E = EscalationEvent


@pytest.fixture(autouse=True)
def jo(world: World) -> Actor:
    """Return the company's delivery manager."""
    return world.delivery_manager("Jo")


@pytest.fixture
def risk(world: World, sam: Actor, dana: Actor, project: ProjectView) -> RiskView:
    """Return a high risk that Sam raised and Dana owns."""
    return world.log(sam, project, probability=3, impact=3, owner_id=dana.person.id)


def plan(world: World, by: Actor, risk: RiskView, owner: Actor, due_on: date = TODAY) -> None:
    """Plan a response."""
    response = RiskResponse(ResponseStrategy.MITIGATE, NewAction("Ask", owner.person.id, due_on))
    RiskResponses(world.database).respond(by, risk.id, response, origin=world.origin(), now=LATER)


def finish(world: World, by: Actor, risk: RiskView) -> None:
    """Mark the risk's open action as done."""
    actions = world.register.details(by, risk.id, in_project=None).actions
    action = next(each for each in actions if each.is_open)
    world.actions.settle(by, action.id, ActionStatus.DONE, origin=world.origin(), now=LATER)


def upwards(world: World) -> list[tuple[str, list[str]]]:
    """Return who was told upwards of what, in order."""
    return [
        (said.channel, message.ids["events"])
        for said, message in zip(world.said(), world.messages(), strict=True)
        if said.kind == "risk_escalated" and said.operation == "post"
    ]


def look(world: World, now: datetime) -> int:
    """Let a clock call."""
    return world.watch.look(world.workspace_id, correlation_id="tick", now=now)


def test_a_response_that_is_long_overdue_is_told_once(
    world: World, sam: Actor, dana: Actor, risk: RiskView
) -> None:
    plan(world, dana, risk, sam)
    assert look(world, NOW + timedelta(days=7)) == 0
    assert look(world, NOW + timedelta(days=8)) == 1
    assert look(world, NOW + timedelta(days=9)) == 0
    assert upwards(world) == [], "the morning tells of it"


def test_a_critical_risk_does_not_wait_for_a_morning(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(dana, project, probability=4, impact=4, owner_id=dana.person.id)
    plan(world, dana, risk, sam)
    before = len(upwards(world))
    assert look(world, NOW + timedelta(days=8)) == 1
    assert look(world, NOW + timedelta(days=15)) == 1
    assert upwards(world)[before:] == [("U_JO", [E.RESPONSE_LATE]), ("U_JO", [E.UNREVIEWED])]


def test_what_time_brings_waits_for_a_working_hour_and_what_corrects_it_too(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(dana, project, probability=4, impact=4, owner_id=dana.person.id)
    plan(world, dana, risk, sam)
    sunday = NOW + timedelta(days=11)
    assert look(world, sunday) == 1
    finish(world, dana, risk)
    world.register.review(dana, risk.id, origin=world.origin(), now=sunday)
    monday = datetime(2026, 10, 26, 8, tzinfo=UTC)
    told = [each for each in world.messages() if each.kind == "risk_escalated"]
    due = {each.due_at for each in told if E.RESPONSE_LATE in each.ids["events"]}
    assert due == {monday}, "nine, where Jo is"


def test_one_that_was_moved_and_is_late_again_is_told_again(
    world: World, sam: Actor, dana: Actor, risk: RiskView
) -> None:
    plan(world, dana, risk, sam)
    look(world, NOW + timedelta(days=8))
    (action,) = world.actions.open_of(sam, sam.person.id)
    moved = ActionChange(due_on=TODAY + timedelta(days=9))
    at = NOW + timedelta(days=8)
    world.actions.change(sam, action.id, moved, version=action.version, origin=world.origin(), now=at)
    world.register.review(dana, risk.id, origin=world.origin(), now=NOW + timedelta(days=13))
    assert look(world, NOW + timedelta(days=16)) == 0
    assert look(world, NOW + timedelta(days=17)) == 1


def test_what_is_done_moderate_left_small_or_over_is_not_told(
    world: World, sam: Actor, dana: Actor, project: ProjectView, risk: RiskView
) -> None:
    def another(title: str, impact: int = 3) -> RiskView:
        found = world.log(sam, project, title, probability=3, impact=impact, owner_id=dana.person.id)
        plan(world, dana, found, sam)
        return found

    plan(world, dana, risk, sam)
    finish(world, dana, risk)
    another("Moderate", impact=2)
    small = another("Left small")
    finish(world, dana, small)
    plan(world, dana, small, sam)
    version = world.register.details(dana, small.id, in_project=None).risk.version
    RiskResponses(world.database).reassess(
        dana, small.id, 1, 3, version=version, origin=world.origin(), now=LATER
    )
    close(world, dana, world.register.details(dana, another("Over").id, in_project=None).risk)
    assert look(world, NOW + timedelta(days=10)) == 0


def test_a_change_tells_of_an_overdue_response_too(
    world: World, sam: Actor, dana: Actor, risk: RiskView
) -> None:
    plan(world, dana, risk, sam)
    world.register.review(dana, risk.id, origin=world.origin(), now=NOW + timedelta(days=9))
    assert upwards(world) == [], "the morning tells of it"
    assert look(world, NOW + timedelta(days=10)) == 0


def test_a_risk_that_nobody_looks_at_for_twice_its_cadence_is_told_once(
    world: World, dana: Actor, risk: RiskView
) -> None:
    assert look(world, NOW + timedelta(days=28)) == 0
    assert look(world, NOW + timedelta(days=29)) == 1
    assert look(world, NOW + timedelta(days=40)) == 0
    assert upwards(world) == [], "the morning tells of it"
    reviewed = NOW + timedelta(days=40)
    world.register.review(dana, risk.id, origin=world.origin(), now=reviewed)
    assert look(world, reviewed + timedelta(days=29)) == 1


@pytest.mark.usefixtures("risk")
def test_the_day_is_the_projects_own(world: World) -> None:
    # In Berlin, by then one hour ahead, the day after twice the cadence begins at 23:00 UTC.
    day = datetime.combine(TODAY + timedelta(days=29), datetime.min.time(), NOW.tzinfo)
    assert look(world, day - timedelta(hours=1, minutes=1)) == 0
    assert look(world, day - timedelta(minutes=59)) == 1


def test_one_that_its_raiser_calls_critical_is_told_after_a_working_day_without_an_answer(
    world: World, sam: Actor, jo: Actor, dana: Actor, project: ProjectView
) -> None:
    waiting = world.log(sam, project, "Waiting", probability=4, impact=5)
    world.log(sam, project, "Grave enough", probability=4, impact=3)
    world.log(sam, project, "Chance", kind=RiskKind.OPPORTUNITY, probability=5, impact=5)
    world.log(jo, project, "Her own", probability=5, impact=5)
    rejected = world.log(sam, project, "No risk", probability=5, impact=5)
    assert upwards(world) == [], "the project's manager is asked first"
    reject(world, dana, rejected)
    tomorrow = NOW + timedelta(days=1)
    assert look(world, tomorrow - timedelta(minutes=1)) == 0
    assert look(world, tomorrow) == 2
    assert upwards(world) == [("U_JO", [E.UNANSWERED])], "she knows her own"
    edit(world, sam, waiting, title="Still waiting")
    assert look(world, tomorrow + timedelta(days=30)) == 0
    version = world.register.details(dana, waiting.id, in_project=None).risk.version
    world.register.score(
        dana, waiting.id, 4, 5, dana.person.id, version=version, origin=world.origin(), now=tomorrow
    )
    assert upwards(world)[1:] == [("U_JO", [E.BECAME_CRITICAL, E.WORST_IMPACT])], "that is news"


def test_a_day_off_is_no_day_to_judge_it_on(
    world: World, sam: Actor, jo: Actor, project: ProjectView
) -> None:
    world.log(sam, project, "Waiting", probability=4, impact=5)
    off = {None: TODAY + timedelta(days=1), project.id: TODAY + timedelta(days=2)}
    with world.database.write() as session:
        for project_id, day in off.items():
            session.execute(
                insert(days_off).values(
                    id=uuid4(), workspace_id=world.workspace_id, project_id=project_id, day=day, name="Off"
                )
            )
    monday = NOW + timedelta(days=5)
    assert look(world, monday - timedelta(minutes=1)) == 0
    assert look(world, monday) == 1
    assert upwards(world) == [(jo.person.slack_user_id, [E.UNANSWERED])]


def test_what_waits_for_a_score_was_rejected_or_is_over_worries_nobody(
    world: World, sam: Actor, dana: Actor, project: ProjectView, risk: RiskView
) -> None:
    world.log(sam, project, "Waiting")
    reject(world, dana, world.log(sam, project, "No risk"))
    close(world, dana, risk)
    assert look(world, NOW + timedelta(days=400)) == 0


@pytest.mark.usefixtures("risk")
def test_another_workspace_is_left_alone(world: World) -> None:
    other = World(world.database, "T_OTHER")
    other.delivery_manager("Kim")
    assert look(other, NOW + timedelta(days=400)) == 0
    assert look(world, NOW + timedelta(days=400)) == 1
    assert other.said() == []


@pytest.mark.usefixtures("risk")
def test_looking_again_costs_the_same_however_many_were_told(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    long_after = NOW + timedelta(days=400)
    look(world, long_after)
    with statements_of(world.database) as few:
        look(world, long_after)
    for number in range(5):
        world.log(sam, project, f"Risk {number}", probability=3, impact=3, owner_id=dana.person.id)
    assert look(world, long_after) == 5
    with statements_of(world.database) as many:
        look(world, long_after)
    assert len(few) == len(many)


def test_a_grave_risk_that_could_happen_any_day_is_told(world: World, dana: Actor, risk: RiskView) -> None:
    soon = edit(world, dana, risk, proximity=Proximity.WITHIN_A_MONTH)
    assert upwards(world) == []
    edit(world, dana, soon, proximity=Proximity.IMMINENT)
    assert upwards(world) == [("U_JO", [E.IMMINENT])]


def test_asking_for_help_again_is_told_again(world: World, dana: Actor, risk: RiskView) -> None:
    asked = move(world, dana, risk, RiskMove.ESCALATE, "Vendor is silent.")
    assert asked.strategy is ResponseStrategy.ESCALATE
    back = move(world, dana, asked, RiskMove.REOPEN)
    assert back.strategy is None
    move(world, dana, back, RiskMove.ESCALATE, "Still silent.")
    assert upwards(world) == [("U_JO", [E.BY_CHOICE]), ("U_JO", [E.BY_CHOICE])]


def test_choosing_to_escalate_in_the_form_escalates_for_who_may(
    world: World, sam: Actor, dana: Actor, risk: RiskView
) -> None:
    wished = edit(world, sam, risk, strategy=ResponseStrategy.ESCALATE)
    assert (wished.status, upwards(world)) == (RiskStatus.OPEN, []), "who raised it only wishes for it"
    withdrawn = edit(world, dana, wished, strategy=None)
    escalated = edit(world, dana, withdrawn, strategy=ResponseStrategy.ESCALATE)
    assert escalated.status is RiskStatus.ESCALATED
    assert edit(world, dana, escalated, title="Other").status is RiskStatus.ESCALATED
    assert len(upwards(world)) == 1


def test_whoever_is_behind_it_is_not_told(world: World, jo: Actor, dana: Actor, risk: RiskView) -> None:
    world.delivery_manager("Lee")
    score(world, jo, risk, 4, 4, dana)
    assert [person for person, _ in upwards(world)] == ["U_LEE"]


def test_a_delivery_manager_is_told_once_as_raiser_and_as_new_owner(
    world: World, jo: Actor, dana: Actor, project: ProjectView, risk: RiskView
) -> None:
    own = world.log(jo, project, "Own", probability=3, impact=3, owner_id=dana.person.id)
    said = world.said_by(lambda: score(world, dana, own, 4, 4, dana))
    assert [each.kind for each in said if each.channel == "U_JO"] == ["risk_escalated"]
    said = world.said_by(lambda: score(world, dana, risk, 4, 4, jo))
    assert [each.kind for each in said if each.channel == "U_JO"] == ["risk_escalated"]
    said = world.said_by(
        lambda: world.log(dana, project, "New", probability=4, impact=4, owner_id=jo.person.id)
    )
    assert [each.kind for each in said if each.channel == "U_JO"] == ["risk_escalated"]


def test_an_opportunity_tells_nobody_by_itself(world: World, dana: Actor, project: ProjectView) -> None:
    chance, owner = RiskKind.OPPORTUNITY, dana.person.id
    world.log(dana, project, kind=chance, probability=5, impact=5, owner_id=owner)
    assert upwards(world) == []


def test_a_restricted_risk_is_told_above_since_they_may_see_it(
    world: World, dana: Actor, project: ProjectView
) -> None:
    secret, owner = Visibility.RESTRICTED, dana.person.id
    world.log(dana, project, visibility=secret, probability=4, impact=4, owner_id=owner)
    assert upwards(world) == [("U_JO", [E.BECAME_CRITICAL])]


def test_what_was_told_follows_the_risk_and_goes_when_it_is_taken_back(
    world: World, dana: Actor, sam: Actor, project: ProjectView
) -> None:
    first = world.log(sam, project, probability=5, impact=4, owner_id=dana.person.id)
    said = world.said_by(lambda: undo(world, sam, first))
    assert ("risk_escalated", "delete", "U_JO") in {(s.kind, s.operation, s.channel) for s in said}
    second = world.log(sam, project, probability=5, impact=4, owner_id=dana.person.id)
    said = world.said_by(lambda: close(world, dana, second))
    assert ("risk_escalated", "update", "U_JO") in {(s.kind, s.operation, s.channel) for s in said}
    updated = next(each for each in reversed(world.messages()) if each.kind == "risk_escalated")
    assert updated.ids["events"] == [E.BECAME_CRITICAL], "it stays about what caused it"
