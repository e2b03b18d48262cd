"""Reads and writes retrospectives' rows, with their people's names and how much is in them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, insert, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import ActionView, PersonRef, RetroActions, RetroLine, RetroView
from models.rules.actions import ActionSource, ActionStatus
from models.rules.retros.life import RetroState, Safety
from models.services.actions.rows import actions_of, open_actions
from models.tables import (
    action_items,
    memberships,
    people,
    projects,
    retro_cards,
    retro_participations,
    retrospectives,
)

RETRO = "retrospective"
"""What the audit trail and refusals call it."""
RITUAL = "retrospective"
"""The kind of the ritual that starts them."""

_team = memberships.alias("team")
_starters = people.alias("starters")
_closers = people.alias("closers")

_CARDS = (
    select(func.count())
    .where(retro_cards.c.retro_id == retrospectives.c.id, retro_cards.c.is_withdrawn == false())
    .scalar_subquery()
)
_PEOPLE = select(func.count()).where(retro_participations.c.retro_id == retrospectives.c.id).scalar_subquery()
_SELECT: Select[Any] = (
    select(
        *(column for column in retrospectives.c if column.name not in ("edit_key", "contributors")),
        projects.c.key.label("project_key"),
        projects.c.internal_channel_id.label("channel_id"),
        projects.c.timezone,
        projects.c.archived_at,
        _starters.c.slack_user_id.label("starter_slack_id"),
        _starters.c.name.label("starter_name"),
        _closers.c.slack_user_id.label("closer_slack_id"),
        _closers.c.name.label("closer_name"),
        _CARDS.label("cards"),
        func.coalesce(retrospectives.c.contributors, _PEOPLE).label("contributors"),
    )
    .join(projects, projects.c.id == retrospectives.c.project_id)
    .outerjoin(_starters, _starters.c.id == retrospectives.c.started_by_id)
    .outerjoin(_closers, _closers.c.id == retrospectives.c.closed_by_id)
)
_COUNTS = action_items.c.status != ActionStatus.CANCELLED


def find_retro(session: Session, workspace_id: UUID, retro_id: UUID, *, lock: bool = False) -> RetroView:
    """Return the workspace's retrospective of that id; ``lock`` keeps others off it. Raises NotFound."""
    wanted = _SELECT.where(retrospectives.c.workspace_id == workspace_id, retrospectives.c.id == retro_id)
    if lock:
        session.connection().execute(
            select(retrospectives.c.id).where(retrospectives.c.id == retro_id).with_for_update()
        )
    row = session.connection().execute(wanted).one_or_none()
    if row is None:
        raise NotFound(RETRO, str(retro_id))
    return _retro_of(row)


def newest(
    session: Session, workspace_id: UUID, project_id: UUID, *conditions: ColumnElement[bool]
) -> RetroView | None:
    """Return a project's newest retrospective that meets the conditions."""
    row = (
        session.connection()
        .execute(_of_project(workspace_id, project_id, *conditions).limit(1))
        .one_or_none()
    )
    return _retro_of(row) if row else None


def collecting(session: Session, workspace_id: UUID, project_id: UUID) -> RetroView | None:
    """Return the retrospective for which a project collects cards."""
    return newest(session, workspace_id, project_id, retrospectives.c.state == RetroState.COLLECTING)


def last_before(session: Session, retro: RetroView) -> RetroActions | None:
    """Return what came of the retrospective before this one."""
    return last_closed(
        session, retro.workspace_id, retro.project_id, retrospectives.c.started_at < retro.started_at
    )


def last_closed(
    session: Session, workspace_id: UUID, project_id: UUID, *conditions: ColumnElement[bool]
) -> RetroActions | None:
    """Return what came of a project's newest closed retrospective that meets the conditions."""
    is_closed = retrospectives.c.state == RetroState.CLOSED
    found = newest(session, workspace_id, project_id, is_closed, *conditions)
    if found is None:
        return None
    return RetroActions(found, actions_of(session, workspace_id, ActionSource.RETROSPECTIVE, found.id))


def cards_before(session: Session, retro: RetroView, limit: int) -> Sequence[int]:
    """Return how many cards the project's retrospectives before this one had, newest first."""
    is_before = and_(
        retrospectives.c.state == RetroState.CLOSED, retrospectives.c.started_at < retro.started_at
    )
    found = _of_project(retro.workspace_id, retro.project_id, is_before).limit(limit)
    return [row.cards for row in session.connection().execute(found)]


def open_of_others(session: Session, retro: RetroView) -> tuple[ActionView, ...]:
    """Return what is still to be done of all other retrospectives of the project."""
    is_of_others = and_(
        action_items.c.project_id == retro.project_id,
        action_items.c.source_kind == ActionSource.RETROSPECTIVE,
        action_items.c.source_id != retro.id,
    )
    return open_actions(session, retro.workspace_id, is_of_others)


def all_in() -> ColumnElement[bool]:
    """Return the condition that everybody on the project's team has taken part, and that there is a team."""
    of_team = and_(_team.c.project_id == retrospectives.c.project_id, _team.c.is_deputy == false())
    took_part = (
        select(retro_participations.c.retro_id)
        .where(
            retro_participations.c.retro_id == retrospectives.c.id,
            retro_participations.c.person_id == _team.c.person_id,
        )
        # Two levels down, it would otherwise look at all retrospectives there are.
        .correlate(retrospectives, _team)
        .exists()
    )
    return and_(exists().where(of_team), ~exists().where(of_team, ~took_part))


def collecting_of(
    session: Session, workspace_id: UUID, ids: Collection[UUID], condition: ColumnElement[bool]
) -> tuple[RetroView, ...]:
    """Return those of the retrospectives that collect cards and meet the condition, the next to end first."""
    rows = session.connection().execute(
        _SELECT.where(
            retrospectives.c.workspace_id == workspace_id,
            retrospectives.c.id.in_(ids),
            retrospectives.c.state == RetroState.COLLECTING,
            condition,
        ).order_by(retrospectives.c.closes_at, retrospectives.c.id)
    )
    return tuple(map(_retro_of, rows))


def untouched_by(person_id: UUID) -> ColumnElement[bool]:
    """Return the condition that a retrospective has no card of that person's."""
    return ~exists().where(
        retro_participations.c.retro_id == retrospectives.c.id, retro_participations.c.person_id == person_id
    )


def lines(session: Session, workspace_id: UUID, project_id: UUID, limit: int) -> tuple[RetroLine, ...]:
    """Return a project's newest retrospectives with how many of their actions are done."""
    found = session.connection().execute(_of_project(workspace_id, project_id).limit(limit)).all()
    counted = dict(_counts(session, workspace_id, [row.id for row in found]))
    return tuple(RetroLine(_retro_of(row), *counted.get(row.id, (0, 0))) for row in found)


def _counts(
    session: Session, workspace_id: UUID, ids: Sequence[UUID]
) -> Sequence[tuple[UUID, tuple[int, int]]]:
    is_done = action_items.c.status == ActionStatus.DONE
    rows = session.connection().execute(
        select(
            action_items.c.source_id,
            func.count().label("actions"),
            func.count().filter(is_done).label("done"),
        )
        .where(
            action_items.c.workspace_id == workspace_id,
            action_items.c.source_kind == ActionSource.RETROSPECTIVE,
            action_items.c.source_id.in_(ids),
            _COUNTS,
        )
        .group_by(action_items.c.source_id)
    )
    return [(row.source_id, (row.actions, row.done)) for row in rows]


def insert_retro(session: Session, retro: RetroView, key: str, next_step: Any) -> None:  # noqa: ANN401 - an instant.
    """Write a new retrospective."""
    identity = {
        "id": retro.id,
        "workspace_id": retro.workspace_id,
        "project_id": retro.project_id,
        "format": retro.format,
        "is_anonymous": retro.is_anonymous,
        "asks_safety": retro.asks_safety,
        "started_by_id": retro.started_by.id if retro.started_by else None,
        "started_at": retro.started_at,
        "edit_key": key,
        "next_step_at": next_step,
    }
    session.connection().execute(insert(retrospectives), identity | _values(retro))


def update_retro(session: Session, retro: RetroView, **more: object) -> None:
    """Write a changed retrospective over the one that was locked for it."""
    session.connection().execute(
        update(retrospectives).where(
            retrospectives.c.id == retro.id, retrospectives.c.version == retro.version - 1
        ),
        _values(retro) | more,
    )


def key_of(session: Session, retro_id: UUID) -> str | None:
    """Return the key of a retrospective that collects cards; None once it is destroyed."""
    key: str | None = session.scalar(select(retrospectives.c.edit_key).where(retrospectives.c.id == retro_id))
    return key


def _of_project(workspace_id: UUID, project_id: UUID, *conditions: ColumnElement[bool]) -> Select[Any]:
    mine = and_(retrospectives.c.workspace_id == workspace_id, retrospectives.c.project_id == project_id)
    return _SELECT.where(mine, *conditions).order_by(retrospectives.c.started_at.desc(), retrospectives.c.id)


def _values(retro: RetroView) -> dict[str, Any]:
    return {
        "version": retro.version,
        "state": retro.state,
        "closes_at": retro.closes_at,
        "is_extended": retro.is_extended,
        "is_reminded": retro.is_reminded,
        "closed_at": retro.closed_at,
        "closed_by_id": retro.closed_by.id if retro.closed_by else None,
        "safety": " ".join(map(str, retro.safety.counts)) if retro.safety else "",
    }


def _retro_of(row: Row[Any]) -> RetroView:
    starter = row.started_by_id and PersonRef(row.started_by_id, row.starter_slack_id, row.starter_name)
    closer = row.closed_by_id and PersonRef(row.closed_by_id, row.closer_slack_id, row.closer_name)
    return RetroView(
        id=row.id,
        workspace_id=row.workspace_id,
        project_id=row.project_id,
        project_key=row.project_key,
        channel_id=row.channel_id,
        timezone=row.timezone,
        version=row.version,
        state=row.state,
        format=row.format,
        is_anonymous=row.is_anonymous,
        started_by=starter or None,
        started_at=row.started_at,
        closes_at=row.closes_at,
        is_extended=row.is_extended,
        is_reminded=row.is_reminded,
        closed_at=row.closed_at,
        closed_by=closer or None,
        cards=row.cards,
        contributors=row.contributors,
        asks_safety=row.asks_safety,
        safety=Safety(tuple(map(int, row.safety.split()))) if row.safety else None,
        archived_at=row.archived_at,
    )
