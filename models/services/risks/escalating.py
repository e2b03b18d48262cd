"""Tells those above a project of what they must know: each event once, kept as a row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from models.read_models import PersonRef, RiskView
from models.rules.delivery import NoticeKind, Operation
from models.rules.escalation import (
    NOTHING,
    ONCE_IN_A_LIFE,
    EscalationEvent,
    Grading,
    escalations,
)
from models.rules.risk_states import LIVE, RiskStatus
from models.rules.risk_words import RiskKind
from models.services.outbox.enqueue import Outgoing
from models.services.projects.rows import delivery_managers
from models.services.statements import dialect_of, insert_new
from models.tables import Escalation
from models.tables.base import table_of

_rows = table_of(Escalation).c


def graded(risk: RiskView) -> Grading:
    """Return what of the risk decides whether it is escalated; what is over weighs nothing."""
    if risk.status not in LIVE or risk.is_withdrawn:
        return NOTHING
    return Grading(
        probability=risk.active_probability,
        impact=risk.active_impact,
        proximity=risk.proximity,
        strategy=risk.strategy,
        is_escalated=risk.status is RiskStatus.ESCALATED,
        is_threat=risk.kind is RiskKind.THREAT,
    )


def events_of(before: RiskView | None, after: RiskView) -> tuple[EscalationEvent, ...]:
    """Return the events that a change brings about; ``before`` None means that the risk is new."""
    return escalations(graded(before) if before is not None else NOTHING, graded(after))


def escalated(
    session: Session, risk: RiskView, events: Sequence[EscalationEvent], by: PersonRef, now: datetime
) -> tuple[Outgoing, ...]:
    """Keep the events, and return what the delivery managers are told of those that are new."""
    new = keep(session, risk, events, now)
    return told_above(session, risk, new, by) if new else ()


def keep(
    session: Session, risk: RiskView, events: Sequence[EscalationEvent], now: datetime
) -> tuple[EscalationEvent, ...]:
    """Write down the events, and return those that were not there yet."""
    return tuple(event for event in events if _is_new(session, risk, event, now))


def told_above(
    session: Session, risk: RiskView, events: Sequence[EscalationEvent], by: PersonRef
) -> tuple[Outgoing, ...]:
    """Return what the delivery managers are told; whoever caused it knows."""
    managers = delivery_managers(session, risk.workspace_id)
    return tuple(_told(risk, events, [manager for manager in managers if manager.id != by.id]))


def _is_new(session: Session, risk: RiskView, event: EscalationEvent, now: datetime) -> bool:
    row = {
        "id": uuid4(),
        "workspace_id": risk.workspace_id,
        "risk_id": risk.id,
        "event": event,
        "subject": "" if event in ONCE_IN_A_LIFE else f"v{risk.version}",
        "raised_at": now,
    }
    statement = insert_new(dialect_of(session), Escalation).returning(_rows.id)
    return session.connection().execute(statement, row).one_or_none() is not None


def _told(risk: RiskView, events: Iterable[EscalationEvent], to: Iterable[PersonRef]) -> Iterator[Outgoing]:
    ids = {"risk_id": str(risk.id), "version": risk.version, "events": [event.value for event in events]}
    for person in to:
        key = f"risk:{risk.id}:escalated:v{risk.version}:{person.slack_user_id}"
        yield Outgoing(NoticeKind.RISK_ESCALATED, Operation.POST, person.slack_user_id, key, ids)
