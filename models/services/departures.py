"""Somebody left Slack, or became a guest: what they ran goes on, and whoever can see to it is told."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from models.services.projects.rows import IS_ACTIVE, delivery_managers
from models.tables import memberships, people, projects

_MANAGES = memberships.c.role == ProjectRole.PROJECT_MANAGER
_STILL_MANAGED = (
    select(memberships.c.project_id)
    .join(people, people.c.id == memberships.c.person_id)
    .where(_MANAGES, IS_ACTIVE)
)


def left_behind(session: Session, workspace_id: UUID, person_id: UUID) -> Iterator[Outgoing]:
    """Yield what the delivery managers are told of each project that nobody manages any more.

    The person's rights are gone by themselves; their roles stay, should they come back.
    """
    orphaned = session.scalars(
        select(projects.c.id)
        .join(memberships, memberships.c.project_id == projects.c.id)
        .where(
            projects.c.workspace_id == workspace_id,
            projects.c.archived_at.is_(None),
            memberships.c.person_id == person_id,
            _MANAGES,
            projects.c.id.not_in(_STILL_MANAGED),
        )
        .order_by(projects.c.key)
    ).all()
    if not orphaned:
        return
    for manager in delivery_managers(session, workspace_id):
        for project_id in orphaned:
            yield Outgoing(
                NoticeKind.MANAGER_LEFT,
                Operation.POST,
                manager.slack_user_id,
                f"project:{project_id}:left by:{person_id}:{manager.slack_user_id}",
                {"project_id": str(project_id), "person_id": str(person_id)},
            )
