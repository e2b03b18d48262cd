"""A channel that does not get its messages: whoever is concerned hears of it, once until it is mended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from models.rules.access import ProjectRole
from models.rules.delivery import MessageState, NoticeKind, Operation, trouble_of
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.rows import IS_ACTIVE, delivery_managers
from models.tables import (
    memberships,
    outbox_messages,
    people,
    projects,
    ritual_occurrences,
    ritual_steps,
    rituals,
)

_DIRECT = ("U", "W", "D")
"""How the ids of people and of direct messages begin: of these nobody else is told."""
_MATTERS = frozenset({Operation.POST, Operation.REPLY})
"""What a channel misses; a change or a removal that failed would only puzzle people."""
_REFUSED = "refused: "


def tell_of_trouble(session: Session, lane: Row[Any], message: Row[Any], why: str, now: datetime) -> None:
    """Tell who owns the ritual, or manages the project, unless they know of this trouble already.

    What they are told is named by the trouble and by what arrived last, so it is said once until something
    arrives there again.
    """
    if lane.channel_id.startswith(_DIRECT) or message.operation not in _MATTERS:
        return
    trouble, last = trouble_of(why), _last_arrived(session, lane)
    ids = {
        "channel_id": lane.channel_id,
        "trouble": trouble.value,
        "why": why.removeprefix(_REFUSED),
        **_subject(message),
    }
    enqueue(
        session,
        lane.workspace_id,
        [
            Outgoing(
                kind=NoticeKind.CHANNEL_TROUBLE,
                operation=Operation.POST,
                channel_id=person,
                unique_key=f"trouble:{lane.channel_id}:{trouble.value}:{last}:{person}",
                ids=ids,
            )
            for person in _concerned(session, lane, message)
        ],
        correlation_id=message.correlation_id,
        now=now,
    )


def _last_arrived(session: Session, lane: Row[Any]) -> int:
    return (
        session.scalar(
            select(func.max(outbox_messages.c.id)).where(
                outbox_messages.c.lane_id == lane.id,
                outbox_messages.c.state == MessageState.SENT,
                outbox_messages.c.operation.in_(_MATTERS),
            )
        )
        or 0
    )


def _subject(message: Row[Any]) -> dict[str, str]:
    if message.kind is NoticeKind.RITUAL_STEP:
        return {"step_id": str(message.ids["step_id"])}
    return {}


def _concerned(session: Session, lane: Row[Any], message: Row[Any]) -> Sequence[str]:
    """Return the ritual's owner, or the managers of the channel's project; else the delivery managers."""
    if message.kind is NoticeKind.RITUAL_STEP:
        found = _owners(session, UUID(str(message.ids["step_id"])))
    else:
        found = _managers(session, lane)
    return found or [each.slack_user_id for each in delivery_managers(session, lane.workspace_id)]


def _owners(session: Session, step_id: UUID) -> Sequence[str]:
    return session.scalars(
        select(people.c.slack_user_id)
        .join(rituals, rituals.c.owner_id == people.c.id)
        .join(ritual_occurrences, ritual_occurrences.c.ritual_id == rituals.c.id)
        .join(ritual_steps, ritual_steps.c.occurrence_id == ritual_occurrences.c.id)
        .where(ritual_steps.c.id == step_id, IS_ACTIVE)
    ).all()


def _managers(session: Session, lane: Row[Any]) -> Sequence[str]:
    return session.scalars(
        select(people.c.slack_user_id)
        .join(memberships, memberships.c.person_id == people.c.id)
        .join(projects, projects.c.id == memberships.c.project_id)
        .where(
            projects.c.workspace_id == lane.workspace_id,
            projects.c.internal_channel_id == lane.channel_id,
            projects.c.archived_at.is_(None),
            memberships.c.role == ProjectRole.PROJECT_MANAGER,
            IS_ACTIVE,
        )
        .order_by(people.c.slack_user_id)
        .distinct()
    ).all()
