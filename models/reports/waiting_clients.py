"""Clients that wait for a person to call them or to ask how satisfied they are; one statement for both."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.read_models.home import Owed, UntakenAlert, WaitingSurvey
from models.rules.access import ALERTED_ROLES, Capability, OrganisationRole, ProjectRole
from models.rules.csat_asking import SurveyState
from models.services import sight
from models.services.moods.alert_rows import alerts
from models.services.projects.rows import memberships, projects
from models.services.projects.stand_ins import turns_of
from models.services.surveys.rows import surveys

_CALL, _ASK = "call", "ask"


def waiting_clients(
    session: Session, actor: Actor, today: date, most: int
) -> tuple[Owed[UntakenAlert], Owed[WaitingSurvey]]:
    """Return the mood alerts that nobody has taken yet, and the occasions to ask, the oldest first."""
    waiting = union_all(_calls(actor), _asks(actor, today)).subquery()
    rows = (
        session.connection()
        .execute(select(waiting).where(waiting.c.place <= most).order_by(waiting.c.place))
        .all()
    )
    calls = [row for row in rows if row.sort == _CALL]
    asks = [row for row in rows if row.sort == _ASK]
    return (
        Owed(
            calls[0].total if calls else 0,
            tuple(UntakenAlert(row.id, row.project_key, row.opened_on) for row in calls),
        ),
        Owed(
            asks[0].total if asks else 0,
            tuple(WaitingSurvey(row.project_id, row.project_key, row.trigger, row.about) for row in asks),
        ),
    )


def managed_by(actor: Actor, today: date) -> Select[tuple[UUID]]:
    """Return the projects that the person manages, or whose managers are away while they stand in."""
    return turns_of(actor, [ProjectRole.PROJECT_MANAGER], today)


def _calls(actor: Actor) -> Select[Any]:
    """Return the mood alerts that wait for the person, or another of those told, to call the client."""
    return (
        _listed(_CALL, alerts.c.id, order=(alerts.c.opened_at, alerts.c.id))
        .add_columns(
            alerts.c.opened_on,
            type_coerce(null(), surveys.c.trigger.type).label("trigger"),
            type_coerce(null(), surveys.c.about.type).label("about"),
        )
        .join(projects, projects.c.id == alerts.c.project_id)
        .where(
            alerts.c.workspace_id == actor.workspace_id,
            alerts.c.ended_at.is_(None),
            alerts.c.taken_by_id.is_(None),
            projects.c.archived_at.is_(None),
            sight.through_role(actor, Capability.TAKE_MOOD_ALERT, alerts.c.project_id),
        )
    )


def _asks(actor: Actor, today: date) -> Select[Any]:
    """Return the occasions to ask a client that wait for the person."""
    return (
        _listed(_ASK, surveys.c.id, order=(surveys.c.made_at, surveys.c.id))
        .add_columns(
            type_coerce(null(), alerts.c.opened_on.type).label("opened_on"),
            surveys.c.trigger,
            surveys.c.about,
        )
        .join(projects, projects.c.id == surveys.c.project_id)
        .where(
            surveys.c.workspace_id == actor.workspace_id,
            surveys.c.state == SurveyState.OPEN,
            _asked_by(actor, today),
            projects.c.archived_at.is_(None),
        )
    )


def _asked_by(actor: Actor, today: date) -> ColumnElement[bool]:
    """Return the condition on projects whose client the person asks, as ``askers`` says."""
    is_theirs = projects.c.id.in_(turns_of(actor, ALERTED_ROLES, today))
    if OrganisationRole.DELIVERY_MANAGER in actor.organisation_roles:
        asks = memberships.c.role.in_(ALERTED_ROLES)
        return or_(is_theirs, not_(exists().where(memberships.c.project_id == projects.c.id, asks)))
    return is_theirs


def _listed(sort: str, record_id: ColumnElement[UUID], order: tuple[ColumnElement[Any], ...]) -> Select[Any]:
    """Return the columns that both have, with how many there are and which place each has."""
    return select(
        literal(sort).label("sort"),
        record_id,
        projects.c.id.label("project_id"),
        projects.c.key.label("project_key"),
        func.count().over().label("total"),
        func.row_number().over(order_by=order).label("place"),
    ).select_from(record_id.table)
