"""Risks that time alone escalates, to delivery managers' mornings: each event once, as it is kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.rules.access import OrganisationRole
from models.rules.mornings.paces import Stage
from models.rules.risks.escalation import SOON_ENOUGH_IN_MORNINGS, EscalationEvent
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import JUDGED
from models.services.mornings.contributions import MOST_OF_ONE, Batch, Item, Recipient
from models.services.risks.escalating import late_action
from models.services.risks.rows import BAND_RANK, is_kept
from models.tables import escalations, mornings, projects, risks


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return to each delivery manager what came up since their last morning, the gravest first."""
    managers = [
        each for each in batch.recipients if OrganisationRole.DELIVERY_MANAGER in each.organisation_roles
    ]
    if not managers:
        return []
    since = _last_looked(session, managers, batch.now)
    rows = _escalated(session, batch, min(since.values()))
    return [
        Item(each.person.id, _about(row), Stage.LATE, {"risk_id": str(row.risk_id)})
        for each in managers
        for row in [row for row in rows if row.raised_at >= since[each.person.id]][:MOST_OF_ONE]
    ]


def _last_looked(session: Session, managers: Iterable[Recipient], now: datetime) -> Mapping[UUID, datetime]:
    """Return when each person's morning before this one was planned, however long they were away."""
    found = {each.person.id: each.morning.since for each in managers}
    rows = session.connection().execute(
        select(mornings.c.person_id, func.max(mornings.c.planned_at).label("planned_at"))
        .where(mornings.c.person_id.in_(found), mornings.c.planned_at < now)
        .group_by(mornings.c.person_id)
    )
    return found | {row.person_id: row.planned_at for row in rows}


def _escalated(session: Session, batch: Batch, since: datetime) -> list[Any]:
    rows = session.connection().execute(
        select(escalations.c.risk_id, escalations.c.event, escalations.c.subject, escalations.c.raised_at)
        .join(risks, risks.c.id == escalations.c.risk_id)
        .join(projects, projects.c.id == risks.c.project_id)
        .where(
            escalations.c.workspace_id == batch.workspace_id,
            escalations.c.event.in_(sorted(SOON_ENOUGH_IN_MORNINGS)),
            escalations.c.raised_at >= since,
            escalations.c.raised_at < batch.now,
            risks.c.status.in_(sorted(JUDGED)),
            SeverityBand.CRITICAL.rank > BAND_RANK,
            is_kept(),
        )
        .order_by(BAND_RANK.desc(), escalations.c.raised_at, escalations.c.id)
    )
    return list(rows)


def _about(row: Any) -> UUID:  # noqa: ANN401 - an escalation's row.
    """Return what is to be looked at: the action that is late, or the risk."""
    return late_action(row.subject) if row.event is EscalationEvent.RESPONSE_LATE else row.risk_id
