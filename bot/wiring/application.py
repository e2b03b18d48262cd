"""The program put together, and how it starts and stops."""

from contextlib import suppress
from threading import Thread

from slack_bolt import App
from structlog import get_logger

from bot.afterwards import Afterwards
from bot.database import cannot_start
from bot.database_address import UNUSABLE
from bot.installation import Installation, Unconfirmed
from bot.transports.http import WebApplication
from bot.transports.socket_mode import SocketMode
from bot.upgrading import bring_up_to_date
from handlers.kit import Kit
from models.database import Database
from models.errors import DatabaseNotReady
from models.migrations import SchemaState, is_open_elsewhere, state_of
from models.services.outlook import Outlook
from models.value import Value
from scheduled.delivery import Deliverer
from scheduled.jobs import Jobs
from scheduled.planner import Planner
from scheduled.rituals import sorts

log = get_logger(__name__)

SERVES_ONE = "SQLite serves one process: stop the other that has the file open, or take Postgres"
MIGRATE_FIRST = """\
Drumbeat cannot start:

  The database's schema is not the one that this version needs. Run `drumbeat migrate` once, with the same
  DATABASE_URL, and start again. (SQLite is brought up to date by itself; a Postgres may be shared by several
  processes, so there a person decides when.)"""


class Application(Value):
    """Everything put together. ``prepare`` it, ``start`` it, and ``stop`` it at the end."""

    wsgi: WebApplication
    sockets: SocketMode | None
    bolt: App
    kit: Kit
    database: Database
    installation: Installation
    deliverer: Deliverer
    planner: Planner
    jobs: Jobs
    afterwards: Afterwards

    def prepare(self) -> None:
        """See to the schema, and that it can be written: SQLite's is migrated, Postgres's must be current.

        Raises DatabaseNotReady, DBAPIError, DatabaseBusy.
        """
        self._bring_up_to_date(state_of(self.database))
        self.database.try_writing()
        if self.database.dialect == "sqlite" and is_open_elsewhere(self.database):
            log.warning("open_elsewhere", remedy=SERVES_ONE)

    def _bring_up_to_date(self, state: SchemaState) -> None:
        if state is SchemaState.CURRENT:
            return
        if state in UNUSABLE:
            raise DatabaseNotReady(cannot_start(*UNUSABLE[state]))
        if self.database.dialect != "sqlite":
            raise DatabaseNotReady(MIGRATE_FIRST)
        bring_up_to_date(self.database)

    def outlook(self) -> Outlook:
        """Return what tells what time brings, for whoever moves the clock."""
        return Outlook(self.database, sorts())

    def start(self) -> None:
        """Start the ticks and the delivery, and ask Slack meanwhile whether it knows us.

        Raises SettingsProblem where Slack refuses the token for Socket Mode.
        """
        if self.sockets is not None:
            self.sockets.start()
        self.jobs.start()
        self.afterwards.start()
        Thread(target=self._introduce, name="introduction", daemon=True).start()

    def _introduce(self) -> None:
        """Find out before the first person waits for it; what Slack says against us is in the log."""
        with suppress(Unconfirmed):
            self.installation.confirm()

    def stop(self) -> bool:
        """Let what is under way settle, and let go of the database; tell whether all has come to an end.

        Harmless when it never started.
        """
        if self.sockets is not None:
            self.sockets.stop()
        self.afterwards.stop()
        has_ended = self.jobs.stop()
        self.database.dispose()
        return has_ended
