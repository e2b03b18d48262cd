"""Plans rituals: each time that is due with its steps, once, however many processes plan at the same time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.rules.rituals import OccurrenceState, RitualSort, RitualState, StepState, Timetable
from models.services.rituals.rows import occurrence_id_of, rituals, step_id_of
from models.services.rituals.timetables import Coming, coming, timetables
from models.services.statements import dialect_of, insert_new
from models.tables import RitualOccurrence, RitualStep

AT_ONCE = 500
"""Rituals in one transaction: enough to make it cheap, few enough to let others write between."""

MOST_TIMES = 60
"""Of one ritual in one go, as after a long rest; the next look goes on."""

_NEXT = (
    update(rituals)
    .where(rituals.c.id == bindparam("planned_id"))
    .values(
        next_due_at=bindparam("then"),
        planned_through=bindparam("through"),
        state=RitualState.ACTIVE,
        resumes_on=None,
    )
)


@dataclass
class _Plan:
    """What one look writes."""

    occurrences: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)


class RitualPlanner:
    """Turns rules into times with steps, as they fall due."""

    def __init__(self, database: Database, sorts: Mapping[str, RitualSort]) -> None:
        """Take where rituals are kept, and what each kind of them is."""
        self._database = database
        self._sorts = sorts
        self._due = (
            select(rituals)
            .where(rituals.c.next_due_at <= bindparam("now"), rituals.c.kind.in_(sorted(sorts)))
            .order_by(rituals.c.next_due_at)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )

    def plan(self, *, now: datetime) -> int:
        """Plan some of what is due, and return how many rituals that was; 0 when nothing is left.

        A time whose main step has no point any more is recorded as missed.
        """
        with self._database.write() as session:
            rows = session.connection().execute(self._due, {"now": now}).all()
            if not rows:
                return 0
            tables = timetables(session, rows, now)
            plan = _Plan()
            for row in rows:
                self._plan_one(plan, row, tables[row.id], now)
            _write(session, plan)
        return len(rows)

    def _plan_one(
        self,
        plan: _Plan,
        row: Any,  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
        timetable: Timetable,
        now: datetime,
    ) -> None:
        sort = self._sorts[row.kind]
        through, then = row.planned_through, None
        for number, each in enumerate(islice(coming(timetable, sort.steps, through), MOST_TIMES + 1)):
            if each.first_due_at > now or number == MOST_TIMES:
                then = each.first_due_at
                break
            _add(plan, row, sort, timetable, each, now)
            through = each.name
        plan.moved.append({"planned_id": row.id, "then": then, "through": through})


def _add(
    plan: _Plan,
    row: Any,  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    sort: RitualSort,
    timetable: Timetable,
    time: Coming,
    now: datetime,
) -> None:
    """Write down one time with its steps."""
    occurrence_id = occurrence_id_of(row.id, time.name)
    steps = list(_steps(row, sort, timetable, time, now))
    main = {rule.kind for rule in sort.steps if rule.is_main}
    is_missed = all(step["state"] is StepState.MISSED for step in steps if step["kind"] in main)
    plan.occurrences.append(
        {
            "id": occurrence_id,
            "workspace_id": row.workspace_id,
            "ritual_id": row.id,
            "name": time.name,
            "starts_at": timetable.instant(time.wall),
            "state": OccurrenceState.MISSED if is_missed else OccurrenceState.PLANNED,
            "version": 1,
        }
    )
    plan.steps += steps


def _steps(
    row: Any,  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    sort: RitualSort,
    timetable: Timetable,
    time: Coming,
    now: datetime,
) -> Iterator[dict[str, Any]]:
    occurrence_id = occurrence_id_of(row.id, time.name)
    for rule in sort.steps:
        due_at = timetable.due(rule, time.wall)
        expires_at = due_at + rule.grace
        is_missed = expires_at <= now
        yield {
            "id": step_id_of(occurrence_id, rule.kind),
            "workspace_id": row.workspace_id,
            "occurrence_id": occurrence_id,
            "kind": rule.kind,
            "due_at": due_at,
            "expires_at": expires_at,
            "state": StepState.MISSED if is_missed else StepState.WAITING,
            "settled_at": now if is_missed else None,
        }


def _write(session: Session, plan: _Plan) -> None:
    connection, dialect = session.connection(), dialect_of(session)
    if plan.occurrences:
        connection.execute(insert_new(dialect, RitualOccurrence), plan.occurrences)
        connection.execute(insert_new(dialect, RitualStep), plan.steps)
    connection.execute(_NEXT, plan.moved)
