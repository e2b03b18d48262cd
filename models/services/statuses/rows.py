"""Reads statuses' rows; a status always comes with its dimensions and with people's names."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import (
    DimensionView,
    Finding,
    PersonRef,
    StatusInRow,
    StatusVersionView,
    StatusView,
)
from models.rules.statuses.inside import Look
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour, Dimension, RagStatus
from models.tables import people, projects, status_dimensions, status_updates, status_versions

STATUS = "status"
"""What the audit trail and refusals call it."""
LOOKS_BACK = 12
"""Periods before a status that its arrow and its weeks at a colour look at."""

_submitters = people.alias("submitters")
_authors = people.alias("authors")
_owners = people.alias("owners")
_ORDER = {dimension: place for place, dimension in enumerate(Dimension)}

_SELECT: Select[Any] = (
    select(
        status_updates,
        status_versions.c.id.label("version_id"),
        status_versions.c.author_id,
        status_versions.c.written_at,
        status_versions.c.headline,
        status_versions.c.done,
        status_versions.c.coming,
        status_versions.c.decision,
        status_versions.c.declared,
        status_versions.c.computed,
        status_versions.c.override_reason,
        status_versions.c.inside,
        status_versions.c.findings,
        status_versions.c.justification,
        projects.c.key.label("project_key"),
        projects.c.name.label("project_name"),
        projects.c.kind.label("project_kind"),
        projects.c.internal_channel_id.label("channel_id"),
        projects.c.timezone,
        _submitters.c.slack_user_id.label("submitter_slack_id"),
        _submitters.c.name.label("submitter_name"),
        _authors.c.slack_user_id.label("author_slack_id"),
        _authors.c.name.label("author_name"),
    )
    .join(
        status_versions,
        and_(
            status_versions.c.status_id == status_updates.c.id,
            status_versions.c.number == status_updates.c.version,
        ),
    )
    .join(projects, projects.c.id == status_updates.c.project_id)
    .join(_submitters, _submitters.c.id == status_updates.c.submitted_by_id)
    .join(_authors, _authors.c.id == status_versions.c.author_id)
)


def is_of(period: Period) -> ColumnElement[bool]:
    """Return the condition that a status is of that period."""
    return and_(status_updates.c.cadence == period.cadence, status_updates.c.starts_on == period.starts_on)


def is_before(period: Period) -> ColumnElement[bool]:
    """Return the condition that a status is of an earlier period of that kind."""
    return and_(status_updates.c.cadence == period.cadence, status_updates.c.starts_on < period.starts_on)


def is_after(period: Period) -> ColumnElement[bool]:
    """Return the condition that a status is of a later period of that kind."""
    return and_(status_updates.c.cadence == period.cadence, status_updates.c.starts_on > period.starts_on)


def find_status(session: Session, workspace_id: UUID, condition: ColumnElement[bool]) -> StatusView | None:
    """Return the workspace's newest status of which the condition is true."""
    # The project's workspace, not the status's own: an index on that would be taken for the narrower one.
    wanted = _SELECT.where(projects.c.workspace_id == workspace_id, condition)
    wanted = wanted.order_by(status_updates.c.starts_on.desc()).limit(1)
    row = session.connection().execute(wanted).one_or_none()
    return _statuses_of(session, [row])[0] if row else None


def required_status(session: Session, workspace_id: UUID, status_id: UUID) -> StatusView:
    """Return the workspace's status of that id, whoever asks. Raises NotFound."""
    found = find_status(session, workspace_id, status_updates.c.id == status_id)
    if found is None:
        raise NotFound(STATUS, str(status_id))
    return found


def in_row(session: Session, status: StatusView) -> StatusInRow:
    """Return the status with the overall colours of the periods before."""
    periods = _back_from(status.period)
    rows = session.connection().execute(
        select(status_updates.c.starts_on, status_versions.c.declared)
        .join(
            status_versions,
            and_(
                status_versions.c.status_id == status_updates.c.id,
                status_versions.c.number == status_updates.c.version,
            ),
        )
        .where(
            status_updates.c.project_id == status.project_id,
            is_before(status.period),
            status_updates.c.starts_on >= periods[-1].starts_on,
        )
    )
    declared: dict[date, Colour] = {row.starts_on: row.declared for row in rows}
    return StatusInRow(status, tuple(declared.get(each.starts_on) for each in periods))


def _back_from(period: Period) -> Sequence[Period]:
    found = []
    for _ in range(LOOKS_BACK):
        period = period.previous
        found.append(period)
    return found


def _statuses_of(session: Session, rows: Sequence[Row[Any]]) -> tuple[StatusView, ...]:
    said = _dimensions_of(session, [row.version_id for row in rows])
    return tuple(_status_of(row, said.get(row.version_id, [])) for row in rows)


def _dimensions_of(session: Session, version_ids: Collection[UUID]) -> dict[UUID, list[DimensionView]]:
    rows = session.connection().execute(
        select(status_dimensions, _owners.c.slack_user_id, _owners.c.name)
        .outerjoin(_owners, _owners.c.id == status_dimensions.c.owner_id)
        .where(status_dimensions.c.version_id.in_(version_ids))
    )
    found: dict[UUID, list[DimensionView]] = defaultdict(list)
    for row in rows:
        found[row.version_id].append(
            DimensionView(
                dimension=row.dimension,
                colour=row.colour,
                step=row.step,
                owner=PersonRef(row.owner_id, row.slack_user_id, row.name) if row.owner_id else None,
                due_on=row.due_on,
                criteria=row.criteria,
                target_on=row.target_on,
                slips=row.slips,
            )
        )
    return found


def _status_of(row: Row[Any], said: list[DimensionView]) -> StatusView:
    return StatusView(
        id=row.id,
        workspace_id=row.workspace_id,
        project_id=row.project_id,
        project_key=row.project_key,
        project_name=row.project_name,
        project_kind=row.project_kind,
        channel_id=row.channel_id,
        timezone=row.timezone,
        period=Period(row.starts_on, row.cadence),
        version=row.version,
        submitted_by=PersonRef(row.submitted_by_id, row.submitter_slack_id, row.submitter_name),
        submitted_at=row.submitted_at,
        is_late=row.is_late,
        author=PersonRef(row.author_id, row.author_slack_id, row.author_name),
        written_at=row.written_at,
        headline=row.headline,
        rag=RagStatus(row.declared, row.computed),
        override_reason=row.override_reason,
        done=row.done,
        coming=row.coming,
        decision=row.decision,
        inside=row.inside,
        findings=tuple(map(_finding, row.findings)),
        justification=row.justification,
        dimensions=tuple(sorted(said, key=lambda each: _ORDER[each.dimension])),
    )


def _finding(kept: dict[str, Any]) -> Finding:
    return Finding(Look(kept["look"]), kept["figure"], tuple(kept["names"]), kept["restricted"], kept["data"])


def dimension_colours(
    session: Session, version_ids: Collection[UUID]
) -> dict[tuple[UUID, Dimension], Colour]:
    """Return the colour of each dimension in each of the versions."""
    rows = session.connection().execute(
        select(
            status_dimensions.c.version_id, status_dimensions.c.dimension, status_dimensions.c.colour
        ).where(status_dimensions.c.version_id.in_(version_ids))
    )
    return {(row.version_id, row.dimension): row.colour for row in rows}


def versions_of(session: Session, status: StatusView) -> tuple[StatusVersionView, ...]:
    """Return all versions of the status in short, newest first."""
    rows = session.connection().execute(
        select(status_versions, _authors.c.slack_user_id, _authors.c.name)
        .join(_authors, _authors.c.id == status_versions.c.author_id)
        .where(
            status_versions.c.workspace_id == status.workspace_id, status_versions.c.status_id == status.id
        )
        .order_by(status_versions.c.number.desc())
    )
    return tuple(
        StatusVersionView(
            number=row.number,
            author=PersonRef(row.author_id, row.slack_user_id, row.name),
            written_at=row.written_at,
            headline=row.headline,
            rag=RagStatus(row.declared, row.computed),
        )
        for row in rows
    )
