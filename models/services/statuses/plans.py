"""Plans back to green: opened, carried on, slipped and closed as statuses say; each step is an action."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, insert, select, update
from sqlalchemy.orm import Session

from models.commands import NewAction
from models.read_models import (
    ActionOrigin,
    ActionView,
    DimensionView,
    PersonRef,
    PlanView,
    ProjectView,
    StatusView,
)
from models.rules.actions import ActionSource, ActionStatus
from models.rules.statuses.plans import slips_after
from models.rules.statuses.rag import DIMENSION_WORDS, Colour, Dimension
from models.services.actions.following import Following, add, cancel_open, move
from models.services.actions.rows import actions_of, actions_where
from models.services.changes import Change
from models.tables import action_items, back_to_green_plans, people
from models.value import replace


def open_plans(session: Session, project_id: UUID, *, lock: bool = False) -> Mapping[Dimension, PlanView]:
    """Return the project's open plans by dimension; ``lock`` keeps others off them."""
    wanted = (
        select(back_to_green_plans, people.c.slack_user_id, people.c.name)
        .join(people, people.c.id == back_to_green_plans.c.owner_id)
        .where(back_to_green_plans.c.project_id == project_id, back_to_green_plans.c.closed_at.is_(None))
    )
    if lock:
        wanted = wanted.with_for_update(of=back_to_green_plans)
    return {
        row.dimension: PlanView(
            id=row.id,
            dimension=row.dimension,
            step=row.step,
            step_id=row.step_id,
            owner=PersonRef(row.owner_id, row.slack_user_id, row.name),
            due_on=row.due_on,
            criteria=row.criteria,
            target_on=row.target_on,
            slips=row.slips,
        )
        for row in session.connection().execute(wanted)
    }


def settle(
    change: Change, project: ProjectView, said: tuple[DimensionView, ...]
) -> tuple[DimensionView, ...]:
    """Bring the project's plans in line with what a status says, and return that with the slips so far."""
    plans = open_plans(change.session, project.id, lock=True)
    return tuple(_settled(change, project, each, plans.get(each.dimension)) for each in said)


def _settled(
    change: Change, project: ProjectView, said: DimensionView, plan: PlanView | None
) -> DimensionView:
    if not said.colour.wants_plan:
        if plan is not None:
            _close(change, project, plan, said.colour)
        return said
    if plan is None:
        _open(change, project, said)
        return said
    return replace(said, slips=_carry_on(change, project, plan, said))


def _open(change: Change, project: ProjectView, said: DimensionView) -> None:
    plan_id = uuid4()
    step = _add_step(change, project, plan_id, said)
    identity = {
        "id": plan_id,
        "workspace_id": change.actor.workspace_id,
        "project_id": project.id,
        "dimension": said.dimension,
        "opened_at": change.now,
    }
    change.session.connection().execute(
        insert(back_to_green_plans), identity | _values(said, step.id, said.slips)
    )


def _carry_on(change: Change, project: ProjectView, plan: PlanView, said: DimensionView) -> int:
    """Write what changed of an open plan; return how often its target has slipped."""
    _, owner, due_on, target_on = _required(said)
    slips = slips_after(plan.slips, plan.target_on, target_on)
    step_id = plan.step_id
    if said.step != plan.step:
        step_id = _add_step(change, project, plan.id, said).id
    elif (owner.id, due_on) != (plan.owner.id, plan.due_on):
        moved = change.session, change.actor, plan.step_id, (owner, due_on)
        move(*moved, origin=change.origin, now=change.now)
    change.session.connection().execute(
        update(back_to_green_plans).where(back_to_green_plans.c.id == plan.id), _values(said, step_id, slips)
    )
    return slips


def _close(change: Change, project: ProjectView, plan: PlanView, became: Colour) -> None:
    """End a plan whose dimension needs none any more, and what was still to be done for it."""
    session, actor = change.session, change.actor
    session.connection().execute(
        update(back_to_green_plans).where(back_to_green_plans.c.id == plan.id), {"closed_at": change.now}
    )
    steps = actions_of(session, actor.workspace_id, ActionSource.PLAN, plan.id, lock=True)
    why = "is green again" if became is Colour.GREEN else "doesn't apply any more"
    reason = f"{DIMENSION_WORDS[project.kind].get(plan.dimension, plan.dimension)} {why}"
    cancel_open(session, actor, steps, reason, origin=change.origin, now=change.now)


def closed_with(session: Session, status: StatusView) -> tuple[ActionView, ...]:
    """Return the steps that were called off as this version was written: they went with their plans."""
    over = and_(
        action_items.c.project_id == status.project_id,
        action_items.c.source_kind == ActionSource.PLAN,
        action_items.c.status == ActionStatus.CANCELLED,
        action_items.c.settled_at == status.written_at,
    )
    return actions_where(session, status.workspace_id, over)


def _add_step(change: Change, project: ProjectView, plan_id: UUID, said: DimensionView) -> ActionView:
    step, owner, due_on, _ = _required(said)
    following = Following(ActionOrigin(ActionSource.PLAN, plan_id), project=project)
    wanted = NewAction(step, owner.id, due_on)
    return add(change.session, change.actor, wanted, following, origin=change.origin, now=change.now)


def _values(said: DimensionView, step_id: UUID, slips: int) -> dict[str, Any]:
    step, owner, due_on, target_on = _required(said)
    return {
        "step": step,
        "step_id": step_id,
        "owner_id": owner.id,
        "due_on": due_on,
        "criteria": said.criteria,
        "target_on": target_on,
        "slips": slips,
    }


def _required(said: DimensionView) -> tuple[str, PersonRef, date, date]:
    """Return the parts of a plan that was checked: the step, its owner, its day, and the target."""
    if said.owner is None or said.due_on is None or said.target_on is None:
        msg = f"{said.dimension} is {said.colour} without a plan"
        raise ValueError(msg)
    return said.step, said.owner, said.due_on, said.target_on
