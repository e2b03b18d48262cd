"""Projects with the gravest first, page by page; the database ranks them, however many there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from models.read_models import Actor, MoodState
from models.read_models.home import HomeColour, HomeProject, HomeProjects
from models.rules.access import Capability, ProjectRole
from models.rules.rag import Colour
from models.rules.rag_periods import Cadence
from models.rules.risk_states import LIVE
from models.rules.scoring import SeverityBand
from models.services import sight
from models.services.moods.alert_rows import alerts
from models.services.projects.rows import IS_ACTIVE, memberships, projects
from models.services.risks.rows import BAND_RANK, risks, visible_to
from models.services.statuses.rows import statuses, versions
from models.tables import Person
from models.tables.base import table_of

PAGE_SIZE = 10
STALE_AFTER = {Cadence.WEEKLY: timedelta(days=14), Cadence.MONTHLY: timedelta(days=60)}
"""So long after the last period with a status began, another one is missing: that is never green."""

_people = table_of(Person)


@dataclass(frozen=True)
class Gravity:
    """What may be wrong with a project, as columns; each is 0 where it is not."""

    colour: ColumnElement[int]
    """How bad the last overall colour is, by its rank."""
    critical: ColumnElement[int]
    high: ColumnElement[int]
    alarmed: ColumnElement[int]
    """Whether a mood alert is open, for who may know of it."""


Wanted = Callable[[Gravity], ColumnElement[bool]]
"""Which projects to rank."""


@dataclass(frozen=True)
class Ranked:
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
    return lambda _gravity: theirs


def is_exceptional(gravity: Gravity) -> ColumnElement[bool]:
    """Return the condition that lets through what somebody above the project should look at."""
    wrong = (gravity.colour, gravity.critical, gravity.high, gravity.alarmed)
    return or_(*(each.op(">")(0) for each in wrong))


def ranked(session: Session, actor: Actor, wanted: Wanted, page: int, today: date) -> Ranked:
    """Return a page of the wanted projects, red ones and those with the gravest risks first.

    Past the end it is the last page.
    """
    listed = _by_gravity(actor, wanted, today).subquery()
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
    rows = (
        session.connection()
        .execute(
            select(
                numbered,
                _manager_of(numbered.c.id).label("manager"),
                number_of_projects(actor).label("everywhere"),
            )
            .where(numbered.c.place > (shown - 1) * PAGE_SIZE, numbered.c.place <= shown * PAGE_SIZE)
            .order_by(numbered.c.place)
        )
        .all()
    )
    if not rows:
        return Ranked()
    count = int(rows[0].total)
    return Ranked(tuple(rows), (rows[0].place - 1) // PAGE_SIZE + 1, -(-count // PAGE_SIZE), count)


def number_of_projects(actor: Actor) -> ScalarSelect[int]:
    """Return how many active projects there are in the workspace."""
    counted = projects.alias("counted")
    return (
        select(func.count())
        .select_from(counted)
        .where(counted.c.workspace_id == actor.workspace_id, counted.c.archived_at.is_(None))
        .scalar_subquery()
    )


def _by_gravity(actor: Actor, wanted: Wanted, today: date) -> Select[Any]:
    graves = _graves(actor).subquery()
    alarmed = exists().where(
        alerts.c.project_id == projects.c.id,
        alerts.c.ended_at.is_(None),
        sight.through_role(actor, Capability.SEE_MOOD_ALERT, alerts.c.project_id),
    )
    gravity = Gravity(
        colour=func.coalesce(_last_colour(today), 0),
        critical=func.coalesce(graves.c.critical, 0),
        high=func.coalesce(graves.c.high, 0),
        alarmed=case((alarmed, 1), else_=0),
    )
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
            wanted(gravity),
        )
    )


def _graves(actor: Actor) -> Select[Any]:
    """Return how many critical and high risks that the person may see are open, project by project."""
    return (
        select(
            risks.c.project_id,
            _number_of(SeverityBand.CRITICAL).label("critical"),
            _number_of(SeverityBand.HIGH).label("high"),
        )
        .where(
            risks.c.workspace_id == actor.workspace_id,
            risks.c.status.in_(sorted(LIVE)),
            risks.c.withdrawn_at.is_(None),
            visible_to(actor),
        )
        .group_by(risks.c.project_id)
    )


def _number_of(band: SeverityBand) -> ColumnElement[int]:
    is_of_band: ColumnElement[bool] = BAND_RANK.op("=")(band.rank)
    return func.sum(case((is_of_band, 1), else_=0))


def _last_colour(today: date) -> ScalarSelect[int]:
    """Return how bad the last overall colour of a project is, by its rank; what is stale is amber at best.

    It is looked up project by project: joined, it would be searched through for each of them on SQLite, which
    makes no index of a ranked list.
    """
    is_stale = or_(
        *(
            and_(statuses.c.cadence == cadence, statuses.c.starts_on < today - after)
            for cadence, after in STALE_AFTER.items()
        )
    )
    rank = case(
        (versions.c.declared == Colour.RED, Colour.RED.rank),
        (or_(versions.c.declared == Colour.AMBER, is_stale), Colour.AMBER.rank),
        else_=Colour.GREEN.rank,
    )
    return (
        select(rank)
        .select_from(statuses)
        .join(versions, and_(versions.c.status_id == statuses.c.id, versions.c.number == statuses.c.version))
        .where(statuses.c.project_id == projects.c.id)
        .order_by(statuses.c.starts_on.desc(), statuses.c.id)
        .limit(1)
        .correlate(projects)
        .scalar_subquery()
    )


def _manager_of(project_id: ColumnElement[UUID]) -> ScalarSelect[str]:
    """Return the name of who manages the project: whoever was first given the role and still holds it."""
    return (
        select(_people.c.name)
        .join(memberships, memberships.c.person_id == _people.c.id)
        .where(
            memberships.c.project_id == project_id,
            memberships.c.role == ProjectRole.PROJECT_MANAGER,
            memberships.c.is_deputy == false(),
            IS_ACTIVE,
        )
        .order_by(memberships.c.created_at, _people.c.name)
        .limit(1)
        .scalar_subquery()
    )
