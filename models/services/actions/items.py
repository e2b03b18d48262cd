"""What people do with actions: done, moved, handed over, cancelled; and one list for each person."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.commands import ActionChange
from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import ActionView, Actor, Origin, ProjectView
from models.rules.access import Capability, Standing, may
from models.rules.actions import ACTION_STATUS_WORDS, ActionSource, ActionStatus
from models.rules.risks.words import Visibility
from models.services.actions import fields, notices
from models.services.actions.following import owner_of, write
from models.services.actions.rows import (
    ACTION,
    actions_of,
    find_action,
    open_actions,
    required_action,
    visible_to,
)
from models.services.agendas.telling_minutes import of_changed_action as minutes_of_changed_action
from models.services.outbox.enqueue import enqueue
from models.services.owning import require_version
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.retros.notices import of_changed_action
from models.services.risks.leftovers import hold_risk_of, judge_anew
from models.services.standing import require, standing
from models.services.surveys.notices import of_changed_loop
from models.services.surveys.overdue_calls import touch_call
from models.tables import action_items
from models.value import Value, replace

MOST_OF_ONE_PERSON = 100

_OVER = (
    "{0} is archived, so what is left to do can be marked as done or cancelled, and nothing else. "
    "`/project reopen {0}` brings it back."
)
_VERBS = {
    ActionStatus.DONE: "done",
    ActionStatus.CANCELLED: "cancelled",
    ActionStatus.OPEN: "reopened",
}


class _Found(Value):
    session: Session
    action: ActionView
    project: ProjectView | None
    standing: Standing

    def require_active(self) -> None:
        """Raise Invalid where the project is archived: what is left can be settled, and nothing else."""
        if self.project is not None and self.project.is_archived:
            raise Invalid({"action": _OVER.format(self.project.key)})

    def require(self, capability: Capability) -> None:
        require(self.standing, capability, (self.action.owner, self.action.raised_by))


class ActionItems:
    """Everything that may be done with actions. What a person may not even see is NotFound to them.

    Actions are made by the services of what they follow from, through ``following.add``.
    """

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def get(self, actor: Actor, action_id: UUID) -> ActionView:
        """Return an action. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            return _find(session, actor, action_id, lock=False).action

    def changeable(self, actor: Actor, action_id: UUID) -> ActionView:
        """Return an action that the person may change, or that nobody can change any more.

        Raises NotFound, NotAllowed, Invalid.
        """
        with self._database.read() as session:
            found = _find(session, actor, action_id, lock=False)
            if found.action.is_open:
                found.require(Capability.CHANGE_ACTION)
                found.require_active()
            return found.action

    def of_source(self, actor: Actor, kind: ActionSource, source_id: UUID) -> tuple[ActionView, ...]:
        """Return the actions of a record that the person may see, the earliest due first."""
        require(standing(actor), Capability.SEE_ACTION)
        with self._database.read() as session:
            found = actions_of(session, actor.workspace_id, kind, source_id)
            return tuple(action for action in found if _may_see(session, actor, action))

    def open_of(self, actor: Actor, owner_id: UUID) -> tuple[ActionView, ...]:
        """Return what somebody has yet to do and the actor may see, the earliest due first; 100 at most."""
        require(standing(actor), Capability.SEE_ACTION)
        with self._database.read() as session:
            theirs = (action_items.c.owner_id == owner_id) & visible_to(actor)
            return open_actions(session, actor.workspace_id, theirs, MOST_OF_ONE_PERSON)

    def settle(
        self,
        actor: Actor,
        action_id: UUID,
        target: ActionStatus,
        reason: str = "",
        *,
        origin: Origin,
        now: datetime,
    ) -> ActionView:
        """Say that it is done, or cancelled with the reason; or open it again after a mistake.

        Raises NotFound, NotAllowed, Invalid.
        """

        def decide(found: _Found) -> ActionView:
            if target is ActionStatus.OPEN:
                found.require_active()
            return fields.settled(found.action, target, reason, now)

        return self._change(actor, action_id, _VERBS[target], decide, reason=reason, origin=origin, now=now)

    def change(
        self,
        actor: Actor,
        action_id: UUID,
        change: ActionChange,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> ActionView:
        """Move an open action to another day, hand it over, or both.

        Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``.
        """

        def decide(found: _Found) -> ActionView:
            before = found.action
            require_version(found.session, before, version)
            found.require_active()
            if not before.is_open:
                raise Invalid({"action": f"It is {ACTION_STATUS_WORDS[before.status]} already."})
            after = before
            if change.due_on is not None and change.due_on != before.due_on:
                fields.check_due(change.due_on, now)
                after = replace(after, due_on=change.due_on)
            if change.owner_id is not None and change.owner_id != before.owner.id:
                after = replace(after, owner=owner_of(found.session, before.workspace_id, change.owner_id))
            return after

        return self._change(actor, action_id, "changed", decide, origin=origin, now=now)

    def _change(
        self,
        actor: Actor,
        action_id: UUID,
        did: str,
        decide: Callable[[_Found], ActionView],
        *,
        reason: str = "",
        origin: Origin,
        now: datetime,
    ) -> ActionView:
        """Lock the action, let ``decide`` say what becomes of it, and write that with all that follows."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, action_id, now)
            if earlier is not None:
                return required_action(session, actor.workspace_id, earlier)
            if did == _VERBS[ActionStatus.OPEN]:
                hold_risk_of(session, actor.workspace_id, action_id)
            found = _find(session, actor, action_id)
            found.require(Capability.CHANGE_ACTION)
            decided = decide(found)
            if decided == found.action:
                return decided
            after = replace(decided, version=decided.version + 1, updated_at=now)
            write(session, actor, found.action, after, (did, reason), origin=origin, now=now)
            said = (
                *notices.of_changed_action(session, found.action, after, actor.person),
                *of_changed_action(session, after),
                *minutes_of_changed_action(session, after),
            )
            enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)
            judge_anew(session, actor, found.action, after, origin=origin, now=now)
            if after.source.kind is ActionSource.CSAT:
                told = tuple(
                    of_changed_loop(session, actor.workspace_id, after.source.id, f"a{after.version}")
                )
                enqueue(session, actor.workspace_id, told, correlation_id=origin.correlation_id, now=now)
                touch_call(session, after, correlation_id=origin.correlation_id, now=now)
        return after


def _find(session: Session, actor: Actor, action_id: UUID, *, lock: bool = True) -> _Found:
    """Return the action with what ties the person to it. Raises NotFound, NotAllowed."""
    action = find_action(session, actor.workspace_id, action_id, lock=lock)
    require(standing(actor), Capability.SEE_ACTION)
    if action is None or not _may_see(session, actor, action):
        raise NotFound(ACTION, str(action_id))
    project = _project(session, actor, action)
    return _Found(session, action, project, standing(actor, project, action))


def _project(session: Session, actor: Actor, action: ActionView) -> ProjectView | None:
    return required_project(session, actor.workspace_id, action.project_id) if action.project_id else None


def _may_see(session: Session, actor: Actor, action: ActionView) -> bool:
    if action.visibility is Visibility.TEAM:
        return True
    held = standing(actor, _project(session, actor, action), action)
    if action.source.kind is ActionSource.CSAT and action.owner.id != actor.person.id:
        return may(held, Capability.SEE_ANSWERS)
    return may(held, Capability.SEE_RESTRICTED_ACTION)
