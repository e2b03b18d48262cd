"""What lies ahead of a meeting's projects: the ends of phases, milestones, deliverables, opportunities.

Nothing restricted is read: an agenda is posted where the whole team reads along.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from models.rules.agendas import reasons as words
from models.rules.agendas.entries import Reason
from models.rules.moods.words import HeardKind
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.phases import TEMPLATE_OF, GateFact, Phase
from models.rules.references import Reference
from models.rules.risks.burndown import CARRIED
from models.rules.risks.scoring import GRAVE_FROM, SeverityBand
from models.rules.risks.words import RiskKind, Visibility
from models.services.agendas.facts import Scope, rows
from models.services.plans.kinds import DELIVERABLES, MILESTONES
from models.services.risks.rows import BAND_RANK, POINTS
from models.tables import heard_items, mood_readings, risks

Found = tuple[UUID, Reason]
"""A project's id, and a reason to talk about it."""

_milestones, _deliverables = MILESTONES.table, DELIVERABLES.table


def ahead(session: Session, scope: Scope, projects: Sequence[Any]) -> Iterator[Found]:
    """Yield what is due before the next meeting, or late already, in four statements."""
    ids = [each.id for each in projects]
    milestones, deliverables = _milestones_of(session, ids), _deliverables_of(session, ids)
    unaccepted: dict[UUID, int] = defaultdict(int)
    for row in deliverables:
        unaccepted[row.project_id] += 1
    theirs = defaultdict[UUID, list[Any]](list)
    for row in milestones:
        theirs[row.project_id].append(row)
    for project in projects:
        yield from _gate(project, theirs[project.id], unaccepted, scope)
    for row in milestones:
        if row.done_on is None and row.forecast_on <= scope.until:
            reason = words.milestone_reason(f"M{row.number}", row.title, row.forecast_on, scope.today)
            yield row.project_id, reason
    for row in deliverables:
        yield from _deliverable(row, scope)
    yield from _opportunities(session, scope, ids)


def _gate(
    project: Any,  # noqa: ANN401 - a row.
    milestones: Sequence[Any],
    unaccepted: Mapping[UUID, int],
    scope: Scope,
) -> Iterator[Found]:
    """Yield that a phase whose end the milestones tell may end by then."""
    if not milestones or not _ends_with_milestones(project.phase):
        return
    still = [row.forecast_on for row in milestones if row.done_on is None]
    if not still or max(still) <= scope.until:
        last = max(still) if still else None
        yield (
            project.id,
            words.gate_reason(project.phase.value, last, unaccepted.get(project.id, 0), scope.today),
        )


def _ends_with_milestones(phase: Phase | None) -> bool:
    return phase is not None and any(
        point.fact is GateFact.MILESTONES for point in TEMPLATE_OF[phase].exit_gate
    )


def _deliverable(row: Any, scope: Scope) -> Iterator[Found]:  # noqa: ANN401 - a row.
    """Yield one that is to be handed over by then, or again, since the client rejected it."""
    name, is_rejected = f"D{row.number}", row.state is DeliverableState.REJECTED
    if is_rejected:
        yield row.project_id, words.rejected_reason(name, row.title)
    elif row.state is DeliverableState.DUE and row.due is not None and row.due <= scope.until:
        yield row.project_id, words.deliverable_reason(name, row.title, row.due, scope.today)


def _opportunities(session: Session, scope: Scope, ids: Collection[UUID]) -> Iterator[Found]:
    """Yield the great ones that are new in the register, and what clients let fall since the last meeting."""
    for row in rows(
        session,
        select(
            risks.c.project_id,
            risks.c.number,
            risks.c.title,
            POINTS.label("points"),
            BAND_RANK.label("rank"),
        )
        .where(
            risks.c.project_id.in_(ids),
            risks.c.kind == RiskKind.OPPORTUNITY,
            risks.c.status.in_(sorted(CARRIED)),
            risks.c.visibility == Visibility.TEAM,
            risks.c.withdrawn_at.is_(None),
            risks.c.raised_at >= scope.since,
            GRAVE_FROM.rank <= BAND_RANK,
        )
        .order_by(POINTS.desc(), risks.c.number),
    ):
        band = next(each for each in SeverityBand if each.rank == row.rank)
        name = str(Reference(row.number))
        yield row.project_id, words.opportunity_reason(row.title, name, f"{band.word} {row.points}")
    for row in rows(
        session,
        select(mood_readings.c.project_id, heard_items.c.text)
        .join(mood_readings, mood_readings.c.id == heard_items.c.reading_id)
        .where(
            mood_readings.c.project_id.in_(ids),
            mood_readings.c.visibility == Visibility.TEAM,
            mood_readings.c.withdrawn_at.is_(None),
            mood_readings.c.logged_at >= scope.since,
            heard_items.c.kind == HeardKind.OPPORTUNITY,
        )
        .order_by(mood_readings.c.logged_at, mood_readings.c.id),
    ):
        yield row.project_id, words.opportunity_reason(row.text)


def _milestones_of(session: Session, ids: Collection[UUID]) -> Sequence[Any]:
    return rows(
        session,
        select(
            _milestones.c.project_id,
            _milestones.c.number,
            _milestones.c.title,
            _milestones.c.forecast_on,
            _milestones.c.done_on,
        )
        .where(_milestones.c.project_id.in_(ids), _milestones.c.removed_at.is_(None))
        .order_by(_milestones.c.forecast_on, _milestones.c.number),
    )


def _deliverables_of(session: Session, ids: Collection[UUID]) -> Sequence[Any]:
    """Return those that are not accepted, by the day on which each, or else its milestone, is due."""
    is_its = and_(_milestones.c.id == _deliverables.c.milestone_id, _milestones.c.removed_at.is_(None))
    with_it = func.coalesce(_milestones.c.done_on, _milestones.c.forecast_on)
    due = func.coalesce(_deliverables.c.due_on, with_it).label("due")
    return rows(
        session,
        select(
            _deliverables.c.project_id,
            _deliverables.c.number,
            _deliverables.c.title,
            _deliverables.c.state,
            due,
        )
        .outerjoin(_milestones, is_its)
        .where(
            _deliverables.c.project_id.in_(ids),
            _deliverables.c.removed_at.is_(None),
            _deliverables.c.state != DeliverableState.ACCEPTED,
        )
        .order_by(due, _deliverables.c.number),
    )
