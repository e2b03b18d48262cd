"""Whether a project has delivery health checks: where their ritual is on, for it or for all projects."""

from sqlalchemy import ColumnElement, exists, or_, select

from models.rules.projects.health_check import KIND
from models.rules.rituals.steps import RitualState
from models.tables import projects, rituals


def has_health_checks() -> ColumnElement[bool]:
    """Return what is true of the projects that have them."""
    return exists(
        select(rituals.c.id).where(
            rituals.c.workspace_id == projects.c.workspace_id,
            rituals.c.kind == KIND,
            rituals.c.state == RitualState.ACTIVE,
            or_(rituals.c.project_id.is_(None), rituals.c.project_id == projects.c.id),
        )
    )
