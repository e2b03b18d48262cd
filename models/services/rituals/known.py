"""What this version of the program knows of rituals: whatever a newer one wrote is left to it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, select, tuple_

from models.database import Database
from models.errors import Invalid
from models.read_models import RitualSetup
from models.rules.rituals.steps import RitualSort, StepState
from models.services.rituals.rows import occurrences, rituals, steps

Sorts = Mapping[str, RitualSort]

_UNKNOWN = (
    "Another version of Drumbeat set up {}, and this one does not know what it is. "
    "Pause or end it, or have that version brought back."
)


def is_known_ritual(sorts: Sorts) -> ColumnElement[bool]:
    """Return whether it is of a known kind."""
    return rituals.c.kind.in_(sorted(sorts))


def is_known_step(sorts: Sorts) -> ColumnElement[bool]:
    """Return whether it is a known step of a ritual of a known kind."""
    known = [(sort.kind, step.kind) for sort in sorts.values() for step in sort.steps]
    return tuple_(rituals.c.kind, steps.c.kind).in_(sorted(known))


def require_known(sorts: Sorts, setup: RitualSetup) -> None:
    """Raise Invalid for a ritual of a kind that only another version knows."""
    if setup.ritual.kind not in sorts:
        raise Invalid({"kind": _UNKNOWN.format(setup.reference)})


def strange_kinds(database: Database, sorts: Sorts, *, now: datetime) -> frozenset[str]:
    """Return the kinds of rituals that are due, or have a step that is, and that nobody here can do."""
    unplanned = select(rituals.c.kind).where(rituals.c.next_due_at <= now, ~is_known_ritual(sorts))
    undone = (
        select(rituals.c.kind)
        .join(occurrences, occurrences.c.ritual_id == rituals.c.id)
        .join(steps, steps.c.occurrence_id == occurrences.c.id)
        .where(steps.c.state == StepState.WAITING, steps.c.due_at <= now, ~is_known_step(sorts))
    )
    with database.look() as session:
        return frozenset(session.connection().execute(unplanned.union(undone)).scalars())
