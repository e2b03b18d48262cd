"""What clients answered: recorded, corrected, taken back, followed up, and what it all comes to."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from models.commands import AnswerFields
from models.database import Database
from models.errors import Conflict, NotFound
from models.read_models import (
    Actor,
    AnswerPage,
    InvitationView,
    Origin,
    ProjectChoice,
    ProjectView,
    RecordStart,
    SurveyOfProject,
    SurveyOverview,
)
from models.rules.access import Capability
from models.services import audit
from models.services.changes import Change
from models.services.projects.changing import FoundProject, find_project, look_at
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.standing import able, leads, require, standing
from models.services.surveys import answer_fields, asking, loop, recording, screens
from models.services.surveys.contact_rows import contacts_of
from models.services.surveys.finding import find_question
from models.services.surveys.rows import required_invitation
from models.services.surveys.satisfaction import all_projects
from models.services.zones import today_of
from models.tables import survey_answers, survey_invitations, surveys
from models.value import replace

_NONE = "answer of yours"


class Surveys:
    """What the team does with clients' answers. Asking is in ``questions``, answering in ``answering``."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def overview(self, actor: Actor, project_id: UUID, *, now: datetime) -> SurveyOverview:
        """Return how satisfied a project's client is, and what is open. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.SEE_SURVEYS)
            return screens.overview(found, actor, now)

    def all_projects(self, actor: Actor, choices: Collection[ProjectChoice]) -> tuple[SurveyOfProject, ...]:
        """Return how satisfied the clients of those of the projects are that the person may see."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            return all_projects(session, actor, choices)

    def page(self, actor: Actor, project_id: UUID | None = None, number: int = 1) -> AnswerPage:
        """Return one page of answers, newest first. Raises NotFound, NotAllowed for a project's."""
        require(standing(actor), Capability.SEE_PROJECT)
        with self._database.read() as session:
            if project_id is None:
                return screens.page(session, actor, None, number)
            found = look_at(session, actor, project_id)
            found.require(Capability.SEE_ANSWERS)
            return replace(screens.page(session, actor, project_id, number), project=found.project)

    def start(self, actor: Actor, project_id: UUID, survey_id: UUID | None = None) -> RecordStart:
        """Return what the form offers that records an answer. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            found = look_at(session, actor, project_id)
            found.require(Capability.RECORD_ANSWER)
            found.require_active()
            return RecordStart(
                found.project,
                contacts_of(session, actor.workspace_id, found.project.client.id),
                screens.waiting(session, actor.workspace_id, project_id),
                asking.survey_of(session, actor.workspace_id, found.project, survey_id),
            )

    def editable(self, actor: Actor, invitation_id: UUID) -> InvitationView:
        """Return a question whose answer the person may change. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            invitation, found = find_question(session, actor, invitation_id)
            found.require_active()
            recording.own_record(invitation)
        return invitation

    def last_recorded(self, actor: Actor, project_id: UUID | None) -> InvitationView:
        """Return the question whose answer the person recorded last. Raises NotFound."""
        with self._database.read() as session:
            wanted = (
                select(survey_answers.c.invitation_id)
                .join(survey_invitations, survey_invitations.c.id == survey_answers.c.invitation_id)
                .join(surveys, surveys.c.id == survey_invitations.c.survey_id)
                .where(
                    survey_answers.c.workspace_id == actor.workspace_id,
                    survey_answers.c.recorded_by_id == actor.person.id,
                    survey_answers.c.withdrawn_at.is_(None),
                    *([surveys.c.project_id == project_id] if project_id else []),
                )
                .order_by(survey_answers.c.answered_at.desc(), survey_answers.c.id)
                .limit(1)
            )
            invitation_id = session.scalar(wanted)
            if invitation_id is None:
                raise NotFound(_NONE, "")
            return find_question(session, actor, invitation_id)[0]

    def record(
        self, actor: Actor, project_id: UUID, fields: AnswerFields, *, origin: Origin, now: datetime
    ) -> InvitationView:
        """Write down what a contact answered elsewhere, or that they were asked by mail.

        Raises NotFound, NotAllowed, Invalid.
        """
        new_id = uuid4()
        about = fields.invitation_id or new_id
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, about, now)
            if earlier is not None:
                return required_invitation(session, actor.workspace_id, earlier)
            found = find_project(session, actor, project_id)
            found.require(Capability.RECORD_ANSWER)
            found.require_active()
            checked = answer_fields.checked(fields, today_of(found.project, now))
            return recording.recorded(Change(session, actor, origin, now), found.project, new_id, checked)

    def edit(
        self,
        actor: Actor,
        invitation_id: UUID,
        fields: AnswerFields,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> InvitationView:
        """Change what was recorded. Raises NotFound, NotAllowed, Invalid, Conflict if past ``version``."""

        def decide(change: Change, found: FoundProject, invitation: InvitationView) -> InvitationView:
            answer = recording.own_record(invitation)
            if answer.version != version:
                entries = audit.history(change.session, actor.workspace_id, answer.id, after_version=version)
                raise Conflict(invitation, audit.collapsed(entries), entries[0].person if entries else None)
            wanted = replace(fields, invitation_id=invitation_id)
            checked = answer_fields.checked(wanted, today_of(found.project, now))
            return recording.edited(change, found.project, invitation, checked)

        return self._change(actor, invitation_id, decide, origin=origin, now=now)

    def contacted(
        self, actor: Actor, invitation_id: UUID, *, origin: Origin, now: datetime
    ) -> InvitationView:
        """Note that the person has spoken with a client about their answer. Raises NotFound, NotAllowed."""
        return self._see_to(actor, invitation_id, loop.contacted, origin=origin, now=now)

    def not_contacted(
        self, actor: Actor, invitation_id: UUID, *, origin: Origin, now: datetime
    ) -> InvitationView:
        """Take back that somebody has spoken with a client. Raises NotFound, NotAllowed."""
        return self._see_to(actor, invitation_id, loop.not_contacted, origin=origin, now=now)

    def _see_to(
        self,
        actor: Actor,
        invitation_id: UUID,
        decide: Callable[[Change, ProjectView, InvitationView], InvitationView],
        *,
        origin: Origin,
        now: datetime,
    ) -> InvitationView:
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, invitation_id, now)
            if earlier is not None:
                return required_invitation(session, actor.workspace_id, earlier)
            require(standing(actor), Capability.SEE_PROJECT)
            invitation = required_invitation(session, actor.workspace_id, invitation_id, lock=True)
            project = required_project(session, actor.workspace_id, invitation.project_id)
            held = standing(actor, project, invitation=invitation)
            require(held, Capability.CLOSE_LOOP, leads(able(project.roles, Capability.CLOSE_LOOP)))
            return decide(Change(session, actor, origin, now), project, invitation)

    def take_back(
        self, actor: Actor, invitation_id: UUID, *, origin: Origin, now: datetime
    ) -> InvitationView:
        """Take back what was recorded by mistake. Raises NotFound, NotAllowed, Invalid."""

        def decide(change: Change, _: FoundProject, invitation: InvitationView) -> InvitationView:
            return recording.taken_back(change, invitation)

        return self._change(actor, invitation_id, decide, origin=origin, now=now)

    def _change(
        self,
        actor: Actor,
        invitation_id: UUID,
        decide: Callable[[Change, FoundProject, InvitationView], InvitationView],
        *,
        origin: Origin,
        now: datetime,
    ) -> InvitationView:
        """Lock the question, and let ``decide`` say and write what becomes of it."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, invitation_id, now)
            if earlier is not None:
                return required_invitation(session, actor.workspace_id, earlier)
            invitation, found = find_question(session, actor, invitation_id, lock=True)
            found.require_active()
            return decide(Change(session, actor, origin, now), found, invitation)
