"""What happened to a meeting's projects since the last one, of what the whole team may know."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models.rules.actions import ActionSource, ActionStatus
from models.rules.agendas.changes import Changes
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour
from models.services.agendas.facts import Scope
from models.services.plans.kinds import MILESTONES
from models.tables import action_items, projects, raid_items

_milestones = MILESTONES.table


def changes_of(
    session: Session,
    scope: Scope,
    stood: Mapping[str, Mapping[Period, Any]],
    new_risks: int,
    ids: Collection[UUID],
) -> Changes:
    """Return what changed. ``stood`` has each project's statuses by its short name."""
    return Changes(
        since=scope.since_on,
        colours=tuple(_colours(scope, stood)),
        decided=_decided(session, scope, ids),
        reached=_reached(session, scope, ids),
        done=_done(session, scope, ids),
        new_risks=new_risks,
    )


def _colours(scope: Scope, stood: Mapping[str, Mapping[Period, Any]]) -> Sequence[tuple[str, Colour, Colour]]:
    found = []
    for key, theirs in stood.items():
        before = [period for period, each in theirs.items() if each.submitted_at < scope.since]
        if before and (was := theirs[max(before)].declared) is not (now := theirs[max(theirs)].declared):
            found.append((key, was, now))
    return found


def _decided(session: Session, scope: Scope, ids: Collection[UUID]) -> tuple[str, ...]:
    rows = session.connection().execute(
        select(raid_items.c.title, projects.c.key)
        .join(projects, projects.c.id == raid_items.c.project_id)
        .where(
            raid_items.c.project_id.in_(ids),
            raid_items.c.kind == RaidKind.DECISION,
            raid_items.c.status == RaidStatus.DECIDED,
            raid_items.c.visibility == Visibility.TEAM,
            raid_items.c.withdrawn_at.is_(None),
            raid_items.c.settled_on >= scope.since_on,
        )
        .order_by(raid_items.c.settled_on, raid_items.c.number)
    )
    return tuple(f"{row.key} {row.title}" for row in rows)


def _reached(session: Session, scope: Scope, ids: Collection[UUID]) -> tuple[str, ...]:
    rows = session.connection().execute(
        select(_milestones.c.title, projects.c.key)
        .join(projects, projects.c.id == _milestones.c.project_id)
        .where(
            _milestones.c.project_id.in_(ids),
            _milestones.c.removed_at.is_(None),
            _milestones.c.done_on >= scope.since_on,
        )
        .order_by(_milestones.c.done_on, _milestones.c.number)
    )
    return tuple(f"{row.key} {row.title}" for row in rows)


def _done(session: Session, scope: Scope, ids: Collection[UUID]) -> int:
    of_meetings = and_(
        action_items.c.project_id.is_(None),
        action_items.c.source_kind == ActionSource.MEETING,
        action_items.c.source_id.in_(scope.earlier_ids),
    )
    wanted = (
        select(func.count())
        .select_from(action_items)
        .where(
            action_items.c.workspace_id == scope.workspace_id,
            action_items.c.status == ActionStatus.DONE,
            action_items.c.visibility == Visibility.TEAM,
            action_items.c.settled_at >= scope.since,
            or_(action_items.c.project_id.in_(ids), of_meetings),
        )
    )
    return int(session.scalar(wanted) or 0)
