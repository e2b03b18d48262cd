"""Whether there is anything to do for rituals: one statement, whatever their number."""

from datetime import datetime

from sqlalchemy import bindparam, literal, or_, select

from models.database import Database
from models.rules.rituals import StepState
from models.services.rituals.rows import rituals, steps

_IS_DUE = select(
    or_(
        select(literal(1)).where(rituals.c.next_due_at <= bindparam("now")).exists(),
        select(literal(1))
        .where(
            steps.c.state == bindparam("waiting", StepState.WAITING, literal_execute=True),
            steps.c.due_at <= bindparam("now"),
        )
        .exists(),
    )
)


def is_due(database: Database, now: datetime) -> bool:
    """Tell whether a ritual is to be planned or a step to be carried out; locks nothing."""
    with database.look() as session:
        return bool(session.connection().execute(_IS_DUE, {"now": now}).scalar())
