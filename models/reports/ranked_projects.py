"""Projects with the gravest first, page by page; the database ranks them, however many there are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from models.read_models import Actor, MoodState
from models.read_models.home import HomeColour, HomeProject, HomeProjects
from models.reports.gravity import graves_of, gravity_of
from models.rules.access import ProjectRole
from models.rules.statuses.rag import Colour
from models.services.projects.rows import IS_ACTIVE
from models.tables import memberships, people, person_settings, projects
from models.value import Value

PAGE_SIZE = 10


Condition = Callable[[FromClause], ColumnElement[bool]]


class Wanted(Value):
    """Which projects to rank."""

    among: Condition
    """Takes the projects."""
    as_bad_as: Condition
    """Takes what there is of them, with what may be wrong."""


class Ranked(Value):
    """One page of projects before it is known how their clients are."""

    rows: tuple[Row[Any], ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0

    def drawn(self, moods: Mapping[UUID, MoodState], colours: Mapping[UUID, HomeColour]) -> HomeProjects:
        """Return the page with how each client is, and how each project stands."""
        lines = tuple(
            HomeProject(
                id=row.id,
                key=row.key,
                name=row.name,
                channel_id=row.internal_channel_id,
                critical=int(row.critical),
                high=int(row.high),
                has_alert=bool(row.alarmed),
                mood=moods[row.id],
                status=colours.get(row.id),
                manager=row.manager or "",
            )
            for row in self.rows
        )
        return HomeProjects(lines, self.page, self.pages, self.total)


def is_mine(actor: Actor) -> Wanted:
    """Return the condition that lets through the person's own projects."""
    theirs = exists().where(
        memberships.c.project_id == projects.c.id, memberships.c.person_id == actor.person.id
    )
    return Wanted(lambda _projects: theirs, lambda _found: true())


def _is_wrong(found: FromClause) -> ColumnElement[bool]:
    wrong = (found.c.colour, found.c.critical, found.c.high, found.c.alarmed)
    return or_(*(each.op(">")(0) for each in wrong))


IS_EXCEPTIONAL = Wanted(lambda _projects: true(), _is_wrong)
"""What somebody above the project should look at."""


def ranked(
    session: Session, actor: Actor, lists: Sequence[tuple[Wanted, int]], today: date
) -> tuple[Ranked, ...]:
    """Return a page of each list of wanted projects, red ones and those with the gravest risks first.

    Past the end it is the last page.
    """
    ranks = _by_gravity(actor, today)
    pages = [_page(ranks, wanted, page, number) for number, (wanted, page) in enumerate(lists)]
    shown = union_all(*pages).subquery()
    rows = (
        session.connection()
        .execute(
            select(
                shown,
                _manager_of(shown.c.id).label("manager"),
                number_of_projects(actor).label("everywhere"),
                away_until(actor).label("away_until"),
            ).order_by(shown.c.list, shown.c.place)
        )
        .all()
    )
    return tuple(_ranked([row for row in rows if row.list == number]) for number in range(len(lists)))


def away_until(actor: Actor) -> ScalarSelect[date | None]:
    """Return the last day on which the person said they are away."""
    return (
        select(person_settings.c.away_until)
        .where(person_settings.c.person_id == actor.person.id)
        .scalar_subquery()
    )


def _ranked(rows: Sequence[Row[Any]]) -> Ranked:
    if not rows:
        return Ranked()
    count = int(rows[0].total)
    return Ranked(tuple(rows), (rows[0].place - 1) // PAGE_SIZE + 1, -(-count // PAGE_SIZE), count)


def _page(ranks: Select[Any], wanted: Wanted, page: int, number: int) -> Select[Any]:
    # An OFFSET has the database look up once how bad each project is, and not wherever that is named.
    found = ranks.where(wanted.among(projects)).offset(0).subquery()
    listed = select(found).where(wanted.as_bad_as(found)).subquery()
    numbered = select(
        listed,
        func.count().over().label("total"),
        func.row_number()
        .over(
            order_by=(
                case((listed.c.colour.op("=")(Colour.RED.rank), 1), else_=0).desc(),
                listed.c.critical.desc(),
                listed.c.alarmed.desc(),
                listed.c.colour.desc(),
                listed.c.high.desc(),
                func.lower(listed.c.name),
                listed.c.key,
            )
        )
        .label("place"),
    ).subquery()
    last = (numbered.c.total + PAGE_SIZE - 1) // PAGE_SIZE
    shown = case((last.op("<")(page), last), else_=max(1, page))
    return select(numbered, literal(number).label("list")).where(
        numbered.c.place > (shown - 1) * PAGE_SIZE, numbered.c.place <= shown * PAGE_SIZE
    )


def number_of_projects(actor: Actor) -> ScalarSelect[int]:
    """Return how many active projects there are in the workspace."""
    counted = projects.alias("counted")
    return (
        select(func.count())
        .select_from(counted)
        .where(counted.c.workspace_id == actor.workspace_id, counted.c.archived_at.is_(None))
        .scalar_subquery()
    )


def _by_gravity(actor: Actor, today: date) -> Select[Any]:
    graves = graves_of(actor).cte("graves")
    gravity = gravity_of(actor, graves, today)
    return (
        select(
            projects.c.id,
            projects.c.key,
            projects.c.name,
            projects.c.internal_channel_id,
            projects.c.kind,
            projects.c.timezone,
            gravity.colour.label("colour"),
            gravity.critical.label("critical"),
            gravity.high.label("high"),
            gravity.alarmed.label("alarmed"),
        )
        .outerjoin(graves, graves.c.project_id == projects.c.id)
        .where(
            projects.c.workspace_id == actor.workspace_id,
            projects.c.archived_at.is_(None),
        )
    )


def _manager_of(project_id: ColumnElement[UUID]) -> ScalarSelect[str]:
    """Return the name of who manages the project: whoever was first given the role and still holds it."""
    return (
        select(people.c.name)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            memberships.c.project_id == project_id,
            memberships.c.role == ProjectRole.PROJECT_MANAGER,
            memberships.c.is_deputy == false(),
            IS_ACTIVE,
        )
        .order_by(memberships.c.created_at, people.c.name)
        .limit(1)
        .scalar_subquery()
    )
