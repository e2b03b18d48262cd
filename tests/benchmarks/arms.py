"""What is measured: each arm is a server process of its own, a text to send it, and the answer it owes."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bot.serve import THREADS
from tests.benchmarks.empty import COMMAND
from tests.benchmarks.processes import ROOT, Program, end, free_port
from tests.bot.slack_side import SIGNING_SECRET, TOKEN
from tests.databases import running_postgres

HELP = "help"
LINE = "Vendor API may slip p4 i3"
"""The risk of every delivery: grave enough to be announced, so that the outbox is written too."""


class Name(StrEnum):
    """The arms, in the order in which they take turns."""

    BARE = "bare Bolt app, set up as ours"
    DEFAULT = "bare Bolt app, Bolt's default"
    EMPTY = "our empty command"
    HELP = "/risk help"
    RISK_SQLITE = "risk, SQLite"
    CORE_SQLITE = "risk by hand, SQLite"
    RISK_POSTGRES = "risk, Postgres"
    CORE_POSTGRES = "risk by hand, Postgres"


@dataclass(frozen=True)
class Arm:
    """A program to put under load; ``expected`` are words of a right answer."""

    name: Name
    program: Program
    port: int
    text: str
    expected: str = ""
    command: str = "/risk"
    database: str | None = None
    """Where every risk that it answered for must have been saved."""


@dataclass(frozen=True)
class Workplace:
    """A folder for files, and the addresses of the Web API and of a Postgres server."""

    folder: Path
    api_url: str
    postgres: str

    def sqlite(self, name: str) -> str:
        """Return the address of a file."""
        return f"sqlite:///{self.folder / name}.db"

    def new_postgres(self, name: str) -> str:
        """Make an empty database and return its address."""
        with psycopg.connect(self.postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return make_url(self.postgres).set(database=name).render_as_string(hide_password=False)

    def settings(self, database: str, port: int) -> Mapping[str, str]:
        """Return the product's whole environment: what has to be set, and nothing to make it faster."""
        return {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": self.api_url,
            "DATABASE_URL": database,
            "PORT": str(port),
        }

    def product(self, database: str, port: int) -> Program:
        """Return our own server."""
        return Program("bot", ("serve",), self.settings(database, port))


@contextmanager
def workplace(folder: Path) -> Iterator[Workplace]:
    """Start the Web API and Postgres, and end both."""
    program = Program("tests.benchmarks.slack_api")
    api = subprocess.Popen(
        program.command_line, cwd=ROOT, env=program.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        with running_postgres() as postgres:
            address = api.stdout.readline().decode().strip() if api.stdout else ""
            yield Workplace(folder, address, postgres)
    finally:
        end(api)


def arms(place: Workplace) -> list[Arm]:
    """Return all arms, each with a port and, where it saves something, a database of its own."""
    made = [_bare(Name.BARE, "ours"), _bare(Name.DEFAULT, "default")]
    port = free_port()
    empty = Program("tests.benchmarks.empty", (), place.settings(place.sqlite("empty"), port))
    made.append(Arm(Name.EMPTY, empty, port, HELP, command=COMMAND))
    port = free_port()
    made.append(Arm(Name.HELP, place.product(place.sqlite("help"), port), port, HELP, "risk"))
    for risk, core, database in (
        (Name.RISK_SQLITE, Name.CORE_SQLITE, place.sqlite),
        (Name.RISK_POSTGRES, Name.CORE_POSTGRES, place.new_postgres),
    ):
        url, port = database(risk.name.lower()), free_port()
        made.append(Arm(risk, place.product(url, port), port, LINE, "Logged ACME-R", database=url))
        url, port = database(core.name.lower()), free_port()
        by_hand = Program("tests.benchmarks.by_hand", (str(port), str(THREADS), url))
        made.append(Arm(core, by_hand, port, LINE, "Logged ACME-R", database=url))
    return made


def _bare(name: Name, set_up: str) -> Arm:
    port = free_port()
    return Arm(name, Program("tests.benchmarks.bare", (str(port), str(THREADS), set_up)), port, HELP)
