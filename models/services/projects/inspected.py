"""Whether a project has delivery health checks: where their ritual is on, for it or for all projects."""

from sqlalchemy import ColumnElement, exists, or_, select

from models.rules.projects.health_check import KIND
from models.rules.rituals.steps import RitualState
from models.tables import Project, Ritual
from models.tables.base import table_of

_projects = table_of(Project)
_rituals = table_of(Ritual)


def has_health_checks() -> ColumnElement[bool]:
    """Return what is true of the projects that have them."""
    return exists(
        select(_rituals.c.id).where(
            _rituals.c.workspace_id == _projects.c.workspace_id,
            _rituals.c.kind == KIND,
            _rituals.c.state == RitualState.ACTIVE,
            or_(_rituals.c.project_id.is_(None), _rituals.c.project_id == _projects.c.id),
        )
    )
