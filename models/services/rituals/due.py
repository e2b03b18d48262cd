"""Whether there is anything to do for rituals: one statement, whatever their number."""

from datetime import datetime

from sqlalchemy import literal_column, select
from sqlalchemy.sql.expression import ColumnClause

from models.compiled import Statement
from models.database import Database
from models.rules.rituals.steps import StepState
from models.tables import ritual_steps, rituals

_ONE: ColumnClause[int] = literal_column("1")
_IS_WAITING = ritual_steps.c.state == literal_column(f"'{StepState.WAITING.value}'")
_RITUAL = rituals.c.next_due_at
_NEXT_RITUAL = select(_RITUAL).where(_RITUAL.is_not(None)).order_by(_RITUAL).limit(_ONE)
_NEXT_STEP = select(ritual_steps.c.due_at).where(_IS_WAITING).order_by(ritual_steps.c.due_at).limit(_ONE)

# The first of each index, without any value that is bound: Postgres would expect a third of all to be due
# before an instant that it does not know, and look through the table, or make its plan anew each time.
NEXT_DUE = select(_NEXT_RITUAL.scalar_subquery().label("ritual"), _NEXT_STEP.scalar_subquery().label("step"))
_STATEMENT = Statement(lambda _dialect: NEXT_DUE)


def is_due(database: Database, now: datetime) -> bool:
    """Tell whether a ritual is to be planned or a step to be carried out; locks nothing."""
    (row,) = database.look_directly(_STATEMENT, {})
    return any(at is not None and at <= now for at in (row.ritual, row.step))
