"""Reads and writes the rows of issues, assumptions, dependencies and decisions, always with their names."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, select, update
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.read_models import Actor, PersonRef, RaidView
from models.rules.access import Capability, Relation
from models.rules.actions import ActionSource
from models.rules.raid.words import RaidKind, kind_of
from models.rules.references import Reference
from models.services import sight
from models.services.projects.rows import required_project
from models.tables import action_items, people, projects, raid_items

RAID_ITEM = "raid_item"
"""What the audit trail calls it; refusals call it by its kind."""

ARCHIVED = {
    "project_id": "That project is archived, so it takes nothing new. "
    "Choose another, or bring it back with `/project reopen`."
}

_raiser = people.alias("raid_raiser")
_owner = people.alias("raid_owner")

SELECT: Select[Any] = (
    select(
        raid_items,
        projects.c.key.label("project_key"),
        projects.c.name.label("project_name"),
        projects.c.internal_channel_id.label("channel_id"),
        projects.c.timezone,
        _raiser.c.slack_user_id.label("raiser_slack_id"),
        _raiser.c.name.label("raiser_name"),
        _owner.c.slack_user_id.label("owner_slack_id"),
        _owner.c.name.label("owner_name"),
    )
    .join(projects, projects.c.id == raid_items.c.project_id)
    .join(_raiser, _raiser.c.id == raid_items.c.raised_by_id)
    .outerjoin(_owner, _owner.c.id == raid_items.c.owner_id)
)


def find_item(
    session: Session, workspace_id: UUID, condition: ColumnElement[bool], *, lock: bool = False
) -> RaidView | None:
    """Return the workspace's only record of which the condition is true; ``lock`` keeps others off it."""
    wanted = SELECT.where(raid_items.c.workspace_id == workspace_id, condition)
    if lock:
        wanted = wanted.with_for_update(of=raid_items)
    row = session.connection().execute(wanted).one_or_none()
    return item_of(row) if row else None


def named(reference: Reference | UUID, in_project: UUID | None) -> ColumnElement[bool] | None:
    """Return the condition that finds what is called so; None where the name is of another kind of record."""
    if isinstance(reference, UUID):
        return raid_items.c.id == reference
    kind = kind_of(reference.marker)
    if kind is None:
        return None
    where = projects.c.id == in_project if reference.key is None else projects.c.key == reference.key
    return and_(where, raid_items.c.kind == kind, raid_items.c.number == reference.number)


def item_of(row: Row[Any]) -> RaidView:
    """Return the record of a row of ``SELECT``."""
    has_owner = row.owner_id is not None
    return RaidView(
        id=row.id,
        workspace_id=row.workspace_id,
        project_id=row.project_id,
        project_key=row.project_key,
        project_name=row.project_name,
        channel_id=row.channel_id,
        timezone=row.timezone,
        kind=row.kind,
        number=row.number,
        version=row.version,
        status=row.status,
        title=row.title,
        raised_by=PersonRef(row.raised_by_id, row.raiser_slack_id, row.raiser_name),
        raised_at=row.raised_at,
        updated_at=row.updated_at,
        visibility=row.visibility,
        details=row.details,
        owner=PersonRef(row.owner_id, row.owner_slack_id, row.owner_name) if has_owner else None,
        due_on=row.due_on,
        impact=row.impact,
        direction=row.direction,
        other_party=row.other_party,
        supplier=row.supplier,
        outcome=row.outcome,
        rationale=row.rationale,
        settled_on=row.settled_on,
        follows_id=row.follows_id,
        risk_id=row.risk_id,
        is_withdrawn=row.withdrawn_at is not None,
    )


def insert_item(session: Session, item: RaidView) -> int:
    """Write a new record under its project's next number of its kind, and return that. Raises Invalid.

    It comes last in its transaction: until the commit the project's row keeps everybody else waiting who logs
    anything there. An archived project has no number to give.
    """
    number = _take_number(session, item.workspace_id, item.project_id, item.kind)
    identity = {
        "id": item.id,
        "workspace_id": item.workspace_id,
        "project_id": item.project_id,
        "kind": item.kind,
        "number": number,
        "raised_by_id": item.raised_by.id,
        "raised_at": item.raised_at,
        "follows_id": item.follows_id,
    }
    session.connection().execute(insert(raid_items), identity | _values(item))
    return number


def _take_number(session: Session, workspace_id: UUID, project_id: UUID, kind: RaidKind) -> int:
    connection = session.connection()
    taken = connection.execute(
        update(projects)
        .values(raid_logged=projects.c.raid_logged + 1)
        .where(
            projects.c.id == project_id,
            projects.c.workspace_id == workspace_id,
            projects.c.archived_at.is_(None),
        )
        .returning(projects.c.id)
    ).one_or_none()
    if taken is None:
        required_project(session, workspace_id, project_id)
        raise Invalid(ARCHIVED)
    latest = select(func.max(raid_items.c.number)).where(
        raid_items.c.project_id == project_id, raid_items.c.kind == kind
    )
    return int(connection.scalar(latest) or 0) + 1


def update_item(session: Session, item: RaidView) -> None:
    """Write a changed record over the one that was locked for it."""
    withdrawn = {"withdrawn_at": item.updated_at} if item.is_withdrawn else {}
    session.connection().execute(
        update(raid_items).where(raid_items.c.id == item.id, raid_items.c.version == item.version - 1),
        _values(item) | withdrawn,
    )


def _values(item: RaidView) -> dict[str, Any]:
    return {
        "version": item.version,
        "status": item.status,
        "visibility": item.visibility,
        "title": item.title,
        "details": item.details,
        "owner_id": item.owner.id if item.owner else None,
        "updated_at": item.updated_at,
        "due_on": item.due_on,
        "impact": item.impact,
        "direction": item.direction,
        "other_party": item.other_party,
        "supplier": item.supplier,
        "outcome": item.outcome,
        "rationale": item.rationale,
        "settled_on": item.settled_on,
        "risk_id": item.risk_id,
    }


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that lets through what the policy table lets this full member see."""
    helped = select(action_items.c.source_id).where(
        action_items.c.owner_id == actor.person.id,
        action_items.c.source_kind.in_([ActionSource.ISSUE, ActionSource.DECISION]),
    )
    return sight.visible_to(
        actor,
        Capability.SEE_RESTRICTED_RAID_ITEM,
        visibility=raid_items.c.visibility,
        project_id=raid_items.c.project_id,
        relations={Relation.RAISER: raid_items.c.raised_by_id, Relation.OWNER: raid_items.c.owner_id},
        helped=raid_items.c.id.in_(helped),
    )


def is_kept() -> ColumnElement[bool]:
    """Return the condition that leaves out what was taken back, and archived projects."""
    return and_(raid_items.c.withdrawn_at.is_(None), projects.c.archived_at.is_(None))
