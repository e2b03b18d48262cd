"""Asking clients how satisfied they are: in the channel with them, now, later, or not after all."""

from datetime import datetime
from uuid import UUID, uuid4

from models.commands import AskFields
from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, AskStart, InvitationView, Origin, QuestionDraft, SurveyView
from models.rules.access import Capability
from models.rules.surveys.asking import SurveyState
from models.services.changes import Change
from models.services.projects.changing import find_project, look_at
from models.services.receipts import claim
from models.services.surveys import asking, requesting, screens
from models.services.surveys.finding import find_occasion, find_question
from models.services.surveys.rows import required_invitation
from models.services.surveys.survey_rows import required_survey
from models.services.texts import checked_reason
from models.services.zones import today_of

_WHY = "Say in a few words why, so that nobody wonders later."
_ASKED = "They were asked already, so there is nothing left to hold."


class ClientQuestions:
    """Puts questions to clients and takes them back; holds those that were suggested."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def start(
        self, actor: Actor, project_id: UUID, survey_id: UUID | None = None, *, now: datetime
    ) -> AskStart:
        """Return what the form offers in which a client is asked. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.ASK_CLIENT)
            found.require_active()
            return asking.start_of(found, actor.workspace_id, survey_id, now)

    def draft(self, actor: Actor, project_id: UUID, fields: AskFields, *, now: datetime) -> QuestionDraft:
        """Return how a question will read. Raises NotFound, NotAllowed, Invalid where it must not be put."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.ASK_CLIENT)
            found.require_active()
            today, sender = today_of(found.project, now), actor.person.name
            return asking.draft_of(session, actor.workspace_id, found.project, fields, sender, today)

    def ask(
        self, actor: Actor, project_id: UUID, fields: AskFields, *, origin: Origin, now: datetime
    ) -> InvitationView:
        """Put a question to a contact in the client's channel. Raises NotFound, NotAllowed, Invalid."""
        invitation_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, invitation_id, now)
            if earlier is not None:
                return required_invitation(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            found.require(Capability.ASK_CLIENT)
            found.require_active()
            return asking.asked(Change(session, actor, origin, now), found.project, invitation_id, fields)

    def withdraw(self, actor: Actor, invitation_id: UUID, *, origin: Origin, now: datetime) -> InvitationView:
        """Take a question back that waits for its answer. Raises NotFound, NotAllowed, Invalid."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, invitation_id, now)
            if earlier is not None:
                return required_invitation(session, actor.workspace_id, earlier)
            invitation, found = find_question(session, actor, invitation_id, lock=True)
            found.require_active()
            return asking.withdrawn(Change(session, actor, origin, now), invitation)

    def request(self, actor: Actor, survey_id: UUID) -> SurveyView:
        """Return an occasion that the person may ask for. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            return find_occasion(session, actor, survey_id)

    def requests(self, actor: Actor, project_id: UUID) -> tuple[SurveyView, ...]:
        """Return the project's occasions that wait or are held. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.ASK_CLIENT)
            return screens.requests(session, project_id)

    def hold(
        self, actor: Actor, survey_id: UUID, reason: str, *, origin: Origin, now: datetime
    ) -> SurveyView:
        """Let an occasion wait, with the reason. Raises NotFound, NotAllowed, Invalid."""
        said = checked_reason(reason, _WHY)
        return self._settle_request(actor, survey_id, SurveyState.HELD, said, origin=origin, now=now)

    def resume(self, actor: Actor, survey_id: UUID, *, origin: Origin, now: datetime) -> SurveyView:
        """Let an occasion that was held wait to be asked again. Raises NotFound, NotAllowed, Invalid."""
        return self._settle_request(actor, survey_id, SurveyState.OPEN, "", origin=origin, now=now)

    def _settle_request(
        self,
        actor: Actor,
        survey_id: UUID,
        state: SurveyState,
        reason: str,
        *,
        origin: Origin,
        now: datetime,
    ) -> SurveyView:
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, survey_id, now)
            if earlier is not None:
                return required_survey(session, actor.workspace_id, earlier)
            survey = find_occasion(session, actor, survey_id, lock=True)
            if survey.state is SurveyState.DONE:
                raise Invalid({"reason": _ASKED})
            return requesting.in_state(Change(session, actor, origin, now), survey, state, reason)
