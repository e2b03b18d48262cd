"""``drumbeat migrate``: brings a database's schema to this version, or to another one."""

from collections.abc import Iterator
from contextlib import contextmanager

from structlog import get_logger

from bot import logs
from bot.database import cannot_start, explained, is_there, url_of
from bot.database_address import TOO_NEW, UNUSABLE, place
from bot.settings import DatabaseSettings, SettingsProblem
from bot.upgrading import copied
from models.database import Database
from models.errors import DatabaseNotReady
from models.migrations import (
    REVISIONS,
    downgrade,
    is_open_elsewhere,
    revision_of,
    state_of,
    titles,
    upgrade,
)

log = get_logger(__name__)

NEWEST = "head"
NOTHING = "base"
"""Alembic's names for the last revision, and for the state before the first."""
WAIT_SECONDS = 60.0
"""How long it waits for others who write to SQLite, another ``migrate`` for instance."""
_SHOWN = 5
_MARK = "  ← the database is here"


def migrate(to: str | None, *, may_lose: bool = False) -> None:
    """Move the schema to a revision, forward or back; by default to the newest.

    Raises DatabaseNotReady, and SettingsProblem, also where something would be lost that nobody gave up.
    """
    settings = DatabaseSettings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    target = to or NEWEST
    with explained(settings), _opened(settings) as database:
        state = state_of(database)
        if state in UNUSABLE:
            raise DatabaseNotReady(cannot_start(*UNUSABLE[state]))
        here = revision_of(database)
        if target not in (NEWEST, NOTHING, *REVISIONS):
            raise SettingsProblem(_unknown(target, here))
        lost = _between(target, here)
        if lost and not may_lose:
            raise SettingsProblem(_question(target, here, lost))
        if lost and is_open_elsewhere(database):
            raise SettingsProblem(_still_open(target))
        copy = copied(database, here) if here and _is_upgrade(target, here) else None
        before = downgrade(database, target) if lost else _upgraded(database, target)
        after = revision_of(database)
    event, kept = "migrated" if after != before else "nothing_to_migrate", {"copy": copy} if copy else {}
    log.info(event, before=before, now=after, database=place(database.engine.url), **kept)


def listing() -> str:
    """Return all revisions with what each brought, the newest first, and where the database is.

    Raises SettingsProblem.
    """
    settings = DatabaseSettings.from_environment()
    here = None
    if is_there(url_of(settings)):
        with explained(settings), _opened(settings) as database:
            here = revision_of(database)
    named = {NOTHING: "No tables at all.", **titles()}
    at = here or NOTHING
    if at not in named:
        named[at] = f"{TOO_NEW[0].upper()}{TOO_NEW[1:]}."
    shown = [f"{each}  {title}{_MARK if each == at else ''}" for each, title in named.items()]
    return "\n".join(reversed(shown))


@contextmanager
def _opened(settings: DatabaseSettings) -> Iterator[Database]:
    database = Database(settings.database_url.get_secret_value(), wait_seconds=WAIT_SECONDS)
    try:
        yield database
    finally:
        database.dispose()


def _upgraded(database: Database, target: str) -> str | None:
    return revision_of(database) if target == NOTHING else upgrade(database, target)


def _is_upgrade(target: str, here: str) -> bool:
    """Tell whether there is anything to bring to the tables."""
    wanted = REVISIONS[-1] if target == NEWEST else target
    return wanted != NOTHING and REVISIONS.index(wanted) > REVISIONS.index(here)


def _between(target: str, here: str | None) -> tuple[str, ...]:
    """Return the revisions that going from here to the target takes back, the newest first."""
    if target == NEWEST or here is None:
        return ()
    kept = 0 if target == NOTHING else REVISIONS.index(target) + 1
    return REVISIONS[kept : REVISIONS.index(here) + 1][::-1]


def _unknown(target: str, here: str | None) -> str:
    known = REVISIONS[: REVISIONS.index(here) + 1] if here else REVISIONS
    near = ", ".join(known[-_SHOWN:][::-1])
    return (
        f"There is no revision {target}: the tables are at {here or NOTHING}. "
        f"The nearest are {near}; `drumbeat migrate --list` shows all."
    )


def _question(target: str, here: str | None, lost: tuple[str, ...]) -> str:
    named = titles()
    return "\n".join(
        [
            f"Going from {here} back to {target} drops what these brought, with all that is in it:",
            "",
            *(f"  {revision}  {named[revision]}" for revision in lost),
            "",
            "Nothing was changed. Stop every `drumbeat serve`, make a backup, and say it again with --yes.",
        ]
    )


def _still_open(target: str) -> str:
    return (
        f"Another Drumbeat has this database open, and would go on with tables that {target} does not have. "
        "Nothing was changed. Stop every `drumbeat serve`, and say it again."
    )
