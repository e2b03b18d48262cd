"""A time that somebody asks for besides what the rule says: once more, now."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.rules.rituals.steps import OccurrenceState, RitualSort, StepState
from models.services.rituals.changing import FoundRitual
from models.services.rituals.one_time import TIME
from models.services.rituals.rows import name_of, step_id_of
from models.services.rituals.timetables import timetables
from models.services.statements import dialect_of, insert_new
from models.tables import ritual_occurrences, ritual_steps

_RUNS = "{} was run this very minute already."


def insert_extra(session: Session, ritual: FoundRitual, sort: RitualSort, now: datetime) -> None:
    """Write down a time that takes place now, with its steps. Raises Invalid where there is one already."""
    row = ritual.row
    timetable = timetables(session, [row], now)[row.id]
    wall, occurrence_id = now.astimezone(timetable.zone).replace(tzinfo=None), uuid4()
    due = timetable.all_due(sort, wall, now, now)
    extra = {
        "id": occurrence_id,
        "workspace_id": row.workspace_id,
        "ritual_id": row.id,
        "name": name_of(wall),
        "starts_at": now,
        "state": OccurrenceState.PLANNED,
        "version": 1,
        "is_extra": True,
    }
    made = insert_new(dialect_of(session), ritual_occurrences).returning(ritual_occurrences.c.id)
    if session.connection().execute(made, extra).one_or_none() is None:
        raise Invalid({TIME: _RUNS.format(ritual.setup.reference)})
    session.connection().execute(
        insert(ritual_steps),
        [
            {
                "id": step_id_of(occurrence_id, rule.kind),
                "workspace_id": row.workspace_id,
                "occurrence_id": occurrence_id,
                "kind": rule.kind,
                "due_at": due_at,
                "expires_at": due_at + rule.grace,
                "state": StepState.SKIPPED if due_at < now else StepState.WAITING,
                "settled_at": None,
            }
            for rule in sort.steps
            for due_at in [due[rule.kind]]
        ],
    )
