"""Puts a question to a contact in the channel with the client, and takes it back."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.commands import AskFields
from models.commands.surveys import ABOUT_LENGTH
from models.errors import Invalid, NotFound
from models.read_models import AskStart, ContactView, InvitationView, ProjectView, QuestionDraft, SurveyView
from models.rules.days import day_words
from models.rules.surveys.asking import (
    CLOSED_AFTER,
    Hindrance,
    InvitationState,
    SurveyState,
    SurveyTrigger,
    Way,
    free_on,
    hindrance,
    next_step,
)
from models.services import audit
from models.services.changes import Change
from models.services.outbox.enqueue import enqueue
from models.services.projects.changing import FoundProject
from models.services.surveys import recording, requesting
from models.services.surveys.contact_rows import CONTACT, contacts_of, required_contact
from models.services.surveys.notices import of_new_question
from models.services.surveys.readings import seen_by
from models.services.surveys.rows import (
    INVITATION,
    insert_invitation,
    required_invitation,
)
from models.services.surveys.survey_rows import SURVEY, by_hand, ensure_survey, required_survey
from models.services.surveys.weather import weather_of
from models.services.texts import clean_line, too_long
from models.services.zones import today_of

_NO_CHANNEL = (
    "Say first which channel is with the client, in `/project edit {}`. "
    "Until then, ask by mail: `/csat mail`."
)
_NOT_IN_SLACK = "{} has nobody in Slack. Say who they are in `/csat contacts`, or ask by mail: `/csat mail`."
_TWICE = "{} was asked about {} already."
_NOT_NOW = {
    Hindrance.OPTED_OUT: "{} doesn't want to be asked any more.",
    Hindrance.NO_BASIS: "We may not ask {}; `/csat contacts` says why.",
    Hindrance.UNKNOWN_BASIS: "It isn't clear yet whether we may ask {}. `/csat contacts` is where to say so.",
}
_TOO_SOON = "{} was asked on {} already, and nobody is asked twice within so short a time. Again from {}."
_NOT_WAITING = "That question doesn't wait for an answer any more, so there is nothing to take back."


def start_of(found: FoundProject, workspace_id: UUID, survey_id: UUID | None, now: datetime) -> AskStart:
    """Return what the form offers. Raises NotFound, and Invalid without a channel with the client."""
    project = found.project
    if project.client_channel_id is None:
        raise Invalid({"project": _NO_CHANNEL.format(project.key)})
    weather = weather_of(found.session, workspace_id, project.id, today_of(project, now))
    return AskStart(
        project,
        contacts_of(found.session, workspace_id, project.client.id),
        is_red=weather.is_red,
        alert_since=weather.alert_since,
        mood=weather.mood,
        survey=survey_of(found.session, workspace_id, project, survey_id),
    )


def survey_of(
    session: Session, workspace_id: UUID, project: ProjectView, survey_id: UUID | None, *, lock: bool = False
) -> SurveyView | None:
    """Return the project's occasion of that id, if one is given. Raises NotFound."""
    if survey_id is None:
        return None
    survey = required_survey(session, workspace_id, survey_id, lock=lock)
    if survey.project_id != project.id:
        raise NotFound(SURVEY, str(survey_id))
    return survey


def draft_of(
    session: Session, workspace_id: UUID, project: ProjectView, fields: AskFields, sender: str, today: date
) -> QuestionDraft:
    """Return how the question will read. Raises NotFound, and Invalid where it must not be put."""
    survey = survey_of(session, workspace_id, project, fields.survey_id)
    trigger = survey.trigger if survey else SurveyTrigger.BY_HAND
    contact = _askable(session, workspace_id, project, fields.contact_id, trigger, today)
    if contact.person is None:
        raise Invalid({"contact": _NOT_IN_SLACK.format(contact.name)})
    return QuestionDraft(
        about=survey.about if survey else checked_about(fields.about, project),
        contact_name=contact.name,
        contact_slack_id=contact.person.slack_user_id,
        sender_name=sender,
        seen_by=seen_by(project),
    )


def asked(change: Change, project: ProjectView, invitation_id: UUID, fields: AskFields) -> InvitationView:
    """Put the question in the channel with the client. Raises NotFound, Invalid."""
    workspace_id, now = change.actor.workspace_id, change.now
    if project.client_channel_id is None:
        raise Invalid({"contact": _NO_CHANNEL.format(project.key)})
    today = today_of(project, now)
    survey = survey_of(change.session, workspace_id, project, fields.survey_id, lock=True)
    # Whoever else asks the same person waits for this transaction's lock, and is refused then.
    required_contact(change.session, workspace_id, fields.contact_id, lock=True)
    draft = draft_of(change.session, workspace_id, project, fields, change.actor.person.name, today)
    occasion = (SurveyTrigger.BY_HAND, by_hand(today, draft.about))
    values = {
        "id": invitation_id,
        "workspace_id": workspace_id,
        "survey_id": survey.id
        if survey
        else ensure_survey(change.session, workspace_id, project.id, occasion, draft.about, now),
        "contact_id": fields.contact_id,
        "version": 1,
        "way": Way.CHANNEL,
        "state": InvitationState.ASKED,
        "sender_id": change.actor.person.id,
        "asked_on": today,
        "closes_at": now + CLOSED_AFTER,
        "next_due_at": next_step(now, is_reminded=False),
        "made_at": now,
        "updated_at": now,
    }
    if not insert_invitation(change.session, values):
        raise Invalid({"contact": _TWICE.format(draft.contact_name, draft.about)})
    entry = audit.Entry(INVITATION, invitation_id, 1, "asked")
    audit.record(change.session, change.actor, entry, origin=change.origin, now=now)
    invitation = required_invitation(change.session, workspace_id, invitation_id)
    said = [of_new_question(invitation, project.client_channel_id)]
    enqueue(change.session, workspace_id, said, correlation_id=change.origin.correlation_id, now=now)
    if survey is not None:
        requesting.in_state(change, survey, SurveyState.DONE)
    return invitation


def withdrawn(change: Change, invitation: InvitationView) -> InvitationView:
    """Take back a question that waits for an answer; its message goes, its occasion waits. Raises Invalid."""
    if invitation.state is not InvitationState.ASKED:
        raise Invalid({"invitation": _NOT_WAITING})
    survey = required_survey(change.session, invitation.workspace_id, invitation.survey_id, lock=True)
    recording.in_state(change, invitation, InvitationState.WITHDRAWN)
    if survey.trigger is not SurveyTrigger.BY_HAND and len(survey.asked) == 1:
        requesting.in_state(change, survey, SurveyState.OPEN)
    return required_invitation(change.session, invitation.workspace_id, invitation.id)


def checked_about(about: str, project: ProjectView) -> str:
    """Return what a question is about as it is kept. Raises Invalid."""
    cleaned = clean_line(about)
    for problem in too_long(cleaned, ABOUT_LENGTH):
        raise Invalid({"about": problem})
    return cleaned or project.name


def _askable(
    session: Session,
    workspace_id: UUID,
    project: ProjectView,
    contact_id: UUID,
    trigger: SurveyTrigger,
    today: date,
) -> ContactView:
    """Return a contact of the client who may be asked today. Raises NotFound, Invalid."""
    contact = required_contact(session, workspace_id, contact_id)
    if contact.client_id != project.client.id or contact.removed_at is not None:
        raise NotFound(CONTACT, str(contact_id))
    why_not = hindrance(contact.askable, trigger, today)
    free = free_on(contact.asked_on, trigger)
    if why_not is Hindrance.ASKED_LATELY and contact.asked_on is not None and free is not None:
        raise Invalid(
            {
                "contact": _TOO_SOON.format(
                    contact.name, day_words(contact.asked_on, today), day_words(free, today)
                )
            }
        )
    if why_not is not None:
        raise Invalid({"contact": _NOT_NOW[why_not].format(contact.name)})
    return contact
