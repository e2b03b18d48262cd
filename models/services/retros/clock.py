"""What time alone does to retrospectives: it reminds, and it ends the collecting."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from models.database import Database
from models.read_models import Origin
from models.rules.retros.life import RetroState
from models.services.retros.living import Turn, clear_traces, close, remind
from models.services.retros.rows import find_retro
from models.tables import retrospectives

_MOST_AT_ONCE = 100


class RetroClock:
    """Does what is due; a clock may call it as often as it likes, in any number of processes."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def run(self, *, now: datetime) -> int:
        """Do what is due, and return for how many retrospectives."""
        with self._database.look() as session:
            due = session.execute(
                select(retrospectives.c.workspace_id, retrospectives.c.id)
                .where(retrospectives.c.next_step_at <= now)
                .order_by(retrospectives.c.next_step_at)
                .limit(_MOST_AT_ONCE)
            ).all()
        origin = Origin(f"retros {now:%Y-%m-%d %H:%M}")
        return sum(self._step(row.workspace_id, row.id, origin, now) for row in due)

    def _step(self, workspace_id: UUID, retro_id: UUID, origin: Origin, now: datetime) -> bool:
        """Do one retrospective's step, unless somebody was faster."""
        with self._database.write() as session:
            retro = find_retro(session, workspace_id, retro_id, lock=True)
            turn = Turn(session, workspace_id, None, origin, now)
            if retro.state is not RetroState.COLLECTING:
                return False
            is_over = retro.closes_at <= now or retro.archived_at is not None
            if is_over:
                close(turn, retro)
            elif not retro.is_reminded:
                remind(turn, retro)
        if is_over:
            clear_traces(self._database)
        return True
