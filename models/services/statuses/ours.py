"""What a client must not read in a status: our people's names, and what we do by ourselves."""

from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.rules.actions import ActionSource
from models.rules.risks.words import Visibility
from models.rules.statuses.client_copy import OURS_ALONE, SHOWN, Ours
from models.services.actions.rows import action_items
from models.tables import BackToGreenPlan, Person, Workspace
from models.tables.base import table_of

_people, _workspaces = table_of(Person), table_of(Workspace)
_plans = table_of(BackToGreenPlan)


def ours_of(session: Session, workspace_id: UUID, project_id: UUID) -> Ours:
    """Return it for a project, in two statements; guests and another firm's people may be named."""
    names = session.scalars(
        select(_people.c.name)
        .join(
            _workspaces,
            and_(_workspaces.c.id == _people.c.workspace_id, _workspaces.c.team_id == _people.c.team_id),
        )
        .where(
            _people.c.workspace_id == workspace_id,
            _people.c.is_guest.is_(False),
            _people.c.is_bot.is_(False),
        )
        .order_by(_people.c.name)
    )
    titles = session.scalars(
        select(action_items.c.title)
        .distinct()
        .outerjoin(
            _plans,
            and_(action_items.c.source_kind == ActionSource.PLAN, _plans.c.id == action_items.c.source_id),
        )
        .where(
            action_items.c.workspace_id == workspace_id,
            action_items.c.project_id == project_id,
            or_(
                action_items.c.source_kind.in_(sorted(OURS_ALONE)),
                action_items.c.visibility != Visibility.TEAM,
                _plans.c.dimension.not_in(SHOWN),
            ),
        )
        .order_by(action_items.c.title)
    )
    return Ours(tuple(dict.fromkeys(names)), tuple(titles))
