"""How projects stood week by week: in words at once, and as a picture that follows directly."""

from uuid import UUID

from handlers.answers import Answer
from handlers.asks import Ask
from handlers.kit import Kit
from handlers.origins import origin
from handlers.statuses import history_views
from models.read_models import Actor
from models.rules.delivery import NoticeKind


def shown(kit: Kit, ask: Ask, actor: Actor, project_id: UUID | None) -> Answer:
    """Show a project's weeks, or all projects'."""
    grid = kit.status_reports.grid(actor, project_id, now=kit.clock())
    if not grid.is_empty:
        kit.pictures.send(actor, NoticeKind.STATUS_GRID, project_id, origin=origin(kit, ask), now=kit.clock())
    return history_views.grid(grid)
