"""Reads what screens show of these records; the number of queries does not grow with the number of rows."""

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import (
    ActionView,
    Actor,
    HistoryEntry,
    ProjectView,
    RaidDetails,
    RaidFilter,
    RaidPage,
    RaidPermissions,
    RaidView,
)
from models.rules.access import Capability, Standing, may
from models.rules.raid.states import ENDINGS, RAID_LIVE, RaidStatus, raid_moves_from, takes_actions
from models.rules.raid.words import BAD_FROM, RaidKind
from models.rules.references import Reference
from models.services import audit
from models.services.actions.permissions import changeable
from models.services.projects.rows import colleague, required_project, required_projects
from models.services.raid import links
from models.services.raid.found import capability_for, over, promised_about, require_sight
from models.services.raid.rows import SELECT, find_item, is_kept, item_of, named, visible_to
from models.services.standing import leads, require, standing
from models.tables import projects, raid_items
from models.value import replace

PAGE_SIZE = 10


def details(
    session: Session, actor: Actor, reference: Reference | UUID, in_project: UUID | None
) -> RaidDetails:
    """Return a record with its history and what the person may do with it. Raises NotFound, NotAllowed."""
    condition = named(reference, in_project)
    item = find_item(session, actor.workspace_id, condition) if condition is not None else None
    if item is None or item.is_withdrawn:
        require(standing(actor), Capability.SEE_RAID_ITEM)
        raise NotFound(_thing(reference), str(reference))
    project = required_project(session, actor.workspace_id, item.project_id)
    promised = promised_about(session, item)
    held = standing(actor, project, item, helpers=[action.owner for action in promised])
    require_sight(held, item)
    history = audit.history(session, actor.workspace_id, item.id)
    before, after = links.of_item(session, actor, item)
    whole = _permissions(actor, held, item, history, promised)
    whole = replace(whole, ask=tuple(person.name for person in leads(project.roles)))
    permissions = _at_the_end(project, whole) if project.is_archived else whole
    return RaidDetails(item, history, permissions, came_from=before, led_to=after, actions=promised)


def _thing(reference: Reference | UUID) -> str:
    return reference.marker.thing if isinstance(reference, Reference) else "record"


def _at_the_end(project: ProjectView, whole: RaidPermissions) -> RaidPermissions:
    """Return what is left of somebody's permissions once the project is archived."""
    return RaidPermissions(
        moves=tuple(move for move in whole.moves if move in ENDINGS),
        changeable_actions=whole.changeable_actions,
        why_no_more=over(project),
    )


def _permissions(
    actor: Actor,
    held: Standing,
    item: RaidView,
    history: tuple[HistoryEntry, ...],
    promised: tuple[ActionView, ...],
) -> RaidPermissions:
    only_raiser = all(entry.person is None or entry.person.id == item.raised_by.id for entry in history)
    moves = raid_moves_from(item.kind, item.status)
    return RaidPermissions(
        may_edit=may(held, Capability.EDIT_RAID_ITEM) and not item.is_final,
        may_undo=may(held, Capability.UNDO_RAID_ITEM) and only_raiser,
        may_add_action=may(held, Capability.ADD_RAID_ACTION) and takes_actions(item.kind, item.status),
        changeable_actions=changeable(actor, held, promised),
        may_supersede=item.status is RaidStatus.DECIDED and may(held, Capability.DECIDE),
        moves=tuple(move for move in moves if may(held, capability_for(item.kind, move))),
    )


def page(session: Session, actor: Actor, wanted: RaidFilter, today: date) -> RaidPage:
    """Return one page of the records that are wanted; beyond the last page, the last one."""
    require(standing(actor), Capability.SEE_RAID_ITEM)
    asked_for = required_projects(session, actor.workspace_id, wanted.project_ids)
    listed = and_(*_conditions(actor, wanted, today))
    per_kind, late = _counts(session, listed, today)
    total = sum(per_kind.values())
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, wanted.page), pages)
    rows = session.connection().execute(
        _most_urgent_first(listed, today).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    )
    return RaidPage(
        items=tuple(item_of(row) for row in rows),
        filter=replace(wanted, page=number),
        total=total,
        pages=pages,
        per_kind=MappingProxyType(per_kind),
        late=late,
        projects=asked_for,
        owner=colleague(session, actor.workspace_id, wanted.owner_id)
        if wanted.owner_id and not total
        else None,
    )


def _conditions(actor: Actor, wanted: RaidFilter, today: date) -> Iterator[ColumnElement[bool]]:
    yield raid_items.c.workspace_id == actor.workspace_id
    yield is_kept()
    yield visible_to(actor)
    if wanted.status is not None:
        yield raid_items.c.status == wanted.status
    else:
        yield raid_items.c.status.not_in(_LIVE) if wanted.over else raid_items.c.status.in_(_LIVE)
    if wanted.project_ids:
        yield raid_items.c.project_id.in_(wanted.project_ids)
    if wanted.kind is not None:
        yield raid_items.c.kind == wanted.kind
    if wanted.mine:
        me = actor.person.id
        yield or_(raid_items.c.owner_id == me, raid_items.c.raised_by_id == me)
    if wanted.owner_id is not None:
        yield raid_items.c.owner_id == wanted.owner_id
    if wanted.late:
        yield _is_late(today)
    yield from (_mentions(word) for word in wanted.words.split())


_LIVE = sorted(RAID_LIVE)


def _is_late(today: date) -> ColumnElement[bool]:
    """Return "its day has passed and it still needs somebody", as ``RaidView.days_late`` says it."""
    return and_(raid_items.c.due_on < today, raid_items.c.status.in_(_LIVE))


def _mentions(word: str) -> ColumnElement[bool]:
    texts = (
        raid_items.c.title,
        raid_items.c.details,
        raid_items.c.other_party,
        raid_items.c.supplier,
        raid_items.c.outcome,
        raid_items.c.rationale,
    )
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def _counts(session: Session, listed: ColumnElement[bool], today: date) -> tuple[dict[RaidKind, int], int]:
    """Return how many there are of each kind, and how many of all are late."""
    counted = (
        select(
            raid_items.c.kind,
            func.count().label("items"),
            func.count(case((_is_late(today), 1))).label("late"),
        )
        .select_from(raid_items.join(projects, projects.c.id == raid_items.c.project_id))
        .where(listed)
        .group_by(raid_items.c.kind)
    )
    rows = session.connection().execute(counted).all()
    return {row.kind: row.items for row in rows}, sum(row.late for row in rows)


def _most_urgent_first(listed: ColumnElement[bool], today: date) -> Select[Any]:
    """Order by whose day has passed, then what is bad, then by day; what is over, the newest first."""
    urgency = case((_is_late(today), 0), (raid_items.c.impact >= BAD_FROM, 1), else_=2)
    return SELECT.where(listed).order_by(
        raid_items.c.settled_on.desc().nulls_first(),
        urgency,
        raid_items.c.due_on.is_(None),
        raid_items.c.due_on,
        func.coalesce(raid_items.c.impact, 0).desc(),
        raid_items.c.raised_at.desc(),
        raid_items.c.number.desc(),
        raid_items.c.id,
    )
