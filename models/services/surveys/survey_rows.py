"""Reads and writes occasions to ask a client; one always comes with whom it was put to."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import blake2s
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import ContactView, SurveyView
from models.rules.surveys.asking import InvitationState, SurveyState, SurveyTrigger, Way
from models.services.statements import dialect_of, insert_new
from models.tables import client_contacts, clients, projects, survey_invitations, surveys

SURVEY = "survey"
"""What refusals and the audit trail call it."""
KIND = "csat_request"
"""The name of the ritual that makes them."""
WAITING = (SurveyState.OPEN, SurveyState.HELD)

_SELECT: Select[Any] = (
    select(surveys, projects.c.key.label("project_key"), clients.c.name.label("client_name"))
    .join(projects, projects.c.id == surveys.c.project_id)
    .join(clients, clients.c.id == projects.c.client_id)
)


def surveys_where(
    session: Session, condition: ColumnElement[bool], limit: int | None = None
) -> tuple[SurveyView, ...]:
    """Return the occasions of which the condition is true, the oldest first, in two statements."""
    wanted = _SELECT.where(condition).order_by(surveys.c.made_at, surveys.c.id).limit(limit)
    rows = session.connection().execute(wanted).all()
    asked = _asked(session, [row.id for row in rows])
    return tuple(_survey_of(row, tuple(asked.get(row.id, ()))) for row in rows)


def required_survey(
    session: Session, workspace_id: UUID, survey_id: UUID, *, lock: bool = False
) -> SurveyView:
    """Return the workspace's occasion; ``lock`` keeps others off it. Raises NotFound."""
    is_it = and_(surveys.c.workspace_id == workspace_id, surveys.c.id == survey_id)
    if lock:
        session.connection().execute(select(surveys.c.id).where(is_it).with_for_update())
    found = surveys_where(session, is_it)
    if not found:
        raise NotFound(SURVEY, str(survey_id))
    return found[0]


def surveys_naming(session: Session, contact: ContactView) -> tuple[SurveyView, ...]:
    """Return the occasions whose messages may name a contact: they were asked, or may be."""
    was_asked = select(survey_invitations.c.survey_id).where(survey_invitations.c.contact_id == contact.id)
    may_be = and_(projects.c.client_id == contact.client_id, surveys.c.state.in_(WAITING))
    return surveys_where(session, or_(surveys.c.id.in_(was_asked), may_be))


def insert_survey(session: Session, values: dict[str, Any]) -> bool:
    """Write a new occasion; False where the project has one of that trigger and subject already."""
    made = insert_new(dialect_of(session), surveys).returning(surveys.c.id)
    return session.connection().execute(made, values).one_or_none() is not None


def by_hand(on: date, about: str) -> str:
    """Return what tells the occasions apart that a person brought about: the day, and what it was about."""
    return f"{on}:{blake2s(about.lower().encode(), digest_size=8).hexdigest()}"


def ensure_survey(
    session: Session,
    workspace_id: UUID,
    project_id: UUID,
    occasion: tuple[SurveyTrigger, str],
    about: str,
    now: datetime,
) -> UUID:
    """Return the occasion of that trigger and subject, making it first where it is new."""
    trigger, subject = occasion
    session.connection().execute(
        insert_new(dialect_of(session), surveys),
        {
            "id": uuid4(),
            "workspace_id": workspace_id,
            "project_id": project_id,
            "trigger": trigger,
            "subject": subject,
            "about": about,
            "version": 1,
            "state": SurveyState.DONE,
            "held_because": "",
            "made_at": now,
        },
    )
    made: UUID = (
        session.connection()
        .execute(
            select(surveys.c.id).where(
                surveys.c.project_id == project_id,
                surveys.c.trigger == trigger,
                surveys.c.subject == subject,
            )
        )
        .scalar_one()
    )
    return made


def update_survey(session: Session, survey: SurveyView) -> None:
    """Write a changed occasion over the one that was locked for it."""
    session.connection().execute(
        update(surveys).where(surveys.c.id == survey.id, surveys.c.version == survey.version - 1),
        {"version": survey.version, "state": survey.state, "held_because": survey.held_because},
    )


def _asked(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    if not ids:
        return {}
    rows = session.connection().execute(
        select(survey_invitations.c.survey_id, client_contacts.c.name)
        .join(client_contacts, client_contacts.c.id == survey_invitations.c.contact_id)
        .where(
            survey_invitations.c.survey_id.in_(ids),
            survey_invitations.c.way != Way.UNASKED,
            survey_invitations.c.state != InvitationState.WITHDRAWN,
        )
        .order_by(survey_invitations.c.made_at, client_contacts.c.name)
    )
    found: dict[UUID, list[str]] = {}
    for row in rows:
        found.setdefault(row.survey_id, []).append(row.name)
    return found


def _survey_of(row: Row[Any], asked: tuple[str, ...]) -> SurveyView:
    return SurveyView(
        id=row.id,
        workspace_id=row.workspace_id,
        project_id=row.project_id,
        project_key=row.project_key,
        client_name=row.client_name,
        version=row.version,
        trigger=SurveyTrigger(row.trigger),
        subject=row.subject,
        about=row.about,
        state=row.state,
        held_because=row.held_because,
        made_at=row.made_at,
        asked=asked,
    )
