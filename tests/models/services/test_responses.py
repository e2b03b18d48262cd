"""What is done about a risk: planned, promised, done, and what is left of it; on both databases."""

from datetime import date, timedelta

import pytest

from models.commands import NewAction, RiskResponse
from models.errors import IncompleteTransition, Invalid, NotAllowed, NotFound, RefusedTransition
from models.read_models import ActionView, Actor, Origin, ProjectView, RiskFilter, RiskView
from models.rules.actions import ActionStatus
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.moves import RiskMove
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import Proximity, ResponseStrategy, Visibility
from models.services.actions.items import ActionItems
from models.services.risks.responses import RiskResponses
from models.tables import action_items, escalations
from tests.models.services.acts import LATER, edit, move, score
from tests.models.world import NOW, TODAY, World

FRIDAY = date(2026, 10, 16)


@pytest.fixture
def risk(world: World, dana: Actor, project: ProjectView) -> RiskView:
    """Return an open risk, High 12, that Dana owns."""
    return world.log(dana, project, probability=4, impact=3, owner_id=dana.person.id)


def respond(
    world: World,
    actor: Actor,
    risk: RiskView,
    owner: Actor | None,
    *,
    title: str = "Ask for a date",
    strategy: ResponseStrategy = ResponseStrategy.MITIGATE,
    due_on: date | None = FRIDAY,
    origin: Origin | None = None,
) -> RiskView:
    """Plan a response with one step."""
    action = NewAction(title, owner.person.id if owner else None, due_on)
    return RiskResponses(world.database).respond(
        actor, risk.id, RiskResponse(strategy, action), origin=origin or world.origin(), now=LATER
    )


def promised(world: World, actor: Actor, risk: RiskView) -> tuple[ActionView, ...]:
    """Return a risk's actions."""
    return world.register.details(actor, risk.id, in_project=None).actions


def finish(world: World, actor: Actor, action: ActionView) -> ActionView:
    """Mark an action as done."""
    items = ActionItems(world.database)
    return items.settle(actor, action.id, ActionStatus.DONE, origin=world.origin(), now=LATER)


def reassess(world: World, actor: Actor, risk: RiskView, probability: int, impact: int) -> RiskView:
    """Judge what is left."""
    return RiskResponses(world.database).reassess(
        actor, risk.id, probability, impact, version=risk.version, origin=world.origin(), now=LATER
    )


def test_a_plan_with_a_step_makes_it_worked_on_and_tells_who_does_it(
    world: World, dana: Actor, sam: Actor, risk: RiskView
) -> None:
    said = world.said_by(lambda: respond(world, dana, risk, sam))
    treated = world.register.details(dana, risk.id, in_project=None)
    assert treated.risk.status is RiskStatus.TREATING
    assert treated.risk.strategy is ResponseStrategy.MITIGATE
    [action] = treated.actions
    assert (action.title, action.owner.name, action.due_on) == ("Ask for a date", "Sam", FRIDAY)
    assert (NoticeKind.ACTION_GIVEN, "U_SAM") in [(each.kind, each.channel) for each in said]
    assert treated.history[0].action == "responded"


def test_what_is_left_counts_no_more_once_nothing_is_done_about_it(
    world: World, dana: Actor, sam: Actor, risk: RiskView
) -> None:
    for title in ("Ask for a date", "Ask again"):
        respond(world, dana, risk, sam, title=title)
    first, second = promised(world, dana, risk)
    finish(world, sam, first)
    finish(world, sam, second)
    left = reassess(world, dana, world.register.details(dana, risk.id, in_project=None).risk, 1, 2)
    assert (left.active_probability, left.active_impact) == (1, 2)
    items = ActionItems(world.database)
    items.settle(sam, first.id, ActionStatus.OPEN, origin=world.origin(), now=LATER)
    assert world.register.details(dana, risk.id, in_project=None).risk == left
    items.settle(sam, second.id, ActionStatus.OPEN, origin=world.origin(), now=LATER)
    found = world.register.details(dana, risk.id, in_project=None)
    assert (found.risk.active_probability, found.risk.active_impact) == (risk.probability, risk.impact)
    assert (found.history[0].action, found.risk.version) == ("unjudged", left.version + 1)


def test_the_same_delivery_twice_makes_one_action(
    world: World, dana: Actor, sam: Actor, risk: RiskView
) -> None:
    origin = world.origin()
    respond(world, dana, risk, sam, origin=origin)
    respond(world, dana, risk, sam, origin=origin)
    assert world.count(action_items) == 1


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"due_on": None}, "due_on"),
        ({"due_on": TODAY - timedelta(days=2)}, "due_on"),
        ({"strategy": ResponseStrategy.SHARE}, "strategy"),
    ],
)
def test_what_cant_stand_is_said_and_writes_nothing(
    world: World, dana: Actor, sam: Actor, risk: RiskView, options: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        respond(world, dana, risk, sam, **options)  # type: ignore[arg-type]
    assert list(refused.value.problems) == [field]
    assert world.count(action_items) == 0
    assert world.register.details(dana, risk.id, in_project=None).risk == risk


def test_an_action_has_an_owner_of_the_team(world: World, dana: Actor, risk: RiskView) -> None:
    guest = world.person("Yuki", is_guest=True)
    for owner in (None, guest):
        with pytest.raises(Invalid) as refused:
            respond(world, dana, risk, owner)
        assert "owner_id" in refused.value.problems


def test_a_strategy_alone_is_no_plan(world: World, dana: Actor, risk: RiskView) -> None:
    with pytest.raises(IncompleteTransition):
        RiskResponses(world.database).respond(
            dana, risk.id, RiskResponse(ResponseStrategy.AVOID), origin=world.origin(), now=LATER
        )


def test_a_proposed_risk_is_scored_before_it_is_worked_on(
    world: World, dana: Actor, sam: Actor, project: ProjectView
) -> None:
    proposed = world.log(sam, project)
    with pytest.raises(RefusedTransition):
        respond(world, dana, proposed, sam)
    with pytest.raises(RefusedTransition):
        RiskResponses(world.database).respondable(dana, proposed.id)


def test_who_neither_leads_nor_owns_plans_nothing(world: World, sam: Actor, risk: RiskView) -> None:
    with pytest.raises(NotAllowed):
        respond(world, sam, risk, sam)


def test_what_is_left_is_judged_once_something_is_done(
    world: World, dana: Actor, sam: Actor, risk: RiskView
) -> None:
    treated = respond(world, dana, risk, sam)
    with pytest.raises(Invalid):
        reassess(world, dana, treated, 2, 2)
    finish(world, sam, promised(world, dana, risk)[0])
    left = reassess(world, dana, treated, 2, 2)
    assert (left.score, left.band) == (4, SeverityBand.MODERATE)
    assert (left.probability, left.impact) == (4, 3)
    page = world.register.page(dana, RiskFilter(band=SeverityBand.MODERATE), today=TODAY)
    assert [each.id for each in page.risks] == [risk.id], "lists go by what is left"
    assert left.next_review_on == TODAY + timedelta(days=30)


def test_scoring_anew_forgets_what_was_left(world: World, dana: Actor, sam: Actor, risk: RiskView) -> None:
    treated = respond(world, dana, risk, sam)
    finish(world, sam, promised(world, dana, risk)[0])
    left = reassess(world, dana, treated, 1, 1)
    again = score(world, dana, left, 3, 3, dana)
    assert again.score == 9
    assert again.residual_probability is None


def test_what_is_over_asks_nobody_for_anything(world: World, dana: Actor, sam: Actor, risk: RiskView) -> None:
    treated = respond(world, dana, risk, sam)
    move(world, dana, treated, RiskMove.CLOSE, "Vendor shipped")
    [action] = promised(world, dana, risk)
    assert action.status is ActionStatus.CANCELLED


def test_an_action_is_hidden_with_its_risk(world: World, dana: Actor, sam: Actor, risk: RiskView) -> None:
    treated = respond(world, dana, risk, sam)
    edit(world, dana, treated, visibility=Visibility.RESTRICTED, strategy=treated.strategy)
    [action] = promised(world, dana, risk)
    assert action.visibility is Visibility.RESTRICTED
    with pytest.raises(NotFound):
        finish(world, world.person("Mina"), action)
    assert promised(world, sam, risk) == (action,), "who was asked to help sees what for"
    listed = world.register.page(sam, RiskFilter(), today=TODAY)
    assert [each.id for each in listed.risks] == [risk.id]


def escalated_to(world: World) -> list[str]:
    """Return who was told from below, in order."""
    return [
        each.channel
        for each in world.said()
        if each.kind is NoticeKind.RISK_ESCALATED and each.operation is Operation.POST
    ]


def test_a_critical_risk_reaches_the_delivery_managers_once(
    world: World, dana: Actor, risk: RiskView
) -> None:
    jo = world.delivery_manager("Jo")
    worse = score(world, dana, risk, 5, 4, dana)
    assert escalated_to(world) == ["U_JO"]
    score(world, dana, worse, 5, 4, dana)
    edit(world, dana, worse, title="Another title")
    assert escalated_to(world) == ["U_JO"]
    assert world.count(escalations) == 2, "it became critical, and its score rose"
    move(world, jo, world.register.details(jo, risk.id, in_project=None).risk, RiskMove.ESCALATE, "Help")
    assert escalated_to(world) == ["U_JO"], "whoever passes it up knows"


def test_one_logged_as_critical_is_told_with_it(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    world.delivery_manager("Jo")
    grave = {"probability": 5, "impact": 5, "owner_id": dana.person.id, "origin": world.origin()}
    for _ in range(2):
        world.log(sam, project, "It burns", **grave, now=NOW)
    assert escalated_to(world) == ["U_JO"]


def test_one_that_is_only_proposed_is_told_above_once_it_is_judged(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    world.delivery_manager("Jo")
    proposed = world.log(sam, project, "It burns", probability=5, impact=5, proximity=Proximity.IMMINENT)
    assert (proposed.status, escalated_to(world)) == (RiskStatus.PROPOSED, [])
    score(world, dana, proposed, 5, 5, dana)
    assert escalated_to(world) == ["U_JO"]


def test_the_worst_impact_is_told_the_first_time_only(world: World, dana: Actor, risk: RiskView) -> None:
    world.delivery_manager("Jo")
    worst = score(world, dana, risk, 1, 5, dana)
    better = score(world, dana, worst, 2, 4, dana)
    score(world, dana, better, 1, 5, dana)
    assert escalated_to(world) == ["U_JO"]


def test_one_taken_back_is_taken_back_above_too(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    world.delivery_manager("Jo")
    gone = world.log(sam, project, "It burns", probability=5, impact=5, owner_id=dana.person.id)
    world.register.undo(sam, gone.id, origin=world.origin(), now=LATER)
    removed = [each for each in world.said() if each.operation is Operation.DELETE]
    assert NoticeKind.RISK_ESCALATED in {each.kind for each in removed}
