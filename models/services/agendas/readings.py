"""Agendas as messages need them: read when a message is drawn, whoever will read it."""

from uuid import UUID

from models.database import Database
from models.errors import NotFound
from models.read_models import AgendaView, DueStep, MinutesView
from models.services.agendas.minute_rows import minutes_of
from models.services.agendas.rows import find_agenda
from models.tables import agendas


class AgendaReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def of_step(self, step: DueStep) -> AgendaView | None:
        """Return the agenda that was drawn up for the step's time."""
        with self._database.read() as session:
            return find_agenda(session, step.ritual, agendas.c.occurrence_id == step.occurrence.id)

    def minutes(self, workspace_id: UUID, agenda_id: UUID) -> MinutesView | None:
        """Return what a meeting agreed."""
        try:
            with self._database.read() as session:
                return minutes_of(session, workspace_id, agenda_id)
        except NotFound:
            return None
