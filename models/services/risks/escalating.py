"""Tells those above a project of what they must know: each event once, kept as a row."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.compiled import Statement
from models.direct import Write
from models.read_models import ActionView, PersonRef, RiskView
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.escalation import (
    NOTHING,
    ONCE_IN_A_LIFE,
    EscalationEvent,
    Grading,
    escalations,
    is_long_unanswered,
    is_long_unreviewed,
    is_response_late,
    waits_for_morning,
)
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import JUDGED, RiskStatus
from models.rules.risks.words import RiskKind
from models.services.outbox.enqueue import Outgoing
from models.services.projects.rows import delivery_managers
from models.services.statements import binds, dialect_of, insert_new
from models.services.workdays import days_off_at
from models.tables import escalations as _escalations
from models.value import Value

ONCE = ""
"""The subject of what is told once in a risk's life."""
_KEEP = Statement(
    lambda _dialect: insert(_escalations).values(
        binds(_escalations, only=[column.name for column in _escalations.c])
    )
)


class Occasion(Value):
    """An event, and which time it is: ``subject`` tells its repetitions apart."""

    event: EscalationEvent
    subject: str
    action_id: UUID | None = None
    """The action that is late, where one is."""


def graded(risk: RiskView) -> Grading:
    """Return what of the risk decides whether it is escalated.

    What is over weighs nothing, nor does what nobody has judged yet: whoever proposes a risk only guesses.
    """
    if risk.status not in JUDGED or risk.is_withdrawn:
        return NOTHING
    return Grading(
        probability=risk.active_probability,
        impact=risk.active_impact,
        proximity=risk.proximity,
        is_escalated=risk.status is RiskStatus.ESCALATED,
        is_threat=risk.kind is RiskKind.THREAT,
    )


def of_change(before: RiskView | None, after: RiskView) -> tuple[Occasion, ...]:
    """Return what a change brings about; ``before`` None means that the risk is new."""
    events = escalations(graded(before) if before is not None else NOTHING, graded(after))
    version = f"v{after.version}"
    return tuple(Occasion(event, ONCE if event in ONCE_IN_A_LIFE else version) for event in events)


def of_time(
    session: Session, risk: RiskView, actions: Sequence[ActionView], here: datetime
) -> Iterator[Occasion]:
    """Yield what time has brought about, told before or not; ``here`` is the project's own time."""
    found, today = graded(risk), here.date()
    for action in actions:
        if action.is_open and is_response_late(found, action.due_on, today):
            yield Occasion(EscalationEvent.RESPONSE_LATE, late_subject(action.id, action.due_on), action.id)
    if risk.next_review_on is not None and is_long_unreviewed(found, risk.next_review_on, today):
        yield Occasion(EscalationEvent.UNREVIEWED, risk.next_review_on.isoformat())
    if _is_said_critical(risk) and is_long_unanswered(
        risk.raised_at.astimezone(here.tzinfo), here, days_off_at(session, risk.workspace_id, risk.project_id)
    ):
        yield Occasion(EscalationEvent.UNANSWERED, ONCE)


def _is_said_critical(risk: RiskView) -> bool:
    """Tell whether whoever raised it calls it critical, and nobody has judged it yet."""
    is_open = risk.status is RiskStatus.PROPOSED and not risk.is_withdrawn
    return is_open and risk.kind is RiskKind.THREAT and risk.band is SeverityBand.CRITICAL


def late_subject(action_id: UUID, due_on: date) -> str:
    """Return what names an action that missed a day: moved, and late again, it is told again."""
    return f"{action_id.hex}{due_on:%Y%m%d}"


def late_action(subject: str) -> UUID:
    """Return the action that it names."""
    return UUID(subject[:32])


def escalated(
    session: Session, risk: RiskView, occasions: Sequence[Occasion], by: PersonRef | None, now: datetime
) -> tuple[Outgoing, ...]:
    """Keep the occasions, and return what the delivery managers are told of those that are new."""
    return told_above(session, risk, keep(session, risk, occasions, now), by)


def keep(
    session: Session, risk: RiskView, occasions: Sequence[Occasion], now: datetime
) -> tuple[Occasion, ...]:
    """Write down the occasions, and return those that were not there yet."""
    return tuple(occasion for occasion in occasions if _is_new(session, risk, occasion, now))


def keeping(risk: RiskView, occasions: Sequence[Occasion], now: datetime) -> Iterator[Write]:
    """Yield what writes down the occasions of a new risk, to be written with it: none was there before."""
    for place, occasion in enumerate(occasions):
        yield Write(f"occasion_{place}", _KEEP, _values(risk, occasion, now))


def told_above(
    session: Session, risk: RiskView, occasions: Sequence[Occasion], by: PersonRef | None
) -> tuple[Outgoing, ...]:
    """Return what the delivery managers are told, in one message each; whoever caused it knows.

    What waits for their mornings is not in it.
    """
    found = graded(risk)
    occasions = [each for each in occasions if not waits_for_morning(each.event, found)]
    if not occasions:
        return ()
    first = occasions[0]
    knowing = {by.id} if by is not None else set()
    if first.event is EscalationEvent.UNANSWERED:
        knowing.add(risk.raised_by.id)
    ids = {
        "risk_id": str(risk.id),
        "version": risk.version,
        "events": [occasion.event.value for occasion in occasions],
        "late": [str(occasion.action_id) for occasion in occasions if occasion.action_id],
    }
    name = f"risk:{risk.id}:escalated:{first.event}:{first.subject}"
    return tuple(
        Outgoing(
            NoticeKind.RISK_ESCALATED,
            Operation.POST,
            person.slack_user_id,
            f"{name}:{person.slack_user_id}",
            ids,
        )
        for person in delivery_managers(session, risk.workspace_id)
        if person.id not in knowing
    )


def _is_new(session: Session, risk: RiskView, occasion: Occasion, now: datetime) -> bool:
    statement = insert_new(dialect_of(session), _escalations).returning(_escalations.c.id)
    return session.connection().execute(statement, _values(risk, occasion, now)).one_or_none() is not None


def _values(risk: RiskView, occasion: Occasion, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "workspace_id": risk.workspace_id,
        "risk_id": risk.id,
        "event": occasion.event,
        "subject": occasion.subject,
        "raised_at": now,
    }
