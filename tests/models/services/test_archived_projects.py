"""What is left of a project that is over: its risks and actions can be ended, and nobody works on them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from models.commands import ActionChange, NewAction, RiskResponse
from models.errors import Invalid
from models.rules.actions import ActionStatus
from models.rules.risks.moves import ENDING, RiskMove
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import ResponseStrategy
from models.services.risks.acceptance import RiskAcceptance
from models.services.risks.responses import RiskResponses
from tests.models.services.acts import LATER, close, edit, move, reject, score, undo
from tests.models.world import NOW, TODAY, World


def test_risks_of_an_archived_project_are_ended_and_nothing_else(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    risk = world.log(dana, project, probability=4, impact=3, owner_id=dana.person.id)
    proposed, mine = world.log(dana, project, "Second"), world.log(dana, project, "Third")
    responses, acceptance = RiskResponses(world.database), RiskAcceptance(world.database)
    step = NewAction("Ask for a date", dana.person.id, TODAY + timedelta(days=5))
    response = RiskResponse(ResponseStrategy.MITIGATE, step)
    risk = responses.respond(dana, risk.id, response, origin=world.origin(), now=NOW)
    world.profiles.archive(dana, project.id, "Delivered", origin=world.origin(), now=NOW)

    refused: tuple[Callable[[], object], ...] = (
        lambda: edit(world, dana, risk, title="Changed"),
        lambda: score(world, dana, proposed, 2, 2, dana),
        lambda: responses.respond(dana, risk.id, response, origin=world.origin(), now=LATER),
        lambda: responses.reassess(
            dana, risk.id, 1, 1, version=risk.version, origin=world.origin(), now=LATER
        ),
        lambda: responses.respondable(dana, risk.id),
        lambda: world.register.review(dana, risk.id, origin=world.origin(), now=LATER),
        lambda: acceptance.ask(dana, risk.id, "Cheaper so", origin=world.origin(), now=LATER),
        lambda: acceptance.askable(dana, risk.id),
        *(lambda how=how: move(world, dana, risk, how, "Because") for how in RiskMove if how not in ENDING),
        *(
            lambda how=how: world.register.movable(dana, risk.id, how)
            for how in RiskMove
            if how not in ENDING
        ),
    )
    for act in refused:
        with pytest.raises(Invalid) as refusal:
            act()
        assert "`/project reopen ACME`" in refusal.value.problems["project"]
    may = world.register.details(dana, risk.id, in_project=None).permissions
    assert (may.may_edit, may.may_score, may.may_respond, may.may_review) == (False, False, False, False)
    assert may.moves == (RiskMove.CLOSE,)
    assert "reopen it first" in may.why_no_more

    assert close(world, dana, risk).status is RiskStatus.CLOSED
    assert reject(world, dana, proposed, "Never mattered").status is RiskStatus.REJECTED
    assert undo(world, dana, mine).is_withdrawn
    world.profiles.reopen(dana, project.id, origin=world.origin(), now=LATER)
    assert move(world, dana, risk, RiskMove.REOPEN, "Back again").status is RiskStatus.OPEN
    assert not world.register.details(dana, risk.id, in_project=None).permissions.why_no_more


def test_actions_of_an_archived_project_are_settled_and_nothing_else(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    risk = world.log(dana, project, probability=4, impact=3, owner_id=dana.person.id)
    responses = RiskResponses(world.database)
    for title in ("Ask for a date", "Mock the API"):
        step = NewAction(title, dana.person.id, TODAY + timedelta(days=5))
        response = RiskResponse(ResponseStrategy.MITIGATE, step)
        responses.respond(dana, risk.id, response, origin=world.origin(), now=NOW)
    first, second = world.register.details(dana, risk.id, in_project=None).actions
    world.profiles.archive(dana, project.id, "Delivered", origin=world.origin(), now=NOW)

    def settle(action_id: UUID, target: ActionStatus, reason: str = "") -> ActionStatus:
        origin = world.origin()
        return world.actions.settle(dana, action_id, target, reason, origin=origin, now=LATER).status

    change = ActionChange(due_on=TODAY + timedelta(days=9))
    with pytest.raises(Invalid) as refusal:
        world.actions.change(dana, first.id, change, version=first.version, origin=world.origin(), now=LATER)
    assert "archived" in refusal.value.problems["action"]
    assert settle(first.id, ActionStatus.DONE) is ActionStatus.DONE
    assert settle(second.id, ActionStatus.CANCELLED, "It is over") is ActionStatus.CANCELLED
    with pytest.raises(Invalid):
        settle(first.id, ActionStatus.OPEN)
