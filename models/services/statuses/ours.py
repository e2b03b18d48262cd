"""What a client must not read in a status: our people's names, and what we do by ourselves."""

from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.rules.actions import ActionSource
from models.rules.risks.words import Visibility
from models.rules.statuses.client_copy import OURS_ALONE, SHOWN, Ours
from models.tables import action_items, back_to_green_plans, people, workspaces


def ours_of(session: Session, workspace_id: UUID, project_id: UUID) -> Ours:
    """Return it for a project, in two statements; guests and another firm's people may be named."""
    names = session.scalars(
        select(people.c.name)
        .join(
            workspaces,
            and_(workspaces.c.id == people.c.workspace_id, workspaces.c.team_id == people.c.team_id),
        )
        .where(
            people.c.workspace_id == workspace_id,
            people.c.is_guest.is_(False),
            people.c.is_bot.is_(False),
        )
        .order_by(people.c.name)
    )
    titles = session.scalars(
        select(action_items.c.title)
        .distinct()
        .outerjoin(
            back_to_green_plans,
            and_(
                action_items.c.source_kind == ActionSource.PLAN,
                back_to_green_plans.c.id == action_items.c.source_id,
            ),
        )
        .where(
            action_items.c.workspace_id == workspace_id,
            action_items.c.project_id == project_id,
            or_(
                action_items.c.source_kind.in_(sorted(OURS_ALONE)),
                action_items.c.visibility != Visibility.TEAM,
                back_to_green_plans.c.dimension.not_in(SHOWN),
            ),
        )
        .order_by(action_items.c.title)
    )
    return Ours(tuple(dict.fromkeys(names)), tuple(titles))
