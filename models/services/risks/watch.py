"""Looks for what time alone has brought about; a clock may call it as often as it likes."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from models.database import Database
from models.rules.actions import ActionSource, ActionStatus
from models.rules.risks.escalation import RESPONSE_LATE_DAYS, UNANSWERED_DAYS, EscalationEvent
from models.rules.risks.scoring import GRAVE_FROM, REVIEW_DAYS, SeverityBand
from models.rules.risks.states import JUDGED, LIVE, RiskStatus
from models.rules.risks.words import RiskKind
from models.services.actions.rows import actions_of
from models.services.outbox.enqueue import enqueue
from models.services.outbox.working_hours import at_work
from models.services.risks.escalating import ONCE, keep, late_subject, of_time, told_above
from models.services.risks.rows import BAND_RANK, find_risk, is_kept
from models.tables import action_items, escalations, projects, risks

_BY_TIME = (EscalationEvent.RESPONSE_LATE, EscalationEvent.UNREVIEWED, EscalationEvent.UNANSWERED)
_EASTERNMOST = timedelta(hours=14)
"""How far ahead of UTC a day begins first: no project is missed, and each is then judged by its own day."""
_SHORTEST = timedelta(hours=20)
"""No day is shorter, whatever the clocks do; each project is then judged by its own."""


class RiskWatch:
    """Tells delivery managers of overdue responses, and of risks that nobody judges or looks at again."""

    def __init__(self, database: Database) -> None:
        """Take where the risks are kept."""
        self._database = database

    def look(self, workspace_id: UUID, *, correlation_id: str, now: datetime) -> int:
        """Keep and tell what is new in a workspace; return of how many risks. Again at once: none."""
        with self._database.read() as session:
            wanted = dict(_untold(session, workspace_id, now))
        return sum(
            self._look_at(workspace_id, risk_id, now.astimezone(ZoneInfo(zone)), correlation_id)
            for risk_id, zone in wanted.items()
        )

    def _look_at(self, workspace_id: UUID, risk_id: UUID, here: datetime, correlation_id: str) -> bool:
        with self._database.write() as session:
            risk = find_risk(session, workspace_id, risks.c.id == risk_id, lock=True)
            if risk is None:
                return False
            actions = actions_of(session, workspace_id, ActionSource.RISK, risk_id)
            new = keep(session, risk, tuple(of_time(session, risk, actions, here)), here)
            said = told_above(session, risk, new, None)
            told = at_work(session, workspace_id, said, here)
            enqueue(session, workspace_id, told, correlation_id=correlation_id, now=here)
        return bool(new)


def _untold(session: Session, workspace_id: UUID, now: datetime) -> Iterator[tuple[UUID, str]]:
    """Yield each risk of which something may have to be told, with its project's zone."""
    told, latest = _told_so_far(session, workspace_id), (now + _EASTERNMOST).date()
    for row in session.connection().execute(_late_responses(workspace_id, latest)):
        if (row.id, late_subject(row.action_id, row.due_on)) not in told:
            yield row.id, row.timezone
    for row in session.connection().execute(_unreviewed(workspace_id, latest)):
        if (row.id, row.next_review_on.isoformat()) not in told:
            yield row.id, row.timezone
    for row in session.connection().execute(_unanswered(workspace_id, now)):
        if (row.id, ONCE) not in told:
            yield row.id, row.timezone


def _told_so_far(session: Session, workspace_id: UUID) -> frozenset[tuple[UUID, str]]:
    rows = session.connection().execute(
        select(escalations.c.risk_id, escalations.c.subject)
        .join(risks, risks.c.id == escalations.c.risk_id)
        .where(escalations.c.workspace_id == workspace_id, escalations.c.event.in_(_BY_TIME), _is_in(LIVE))
    )
    return frozenset((row.risk_id, row.subject) for row in rows)


def _late_responses(workspace_id: UUID, latest: date) -> Select[Any]:
    return (
        select(risks.c.id, projects.c.timezone, action_items.c.id.label("action_id"), action_items.c.due_on)
        .join(projects, projects.c.id == risks.c.project_id)
        .join(action_items, action_items.c.source_id == risks.c.id)
        .where(
            action_items.c.workspace_id == workspace_id,
            action_items.c.source_kind == ActionSource.RISK,
            action_items.c.status == ActionStatus.OPEN,
            action_items.c.due_on < latest - timedelta(days=RESPONSE_LATE_DAYS),
            GRAVE_FROM.rank <= BAND_RANK,
            is_kept(),
            _is_in(JUDGED),
        )
    )


def _unreviewed(workspace_id: UUID, latest: date) -> Select[Any]:
    shortest = timedelta(days=min(REVIEW_DAYS.values()))
    return (
        select(risks.c.id, projects.c.timezone, risks.c.next_review_on)
        .join(projects, projects.c.id == risks.c.project_id)
        .where(
            risks.c.workspace_id == workspace_id,
            risks.c.next_review_on < latest - shortest,
            is_kept(),
            _is_in(JUDGED),
        )
    )


def _unanswered(workspace_id: UUID, now: datetime) -> Select[Any]:
    return (
        select(risks.c.id, projects.c.timezone)
        .join(projects, projects.c.id == risks.c.project_id)
        .where(
            risks.c.workspace_id == workspace_id,
            risks.c.status == RiskStatus.PROPOSED,
            risks.c.kind == RiskKind.THREAT,
            SeverityBand.CRITICAL.rank <= BAND_RANK,
            risks.c.raised_at <= now - UNANSWERED_DAYS * _SHORTEST,
            is_kept(),
        )
    )


def _is_in(statuses: Collection[RiskStatus]) -> ColumnElement[bool]:
    return risks.c.status.in_(sorted(statuses))
