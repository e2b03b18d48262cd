"""Finds questions to clients, and occasions to put one, for those who may ask and record."""

from uuid import UUID

from sqlalchemy.orm import Session

from models.read_models import Actor, InvitationView, SurveyView
from models.rules.access import Capability
from models.services.projects.changing import FoundProject, look_at
from models.services.standing import require, standing
from models.services.surveys.rows import required_invitation
from models.services.surveys.survey_rows import required_survey


def find_question(
    session: Session, actor: Actor, invitation_id: UUID, *, lock: bool = False
) -> tuple[InvitationView, FoundProject]:
    """Return a question with its project. Raises NotFound, NotAllowed."""
    require(standing(actor), Capability.SEE_PROJECT)
    invitation = required_invitation(session, actor.workspace_id, invitation_id, lock=lock)
    found = look_at(session, actor, invitation.project_id)
    found.require(Capability.RECORD_ANSWER)
    return invitation, found


def find_occasion(session: Session, actor: Actor, survey_id: UUID, *, lock: bool = False) -> SurveyView:
    """Return an occasion whose client may be asked. Raises NotFound, NotAllowed, Invalid."""
    require(standing(actor), Capability.SEE_PROJECT)
    survey = required_survey(session, actor.workspace_id, survey_id, lock=lock)
    found = look_at(session, actor, survey.project_id)
    found.require(Capability.ASK_CLIENT)
    found.require_active()
    return survey
