"""What time brings to questions and answers: a reminder, the end, and nudges while nobody has called."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, literal, or_, select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import InvitationView, PersonRef
from models.rules.delivery import NoticeKind
from models.rules.surveys.asking import InvitationState
from models.rules.surveys.loop import CONTACT_WITHIN, LoopState, LoopStep, next_step_at, step_due
from models.services.mornings.apart import told_apart
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.working_hours import at_work
from models.services.projects.rows import delivery_managers
from models.services.surveys.notices import (
    of_changed_loop,
    of_changed_question,
    of_reminder,
    of_step,
)
from models.services.surveys.rows import required_invitation
from models.services.surveys.silence import of_silence
from models.tables import survey_answers, survey_invitations

AT_ONCE = 100
"""Questions in one transaction."""

_IS_DUE = select(
    or_(
        select(literal(1)).where(survey_invitations.c.next_due_at <= bindparam("now")).exists(),
        select(literal(1)).where(survey_answers.c.next_due_at <= bindparam("now")).exists(),
    )
)


class SurveyWatch:
    """Looks at what is due; any number of processes may do so at the same time."""

    def __init__(self, database: Database) -> None:
        """Take where questions and answers are kept."""
        self._database = database

    def look(self, now: datetime) -> int:
        """Do what time has brought, and return to how many questions and answers."""
        with self._database.look() as session:
            if not session.connection().execute(_IS_DUE, {"now": now}).scalar():
                return 0
        with self._database.write() as session:
            questions = _due_questions(session, now)
            for workspace_id, invitation_id in questions:
                _follow_up(session, required_invitation(session, workspace_id, invitation_id), now)
            nudges = _due_answers(session, now)
            for workspace_id, invitation_id in nudges:
                _nudge(session, required_invitation(session, workspace_id, invitation_id), now)
        return len(questions) + len(nudges)


def _due_questions(session: Session, now: datetime) -> list[tuple[UUID, UUID]]:
    rows = session.connection().execute(
        select(survey_invitations.c.workspace_id, survey_invitations.c.id)
        .where(survey_invitations.c.next_due_at <= now)
        .order_by(survey_invitations.c.next_due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return [(row.workspace_id, row.id) for row in rows]


def _due_answers(session: Session, now: datetime) -> list[tuple[UUID, UUID]]:
    rows = session.connection().execute(
        select(survey_answers.c.workspace_id, survey_answers.c.invitation_id)
        .where(survey_answers.c.next_due_at <= now)
        .order_by(survey_answers.c.next_due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return [(row.workspace_id, row.invitation_id) for row in rows]


def _follow_up(session: Session, invitation: InvitationView, now: datetime) -> None:
    """Remind whoever was asked, or let the question's message say that it is closed."""
    closes_at = invitation.closes_at
    is_open = invitation.is_open(now)
    _look_again(session, invitation.id, closes_at if is_open else None)
    if invitation.state is not InvitationState.ASKED:
        return
    said = of_reminder(session, invitation) if is_open else _closed(session, invitation, now)
    enqueue(session, invitation.workspace_id, tuple(said), correlation_id=_correlation(now), now=now)


def _closed(session: Session, invitation: InvitationView, now: datetime) -> Sequence[Outgoing]:
    """Return what is said once nobody can answer any more."""
    return (*of_changed_question(session, invitation, "closed"), *of_silence(session, invitation, now))


def _nudge(session: Session, invitation: InvitationView, now: datetime) -> None:
    """Nudge whoever is to speak with the client; in the end tell the delivery managers.

    Whose morning tells them of it as soon hears it there alone.
    """
    answer = invitation.answer
    if answer is None or answer.loop is not LoopState.OPEN:
        _nudge_again(session, invitation.id, None)
        return
    _nudge_again(session, invitation.id, next_step_at(answer.rating, answer.answered_at, now))
    step = step_due(answer.rating, answer.answered_at, now)
    if step is None or answer.owner is None:
        return
    workspace_id, nudges = invitation.workspace_id, {NoticeKind.SURVEY_NUDGE}
    told: Sequence[PersonRef] = (answer.owner,)
    if step is LoopStep.OVERDUE:
        managers, came_at = delivery_managers(session, workspace_id), answer.answered_at + CONTACT_WITHIN
        told = told_apart(session, workspace_id, managers, came_at, now)
    # Nudges of before say how it stands now, or go.
    earlier = of_changed_loop(session, workspace_id, invitation.id, step.value, nudges)
    said = at_work(session, workspace_id, (*of_step(invitation, step, told), *earlier), now)
    enqueue(session, invitation.workspace_id, said, correlation_id=_correlation(now), now=now)


def _look_again(session: Session, invitation_id: UUID, at: datetime | None) -> None:
    session.connection().execute(
        update(survey_invitations).where(survey_invitations.c.id == invitation_id), {"next_due_at": at}
    )


def _nudge_again(session: Session, invitation_id: UUID, at: datetime | None) -> None:
    session.connection().execute(
        update(survey_answers).where(survey_answers.c.invitation_id == invitation_id), {"next_due_at": at}
    )


def _correlation(now: datetime) -> str:
    return f"surveys {now:%Y-%m-%d %H:%M}"
