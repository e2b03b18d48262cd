"""What this version of the program knows of rituals: whatever a newer one wrote is left to it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, select, tuple_

from models.database import Database
from models.errors import Invalid
from models.read_models import RitualSetup
from models.rules.rituals.steps import RitualSort, StepState
from models.tables import ritual_occurrences, ritual_steps, rituals

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
    return tuple_(rituals.c.kind, ritual_steps.c.kind).in_(sorted(known))


def require_known(sorts: Sorts, setup: RitualSetup) -> None:
    """Raise Invalid for a ritual of a kind that only another version knows."""
    if setup.ritual.kind not in sorts:
        raise Invalid({"kind": _UNKNOWN.format(setup.reference)})


def strange_kinds(database: Database, sorts: Sorts, *, now: datetime) -> frozenset[str]:
    """Return the kinds of rituals that are due, or have a step that is, and that nobody here can do."""
    unplanned = select(rituals.c.kind).where(rituals.c.next_due_at <= now, ~is_known_ritual(sorts))
    undone = (
        select(rituals.c.kind)
        .join(ritual_occurrences, ritual_occurrences.c.ritual_id == rituals.c.id)
        .join(ritual_steps, ritual_steps.c.occurrence_id == ritual_occurrences.c.id)
        .where(ritual_steps.c.state == StepState.WAITING, ritual_steps.c.due_at <= now, ~is_known_step(sorts))
    )
    with database.look() as session:
        return frozenset(session.connection().execute(unplanned.union(undone)).scalars())
