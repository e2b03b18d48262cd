"""What clients do themselves: answer what they were asked, or rather not."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.commands.surveys import REASON_LENGTH
from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, AnswerView, InvitationView, Origin, ProjectView, QuestionReading
from models.rules.access import Capability
from models.rules.surveys.asking import InvitationState
from models.rules.surveys.csat import RATINGS
from models.services import audit
from models.services.changes import Change
from models.services.outbox.enqueue import enqueue
from models.services.projects.rows import required_project
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.surveys import answer_fields, contact_fields, loop, opt_outs, recording
from models.services.surveys.contact_rows import CONTACT, required_contact, update_contact
from models.services.surveys.readings import reading_of
from models.services.surveys.rows import ANSWER, insert_answer, required_invitation
from models.services.surveys.silence import of_silence
from models.services.texts import clean_line, too_long
from models.services.zones import today_of
from models.value import replace

_OVER = "This question is closed by now. Thank you all the same."
_DONE = "Your answer has arrived already. Thank you."
_CHOOSE = "Choose one of the five."
_S = InvitationState

Decide = Callable[[Change, ProjectView, InvitationView], None]


class ClientAnswers:
    """Takes answers from those to whom a question was put; nobody else may, whoever they are."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def question(self, actor: Actor, invitation_id: UUID, *, now: datetime) -> QuestionReading:
        """Return a question that waits for this person's answer. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            invitation = _theirs(session, actor, invitation_id)
            _require_open(invitation, now)
            return reading_of(session, invitation)

    def answer(
        self,
        actor: Actor,
        invitation_id: UUID,
        rating: int | None,
        reason: str,
        *,
        origin: Origin,
        now: datetime,
    ) -> InvitationView:
        """Take the answer. Raises NotFound, NotAllowed, Invalid."""
        said = clean_line(reason)
        for problem in too_long(said, REASON_LENGTH):
            raise Invalid({"reason": problem})
        if rating is None or rating not in RATINGS:
            raise Invalid({"rating": _CHOOSE})

        def decide(change: Change, project: ProjectView, invitation: InvitationView) -> None:
            answer = AnswerView(
                id=uuid4(),
                version=1,
                rating=rating,
                reason=said,
                answered_on=today_of(project, now),
                answered_at=now,
                updated_at=now,
            )
            answer = loop.opened(change, project, invitation, answer)
            insert_answer(change.session, invitation, answer)
            entry = audit.Entry(ANSWER, answer.id, 1, "answered", answer_fields.changes(None, answer))
            audit.record(change.session, change.actor, entry, origin=origin, now=now)
            recording.in_state(change, invitation, _S.ANSWERED)

        return self._settle(actor, invitation_id, decide, origin=origin, now=now)

    def decline(self, actor: Actor, invitation_id: UUID, *, origin: Origin, now: datetime) -> InvitationView:
        """Note that they would rather not say this time. Raises NotFound, NotAllowed, Invalid."""

        def decide(change: Change, _: ProjectView, invitation: InvitationView) -> None:
            recording.in_state(change, invitation, _S.DECLINED)
            told, correlation_id = of_silence(change.session, invitation, now), origin.correlation_id
            enqueue(change.session, actor.workspace_id, told, correlation_id=correlation_id, now=now)

        return self._settle(actor, invitation_id, decide, origin=origin, now=now)

    def opt_out(self, actor: Actor, invitation_id: UUID, *, origin: Origin, now: datetime) -> InvitationView:
        """Note that they do not want to be asked any more, on any project. Raises NotFound, NotAllowed."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, invitation_id, now)
            if earlier is not None:
                return required_invitation(session, actor.workspace_id, earlier)
            invitation = required_invitation(session, actor.workspace_id, invitation_id)
            project = required_project(session, actor.workspace_id, invitation.project_id)
            if invitation.contact_person is None:
                # They were forgotten since: whoever they are, their wish about themselves is kept.
                opt_outs.keep_account(session, actor, today_of(project, now))
                return invitation
            invitation = _theirs(session, actor, invitation_id, lock=True)
            before = required_contact(session, actor.workspace_id, invitation.contact_id, lock=True)
            if before.opted_out_on is not None:
                return invitation
            after = replace(
                before,
                opted_out_on=today_of(project, now),
                version=before.version + 1,
                updated_at=now,
            )
            update_contact(session, after)
            changes = contact_fields.changes(before, after)
            entry = audit.Entry(CONTACT, after.id, after.version, "opted out", changes)
            audit.record(session, actor, entry, origin=origin, now=now)
            return invitation

    def _settle(
        self, actor: Actor, invitation_id: UUID, decide: Decide, *, origin: Origin, now: datetime
    ) -> InvitationView:
        """Lock the question, carry out what its contact decided, and let its message say that it is over."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, invitation_id, now)
            if earlier is not None:
                return required_invitation(session, actor.workspace_id, earlier)
            invitation = _theirs(session, actor, invitation_id, lock=True)
            _require_open(invitation, now)
            project = required_project(session, actor.workspace_id, invitation.project_id)
            decide(Change(session, actor, origin, now), project, invitation)
            return required_invitation(session, actor.workspace_id, invitation_id)


def _theirs(session: Session, actor: Actor, invitation_id: UUID, *, lock: bool = False) -> InvitationView:
    """Return a question that was put to this person. Raises NotFound, NotAllowed."""
    invitation = required_invitation(session, actor.workspace_id, invitation_id, lock=lock)
    contact = invitation.contact_person
    require(standing(actor, invitation=invitation), Capability.ANSWER_SURVEY, (contact,) if contact else ())
    return invitation


def _require_open(invitation: InvitationView, now: datetime) -> None:
    if invitation.state is _S.ANSWERED:
        raise Invalid({"rating": _DONE})
    if not invitation.is_open(now):
        raise Invalid({"rating": _OVER})
