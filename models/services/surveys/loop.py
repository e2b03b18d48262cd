"""Closing the loop: an answer that is not a good one becomes somebody's action, and ends with it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from models.commands import NewAction
from models.read_models import ActionOrigin, AnswerView, InvitationView, PersonRef, ProjectView
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource
from models.rules.csat_loop import due_on, needs_closing
from models.rules.risk_words import Visibility
from models.services.actions.following import Following, add, cancel_open, move
from models.services.actions.rows import actions_of, required_action
from models.services.changes import Change
from models.services.projects.rows import delivery_managers
from models.services.standing import holders
from models.services.zones import today_of

_SPEAK = "Speak with {} about their answer on {}"
_CORRECTED = "The answer was corrected."
_TAKEN_BACK = "The answer was taken back."
_WHO_SPEAKS = (ProjectRole.ACCOUNT_MANAGER, ProjectRole.PROJECT_MANAGER, ProjectRole.PRODUCT_OWNER)


def who_speaks(change: Change, project: ProjectView) -> PersonRef:
    """Return who speaks with a client about their answer: the account manager, where there is one."""
    on = today_of(project, change.now)
    for role in _WHO_SPEAKS:
        found = holders(project.roles, role, on)
        if found:
            return found[0]
    managers = delivery_managers(change.session, change.actor.workspace_id)
    return managers[0] if managers else change.actor.person


def opened(
    change: Change, project: ProjectView, invitation: InvitationView, answer: AnswerView
) -> AnswerView:
    """Return the answer with the action that it calls for, if it calls for one."""
    if not needs_closing(answer.rating):
        return answer
    owner = who_speaks(change, project)
    wanted = NewAction(
        title=_SPEAK.format(invitation.contact_name, invitation.about),
        owner_id=owner.id,
        due_on=due_on(answer.rating, answer.answered_at, ZoneInfo(project.timezone)),
    )
    source = ActionOrigin(ActionSource.CSAT, invitation.id)
    action = add(
        change.session,
        change.actor,
        wanted,
        Following(source, Visibility.RESTRICTED, project),
        origin=change.origin,
        now=change.now,
    )
    return replace(answer, action_id=action.id, owner=action.owner, due_on=action.due_on)


def corrected(
    change: Change, project: ProjectView, invitation: InvitationView, after: AnswerView
) -> AnswerView:
    """Return the changed answer with the action that it calls for now."""
    if after.action_id is None:
        return opened(change, project, invitation, after)
    if not needs_closing(after.rating):
        _cancel(change, invitation, _CORRECTED)
        return replace(after, action_id=None)
    action = required_action(change.session, change.actor.workspace_id, after.action_id)
    due = due_on(after.rating, after.answered_at, ZoneInfo(project.timezone))
    if action.is_open and action.due_on != due:
        move(
            change.session,
            change.actor,
            action.id,
            (action.owner, due),
            origin=change.origin,
            now=change.now,
        )
    return after


def taken_back(change: Change, invitation: InvitationView) -> None:
    """End what was to be done about an answer that is gone."""
    _cancel(change, invitation, _TAKEN_BACK)


def _cancel(change: Change, invitation: InvitationView, reason: str) -> None:
    actions = actions_of(
        change.session, change.actor.workspace_id, ActionSource.CSAT, invitation.id, lock=True
    )
    cancel_open(
        change.session, change.actor, actions, reason, is_removed=True, origin=change.origin, now=change.now
    )
