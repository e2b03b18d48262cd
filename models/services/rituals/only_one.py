"""Of some kinds a project, or the organisation, has one at most: a second would do nothing."""

from uuid import UUID

from sqlalchemy.orm import Session

from models.errors import Invalid
from models.rules.rituals.steps import RitualSort, RitualState
from models.services.rituals.rows import rituals
from models.services.rituals.setups import Row, rows_of

_IS_ON = "{} is on already. Change that one: a second would do nothing."


def present_one(
    session: Session, workspace_id: UUID, sort: RitualSort, project_id: UUID | None
) -> Row | None:
    """Return the one that is on, or paused, where a second would do nothing."""
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
    """Raise Invalid where it has one of the kind already."""
    present = present_one(session, workspace_id, sort, project_id)
    if present is not None:
        raise Invalid({"kind": _IS_ON.format(present.name)})
