"""Reads many periods' statuses in short: when each came in, and what it says."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.tables import projects, status_updates, status_versions


def submitted_since(
    session: Session, workspace_id: UUID, project_ids: Collection[UUID], since: date
) -> Sequence[Any]:
    """Return of each project's periods from that day on: when they came in, and what they say."""
    return submitted_where(session, workspace_id, is_since(project_ids, since))


def is_since(project_ids: Collection[UUID], since: date) -> ColumnElement[bool]:
    """Return the condition that lets through these projects' periods from that day on."""
    return and_(status_updates.c.project_id.in_(project_ids), status_updates.c.starts_on >= since)


def submitted_where(session: Session, workspace_id: UUID, condition: ColumnElement[bool]) -> Sequence[Any]:
    """Return of the periods of which the condition is true when they came in, and what they say."""
    return (
        session.connection()
        .execute(
            select(
                status_updates.c.id,
                status_updates.c.project_id,
                status_updates.c.cadence,
                status_updates.c.starts_on,
                status_updates.c.submitted_at,
                status_versions.c.declared,
                status_versions.c.headline,
                status_versions.c.decision,
                status_versions.c.inside,
                status_versions.c.findings,
                status_versions.c.justification,
            )
            .join(
                status_versions,
                and_(
                    status_versions.c.status_id == status_updates.c.id,
                    status_versions.c.number == status_updates.c.version,
                ),
            )
            .join(projects, projects.c.id == status_updates.c.project_id)
            .where(
                projects.c.workspace_id == workspace_id,
                condition,
            )
            .order_by(status_updates.c.starts_on)
        )
        .all()
    )
