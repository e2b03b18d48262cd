"""What the risk register's screens cost at ten and at ten thousand risks."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, insert, select

from models.database import Database
from models.migrations import upgrade
from models.read_models import RiskFilter
from models.reports.risks import RiskReports
from models.rules.references import Reference
from models.tables import audit_entries, risks
from tests.benchmarks.costs import Cost, cost, table
from tests.models.world import NOW, TODAY, World

SIZES = (10, 10_000)


def risk_lines(folder: Path) -> str:
    """Measure each screen at each size, and return the table."""
    costs = {size: _costs(folder / f"risks-{size}.db", size) for size in SIZES}
    return table("/risk on SQLite", "risks", costs)


def begin(world: World) -> None:
    """Make the project, with one risk."""
    dana = world.person("Dana")
    world.log(dana, world.project(dana), probability=4, impact=3, owner_id=dana.person.id)


def fill(world: World, size: int) -> None:
    """Copy that risk with its history, a day apart, until there are so many."""
    with world.database.write() as session:
        there = session.scalar(select(func.count()).select_from(risks)) or 0
        row = dict(session.execute(select(risks).where(risks.c.number == 1)).one()._mapping)
        entry = dict(
            session.execute(select(audit_entries).where(audit_entries.c.entity_id == row["id"]))
            .one()
            ._mapping
        )
        entry.pop("id")
        rows = [
            row
            | {
                "id": uuid4(),
                "number": number,
                "probability": 1 + number % 5,
                "impact": 1 + number % 4,
                "raised_at": NOW - timedelta(days=number % 300),
            }
            for number in range(there + 1, size + 1)
        ]
        session.execute(insert(risks), rows)
        session.execute(insert(audit_entries), [entry | {"entity_id": made["id"]} for made in rows])


def screens(world: World) -> dict[str, Callable[[], object]]:
    """Return what can be looked at, by name."""
    dana = world.person("Dana")
    project = world.projects.by_key(dana, "ACME")
    reports = RiskReports(world.database)
    return {
        "list": lambda: world.register.page(dana, RiskFilter(project_ids=(project.id,)), today=TODAY),
        "list all, last page": lambda: world.register.page(dana, RiskFilter(page=99_999), today=TODAY),
        "list mine, late": lambda: world.register.page(dana, RiskFilter(mine=True, late=True), today=TODAY),
        "show": lambda: world.register.details(dana, Reference(1, "ACME"), in_project=None),
        "matrix": lambda: reports.matrix(dana, project.id),
        "burndown": lambda: reports.burn_down(dana, project.id, now=NOW),
        "project": lambda: world.profiles.card(dana, project.id),
        "projects": lambda: world.profiles.page(dana),
    }


def _costs(path: Path, size: int) -> dict[str, Cost]:
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    world = World(database)
    begin(world)
    fill(world, size)
    found = {name: cost(database, look) for name, look in screens(world).items()}
    database.dispose()
    return found
