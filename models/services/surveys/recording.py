"""Writes down what a contact said elsewhere, and that somebody asked them by mail."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from models.commands import AnswerFields
from models.errors import Invalid, NotFound
from models.read_models import AnswerView, InvitationView, ProjectView
from models.rules.surveys.asking import CLOSED_AFTER, InvitationState, SurveyState, SurveyTrigger, Way
from models.services import audit
from models.services.changes import Change
from models.services.outbox.enqueue import enqueue
from models.services.surveys import answer_fields, loop, requesting
from models.services.surveys.contact_rows import contact_of
from models.services.surveys.notices import of_changed_question
from models.services.surveys.rows import (
    ANSWER,
    INVITATION,
    QUESTION,
    insert_answer,
    insert_invitation,
    required_invitation,
    update_answer,
    update_invitation,
)
from models.services.surveys.survey_rows import SURVEY, by_hand, ensure_survey, required_survey
from models.services.zones import today_of
from models.value import replace

_TWICE = "{} was asked about {} for that day already. `/csat list` shows it."
_ANSWERED = "{} answered that already. `/csat list` has a button to change it."
_THEIRS = "{} answered this themselves, and what a client says stays as it is."
_OVER = "That question to {} is over. Choose their name alone instead."
_NO_ANSWER = "There is no answer to change any more."
_S = InvitationState


def recorded(
    change: Change, project: ProjectView, invitation_id: UUID, fields: AnswerFields
) -> InvitationView:
    """Write down an answer, or that somebody was asked; the fields are checked. Raises NotFound, Invalid.

    ``invitation_id`` is that of a new question, where there is none that it answers.
    """
    if fields.invitation_id is not None:
        invitation = _asked(change, project, fields.invitation_id)
    else:
        invitation = _new(change, project, invitation_id, fields)
    if fields.rating is not None:
        _answer(change, project, invitation, fields)
    return required_invitation(change.session, change.actor.workspace_id, invitation.id)


def _asked(change: Change, project: ProjectView, invitation_id: UUID) -> InvitationView:
    invitation = required_invitation(change.session, change.actor.workspace_id, invitation_id, lock=True)
    if invitation.project_id != project.id:
        raise NotFound(QUESTION, str(invitation_id))
    contact_of(change.session, change.actor.workspace_id, project, invitation.contact_id)
    if invitation.answer is not None:
        raise Invalid({"contact": _ANSWERED.format(invitation.contact_name)})
    if invitation.state is not _S.ASKED:
        raise Invalid({"contact": _OVER.format(invitation.contact_name)})
    return invitation


def _new(change: Change, project: ProjectView, invitation_id: UUID, fields: AnswerFields) -> InvitationView:
    workspace_id, now = change.actor.workspace_id, change.now
    on = fields.on or today_of(project, now)
    contact = contact_of(change.session, workspace_id, project, fields.contact_id)
    survey = None
    if fields.survey_id is not None:
        survey = required_survey(change.session, workspace_id, fields.survey_id, lock=True)
        if survey.project_id != project.id:
            raise NotFound(SURVEY, str(fields.survey_id))
    about = survey.about if survey else fields.about or project.name
    occasion = (SurveyTrigger.BY_HAND, by_hand(on, about))
    values = {
        "id": invitation_id,
        "workspace_id": workspace_id,
        "survey_id": survey.id
        if survey
        else ensure_survey(change.session, workspace_id, project.id, occasion, about, now),
        "contact_id": contact.id,
        "version": 1,
        "way": Way.MAIL if fields.was_asked else Way.UNASKED,
        "state": _S.ASKED,
        "sender_id": change.actor.person.id,
        "asked_on": on,
        "closes_at": _end_of(on, project) + CLOSED_AFTER if fields.was_asked else None,
        "made_at": now,
        "updated_at": now,
    }
    if not insert_invitation(change.session, values):
        raise Invalid({"contact": _TWICE.format(contact.name, about)})
    entry = audit.Entry(INVITATION, invitation_id, 1, "asked by mail" if fields.was_asked else "heard of")
    audit.record(change.session, change.actor, entry, origin=change.origin, now=now)
    if survey is not None:
        requesting.in_state(change, survey, SurveyState.DONE)
    return required_invitation(change.session, workspace_id, invitation_id)


def _end_of(on: date, project: ProjectView) -> datetime:
    """Return the instant at which a day is over where the project is."""
    return datetime.combine(on + timedelta(days=1), time(), ZoneInfo(project.timezone))


def _answer(change: Change, project: ProjectView, invitation: InvitationView, fields: AnswerFields) -> None:
    answer = AnswerView(
        id=uuid4(),
        version=1,
        rating=fields.rating or 0,
        reason=fields.reason,
        answered_on=fields.on or today_of(project, change.now),
        answered_at=change.now,
        updated_at=change.now,
        recorded_by=change.actor.person,
    )
    answer = loop.opened(change, project, invitation, answer)
    insert_answer(change.session, invitation, answer)
    entry = audit.Entry(ANSWER, answer.id, 1, "recorded", answer_fields.changes(None, answer))
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    in_state(change, invitation, _S.ANSWERED)


def in_state(change: Change, invitation: InvitationView, state: InvitationState) -> None:
    """Write that the question stands elsewhere now; its message in the client's channel says so, or goes."""
    waits = state is _S.ASKED and invitation.way is Way.CHANNEL
    after = replace(
        invitation,
        state=state,
        survey_id=_set_aside(change, invitation) if state is _S.WITHDRAWN else invitation.survey_id,
        next_due_at=invitation.closes_at if waits else None,
        version=invitation.version + 1,
        updated_at=change.now,
    )
    update_invitation(change.session, after)
    entry = audit.Entry(INVITATION, after.id, after.version, state.value)
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    is_removed = state is _S.WITHDRAWN
    said = tuple(of_changed_question(change.session, after, f"v{after.version}", is_removed=is_removed))
    workspace_id, correlation_id = after.workspace_id, change.origin.correlation_id
    enqueue(change.session, workspace_id, said, correlation_id=correlation_id, now=change.now)


def _set_aside(change: Change, invitation: InvitationView) -> UUID:
    """Return an occasion of its own for what is taken back, so that they can be asked anew for the other."""
    occasion = (SurveyTrigger.BY_HAND, f"gone:{invitation.id.hex}")
    workspace_id, project_id, about = invitation.workspace_id, invitation.project_id, invitation.about
    return ensure_survey(change.session, workspace_id, project_id, occasion, about, change.now)


def edited(
    change: Change, project: ProjectView, invitation: InvitationView, fields: AnswerFields
) -> InvitationView:
    """Change what was recorded; the fields are checked. Raises Invalid."""
    before = own_record(invitation)
    after = replace(
        before,
        rating=fields.rating or before.rating,
        reason=fields.reason,
        answered_on=fields.on or before.answered_on,
    )
    if after == before:
        return invitation
    after = loop.corrected(change, project, invitation, (before, after))
    after = replace(after, version=before.version + 1, updated_at=change.now)
    update_answer(change.session, after)
    entry = audit.Entry(ANSWER, after.id, after.version, "edited", answer_fields.changes(before, after))
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    return required_invitation(change.session, change.actor.workspace_id, invitation.id)


def taken_back(change: Change, invitation: InvitationView) -> InvitationView:
    """Take back what was recorded: the question waits again, or goes where nobody asked. Raises Invalid."""
    before = own_record(invitation)
    loop.taken_back(change, invitation)
    after = replace(before, is_withdrawn=True, version=before.version + 1, updated_at=change.now)
    update_answer(change.session, after)
    entry = audit.Entry(ANSWER, after.id, after.version, "took back")
    audit.record(change.session, change.actor, entry, origin=change.origin, now=change.now)
    in_state(change, invitation, _S.WITHDRAWN if invitation.way is Way.UNASKED else _S.ASKED)
    return replace(invitation, answer=after)


def own_record(invitation: InvitationView) -> AnswerView:
    """Return the answer that one of us wrote down. Raises Invalid where it is the client's own, or gone."""
    if invitation.answer is None:
        raise Invalid({"answer": _NO_ANSWER})
    if invitation.answer.recorded_by is None:
        raise Invalid({"answer": _THEIRS.format(invitation.contact_name)})
    return invitation.answer
