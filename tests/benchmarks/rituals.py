"""What the clockwork costs: a look when nothing is due, ten thousand rituals due at once, and memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from models.database import Database
from models.migrations import upgrade
from models.read_models import Actor
from models.services.mornings.planning import MorningPlanner
from models.services.rituals.due import NEXT_DUE, is_due
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from models.tables import ritual_occurrences, rituals
from scheduled.mornings import contributions
from scheduled.planner import Planner
from scheduled.rituals import acts, sorts
from tests.benchmarks.arms import Workplace
from tests.benchmarks.footprint import resident
from tests.benchmarks.job_store import seconds_to_run
from tests.benchmarks.report import Bound, Goal, ratio, spread, table
from tests.models.rituals import ritual_values
from tests.models.world import World

SIZES = (1_000, 10_000, 100_000)
NOW = datetime(2026, 10, 7, 23, tzinfo=UTC)
SINCE = "2026-10-01T00:00"
"""A ritual of every second Wednesday came round once since, an hour ago."""
FAR_AHEAD = NOW + timedelta(days=365)
AT_ONCE = 5_000
"""Rows in one insert."""
TICK = Goal(Bound.AT_MOST, 1.5)
GROWTH = Goal(Bound.AT_MOST, 1.2)
PLANNED = {"SQLite": Goal(Bound.AT_LEAST, 8), "Postgres": Goal(Bound.AT_LEAST, 10)}
MEMORY = Goal(Bound.AT_MOST, 15)
"""Mebibytes that a hundred thousand rituals add."""


@dataclass(frozen=True)
class Effort:
    """How much to measure."""

    rounds: int
    ticks: int
    """In each round."""
    due: int
    """Rituals due at once."""
    repeats: int = 1
    """How often what takes long is measured."""


def ritual_lines(place: Workplace, effort: Effort) -> str:
    """Measure all of it, and return the tables."""
    parts = [_idle(place, effort), _due(place, effort), _memory(place, effort)]
    return "\n".join(f"\n{title}\n\n{table(rows)}" for title, rows in parts)


def _idle(place: Workplace, effort: Effort) -> tuple[str, list[list[str]]]:
    """Measure a look when nothing is due, beside the same query through SQLAlchemy alone, all in turn."""
    rows = [["nothing is due", "ours, ms", "the query alone, ms", str(TICK), f"{GROWTH} of 1,000"]]
    for name, address in (("SQLite", place.sqlite), ("Postgres", place.new_postgres)):
        with ExitStack() as opened:
            databases = [
                opened.enter_context(filled(address(f"idle_{size}"), size, FAR_AHEAD)) for size in SIZES
            ]
            ours, alone = _looks(databases, effort)
        for number, size in enumerate(SIZES):
            rows.append(
                [
                    f"{size:,} rituals, {name}",
                    spread(ours[number]).show(3),
                    spread(alone[number]).show(3),
                    TICK.verdict(ratio(ours[number], alone[number])),
                    GROWTH.verdict(ratio(ours[number], ours[0])),
                ]
            )
    return "Rituals: idle", rows


def _looks(databases: Sequence[Database], effort: Effort) -> tuple[list[list[float]], list[list[float]]]:
    """Return the milliseconds of one look, ours and the query's alone, for each database round by round."""
    looks: list[Callable[[], object]] = [planner_of(each).run_once for each in databases]
    looks += [partial(_ask, each) for each in databases]
    rounds = [[_milliseconds(look, effort.ticks) for look in looks] for _ in range(effort.rounds + 1)]
    # The first round warms up.
    took = [list(each) for each in zip(*rounds[1:], strict=True)]
    return took[: len(databases)], took[len(databases) :]


def _milliseconds(look: Callable[[], object], times: int) -> float:
    """Return what most looks take; one that the machine held up tells of the machine."""
    return median(_seconds(look) for _ in range(times)) * 1000


def _ask(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.execute(NEXT_DUE).one()


def _due(place: Workplace, effort: Effort) -> tuple[str, list[list[str]]]:
    """Measure how long planning what is due at once takes, beside APScheduler's own store running as much."""
    rows = [[f"{effort.due:,} at once, s", "planned", "and carried out", "APScheduler's", "goal", "ratio"]]
    for name, address in (("SQLite", place.sqlite), ("Postgres", place.new_postgres)):
        planned, carried_out, theirs = [], [], []
        for number in range(effort.repeats):
            with filled(address(f"due_{number}"), effort.due, NOW - timedelta(hours=1)) as database:
                theirs.append(seconds_to_run(database.engine, effort.due))
                planned.append(_seconds(partial(_plan, database)))
                carried_out.append(planned[-1] + _seconds(planner_of(database).run_once))
                require_planned(database, effort.due)
        goal = PLANNED[name]
        told = goal.verdict(ratio(theirs, planned))
        shown = [spread(each).show(2) for each in (planned, carried_out, theirs)]
        rows.append([name, *shown, str(goal), told])
    return "Rituals: due at once", rows


def _plan(database: Database) -> None:
    planner = RitualPlanner(database, sorts())
    while planner.plan(now=NOW):
        pass


def _seconds(run: Callable[[], object]) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


def require_planned(database: Database, count: int) -> None:
    """Raise LookupError unless each ritual was planned once."""
    with database.read() as session:
        found = session.scalar(select(func.count()).select_from(ritual_occurrences))
    if found != count:
        msg = f"{found} of {count} were planned"
        raise LookupError(msg)


def _memory(place: Workplace, effort: Effort) -> tuple[str, list[list[str]]]:
    """Measure what a hundred thousand rituals add to a product that has nothing to do."""
    few, many = place.sqlite("few"), place.sqlite("many")
    for address, size in ((few, 1), (many, SIZES[-1])):
        with filled(address, size, FAR_AHEAD):
            pass
    found = [(resident(place, few), resident(place, many)) for _ in range(effort.repeats)]
    added = spread([more - less for less, more in found])
    return "Rituals: memory", [
        ["idle, MB", "without", f"{SIZES[-1]:,} rituals", "goal", "added"],
        [
            "Drumbeat",
            spread([less for less, _ in found]).show(1),
            spread([more for _, more in found]).show(1),
            str(MEMORY),
            MEMORY.verdict(added),
        ],
    ]


def planner_of(database: Database) -> Planner:
    """Return the product's planner."""
    return Planner(
        is_due=partial(is_due, database),
        rituals=RitualPlanner(database, sorts()),
        steps=StepRunner(database, sorts(), acts()),
        mornings=MorningPlanner(database, contributions()),
        clock=lambda: NOW,
    )


@contextmanager
def filled(url: str, size: int, next_due_at: datetime) -> Iterator[Database]:
    """Make a database with so many rituals, all of which are next due then."""
    database = Database(url)
    try:
        upgrade(database)
        owner = World(database).person("Dana")
        for _ in range(0, size, AT_ONCE):
            with database.write() as session:
                _add(session, owner, min(AT_ONCE, size), next_due_at)
        if database.dialect == "postgresql":
            _tidy(database)
        yield database
    finally:
        database.dispose()


def _tidy(database: Database) -> None:
    """Do what Postgres does by itself some time after so many rows were written."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _add(session: Session, owner: Actor, count: int, next_due_at: datetime) -> None:
    ids: list[UUID] = [uuid4() for _ in range(count)]
    same = ritual_values(owner, since=SINCE, next_due_at=next_due_at)
    session.execute(insert(rituals), [{**same, "id": each} for each in ids])
