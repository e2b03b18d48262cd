"""Closing the loop: an answer that is not a good one becomes somebody's action, is told, and ends with it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.commands import NewAction
from models.read_models import (
    ActionOrigin,
    Actor,
    AnswerView,
    FieldChange,
    InvitationView,
    PersonRef,
    ProjectView,
)
from models.rules.access import ALERTED_ROLES, ProjectRole
from models.rules.actions import ActionSource
from models.rules.risks.words import Visibility
from models.rules.rituals.workdays import moved_by_working_days
from models.rules.surveys.csat import is_low
from models.rules.surveys.loop import TALK_WITHIN, LoopState, due_on, needs_closing, next_step_at
from models.services import audit
from models.services.actions.following import Following, add, cancel_open, move
from models.services.actions.rows import actions_of, required_action
from models.services.changes import Change
from models.services.moods import alerts
from models.services.moods.notices import concerned
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.rows import delivery_managers
from models.services.standing import holders
from models.services.surveys.notices import of_answer, of_changed_loop, of_low_answer
from models.services.surveys.rows import ANSWER, required_invitation, update_answer
from models.services.zones import today_of
from models.tables import people
from models.value import replace

_SPEAK = "Speak with the client about their answer on {}"
_SETTLE = "Settle with the client what came of their answer on {}"
"""Without the contact's name: an action may be handed to somebody to whom the answer was not promised."""
_CORRECTED = "The answer was corrected."
_TAKEN_BACK = "The answer was taken back."
_WHO_SPEAKS = (ProjectRole.ACCOUNT_MANAGER, ProjectRole.PROJECT_MANAGER)


def opened(
    change: Change, project: ProjectView, invitation: InvitationView, answer: AnswerView
) -> AnswerView:
    """Return a new answer with the action that it calls for, if any; whom it concerns is told."""
    owner = _who_speaks(change, project, invitation)
    told = _told(change, project, invitation, answer, owner)
    if needs_closing(answer.rating):
        due = due_on(answer.rating, answer.answered_at, _zone_of(change, owner))
        is_told = owner.id in {person.id for person in told}
        action_id = _add(change, project, invitation, (owner, due), quietly=is_told)
        answer = replace(answer, action_id=action_id, owner=owner, due_on=due)
        answer = replace(answer, next_due_at=next_step_at(answer.rating, answer.answered_at, change.now))
    low = is_low(answer.rating)
    said = of_low_answer(invitation, answer, told) if low else of_answer(invitation, told)
    _say(change, invitation, tuple(said))
    return answer


def _told(
    change: Change, project: ProjectView, invitation: InvitationView, answer: AnswerView, owner: PersonRef
) -> tuple[PersonRef, ...]:
    """Return who hears of an answer: of a low one all whom it concerns, of others who asked and who speaks.

    Whoever wrote it down knows it, and what only they wrote down tells nobody else unless it is low.
    """
    managers = delivery_managers(change.session, change.actor.workspace_id)
    if is_low(answer.rating):
        told = (*concerned(project, managers, today_of(project, change.now)), owner)
    elif answer.recorded_by is None:
        told = (*still_concerned(invitation.sender, project, managers), owner)
    else:
        return ()
    knows = answer.recorded_by.id if answer.recorded_by else None
    return tuple({person.id: person for person in told if person.id != knows}.values())


def still_concerned(
    sender: PersonRef, project: ProjectView, managers: Sequence[PersonRef]
) -> tuple[PersonRef, ...]:
    """Return who asked, unless they have left the roles by now whose holders the question names."""
    theirs = {holder.person.id for holder in project.roles if holder.role in ALERTED_ROLES}
    return (sender,) if sender.id in theirs | {person.id for person in managers} else ()


def _who_speaks(change: Change, project: ProjectView, invitation: InvitationView) -> PersonRef:
    """Return who speaks with a client about their answer: the account manager, where there is one."""
    on = today_of(project, change.now)
    for role in _WHO_SPEAKS:
        found = holders(project.roles, role, on)
        if found:
            return found[0]
    managers = delivery_managers(change.session, change.actor.workspace_id)
    return managers[0] if managers else invitation.sender


def _zone_of(change: Change, person: PersonRef) -> ZoneInfo:
    """Return the zone in which somebody reads by when they are to speak with the client."""
    wanted = select(people.c.timezone).where(people.c.id == person.id)
    return ZoneInfo(change.session.connection().execute(wanted).scalar_one())


def _add(
    change: Change,
    project: ProjectView,
    invitation: InvitationView,
    by: tuple[PersonRef, date],
    *,
    quietly: bool,
) -> UUID:
    """Make the action; whoever put the question asks for it, for a client gives nobody work."""
    owner, due = by
    wanted = NewAction(_SPEAK.format(invitation.about), owner.id, due)
    source = ActionOrigin(ActionSource.CSAT, invitation.id)
    asker = Actor(invitation.sender, invitation.workspace_id, project.timezone, is_full_member=True)
    return add(
        change.session,
        asker,
        wanted,
        Following(source, Visibility.RESTRICTED, project),
        quietly=quietly,
        origin=change.origin,
        now=change.now,
    ).id


def corrected(
    change: Change,
    project: ProjectView,
    invitation: InvitationView,
    change_of: tuple[AnswerView, AnswerView],
) -> AnswerView:
    """Return a changed answer, before and after, with the action that it calls for now."""
    before, after = change_of
    if after.action_id is None or (is_low(after.rating) and not is_low(before.rating)):
        _cancel(change, invitation, _CORRECTED)
        after = opened(change, project, invitation, replace(after, action_id=None))
        correct(change, invitation, f"v{before.version + 1}")
        return after
    if not needs_closing(after.rating):
        _cancel(change, invitation, _CORRECTED)
        after = replace(after, action_id=None, next_due_at=None)
    else:
        _move(change, after)
    correct(change, invitation, f"v{before.version + 1}")
    return after


def _move(change: Change, after: AnswerView) -> None:
    """Let the action be due when the answer, as it is now, says."""
    if after.action_id is None or after.contacted_at is not None:
        return
    action = required_action(change.session, change.actor.workspace_id, after.action_id)
    due = due_on(after.rating, after.answered_at, _zone_of(change, action.owner))
    if action.is_open and action.due_on != due:
        to = (action.owner, due)
        move(change.session, change.actor, action.id, to, origin=change.origin, now=change.now)


def taken_back(change: Change, invitation: InvitationView) -> None:
    """End what was to be done about an answer that is gone."""
    _cancel(change, invitation, _TAKEN_BACK)
    correct(change, invitation, "gone")


def contacted(change: Change, project: ProjectView, invitation: InvitationView) -> InvitationView:
    """Note that the person has spoken with the client; who was first stays. What is left is to settle it."""
    before = invitation.answer
    if before is None or before.loop is not LoopState.OPEN:
        return invitation
    after = replace(before, contacted_at=change.now, contacted_by=change.actor.person, next_due_at=None)
    alerts.called(change, project.id)
    settle_by = moved_by_working_days(today_of(project, change.now), TALK_WITHIN)
    return _called(change, invitation, (before, after), "contacted", (_SETTLE, settle_by))


def not_contacted(change: Change, project: ProjectView, invitation: InvitationView) -> InvitationView:
    """Take back that somebody has spoken with the client: they wait, and the clock runs, as before."""
    before = invitation.answer
    if before is None or before.loop is not LoopState.CONTACTED:
        return invitation
    alerts.not_called(change, project.id, before.contacted_at)
    next_at = next_step_at(before.rating, before.answered_at, change.now)
    after = replace(before, contacted_at=None, contacted_by=None, next_due_at=next_at)
    zone = _zone_of(change, before.owner or change.actor.person)
    speak_by = due_on(before.rating, before.answered_at, zone)
    return _called(change, invitation, (before, after), "not contacted", (_SPEAK, speak_by))


def _called(
    change: Change,
    invitation: InvitationView,
    change_of: tuple[AnswerView, AnswerView],
    what: str,
    left: tuple[str, date],
) -> InvitationView:
    """Write whether somebody has called, before and after; the action says what is left to do by when."""
    before, after = change_of
    after = replace(after, version=before.version + 1, updated_at=change.now)
    update_answer(change.session, after)
    was, now = (str(each.contacted_by.id) if each.contacted_by else None for each in (before, after))
    entry = audit.Entry(ANSWER, after.id, after.version, what, (FieldChange("contacted_by_id", was, now),))
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    if after.action_id is not None and after.owner is not None:
        title, due = left
        move(
            change.session,
            change.actor,
            after.action_id,
            (after.owner, due),
            title=title.format(invitation.about),
            origin=change.origin,
            now=change.now,
        )
    correct(change, invitation, f"v{after.version}")
    return required_invitation(change.session, invitation.workspace_id, invitation.id)


def correct(change: Change, invitation: InvitationView, name: str) -> None:
    """Bring what was said about a low answer in line with how it stands."""
    found = of_changed_loop(change.session, invitation.workspace_id, invitation.id, name)
    _say(change, invitation, tuple(found))


def _say(change: Change, invitation: InvitationView, said: Sequence[Outgoing]) -> None:
    workspace_id, correlation_id = invitation.workspace_id, change.origin.correlation_id
    enqueue(change.session, workspace_id, said, correlation_id=correlation_id, now=change.now)


def _cancel(change: Change, invitation: InvitationView, reason: str) -> None:
    actions = actions_of(
        change.session, change.actor.workspace_id, ActionSource.CSAT, invitation.id, lock=True
    )
    cancel_open(
        change.session, change.actor, actions, reason, is_removed=True, origin=change.origin, now=change.now
    )
