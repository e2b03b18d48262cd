"""Plans rituals: each time that is due with its steps, once, however many processes plan at the same time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice, product
from typing import Any
from uuid import UUID

from sqlalchemy import String, Update, bindparam, cast, select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import (
    OccurrenceState,
    RitualSort,
    RitualState,
    StepRule,
    StepState,
    Timetable,
)
from models.services.rituals.known import is_known_ritual
from models.services.rituals.rows import occurrence_id_of, step_id_of
from models.services.rituals.timetables import RECURRENCE, TIMETABLED_BY, Coming, coming, timetables
from models.services.statements import add_new, dialect_of, is_one_of
from models.tables import ritual_occurrences, ritual_steps, rituals
from models.value import Value

AT_ONCE = 500
"""Rituals in one transaction: enough to make it cheap, few enough to let others write between."""

MOST_TIMES = 60
"""Of one ritual in one go, as after a long rest; the next look goes on."""

ALIKE_BY = ("workspace_id", "kind", "planned_through", *TIMETABLED_BY)
"""What a plan takes of a ritual besides its id; the rest is only read to be shown."""

_AS_READ = tuple(
    cast(rituals.c[name], String).label(name) if name == RECURRENCE else rituals.c[name] for name in ALIKE_BY
)
"""The rule comes as its text: what that says is worked out once for all rituals that are alike."""


@cache
def _move_on(dialect: str) -> Update:
    return (
        update(rituals)
        .where(is_one_of(dialect, rituals.c.id, "planned_ids"))
        .values(
            next_due_at=bindparam("then"),
            planned_through=bindparam("through"),
            state=RitualState.ACTIVE,
            resumes_on=None,
        )
    )


class _Step(Value):
    kind: str
    due_at: datetime
    expires_at: datetime
    is_missed: bool


class _Time(Value):
    """One time that falls due, with its steps."""

    name: str
    starts_at: datetime
    is_missed: bool
    steps: tuple[_Step, ...]


class _Course(Value):
    """What is to be planned of a ritual: its times, when it is looked at next, and how far it has come."""

    times: tuple[_Time, ...]
    then: datetime | None
    through: str


_Sameness = tuple[Timetable, str, str]
"""What rituals have in common that come round together: timetable, kind, and how far they have come."""


class _Alike(Value):
    """Rituals that come round together: they differ in nothing that their times depend on."""

    ids: tuple[UUID, ...]
    workspace_id: UUID
    kind: str
    planned_through: str
    project_id: UUID | None
    timezone: str
    recurrence: Mapping[str, Any]
    on_holiday: OnHoliday
    country: str | None
    duration_minutes: int

    @property
    def id(self) -> UUID:
        """Return the id by which ``timetables`` tells them from the others."""
        return self.ids[0]


_Onward = tuple[datetime | None, str]


@dataclass
class _Plan:
    """What one look writes."""

    occurrences: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    moved: defaultdict[_Onward, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    """Rituals by when they are looked at next, and how far they have come."""


class RitualPlanner:
    """Turns rules into times with steps, as they fall due."""

    def __init__(self, database: Database, sorts: Mapping[str, RitualSort]) -> None:
        """Take where rituals are kept, and what each kind of them is."""
        self._database = database
        self._sorts = sorts
        self._due = (
            select(rituals.c.id, *_AS_READ)
            .where(rituals.c.next_due_at <= bindparam("now"), is_known_ritual(sorts))
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
            plan, courses, groups = _Plan(), dict[_Sameness, _Course](), _groups(rows)
            tables = timetables(session, groups, now)
            for each in groups:
                # Those of other projects are alike as well, but for what they are of.
                same = (tables[each.id], each.kind, each.planned_through)
                if same not in courses:
                    courses[same] = _course(
                        tables[each.id], self._sorts[each.kind], each.planned_through, now
                    )
                _add(plan, each, courses[same], now)
            _write(session, plan)
        return len(rows)


def _groups(rows: Iterable[Sequence[Any]]) -> list[_Alike]:
    """Put rituals together that are alike: many come round at the same hour in the same place."""
    ids = defaultdict[Sequence[Any], list[UUID]](list)
    for ritual_id, *alike in rows:
        ids[tuple(alike)].append(ritual_id)
    named = [(dict(zip(ALIKE_BY, alike, strict=True)), found) for alike, found in ids.items()]
    rules = {text: json.loads(text) for text in {read[RECURRENCE] for read, _ in named}}
    return [_Alike(tuple(found), **{**read, RECURRENCE: rules[read[RECURRENCE]]}) for read, found in named]


def _add(plan: _Plan, alike: _Alike, course: _Course, now: datetime) -> None:
    """Write down the times of some rituals with their steps, and when they are looked at next."""
    for time, ritual_id in product(course.times, alike.ids):
        occurrence_id = occurrence_id_of(ritual_id, time.name)
        plan.occurrences.append(
            {
                "id": occurrence_id,
                "workspace_id": alike.workspace_id,
                "ritual_id": ritual_id,
                "name": time.name,
                "starts_at": time.starts_at,
                "state": OccurrenceState.MISSED if time.is_missed else OccurrenceState.PLANNED,
                "version": 1,
            }
        )
        plan.steps += (
            {
                "id": step_id_of(occurrence_id, step.kind),
                "workspace_id": alike.workspace_id,
                "occurrence_id": occurrence_id,
                "kind": step.kind,
                "due_at": step.due_at,
                "expires_at": step.expires_at,
                "state": StepState.MISSED if step.is_missed else StepState.WAITING,
                "settled_at": now if step.is_missed else None,
            }
            for step in time.steps
        )
    plan.moved[course.then, course.through] += alike.ids


def _course(timetable: Timetable, sort: RitualSort, through: str, now: datetime) -> _Course:
    """Return what is to be planned of a ritual that has come so far."""
    times: list[_Time] = []
    for number, each in enumerate(islice(coming(timetable, sort.steps, through), MOST_TIMES + 1)):
        if each.first_due_at > now or number == MOST_TIMES:
            return _Course(tuple(times), each.first_due_at, through)
        times.append(_time(timetable, sort, each, now))
        through = each.name
    return _Course(tuple(times), None, through)


def _time(timetable: Timetable, sort: RitualSort, time: Coming, now: datetime) -> _Time:
    steps = tuple(_step(timetable, rule, time, now) for rule in sort.steps)
    main = {rule.kind for rule in sort.steps if rule.is_main}
    is_missed = all(step.is_missed for step in steps if step.kind in main)
    return _Time(time.name, timetable.instant(time.wall), is_missed, steps)


def _step(timetable: Timetable, rule: StepRule, time: Coming, now: datetime) -> _Step:
    due_at = timetable.due(rule, time.wall)
    return _Step(rule.kind, due_at, due_at + rule.grace, due_at + rule.grace <= now)


def _write(session: Session, plan: _Plan) -> None:
    connection = session.connection()
    add_new(session, ritual_occurrences, plan.occurrences)
    add_new(session, ritual_steps, plan.steps)
    move_on = _move_on(dialect_of(session))
    for (then, through), ids in plan.moved.items():
        connection.execute(move_on, {"planned_ids": ids, "then": then, "through": through})
