"""Clients that wait for a person to call them or to ask how satisfied they are; one statement for all."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.read_models.home import LateCall, Owed, UntakenAlert, WaitingSurvey
from models.rules.access import ALERTED_ROLES, Capability, OrganisationRole, ProjectRole
from models.rules.surveys.asking import SurveyState
from models.services import sight
from models.services.moods.unheard import is_unheard_of
from models.services.projects.stand_ins import turns_of
from models.services.surveys.overdue_calls import is_overdue
from models.tables import (
    memberships,
    mood_alerts,
    people,
    projects,
    survey_answers,
    survey_invitations,
    surveys,
)

_CALL, _ASK, _LATE = "call", "ask", "late"
_OWN = (
    mood_alerts.c.opened_on,
    mood_alerts.c.taken_at,
    surveys.c.trigger,
    surveys.c.about,
    survey_answers.c.answered_at,
)
"""What is told of one sort alone, each by its table."""
_TAKER = select(people.c.name).where(people.c.id == mood_alerts.c.taken_by_id).scalar_subquery()


def waiting_clients(
    session: Session, actor: Actor, today: date, most: int, now: datetime
) -> tuple[Owed[UntakenAlert], Owed[WaitingSurvey], Owed[LateCall]]:
    """Return the mood alerts that nobody took, the occasions to ask and overdue calls, the oldest first.

    A client who waits for more than one reason is returned once: where there is an alert, with that.
    """
    waiting = union_all(_calls(actor, now), _asks(actor, today), _late(actor, now)).subquery()
    # Of the clients to be called all are read: they are few, and are counted by the client.
    is_wanted = or_(waiting.c.sort != _ASK, waiting.c.place <= most)
    rows = session.connection().execute(select(waiting).where(is_wanted).order_by(waiting.c.place)).all()
    asks = [row for row in rows if row.sort == _ASK]
    late = {row.project_id: row for row in reversed(rows) if row.sort == _LATE}
    alarmed = [_alert(row, late.pop(row.project_id, None)) for row in rows if row.sort == _CALL]
    others = sorted(map(_late_call, late.values()), key=lambda call: call.answered_at)
    return (
        Owed(len(alarmed), tuple(alarmed[:most]), sum(each.dissatisfied_at is not None for each in alarmed)),
        Owed(
            asks[0].total if asks else 0,
            tuple(WaitingSurvey(row.project_id, row.project_key, row.trigger, row.about) for row in asks),
        ),
        Owed(len(others), tuple(others[:most])),
    )


def _alert(row: Any, late: Any) -> UntakenAlert:  # noqa: ANN401 - rows; the second is None where none is late.
    since = late.answered_at if late is not None else None
    return UntakenAlert(
        row.id, row.project_id, row.project_key, row.opened_on, row.taken_at, row.taker, since
    )


def _late_call(row: Any) -> LateCall:  # noqa: ANN401 - As above.
    return LateCall(row.id, row.project_id, row.project_key, row.answered_at, is_open=True)


def managed_by(actor: Actor, today: date) -> Select[tuple[UUID]]:
    """Return the projects that the person manages, or whose managers are away while they stand in."""
    return turns_of(actor, [ProjectRole.PROJECT_MANAGER], today)


def _calls(actor: Actor, now: datetime) -> Select[Any]:
    """Return the mood alerts that wait for the person, or another of those told, to call the client.

    One comes back to who took it and to delivery managers if nobody has said how the client is since.
    """
    manages = OrganisationRole.DELIVERY_MANAGER in actor.organisation_roles
    is_theirs = true() if manages else mood_alerts.c.taken_by_id == actor.person.id
    return (
        _listed(_CALL, mood_alerts.c.id, order=(mood_alerts.c.opened_at, mood_alerts.c.id))
        .join(projects, projects.c.id == mood_alerts.c.project_id)
        .where(
            mood_alerts.c.workspace_id == actor.workspace_id,
            mood_alerts.c.ended_at.is_(None),
            or_(mood_alerts.c.taken_by_id.is_(None), and_(is_unheard_of(now), is_theirs)),
            projects.c.archived_at.is_(None),
            sight.through_role(actor, Capability.TAKE_MOOD_ALERT, mood_alerts.c.project_id),
        )
    )


def _asks(actor: Actor, today: date) -> Select[Any]:
    """Return the occasions to ask a client that wait for the person."""
    return (
        _listed(_ASK, surveys.c.id, order=(surveys.c.made_at, surveys.c.id))
        .join(projects, projects.c.id == surveys.c.project_id)
        .where(
            surveys.c.workspace_id == actor.workspace_id,
            surveys.c.state == SurveyState.OPEN,
            _asked_by(actor, today),
            projects.c.archived_at.is_(None),
        )
    )


def _late(actor: Actor, now: datetime) -> Select[Any]:
    """Return, to delivery managers, the dissatisfied clients whom nobody has called in time."""
    manages = OrganisationRole.DELIVERY_MANAGER in actor.organisation_roles
    return (
        _listed(_LATE, survey_answers.c.id, order=(survey_answers.c.answered_at, survey_answers.c.id))
        .join(survey_invitations, survey_invitations.c.id == survey_answers.c.invitation_id)
        .join(surveys, surveys.c.id == survey_invitations.c.survey_id)
        .join(projects, projects.c.id == surveys.c.project_id)
        .where(
            true() if manages else false(),
            survey_answers.c.workspace_id == actor.workspace_id,
            projects.c.archived_at.is_(None),
            is_overdue(now),
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
    """Return the columns that all have, with how many there are and which place each has.

    What only others have is null.
    """
    own = (
        (each if each.table is record_id.table else cast(null(), each.type)).label(each.name) for each in _OWN
    )
    return select(
        literal(sort).label("sort"),
        record_id,
        projects.c.id.label("project_id"),
        projects.c.key.label("project_key"),
        func.count().over().label("total"),
        func.row_number().over(order_by=order).label("place"),
        *own,
        (_TAKER if record_id.table is mood_alerts else cast(null(), String)).label("taker"),
    ).select_from(record_id.table)
