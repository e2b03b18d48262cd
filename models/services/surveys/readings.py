"""Questions and answers as messages about them need them: read when a message is drawn."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import (
    ContactView,
    InvitationView,
    ProjectView,
    QuestionDraft,
    QuestionReading,
    Reachable,
    SurveyReading,
    SurveyView,
)
from models.read_models.home import LateCall
from models.rules.access import ALERTED_ROLES
from models.rules.surveys.asking import Hindrance, hindrance
from models.services.projects.rows import required_project
from models.services.surveys.askers import askers
from models.services.surveys.contact_rows import contacts_of, required_contact
from models.services.surveys.overdue_calls import late_calls
from models.services.surveys.rows import find_invitation
from models.services.surveys.survey_rows import required_survey, surveys_where
from models.services.surveys.weather import weather_of
from models.services.zones import today_of
from models.tables import surveys


class SurveyReadings:
    """Read-only and without a person: whoever shows it sees to who will read it."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, invitation_id: UUID) -> QuestionReading | None:
        """Return the question as it stands."""
        with self._database.read() as session:
            invitation = find_invitation(session, workspace_id, invitation_id)
            return reading_of(session, invitation) if invitation else None

    def requests(self, workspace_id: UUID, ids: Collection[UUID]) -> Mapping[UUID, SurveyView]:
        """Return those of the occasions that are there, by id."""
        with self._database.read() as session:
            is_wanted = and_(surveys.c.workspace_id == workspace_id, surveys.c.id.in_(ids))
            return {each.id: each for each in surveys_where(session, is_wanted)}

    def late_calls(self, workspace_id: UUID, ids: Collection[UUID]) -> Sequence[LateCall]:
        """Return how these calls to dissatisfied clients stand."""
        with self._database.read() as session:
            return late_calls(session, workspace_id, ids)

    def request(self, workspace_id: UUID, survey_id: UUID, now: datetime) -> SurveyReading:
        """Return an occasion with whom we may ask how. Raises NotFound."""
        with self._database.read() as session:
            survey = required_survey(session, workspace_id, survey_id)
            project = required_project(session, workspace_id, survey.project_id)
            today = today_of(project, now)
            weather = weather_of(session, workspace_id, project.id, today)
            contacts = contacts_of(session, workspace_id, project.client.id)
            why = {each.id: hindrance(each.askable, survey.trigger, today) for each in contacts}
            free = [each for each in contacts if why[each.id] is None]
            has_channel = project.client_channel_id is not None
            here = [each for each in free if has_channel and each.person is not None]
            unclear = [each for each in contacts if why[each.id] is Hindrance.UNKNOWN_BASIS]
            return SurveyReading(
                survey,
                in_channel=_reachable(here),
                by_mail=_reachable(each for each in free if each not in here),
                unclear=tuple(each.name for each in unclear),
                lately=_reachable(each for each in contacts if why[each.id] is Hindrance.ASKED_LATELY),
                has_asker=bool(askers(project.roles, today)),
                is_red=weather.is_red,
                has_alert=weather.has_alert,
            )


def _reachable(contacts: Iterable[ContactView]) -> tuple[Reachable, ...]:
    return tuple(Reachable(each.name, each.asked_on) for each in contacts)


def reading_of(session: Session, invitation: InvitationView) -> QuestionReading:
    """Return a question with what messages and forms about it need."""
    project = required_project(session, invitation.workspace_id, invitation.project_id)
    contact = required_contact(session, invitation.workspace_id, invitation.contact_id)
    draft = None
    if invitation.contact_person is not None:
        draft = QuestionDraft(
            about=invitation.about,
            contact_name=invitation.contact_name,
            contact_slack_id=invitation.contact_person.slack_user_id,
            sender_name=invitation.sender.name,
            seen_by=seen_by(project),
        )
    return QuestionReading(invitation, project, draft, contact.opted_out_on is not None)


def seen_by(project: ProjectView) -> tuple[str, ...]:
    """Return who of the project is named to a client as seeing their answer."""
    theirs = (holder.person.name for holder in project.roles if holder.role in ALERTED_ROLES)
    return tuple(dict.fromkeys(theirs))
