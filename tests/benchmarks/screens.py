"""What Home and ``/weekly`` cost at ten, a thousand and ten thousand projects: queries and milliseconds."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from models.commands import StatusFields, WantedStatus
from models.database import Database
from models.migrations import upgrade
from models.read_models import Actor, Origin, Profile
from models.read_models.home import HomePages
from models.reports.home import Homes
from models.reports.statuses import StatusReports
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.projects.kinds import DeliveryMode, ProjectKind
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.rules.statuses.inside import Inside
from models.rules.statuses.periods import Cadence, Period
from models.rules.statuses.rag import Colour, Dimension
from models.services.people import People
from models.services.statuses.book import Statuses
from models.services.statuses.deadlines import KIND
from models.services.workspaces import Workspaces
from models.tables import (
    action_items,
    clients,
    memberships,
    projects,
    risks,
    rituals,
    status_dimensions,
    status_updates,
    status_versions,
)
from tests.benchmarks.costs import Cost, cost, table
from tests.models.rituals import THURSDAYS, ritual_values

SIZES = (10, 1_000, 10_000)
WEEKS = 3
"""Of history, in each project."""
ACTIONS = 10
"""Promised on each project."""
NOW = datetime(2026, 10, 16, 9, tzinfo=UTC)
SINCE = "2026-10-15T17:00"
"""When statuses were due."""
LONG_AGO = date(2026, 1, 5)
Row = dict[str, object]


def screen_lines(folder: Path) -> str:
    """Measure each screen at each size, and return the table."""
    costs = {size: dict(_costs(folder / f"screens-{size}.db", size)) for size in SIZES}
    return table("screens, on SQLite", "projects", costs)


def _costs(path: Path, size: int) -> Iterator[tuple[str, Cost]]:
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    manager, first = _fill(database, size)
    book, reports, homes = Statuses(database), StatusReports(database), Homes(database)
    period = Period.containing(NOW.date())

    def submit() -> object:
        known = book.start(manager, first, period, now=NOW).present
        wanted = WantedStatus(first, period, StatusFields("On track"), known.version if known else None)
        return book.submit(manager, wanted, origin=Origin("bench", str(uuid4())), now=NOW)

    screens: dict[str, Callable[[], object]] = {
        "Home": lambda: homes.of(manager, HomePages(), now=NOW),
        "/weekly form": lambda: book.start(manager, first, period, now=NOW),
        "/weekly form and post": submit,
        "/weekly which project?": lambda: book.owed(manager, now=NOW),
        "/weekly missing all": lambda: book.missing(manager, only_mine=False, now=NOW),
        "/weekly history": lambda: reports.grid(manager, first, now=NOW),
        "/weekly history all": lambda: reports.grid(manager, None, now=NOW),
    }
    for name, look in screens.items():
        yield name, cost(database, look)
    _ask_all(database, manager)
    for name in ("Home", "/weekly missing all"):
        yield f"{name}, none is in", cost(database, screens[name])
    database.dispose()


def _ask_all(database: Database, owner: Actor) -> None:
    """Have every project asked for its status, which nobody has sent: it was due yesterday."""
    with database.write() as session:
        connection = session.connection()
        rows = [
            ritual_values(
                owner,
                since=SINCE,
                kind=KIND,
                rule=THURSDAYS,
                project_id=each.id,
                channel_id=None,
                timezone=each.timezone,
            )
            for each in connection.execute(select(projects.c.id, projects.c.timezone))
        ]
        connection.execute(rituals.insert(), rows)
        # The one that "/weekly form and post" has sent.
        this_week = status_updates.c.starts_on == Period.containing(NOW.date()).starts_on
        connection.execute(update(status_updates).where(this_week).values(starts_on=LONG_AGO))


def _fill(database: Database, size: int) -> tuple[Actor, UUID]:
    """Write so many projects with their weeks; the manager runs the first four, and looks after all."""
    workspace_id = Workspaces(database).ensure("", "T_BENCH", "Bench", now=NOW)
    people = People(database)
    profile = Profile("U_DANA", "T_BENCH", "Dana", "Europe/Berlin")
    person = people.remember(workspace_id, "T_BENCH", profile, now=NOW).person
    people.grant(workspace_id, person.id, OrganisationRole.DELIVERY_MANAGER, now=NOW)
    ids = [uuid4() for _ in range(size)]
    with database.write() as session:
        _projects(session, workspace_id, person.id, ids)
        _statuses(session, workspace_id, person.id, ids)
        _actions(session, workspace_id, person.id, ids)
        _risks(session, workspace_id, person.id, ids)
    return people.remember(workspace_id, "T_BENCH", profile, now=NOW), ids[0]


def _projects(session: Session, workspace_id: UUID, person_id: UUID, ids: list[UUID]) -> None:
    long_ago = NOW - timedelta(days=90)
    common: Row = {"workspace_id": workspace_id, "created_at": long_ago}
    client_id = uuid4()
    session.execute(insert(clients), [{"id": client_id, "name": "Acme", **common}])
    rows = [
        {
            "id": project_id,
            "client_id": client_id,
            "key": f"P{number}",
            "name": f"Project {number}",
            "internal_channel_id": f"C{number}",
            "timezone": "Europe/Berlin",
            "created_by": person_id,
            "kind": ProjectKind.MANAGED,
            "delivery_mode": DeliveryMode.ITERATIVE,
            **common,
        }
        for number, project_id in enumerate(ids)
    ]
    session.execute(insert(projects), rows)
    held = {"person_id": person_id, "role": ProjectRole.PROJECT_MANAGER, "is_deputy": False, **common}
    session.execute(insert(memberships), [{"project_id": each, **held} for each in ids[:4]])


def _actions(session: Session, workspace_id: UUID, person_id: UUID, ids: list[UUID]) -> None:
    """Write what was promised on every project, half of it done since last week."""
    common: Row = {
        "workspace_id": workspace_id,
        "source_kind": ActionSource.MEETING,
        "version": 1,
        "visibility": Visibility.TEAM,
        "title": "Ask for a date",
        "owner_id": person_id,
        "due_on": NOW.date(),
        "raised_by_id": person_id,
        "raised_at": NOW,
        "updated_at": NOW,
        "closing_reason": "",
    }
    settled: tuple[Row, ...] = (
        {"status": ActionStatus.OPEN, "settled_at": None},
        {"status": ActionStatus.DONE, "settled_at": NOW},
    )
    rows = [
        {"id": uuid4(), "project_id": project_id, "source_id": uuid4(), **settled[number % 2], **common}
        for project_id in ids
        for number in range(ACTIONS)
    ]
    session.execute(insert(action_items), rows)


def _risks(session: Session, workspace_id: UUID, person_id: UUID, ids: list[UUID]) -> None:
    """Write a risk in every project, each band in turn."""
    texts = dict.fromkeys(("cause", "effect", "closing_reason"), "")
    common: Row = {"workspace_id": workspace_id, "version": 1, "kind": RiskKind.THREAT, **texts}
    written: Row = {"raised_by_id": person_id, "raised_at": NOW, "updated_at": NOW, "number": 1}
    rows = [
        {
            "id": uuid4(),
            "project_id": project_id,
            "status": RiskStatus.OPEN,
            "visibility": Visibility.TEAM,
            "title": "Vendor API may slip",
            "probability": 1 + number % 5,
            "impact": 4,
            "owner_id": person_id,
            "next_review_on": NOW.date(),
            **common,
            **written,
        }
        for number, project_id in enumerate(ids)
    ]
    session.execute(insert(risks), rows)


def _statuses(session: Session, workspace_id: UUID, person_id: UUID, ids: list[UUID]) -> None:
    """Write every project's weeks but for one in ten, which is missing last week's."""
    rows: dict[Table, list[Row]] = {status_updates: [], status_versions: [], status_dimensions: []}
    for number, project_id in enumerate(ids):
        for weeks_ago in range(1 if number % 10 else 2, WEEKS + 1):
            colour = list(Colour)[number % 3]
            _status(rows, (workspace_id, person_id, project_id), weeks_ago, colour)
    for mapped, values in rows.items():
        session.execute(insert(mapped), values)


def _status(
    rows: dict[Table, list[Row]], of: tuple[UUID, UUID, UUID], weeks_ago: int, colour: Colour
) -> None:
    workspace_id, person_id, project_id = of
    written_at = NOW - timedelta(weeks=weeks_ago)
    status_id, version_id = uuid4(), uuid4()
    common: Row = {"workspace_id": workspace_id}
    rows[status_updates].append(
        {
            "id": status_id,
            "project_id": project_id,
            "cadence": Cadence.WEEKLY,
            "starts_on": Period.containing(written_at.date()).starts_on,
            "version": 1,
            "submitted_by_id": person_id,
            "submitted_at": written_at,
            "is_late": False,
            **common,
        }
    )
    texts = ("headline", "done", "coming", "decision", "override_reason", "justification")
    rows[status_versions].append(
        {
            "id": version_id,
            "status_id": status_id,
            "number": 1,
            "author_id": person_id,
            "written_at": written_at,
            "declared": colour,
            "computed": colour,
            "inside": Inside.CLEAR,
            "findings": [],
            **dict.fromkeys(texts, "On track"),
            **common,
        }
    )
    rows[status_dimensions] += [
        {
            "version_id": version_id,
            "dimension": dimension,
            "colour": colour,
            "step": "",
            "criteria": "",
            "slips": 0,
            **common,
        }
        for dimension in Dimension
    ]
