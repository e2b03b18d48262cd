"""Reads and writes actions' rows; an action always comes with its people's names and its source's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, insert, or_, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import ActionOrigin, ActionView, Actor, PersonRef
from models.rules.access import Capability, Relation
from models.rules.actions import ActionSource, ActionStatus
from models.rules.references import Reference
from models.rules.risks.words import Visibility
from models.services import sight
from models.tables import action_items, people, projects, raid_items, risks

ACTION = "action"
"""What the audit trail and refusals call it."""

_owner = people.alias("action_owner")
_raiser = people.alias("action_raiser")

SELECT: Select[Any] = (
    select(
        action_items,
        projects.c.key.label("project_key"),
        projects.c.name.label("project_name"),
        risks.c.number.label("risk_number"),
        raid_items.c.number.label("item_number"),
        raid_items.c.kind.label("item_kind"),
        _owner.c.slack_user_id.label("owner_slack_id"),
        _owner.c.name.label("owner_name"),
        _raiser.c.slack_user_id.label("raiser_slack_id"),
        _raiser.c.name.label("raiser_name"),
    )
    .join(_owner, _owner.c.id == action_items.c.owner_id)
    .join(_raiser, _raiser.c.id == action_items.c.raised_by_id)
    .outerjoin(projects, projects.c.id == action_items.c.project_id)
    .outerjoin(
        risks,
        and_(action_items.c.source_kind == ActionSource.RISK, risks.c.id == action_items.c.source_id),
    )
    .outerjoin(
        raid_items,
        and_(
            action_items.c.source_kind.in_([ActionSource.ISSUE, ActionSource.DECISION]),
            raid_items.c.id == action_items.c.source_id,
        ),
    )
)
"""A further kind of source that has a name of its own adds its join here, and its line in ``_origin``."""

_IN_ORDER = (action_items.c.due_on, action_items.c.raised_at, action_items.c.id)


def find_action(
    session: Session, workspace_id: UUID, action_id: UUID, *, lock: bool = False
) -> ActionView | None:
    """Return the workspace's action of that id; ``lock`` keeps others off it."""
    wanted = SELECT.where(action_items.c.workspace_id == workspace_id, action_items.c.id == action_id)
    if lock:
        wanted = wanted.with_for_update(of=action_items)
    row = session.connection().execute(wanted).one_or_none()
    return action_of(row) if row else None


def required_action(session: Session, workspace_id: UUID, action_id: UUID) -> ActionView:
    """Return the workspace's action, whoever asks. Raises NotFound."""
    action = find_action(session, workspace_id, action_id)
    if action is None:
        raise NotFound(ACTION, str(action_id))
    return action


def actions_of(
    session: Session, workspace_id: UUID, kind: ActionSource, source_id: UUID, *, lock: bool = False
) -> tuple[ActionView, ...]:
    """Return all actions that follow from a record, the earliest due first."""
    wanted = SELECT.where(
        action_items.c.workspace_id == workspace_id,
        action_items.c.source_id == source_id,
        action_items.c.source_kind == kind,
    ).order_by(*_IN_ORDER)
    if lock:
        wanted = wanted.with_for_update(of=action_items)
    return tuple(map(action_of, session.connection().execute(wanted)))


def open_actions(
    session: Session, workspace_id: UUID, condition: ColumnElement[bool], limit: int | None = None
) -> tuple[ActionView, ...]:
    """Return the workspace's open actions of which the condition is true, the earliest due first."""
    is_open = action_items.c.status == ActionStatus.OPEN
    return actions_where(session, workspace_id, and_(is_open, condition), limit)


def actions_where(
    session: Session, workspace_id: UUID, condition: ColumnElement[bool], limit: int | None = None
) -> tuple[ActionView, ...]:
    """Return the workspace's actions of which the condition is true, the earliest due first."""
    wanted = SELECT.where(
        action_items.c.workspace_id == workspace_id,
        or_(projects.c.id.is_(None), projects.c.archived_at.is_(None)),
        condition,
    ).order_by(*_IN_ORDER)
    return tuple(map(action_of, session.connection().execute(wanted.limit(limit))))


def insert_action(session: Session, action: ActionView) -> None:
    """Write a new action."""
    identity = {
        "id": action.id,
        "workspace_id": action.workspace_id,
        "project_id": action.project_id,
        "source_kind": action.source.kind,
        "source_id": action.source.id,
        "raised_by_id": action.raised_by.id,
        "raised_at": action.raised_at,
    }
    session.connection().execute(insert(action_items), identity | _values(action))


def update_action(session: Session, action: ActionView) -> None:
    """Write a changed action over the one that was locked for it."""
    session.connection().execute(
        update(action_items).where(
            action_items.c.id == action.id, action_items.c.version == action.version - 1
        ),
        _values(action),
    )


def show_to(session: Session, actions: Sequence[ActionView], visibility: Visibility) -> None:
    """Let these actions be seen by those who now may see the record that they follow from."""
    ids = [action.id for action in actions if action.visibility is not visibility]
    if ids:
        session.connection().execute(
            update(action_items).where(action_items.c.id.in_(ids)), {"visibility": visibility}
        )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that lets through what the policy table lets this full member see."""
    seen = sight.visible_to(
        actor,
        Capability.SEE_RESTRICTED_ACTION,
        visibility=action_items.c.visibility,
        project_id=action_items.c.project_id,
        relations={Relation.OWNER: action_items.c.owner_id, Relation.RAISER: action_items.c.raised_by_id},
    )
    # What a client's answer calls for names them, so only those see it to whom the answer was promised.
    is_theirs = or_(
        action_items.c.source_kind != ActionSource.CSAT,
        action_items.c.owner_id == actor.person.id,
        sight.through_role(actor, Capability.SEE_ANSWERS, action_items.c.project_id),
    )
    return and_(seen, is_theirs)


def _values(action: ActionView) -> dict[str, Any]:
    return {
        "version": action.version,
        "status": action.status,
        "visibility": action.visibility,
        "title": action.title,
        "owner_id": action.owner.id,
        "due_on": action.due_on,
        "updated_at": action.updated_at,
        "settled_at": action.settled_at,
        "closing_reason": action.closing_reason,
    }


def action_of(row: Row[Any]) -> ActionView:
    """Return the action of a row of ``SELECT``."""
    return ActionView(
        id=row.id,
        workspace_id=row.workspace_id,
        source=_origin(row),
        version=row.version,
        status=row.status,
        title=row.title,
        owner=PersonRef(row.owner_id, row.owner_slack_id, row.owner_name),
        due_on=row.due_on,
        raised_by=PersonRef(row.raised_by_id, row.raiser_slack_id, row.raiser_name),
        raised_at=row.raised_at,
        updated_at=row.updated_at,
        project_id=row.project_id,
        project_key=row.project_key or "",
        project_name=row.project_name or "",
        visibility=row.visibility,
        settled_at=row.settled_at,
        closing_reason=row.closing_reason,
    )


def _origin(row: Row[Any]) -> ActionOrigin:
    reference = ""
    if row.risk_number:
        reference = str(Reference(row.risk_number, row.project_key))
    elif row.item_number:
        reference = str(Reference(row.item_number, row.project_key, row.item_kind.marker))
    return ActionOrigin(row.source_kind, row.source_id, reference)
