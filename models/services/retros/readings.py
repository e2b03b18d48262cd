"""Retrospectives as messages about them need them: read when a message is drawn, whoever will read it."""

from collections.abc import Collection
from uuid import UUID

from models.database import Database
from models.errors import NotFound
from models.read_models import CardView, RetroInMessage, RetroView, RoleHolder
from models.rules.actions import ActionSource
from models.rules.retros.life import RetroState
from models.services.actions.rows import actions_of
from models.services.projects.rows import required_project
from models.services.retros.card_rows import laid_out
from models.services.retros.rows import all_in, collecting_of, find_retro, last_before, untouched_by


class RetroReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, retro_id: UUID) -> RetroInMessage | None:
        """Return the retrospective as it stands, with what came of it and of the one before."""
        with self._database.read() as session:
            try:
                retro = find_retro(session, workspace_id, retro_id)
            except NotFound:
                return None
            actions = actions_of(session, workspace_id, ActionSource.RETROSPECTIVE, retro_id)
            return RetroInMessage(retro, last_before(session, retro), actions)

    def page(self, workspace_id: UUID, retro_id: UUID, number: int) -> tuple[RetroView, tuple[CardView, ...]]:
        """Return one message's share of the cards, none before collecting is closed. Raises NotFound."""
        with self._database.read() as session:
            retro = find_retro(session, workspace_id, retro_id)
            if retro.state is not RetroState.CLOSED:
                return retro, ()
            pages = laid_out(session, retro)
            return retro, pages[number] if number < len(pages) else ()

    def waiting_for(
        self, workspace_id: UUID, person_id: UUID, ids: Collection[UUID]
    ) -> tuple[RetroView, ...]:
        """Return those of the retrospectives that collect cards and have none of that person's."""
        with self._database.read() as session:
            return collecting_of(session, workspace_id, ids, untouched_by(person_id))

    def all_in(self, workspace_id: UUID, ids: Collection[UUID]) -> tuple[RetroView, ...]:
        """Return those of the retrospectives that collect cards although the whole team has added some."""
        with self._database.read() as session:
            return collecting_of(session, workspace_id, ids, all_in())

    def roles(self, workspace_id: UUID, project_id: UUID) -> tuple[RoleHolder, ...]:
        """Return who does what on the project."""
        with self._database.read() as session:
            return required_project(session, workspace_id, project_id).roles
