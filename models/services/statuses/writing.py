"""Writes statuses' rows; a version is never changed again."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from models.read_models import DimensionView, Finding, StatusView
from models.tables import status_dimensions, status_updates, status_versions


def insert_status(session: Session, status: StatusView) -> None:
    """Write a new status; a second one of its period is refused by its constraint."""
    values = {
        "id": status.id,
        "workspace_id": status.workspace_id,
        "project_id": status.project_id,
        "cadence": status.period.cadence,
        "starts_on": status.period.starts_on,
        "version": status.version,
        "submitted_by_id": status.submitted_by.id,
        "submitted_at": status.submitted_at,
        "is_late": status.is_late,
    }
    session.connection().execute(insert(status_updates), values)
    _insert_version(session, status)


def add_version(session: Session, status: StatusView) -> None:
    """Write another version of the status that was locked for it."""
    session.connection().execute(
        update(status_updates).where(
            status_updates.c.id == status.id, status_updates.c.version == status.version - 1
        ),
        {"version": status.version},
    )
    _insert_version(session, status)


def _insert_version(session: Session, status: StatusView) -> None:
    version_id = uuid4()
    session.connection().execute(
        insert(status_versions),
        {
            "id": version_id,
            "workspace_id": status.workspace_id,
            "status_id": status.id,
            "number": status.version,
            "author_id": status.author.id,
            "written_at": status.written_at,
            "headline": status.headline,
            "done": status.done,
            "coming": status.coming,
            "decision": status.decision,
            "declared": status.rag.declared,
            "computed": status.rag.computed,
            "override_reason": status.override_reason,
            "inside": status.inside,
            "findings": [_plain(finding) for finding in status.findings],
            "justification": status.justification,
        },
    )
    said = [_values(version_id, status.workspace_id, each) for each in status.dimensions]
    session.connection().execute(insert(status_dimensions), said)


def _values(version_id: UUID, workspace_id: UUID, said: DimensionView) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "dimension": said.dimension,
        "workspace_id": workspace_id,
        "colour": said.colour,
        "step": said.step,
        "owner_id": said.owner.id if said.owner else None,
        "due_on": said.due_on,
        "criteria": said.criteria,
        "target_on": said.target_on,
        "slips": said.slips,
    }


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "look": finding.look.value,
        "figure": finding.figure,
        "names": list(finding.names),
        "restricted": finding.is_restricted,
        "data": finding.has_data,
    }
