"""What has to be well before this process can do its work: the database, its schema, Slack."""

from sqlalchemy.exc import SQLAlchemyError

from bot.contact import Contact
from bot.health import Readiness
from bot.installation import UNREACHABLE, Installation
from bot.transports.socket_mode import SocketMode
from models.database import Database
from models.errors import DatabaseBusy, DatabaseMoved
from models.migrations import SchemaState, state_of


def readiness_of(database: Database, installation: Installation, sockets: SocketMode | None) -> Readiness:
    """Return the checks of ``/readyz``, each by the name of what it looks at."""

    def database_can_be_written() -> str | None:
        try:
            database.try_writing()
        except DatabaseMoved:
            return "its file is gone or another; put back the one that was there, beside its -wal"
        except (SQLAlchemyError, DatabaseBusy) as error:
            from bot.doctor.database_troubles import in_short  # noqa: PLC0415 - a bot that is well needs none of it.

            return in_short(error)
        return None

    def schema_is_current() -> str | None:
        try:
            state = state_of(database)
        except (SQLAlchemyError, DatabaseBusy):
            return "cannot be read"
        if state is SchemaState.UNKNOWN:
            return "is a newer version's; install that version again"
        return (
            None
            if state is SchemaState.CURRENT
            else "is not the one this version needs; run `drumbeat migrate`"
        )

    def slack_confirms() -> str | None:
        code = contact.refusal()
        if code == UNREACHABLE:
            return "does not answer; see SLACK_API_URL and the way out of this network"
        return code and f"refuses SLACK_BOT_TOKEN: {code}"

    contact = Contact(installation)
    checks = {"database": database_can_be_written, "schema": schema_is_current, "slack": slack_confirms}
    return Readiness(checks if sockets is None else {**checks, "socket": sockets.finding})
