"""Questions and answers as messages about them need them: read when a message is drawn."""

from uuid import UUID

from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import InvitationView, ProjectView, QuestionDraft, QuestionReading
from models.rules.access import ALERTED_ROLES
from models.services.projects.rows import required_project
from models.services.surveys.contact_rows import required_contact
from models.services.surveys.rows import find_invitation


class SurveyReadings:
    """Read-only and without a person: whoever shows it sees to who will read it."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, invitation_id: UUID) -> QuestionReading | None:
        """Return the question as it stands."""
        with self._database.read() as session:
            invitation = find_invitation(session, workspace_id, invitation_id)
            return _reading(session, invitation) if invitation else None


def _reading(session: Session, invitation: InvitationView) -> QuestionReading:
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
