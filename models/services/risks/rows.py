"""Reads and writes risks' rows; a risk always comes with its project's and its people's names."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    column,
    insert,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from models.compiled import Statement
from models.direct import Write
from models.read_models import PersonRef, RiskView
from models.rules.risks.scoring import BAND_POLICY, WORST_IMPACT, WORST_IMPACT_BAND, BandPolicy
from models.rules.risks.states import RiskStatus
from models.services.statements import binds
from models.tables import people, projects, risks

RISK = "risk"
"""What the audit trail and refusals call it, and the name of the write that makes one."""
NUMBER = "number_taken"
"""The name of the write that takes a project's next number."""

_raiser = people.alias("raiser")
_owner = people.alias("owner")
_asker = people.alias("asker")
_WRITTEN = tuple(each.name for each in risks.c if each.name not in {"number", "withdrawn_at"})

SELECT: Select[Any] = (
    select(
        risks,
        projects.c.key.label("project_key"),
        projects.c.name.label("project_name"),
        projects.c.internal_channel_id.label("channel_id"),
        projects.c.timezone,
        _raiser.c.slack_user_id.label("raiser_slack_id"),
        _raiser.c.name.label("raiser_name"),
        _owner.c.slack_user_id.label("owner_slack_id"),
        _owner.c.name.label("owner_name"),
        _asker.c.slack_user_id.label("asker_slack_id"),
        _asker.c.name.label("asker_name"),
    )
    .join(projects, projects.c.id == risks.c.project_id)
    .join(_raiser, _raiser.c.id == risks.c.raised_by_id)
    .outerjoin(_owner, _owner.c.id == risks.c.owner_id)
    .outerjoin(_asker, _asker.c.id == risks.c.acceptance_asked_by_id)
)

_HAS_RESIDUAL = and_(risks.c.residual_probability.is_not(None), risks.c.residual_impact.is_not(None))
PROBABILITY = case((_HAS_RESIDUAL, risks.c.residual_probability), else_=risks.c.probability)
IMPACT = case((_HAS_RESIDUAL, risks.c.residual_impact), else_=risks.c.impact)
"""How likely and how bad a risk is now, as ``RiskView`` says it."""
POINTS = PROBABILITY * IMPACT
"""The active score as the database computes it; NULL while not scored."""


def _reaches(policy: BandPolicy) -> ColumnElement[bool]:
    enough: ColumnElement[bool] = POINTS.op(">=")(policy.lowest_score)
    if policy.band is not WORST_IMPACT_BAND:
        return enough
    return or_(enough, and_(IMPACT.op("=")(WORST_IMPACT), PROBABILITY.is_not(None)))


BAND_RANK = case(*((_reaches(policy), policy.band.rank) for policy in BAND_POLICY))
"""``rules.scoring.band`` as the database computes it, from the same policy; NULL while not scored."""

LACKS_OWNER = and_(risks.c.status == RiskStatus.PROPOSED, BAND_RANK.is_not(None), risks.c.owner_id.is_(None))
"""Whether all that a risk waits for is somebody to own it, as ``RiskView`` says it."""


def find_risk(
    session: Session, workspace_id: UUID, condition: ColumnElement[bool], *, lock: bool = False
) -> RiskView | None:
    """Return the workspace's only risk of which the condition is true; ``lock`` keeps others off it."""
    wanted = SELECT.where(risks.c.workspace_id == workspace_id, condition)
    if lock:
        wanted = wanted.with_for_update(of=risks)
    row = session.connection().execute(wanted).one_or_none()
    return risk_of(row) if row else None


def risk_of(row: Row[Any]) -> RiskView:
    """Return the risk of a row of ``SELECT``."""
    has_owner = row.owner_id is not None
    is_asked = row.acceptance_asked_by_id is not None
    return RiskView(
        id=row.id,
        workspace_id=row.workspace_id,
        project_id=row.project_id,
        project_key=row.project_key,
        project_name=row.project_name,
        channel_id=row.channel_id,
        timezone=row.timezone,
        number=row.number,
        version=row.version,
        kind=row.kind,
        status=row.status,
        title=row.title,
        raised_by=PersonRef(row.raised_by_id, row.raiser_slack_id, row.raiser_name),
        raised_at=row.raised_at,
        updated_at=row.updated_at,
        visibility=row.visibility,
        cause=row.cause,
        effect=row.effect,
        category=row.category,
        probability=row.probability,
        impact=row.impact,
        residual_probability=row.residual_probability,
        residual_impact=row.residual_impact,
        proximity=row.proximity,
        strategy=row.strategy,
        owner=PersonRef(row.owner_id, row.owner_slack_id, row.owner_name) if has_owner else None,
        due_on=row.due_on,
        next_review_on=row.next_review_on,
        acceptance_asked_by=(
            PersonRef(row.acceptance_asked_by_id, row.asker_slack_id, row.asker_name) if is_asked else None
        ),
        closing_reason=row.closing_reason,
        source_url=row.source_url,
        is_withdrawn=row.withdrawn_at is not None,
    )


def inserting(risk: RiskView) -> Iterator[Write]:
    """Yield what writes a new risk under its project's next number; the last write returns the number.

    The number comes last: until the commit it keeps everybody else waiting who logs a risk there. An archived
    project has none to give.
    """
    yield Write(NUMBER, _TAKE_NUMBER, _project_of(risk))
    yield Write(RISK, _INSERT, _identity(risk) | _values(risk))


def insert_risk(session: Session, risk: RiskView) -> int | None:
    """Write a new risk at the end of another transaction, and return its number; None where there is none."""
    connection = session.connection()
    taken = connection.execute(_TAKE_AND_TELL, _project_of(risk)).one_or_none()
    if taken is None:
        return None
    number: int = taken.risks_logged
    connection.execute(insert(risks), _identity(risk) | _values(risk) | {"number": number})
    return number


def _project_of(risk: RiskView) -> dict[str, Any]:
    return {"project": risk.project_id, "workspace": risk.workspace_id}


def _identity(risk: RiskView) -> dict[str, Any]:
    return {
        "id": risk.id,
        "workspace_id": risk.workspace_id,
        "project_id": risk.project_id,
        "raised_by_id": risk.raised_by.id,
        "raised_at": risk.raised_at,
        "source_url": risk.source_url,
    }


_TAKE = (
    update(projects)
    .values(risks_logged=projects.c.risks_logged + 1)
    .where(
        projects.c.id == bindparam("project"),
        projects.c.workspace_id == bindparam("workspace"),
        projects.c.archived_at.is_(None),
    )
)
_TAKE_AND_TELL = _TAKE.returning(projects.c.risks_logged)


def _insert(dialect: str) -> ReturningInsert[tuple[int]]:
    """Return the INSERT of a risk under the number just taken.

    Postgres runs both as one statement, in which a project's row looks as it did before, and what the other
    write returned goes by its name.
    """
    values = binds(risks, only=_WRITTEN)
    if dialect == "postgresql":
        taken = select(*values.values(), table(NUMBER, column("risks_logged")).c.risks_logged)
    else:
        taken = select(*values.values(), projects.c.risks_logged).where(projects.c.id == values["project_id"])
    into = insert(risks).from_select([*values, "number"], taken, include_defaults=False)
    return into.returning(risks.c.number)


_TAKE_NUMBER = Statement(lambda dialect: _TAKE_AND_TELL if dialect == "postgresql" else _TAKE)
_INSERT = Statement(_insert)


def update_risk(session: Session, risk: RiskView) -> None:
    """Write a changed risk over the one that was locked for it."""
    withdrawn = {"withdrawn_at": risk.updated_at} if risk.is_withdrawn else {}
    session.connection().execute(
        update(risks).where(risks.c.id == risk.id, risks.c.version == risk.version - 1),
        _values(risk) | withdrawn,
    )


def _values(risk: RiskView) -> dict[str, Any]:
    return {
        "version": risk.version,
        "kind": risk.kind,
        "status": risk.status,
        "visibility": risk.visibility,
        "title": risk.title,
        "cause": risk.cause,
        "effect": risk.effect,
        "category": risk.category,
        "probability": risk.probability,
        "impact": risk.impact,
        "residual_probability": risk.residual_probability,
        "residual_impact": risk.residual_impact,
        "proximity": risk.proximity,
        "strategy": risk.strategy,
        "owner_id": risk.owner.id if risk.owner else None,
        "updated_at": risk.updated_at,
        "due_on": risk.due_on,
        "next_review_on": risk.next_review_on,
        "acceptance_asked_by_id": risk.acceptance_asked_by.id if risk.acceptance_asked_by else None,
        "closing_reason": risk.closing_reason,
    }


def is_kept() -> ColumnElement[bool]:
    """Return the condition that leaves out what was taken back, and archived projects."""
    return and_(risks.c.withdrawn_at.is_(None), projects.c.archived_at.is_(None))
