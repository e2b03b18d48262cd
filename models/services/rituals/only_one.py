"""Of some kinds a project, or the organisation, has one at most: one is enough."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.rules.rituals.steps import RitualSort, RitualState
from models.services.rituals.setups import Row, rows_of
from models.tables import projects, rituals, workspaces

_IS_ON = "{} is on already. Change that one: one is enough."


def present_one(
    session: Session, workspace_id: UUID, sort: RitualSort, project_id: UUID | None
) -> Row | None:
    """Return the one that is on, or paused, where one is enough."""
    if not sort.is_only_one:
        return None
    found = rows_of(
        session,
        rituals.c.workspace_id == workspace_id,
        rituals.c.kind == sort.kind,
        rituals.c.project_id == project_id if project_id else rituals.c.project_id.is_(None),
        rituals.c.state != RitualState.ENDED,
    )
    return found[0] if found else None


def require_only_one(session: Session, workspace_id: UUID, sort: RitualSort, project_id: UUID | None) -> None:
    """Raise Invalid where it has one of the kind already; nobody else switches one on meanwhile."""
    if sort.is_only_one:
        _lock(session, workspace_id, project_id)
    present = present_one(session, workspace_id, sort, project_id)
    if present is not None:
        raise Invalid({"kind": _IS_ON.format(present.name)})


def _lock(session: Session, workspace_id: UUID, project_id: UUID | None) -> None:
    """Lock whose ritual it is to be; what only refers to that goes on."""
    whose = projects.c.id == project_id if project_id else workspaces.c.id == workspace_id
    wanted = select(projects.c.id) if project_id else select(workspaces.c.id)
    session.connection().execute(wanted.where(whose).with_for_update(key_share=True)).all()
