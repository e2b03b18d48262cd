"""Reads what screens show of risks; the number of queries does not grow with the number of rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import (
    ActionView,
    Actor,
    HistoryEntry,
    ProjectView,
    RiskDetails,
    RiskFilter,
    RiskPage,
    RiskPermissions,
    RiskView,
)
from models.rules.access import Capability, Standing, may
from models.rules.actions import ActionSource, ActionStatus
from models.rules.references import Marker, Reference
from models.rules.risks.moves import CAPABILITIES, ENDING, RiskMove, moves_from
from models.rules.risks.scoring import GRAVE_FROM, SeverityBand
from models.rules.risks.states import LIVE, RiskStatus, is_treatable
from models.rules.risks.words import RiskKind, Visibility
from models.services import audit
from models.services.actions.permissions import changeable
from models.services.actions.rows import actions_of
from models.services.projects.rows import colleague, projects, required_project, required_projects
from models.services.raid import links
from models.services.risks.fields import reaches
from models.services.risks.rows import (
    BAND_RANK,
    POINTS,
    RISK,
    SELECT,
    find_risk,
    is_kept,
    risk_of,
    risks,
    visible_to,
)
from models.services.standing import require, standing

PAGE_SIZE = 10
_BANDS = tuple(SeverityBand)
_NOT_SCORED = -1
_OVER = (
    "{0} is archived, so its risks can be closed, and nothing else. To work on them again, reopen it first: "
    "`/project reopen {0}`."
)


def require_sight(held: Standing, risk: RiskView) -> None:
    """Raise NotAllowed for who may see no risks, NotFound for who may not know of this one."""
    require(held, Capability.SEE_RISK)
    is_hidden = risk.visibility is Visibility.RESTRICTED and not may(held, Capability.SEE_RESTRICTED_RISK)
    if is_hidden:
        raise NotFound(RISK, str(risk.reference))


def details(
    session: Session, actor: Actor, reference: Reference | UUID, in_project: UUID | None
) -> RiskDetails:
    """Return a risk with its history and what the person may do with it. Raises NotFound, NotAllowed."""
    risk = find_risk(session, actor.workspace_id, _named(reference, in_project))
    if risk is None or risk.is_withdrawn:
        require(standing(actor), Capability.SEE_RISK)
        raise NotFound(RISK, str(reference))
    project = required_project(session, actor.workspace_id, risk.project_id)
    promised = actions_of(session, actor.workspace_id, ActionSource.RISK, risk.id)
    held = standing(actor, project, risk, helpers=[action.owner for action in promised])
    require_sight(held, risk)
    history = audit.history(session, actor.workspace_id, risk.id)
    before, after = links.of_risk(session, actor, actor.workspace_id, risk.id)
    permissions = _permissions(actor, held, risk, history, promised)
    return RiskDetails(
        risk=risk,
        came_from=before,
        led_to=after,
        history=history,
        permissions=(_at_the_end(project, permissions) if project.is_archived else permissions),
        actions=promised,
    )


def _named(reference: Reference | UUID, in_project: UUID | None) -> ColumnElement[bool]:
    if isinstance(reference, UUID):
        return risks.c.id == reference
    if reference.marker is not Marker.RISK:
        return false()
    where = projects.c.id == in_project if reference.key is None else projects.c.key == reference.key
    return and_(where, risks.c.number == reference.number)


def _permissions(
    actor: Actor,
    held: Standing,
    risk: RiskView,
    history: tuple[HistoryEntry, ...],
    promised: tuple[ActionView, ...],
) -> RiskPermissions:
    only_raiser = all(entry.person is None or entry.person.id == risk.raised_by.id for entry in history)
    return RiskPermissions(
        may_edit=may(held, Capability.EDIT_RISK),
        may_score=may(held, Capability.SCORE_RISK) and risk.status in LIVE,
        may_review=may(held, Capability.REVIEW_RISK) and risk.status in LIVE and risk.band is not None,
        moves=tuple(move for move in moves_from(risk.status) if _may_move(held, risk, move)),
        may_undo=may(held, Capability.UNDO_RISK) and only_raiser,
        changeable_actions=changeable(actor, held, promised),
        may_respond=may(held, Capability.RESPOND_TO_RISK) and is_treatable(risk.status),
        may_ask_acceptance=_may_ask_acceptance(held, risk),
        may_answer_acceptance=(
            may(held, Capability.ACCEPT_GRAVE_RISK) and risk.acceptance_asked_by is not None
        ),
        may_reassess=may(held, Capability.SCORE_RISK) and risk.status in LIVE and is_something_done(promised),
    )


def _at_the_end(project: ProjectView, whole: RiskPermissions) -> RiskPermissions:
    """Return what is left of somebody's permissions once the project is archived."""
    return RiskPermissions(
        may_undo=whole.may_undo,
        moves=tuple(move for move in whole.moves if move in ENDING),
        changeable_actions=whole.changeable_actions,
        why_no_more=over(project),
    )


def over(project: ProjectView) -> str:
    """Return what to say of anything but ending a risk of an archived project."""
    return _OVER.format(project.key)


def is_something_done(promised: tuple[ActionView, ...]) -> bool:
    """Tell whether at least one of the actions is done, so that what is left can be judged."""
    return any(action.status is ActionStatus.DONE for action in promised)


def _may_ask_acceptance(held: Standing, risk: RiskView) -> bool:
    return (
        RiskMove.ACCEPT in moves_from(risk.status)
        and may(held, Capability.ACCEPT_RISK)
        and not _may_move(held, risk, RiskMove.ACCEPT)
    )


def _may_move(held: Standing, risk: RiskView, move: RiskMove) -> bool:
    if move is RiskMove.ACCEPT and reaches(risk, GRAVE_FROM):
        return may(held, Capability.ACCEPT_GRAVE_RISK)
    return may(held, CAPABILITIES[move])


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
        stale=sum(row.stale for row in counted),
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
    if wanted.stale:
        conditions.append(_is_stale(today))
    conditions += [_mentions(word) for word in wanted.words.split()]
    return and_(*conditions)


def _is_stale(today: date) -> ColumnElement[bool]:
    """Return ``RiskView.is_stale`` as the database computes it."""
    return risks.c.next_review_on < today


def _mentions(word: str) -> ColumnElement[bool]:
    texts = (risks.c.title, risks.c.cause, risks.c.effect)
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def _counts(session: Session, listed: ColumnElement[bool], today: date) -> Sequence[Row[Any]]:
    """Return how many there are of each kind, state and band, and how many of these are stale."""
    rank = BAND_RANK.label("rank")
    counted = (
        select(
            rank,
            risks.c.kind,
            risks.c.status,
            func.count().label("risks"),
            func.count(case((_is_stale(today), 1))).label("stale"),
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
