"""Reads lists of risks; the number of queries does not grow with the number of rows."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.read_models import (
    Actor,
    RiskFilter,
    RiskPage,
)
from models.rules.access import Capability
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import LIVE, RiskStatus
from models.rules.risks.words import RiskKind
from models.services.projects.rows import colleague, required_projects
from models.services.risks.rows import BAND_RANK, POINTS, SELECT, is_kept, risk_of
from models.services.risks.sight import visible_to
from models.services.standing import require, standing
from models.tables import projects, risks
from models.value import replace

PAGE_SIZE = 10

_BANDS = tuple(SeverityBand)

_NOT_SCORED = -1


def page(session: Session, actor: Actor, wanted: RiskFilter, today: date) -> RiskPage:
    """Return one page of the risks that are wanted, gravest first; beyond the last page, the last one."""
    require(standing(actor), Capability.SEE_RISK)
    asked_for = required_projects(session, actor.workspace_id, wanted.project_ids)
    listed = _listed(actor, wanted, today)
    counted = _counts(session, listed, today)
    happened = sum(row.risks for row in counted if row.status is RiskStatus.OCCURRED)
    still = [row for row in counted if row.status is not RiskStatus.OCCURRED or wanted.status is not None]
    per_band = Counter[SeverityBand | None]()
    for row in still:
        if row.kind is RiskKind.THREAT:
            per_band[None if row.rank is None else _BANDS[row.rank]] += row.risks
    total = sum(row.risks for row in counted)
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, wanted.page), pages)
    rows = session.connection().execute(
        _gravest_first(listed).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    )
    return RiskPage(
        risks=tuple(risk_of(row) for row in rows),
        filter=replace(wanted, page=number),
        total=total,
        pages=pages,
        per_band=MappingProxyType(per_band),
        opportunities=sum(row.risks for row in still if row.kind is RiskKind.OPPORTUNITY),
        happened=happened if wanted.status is None else 0,
        late=sum(row.late for row in counted),
        projects=asked_for,
        owner=colleague(session, actor.workspace_id, wanted.owner_id)
        if wanted.owner_id and not total
        else None,
    )


def _listed(actor: Actor, wanted: RiskFilter, today: date) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [
        risks.c.workspace_id == actor.workspace_id,
        risks.c.status.in_(sorted(LIVE) if wanted.status is None else [wanted.status]),
        is_kept(),
        visible_to(actor),
    ]
    if wanted.project_ids:
        conditions.append(risks.c.project_id.in_(wanted.project_ids))
    if wanted.mine:
        me = actor.person.id
        conditions.append(or_(risks.c.owner_id == me, risks.c.raised_by_id == me))
    if wanted.owner_id is not None:
        conditions.append(risks.c.owner_id == wanted.owner_id)
    if wanted.band is not None:
        conditions.append(BAND_RANK.op("=")(wanted.band.rank))
    if wanted.late:
        conditions.append(_is_late(today))
    conditions += [_mentions(word) for word in wanted.words.split()]
    return and_(*conditions)


def _is_late(today: date) -> ColumnElement[bool]:
    """Return whether a risk that needs somebody is late or stale, as ``RiskView`` says it."""
    is_passed = or_(risks.c.next_review_on < today, risks.c.due_on < today)
    return and_(is_passed, risks.c.status.in_(sorted(LIVE)))


def _mentions(word: str) -> ColumnElement[bool]:
    texts = (risks.c.title, risks.c.cause, risks.c.effect)
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def _counts(session: Session, listed: ColumnElement[bool], today: date) -> Sequence[Row[Any]]:
    """Return how many there are of each kind, state and band, and how many of these are late."""
    rank = BAND_RANK.label("rank")
    counted = (
        select(
            rank,
            risks.c.kind,
            risks.c.status,
            func.count().label("risks"),
            func.count(case((_is_late(today), 1))).label("late"),
        )
        .select_from(risks.join(projects, projects.c.id == risks.c.project_id))
        .where(listed)
        .group_by(rank, risks.c.kind, risks.c.status)
    )
    return session.connection().execute(counted).all()


def _gravest_first(listed: ColumnElement[bool]) -> Select[Any]:
    return SELECT.where(listed).order_by(
        func.coalesce(BAND_RANK, _NOT_SCORED).desc(),
        func.coalesce(POINTS, _NOT_SCORED).desc(),
        risks.c.due_on.is_(None),
        risks.c.due_on,
        risks.c.raised_at.desc(),
        risks.c.number.desc(),
        risks.c.id,
    )
