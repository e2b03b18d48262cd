"""Projects with the gravest risks first, page by page; the database ranks them, however many there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from models.read_models import Actor, MoodState, PersonRef
from models.read_models.home import HomeProject, HomeProjects
from models.rules.access import Capability
from models.rules.risk_states import LIVE
from models.rules.scoring import SeverityBand
from models.services import sight
from models.services.moods.alert_rows import alerts
from models.services.projects.rows import memberships, projects
from models.services.risks.rows import BAND_RANK, risks, visible_to

PAGE_SIZE = 10

Wanted = Callable[[ColumnElement[int], ColumnElement[int], ColumnElement[bool]], ColumnElement[bool]]
"""Which projects to rank, by how many critical and high risks they have and whether a mood alert is open."""


@dataclass(frozen=True)
class Ranked:
    """One page of projects before it is known how their clients are."""

    rows: tuple[Row[Any], ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0

    def drawn(self, moods: Mapping[UUID, MoodState], named: Mapping[UUID, PersonRef]) -> HomeProjects:
        """Return the page with how each client is, and who manages the project."""
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
                manager=named.get(row.id),
            )
            for row in self.rows
        )
        return HomeProjects(lines, self.page, self.pages, self.total)


def is_mine(actor: Actor) -> Wanted:
    """Return the condition that lets through the person's own projects."""
    theirs = exists().where(
        memberships.c.project_id == projects.c.id, memberships.c.person_id == actor.person.id
    )
    return lambda _critical, _high, _alarmed: theirs


def is_exceptional(
    critical: ColumnElement[int], high: ColumnElement[int], alarmed: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return the condition that lets through what somebody above the project should look at."""
    return or_(critical.op(">")(0), high.op(">")(0), alarmed)


def ranked(session: Session, actor: Actor, wanted: Wanted, page: int) -> Ranked:
    """Return a page of the wanted projects, those with the gravest risks first; past the end, the last."""
    listed = _by_gravity(actor, wanted).subquery()
    total = func.count().over().label("total")
    numbered = select(
        listed,
        total,
        func.row_number()
        .over(
            order_by=(
                listed.c.critical.desc(),
                listed.c.alarmed.desc(),
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
            select(numbered)
            .where(numbered.c.place > (shown - 1) * PAGE_SIZE, numbered.c.place <= shown * PAGE_SIZE)
            .order_by(numbered.c.place)
        )
        .all()
    )
    if not rows:
        return Ranked()
    count = int(rows[0].total)
    return Ranked(tuple(rows), (rows[0].place - 1) // PAGE_SIZE + 1, -(-count // PAGE_SIZE), count)


def _by_gravity(actor: Actor, wanted: Wanted) -> Select[Any]:
    graves = (
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
        .subquery()
    )
    critical, high = func.coalesce(graves.c.critical, 0), func.coalesce(graves.c.high, 0)
    alarmed = exists().where(
        alerts.c.project_id == projects.c.id,
        alerts.c.ended_at.is_(None),
        sight.through_role(actor, Capability.SEE_MOOD_ALERT, alerts.c.project_id),
    )
    return (
        select(
            projects.c.id,
            projects.c.key,
            projects.c.name,
            projects.c.internal_channel_id,
            critical.label("critical"),
            high.label("high"),
            case((alarmed, 1), else_=0).label("alarmed"),
        )
        .outerjoin(graves, graves.c.project_id == projects.c.id)
        .where(
            projects.c.workspace_id == actor.workspace_id,
            projects.c.archived_at.is_(None),
            wanted(critical, high, alarmed),
        )
    )


def _number_of(band: SeverityBand) -> ColumnElement[int]:
    is_of_band: ColumnElement[bool] = BAND_RANK.op("=")(band.rank)
    return func.sum(case((is_of_band, 1), else_=0))
