"""Reads many periods' statuses in short: when each came in, and what it says."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.services.projects.rows import projects
from models.services.statuses.rows import statuses, versions


def submitted_since(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], since: date
) -> Sequence[Any]:
    """Return of each project's periods from that day on: when they came in, and what they say."""
    return submitted_where(session, workspace_id, is_since(project_ids, since))


def is_since(project_ids: Collection[UUID], since: date) -> ColumnElement[bool]:
    """Return the condition that lets through these projects' periods from that day on."""
    return and_(statuses.c.project_id.in_(project_ids), statuses.c.starts_on >= since)


def submitted_where(session: Session, workspace_id: UUID, condition: ColumnElement[bool]) -> Sequence[Any]:
    """Return of the periods of which the condition is true when they came in, and what they say."""
    return (
        session.connection()
        .execute(
            select(
                statuses.c.id,
                statuses.c.project_id,
                statuses.c.cadence,
                statuses.c.starts_on,
                statuses.c.submitted_at,
                versions.c.declared,
                versions.c.headline,
                versions.c.decision,
                versions.c.inside,
                versions.c.findings,
                versions.c.justification,
            )
            .join(
                versions, and_(versions.c.status_id == statuses.c.id, versions.c.number == statuses.c.version)
            )
            .join(projects, projects.c.id == statuses.c.project_id)
            .where(
                projects.c.workspace_id == workspace_id,
                condition,
            )
            .order_by(statuses.c.starts_on)
        )
        .all()
    )
