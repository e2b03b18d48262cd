"""Reads and writes questions and answers; a question always comes with its answer, and with names."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Row, Select, and_, insert, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import AnswerView, InvitationView, PersonRef
from models.rules.actions import ActionStatus
from models.services.statements import dialect_of, insert_new
from models.tables import (
    action_items,
    client_contacts,
    people,
    projects,
    survey_answers,
    survey_invitations,
    surveys,
)

QUESTION = "question"
"""What refusals call it."""
INVITATION = "survey invitation"
ANSWER = "survey answer"
"""What the audit trail calls them."""

_NAMED = ("sender", "contact_person", "recorder", "owner", "caller")
_P = {name: people.alias(f"survey_{name}") for name in _NAMED}


def _names() -> list[ColumnElement[Any]]:
    return [
        column.label(f"{name}_{label}")
        for name, person in _P.items()
        for column, label in (
            (person.c.id, "id_"),
            (person.c.slack_user_id, "slack_id"),
            (person.c.name, "name"),
        )
    ]


def _answer_columns() -> list[ColumnElement[Any]]:
    columns: list[Column[Any]] = [column for column in survey_answers.c if column.name != "workspace_id"]
    return [column.label(f"answer_{column.name}") for column in columns]


SELECT: Select[Any] = (
    select(
        survey_invitations,
        surveys.c.project_id,
        surveys.c.trigger,
        surveys.c.about,
        projects.c.key.label("project_key"),
        projects.c.timezone,
        client_contacts.c.name.label("contact_name"),
        client_contacts.c.forgotten_at.label("contact_forgotten_at"),
        action_items.c.status.label("action_status"),
        action_items.c.due_on.label("action_due_on"),
        *_answer_columns(),
        *_names(),
    )
    .join(surveys, surveys.c.id == survey_invitations.c.survey_id)
    .join(projects, projects.c.id == surveys.c.project_id)
    .join(client_contacts, client_contacts.c.id == survey_invitations.c.contact_id)
    .join(_P["sender"], _P["sender"].c.id == survey_invitations.c.sender_id)
    .outerjoin(_P["contact_person"], _P["contact_person"].c.id == client_contacts.c.person_id)
    .outerjoin(
        survey_answers,
        and_(
            survey_answers.c.invitation_id == survey_invitations.c.id, survey_answers.c.withdrawn_at.is_(None)
        ),
    )
    .outerjoin(_P["recorder"], _P["recorder"].c.id == survey_answers.c.recorded_by_id)
    .outerjoin(action_items, action_items.c.id == survey_answers.c.action_id)
    .outerjoin(_P["owner"], _P["owner"].c.id == action_items.c.owner_id)
    .outerjoin(_P["caller"], _P["caller"].c.id == survey_answers.c.contacted_by_id)
)
NEWEST_FIRST = (
    survey_answers.c.answered_on.desc(),
    survey_answers.c.answered_at.desc(),
    survey_invitations.c.id,
)


def find_invitation(
    session: Session, workspace_id: UUID, invitation_id: UUID, *, lock: bool = False
) -> InvitationView | None:
    """Return the workspace's question; ``lock`` keeps others off it."""
    is_it = and_(survey_invitations.c.workspace_id == workspace_id, survey_invitations.c.id == invitation_id)
    if lock:
        # On its own: Postgres locks nothing on the empty side of an outer join.
        session.connection().execute(select(survey_invitations.c.id).where(is_it).with_for_update())
    row = session.connection().execute(SELECT.where(is_it)).one_or_none()
    return invitation_of(row) if row else None


def invitations_of(session: Session, contact_ids: Sequence[UUID]) -> tuple[InvitationView, ...]:
    """Return all questions to these contacts, the oldest first."""
    wanted = SELECT.where(survey_invitations.c.contact_id.in_(contact_ids)).order_by(
        survey_invitations.c.made_at
    )
    return tuple(map(invitation_of, session.connection().execute(wanted)))


def required_invitation(
    session: Session, workspace_id: UUID, invitation_id: UUID, *, lock: bool = False
) -> InvitationView:
    """Return the workspace's question, whoever asks. Raises NotFound."""
    found = find_invitation(session, workspace_id, invitation_id, lock=lock)
    if found is None:
        raise NotFound(QUESTION, str(invitation_id))
    return found


def insert_invitation(session: Session, values: dict[str, Any]) -> bool:
    """Write a new question; False where this contact has one for the occasion already."""
    made = insert_new(dialect_of(session), survey_invitations).returning(survey_invitations.c.id)
    return session.connection().execute(made, values).one_or_none() is not None


def update_invitation(session: Session, invitation: InvitationView) -> None:
    """Write a changed question over the one that was locked for it."""
    session.connection().execute(
        update(survey_invitations).where(
            survey_invitations.c.id == invitation.id, survey_invitations.c.version == invitation.version - 1
        ),
        {
            "version": invitation.version,
            "survey_id": invitation.survey_id,
            "way": invitation.way,
            "state": invitation.state,
            "closes_at": invitation.closes_at,
            "next_due_at": invitation.next_due_at,
            "updated_at": invitation.updated_at,
        },
    )


def insert_answer(session: Session, invitation: InvitationView, answer: AnswerView) -> None:
    """Write an answer. A second one of the question is refused by its index."""
    identity = {
        "id": answer.id,
        "workspace_id": invitation.workspace_id,
        "invitation_id": invitation.id,
        "answered_at": answer.answered_at,
        "recorded_by_id": answer.recorded_by.id if answer.recorded_by else None,
    }
    session.connection().execute(insert(survey_answers), identity | _values(answer))


def update_answer(session: Session, answer: AnswerView) -> None:
    """Write a changed answer over the one whose question was locked for it."""
    withdrawn = {"withdrawn_at": answer.updated_at} if answer.is_withdrawn else {}
    session.connection().execute(
        update(survey_answers).where(
            survey_answers.c.id == answer.id, survey_answers.c.version == answer.version - 1
        ),
        _values(answer) | withdrawn,
    )


def _values(answer: AnswerView) -> dict[str, Any]:
    return {
        "version": answer.version,
        "rating": answer.rating,
        "reason": answer.reason,
        "answered_on": answer.answered_on,
        "action_id": answer.action_id,
        "contacted_at": answer.contacted_at,
        "contacted_by_id": answer.contacted_by.id if answer.contacted_by else None,
        "next_due_at": answer.next_due_at,
        "updated_at": answer.updated_at,
    }


def invitation_of(row: Row[Any]) -> InvitationView:
    """Return the question of a row of ``SELECT``."""
    sender = _person(row, "sender")
    if sender is None:
        msg = "a question has somebody in whose name it was put"
        raise LookupError(msg)
    return InvitationView(
        id=row.id,
        workspace_id=row.workspace_id,
        survey_id=row.survey_id,
        project_id=row.project_id,
        project_key=row.project_key,
        timezone=row.timezone,
        trigger=row.trigger,
        about=row.about,
        contact_id=row.contact_id,
        contact_name=row.contact_name,
        contact_person=_person(row, "contact_person"),
        version=row.version,
        way=row.way,
        state=row.state,
        sender=sender,
        asked_on=row.asked_on,
        closes_at=row.closes_at,
        made_at=row.made_at,
        updated_at=row.updated_at,
        next_due_at=row.next_due_at,
        answer=_answer_of(row) if row.answer_id is not None else None,
    )


def _answer_of(row: Row[Any]) -> AnswerView:
    return AnswerView(
        id=row.answer_id,
        version=row.answer_version,
        rating=row.answer_rating,
        reason=row.answer_reason,
        answered_on=row.answer_answered_on,
        answered_at=row.answer_answered_at,
        updated_at=row.answer_updated_at,
        recorded_by=_person(row, "recorder"),
        action_id=row.answer_action_id,
        owner=_person(row, "owner"),
        due_on=row.action_due_on,
        is_settled=row.action_status is not None and row.action_status is not ActionStatus.OPEN,
        is_erased=row.action_status is ActionStatus.CANCELLED and row.contact_forgotten_at is not None,
        contacted_at=row.answer_contacted_at,
        contacted_by=_person(row, "caller"),
        next_due_at=row.answer_next_due_at,
    )


def _person(row: Row[Any], name: str) -> PersonRef | None:
    found = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to columns by name.
    person_id = found[f"{name}_id_"]
    return PersonRef(person_id, found[f"{name}_slack_id"], found[f"{name}_name"]) if person_id else None
