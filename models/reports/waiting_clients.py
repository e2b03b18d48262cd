"""Clients that wait for a person to call them or to ask how satisfied they are; one statement for both."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
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
from models.services.surveys.rows import surveys

_CALL, _ASK = "call", "ask"


def waiting_clients(
    session: Session, actor: Actor, most: int
) -> tuple[Owed[UntakenAlert], Owed[WaitingSurvey]]:
    """Return the mood alerts that nobody has taken yet, and the occasions to ask, the oldest first."""
    waiting = union_all(_calls(actor), _asks(actor)).subquery()
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


def managed_by(actor: Actor) -> Select[tuple[UUID]]:
    """Return the projects that the person manages, and not only as a deputy."""
    return select(memberships.c.project_id).where(
        memberships.c.person_id == actor.person.id,
        memberships.c.role == ProjectRole.PROJECT_MANAGER,
        memberships.c.is_deputy == false(),
    )


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


def _asks(actor: Actor) -> Select[Any]:
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
            _asked_by(actor),
            projects.c.archived_at.is_(None),
        )
    )


def _asked_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on projects whose client the person asks: they manage it, or else who may does."""
    asks = memberships.c.role.in_(ALERTED_ROLES)
    manages = and_(memberships.c.role == ProjectRole.PROJECT_MANAGER, memberships.c.is_deputy == false())
    on_it = memberships.c.project_id == projects.c.id
    is_theirs = exists().where(on_it, asks, memberships.c.person_id == actor.person.id)
    is_managed = exists().where(on_it, manages)
    ways = [projects.c.id.in_(managed_by(actor)), and_(is_theirs, not_(is_managed))]
    if OrganisationRole.DELIVERY_MANAGER in actor.organisation_roles:
        ways.append(not_(exists().where(on_it, asks)))
    return or_(*ways)


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
