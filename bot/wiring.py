"""The composition root: the only place where objects meet. Importing it does nothing."""

from dataclasses import dataclass
from logging import getLogger

from models.database import Database
from slack_bolt import App, BoltResponse
from structlog import get_logger

from bot.clock import Clock, utc_now
from bot.installation import TRY_AGAIN, Installation
from bot.settings import Settings
from bot.transports.http import WebApplication
from models.errors import DatabaseNotReady
from models.migrations import is_current, upgrade

log = get_logger(__name__)

MIGRATE_FIRST = (
    "Drumbeat cannot start:\n\n"
    "  The database's schema is not the one this version needs. Run `drumbeat migrate` once, with the same\n"
    "  DATABASE_URL, and start again. (SQLite is brought up to date by itself; on Postgres several processes\n"
    "  may share the database, so a person decides when.)"
)


@dataclass(frozen=True)
class Application:
    """Everything put together. ``prepare`` and ``start`` it in this order, and ``stop`` it at the end."""

    wsgi: WebApplication
    bolt: App
    database: Database
    jobs: Jobs

    def prepare(self) -> None:
        """See to the schema: SQLite is migrated, on Postgres it must be current. Raises DatabaseNotReady."""
        if is_current(self.database):
            return
        if self.database.dialect != "sqlite":
            raise DatabaseNotReady(MIGRATE_FIRST)
        upgrade(self.database)

    def start(self) -> None:
        """Start the ticks and the delivery."""
        self.jobs.start()

    def stop(self) -> None:
        """Let deliveries under way settle, and let go of the database. Does no harm when never started."""
        self.jobs.stop()
        self.database.dispose()


def build(settings: Settings, *, clock: Clock = utc_now) -> Application:
    """Put the program together. Touches neither the network nor the database yet."""
    database = Database(settings.database_url.get_secret_value())


def _bolt_app(settings: Settings, installation: Installation) -> App:
    """Return the Bolt app: it verifies each request, and has done the work when it answers.

    Bolt's own authorization looks the installation up on every request; its events filter has nothing to do
    where no event is subscribed to.
    """
    app = App(
        name="drumbeat",
        logger=getLogger("slack_bolt"),
        process_before_response=True,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        authorize=installation,
        user_facing_authorize_error_message=TRY_AGAIN,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_failed)
    return app


def _failed(error: Exception) -> BoltResponse:
    """Log what a listener's own edge did not catch: Slack then tells the person that it did not work."""
    log.error("listener_failed", exc_info=error)
    return BoltResponse(status=500)
