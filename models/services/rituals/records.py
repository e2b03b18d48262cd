"""What is on record of rituals' times, read with their steps locked, and written together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, false, insert, or_, select, update
from sqlalchemy.orm import Session

from models.rules.rituals.steps import OccurrenceState, StepState
from models.services.rituals.rows import name_of
from models.services.rituals.setups import Row
from models.tables import ritual_occurrences, ritual_steps, rituals
from models.value import Value

_LOOK_BACK = timedelta(days=40)
"""How far back a time may begin the month that is looked at."""

_SET_TIME = (
    update(ritual_occurrences)
    .where(ritual_occurrences.c.id == bindparam("its_id"))
    .values(
        name=bindparam("new_name"),
        starts_at=bindparam("at"),
        put_off_to=bindparam("put_off"),
        state=bindparam("became"),
        version=ritual_occurrences.c.version + 1,
    )
)
_SET_STEP = (
    update(ritual_steps)
    .where(ritual_steps.c.id == bindparam("its_id"))
    .values(due_at=bindparam("due"), expires_at=bindparam("expires"), state=bindparam("became"))
)
_SET_NEXT = (
    update(rituals)
    .where(rituals.c.id == bindparam("its_id"))
    .values(next_due_at=bindparam("then"), planned_through=bindparam("through"))
)


class StepOnRecord(Value):
    """A step of a time, as it stands."""

    id: UUID
    kind: str
    due_at: datetime
    expires_at: datetime
    state: StepState


class TimeOnRecord(Value):
    """A time that is planned or over. ``put_off_to`` is the naive local time to which somebody put it off."""

    id: UUID
    name: datetime
    starts_at: datetime
    put_off_to: datetime | None
    state: OccurrenceState
    steps: tuple[StepOnRecord, ...]


@dataclass
class Writes:
    """What is to be written, gathered to be written together."""

    times: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    new_times: list[dict[str, Any]] = field(default_factory=list)
    new_steps: list[dict[str, Any]] = field(default_factory=list)
    next: list[dict[str, Any]] = field(default_factory=list)

    def set_time(
        self,
        known: TimeOnRecord,
        name: datetime,
        starts_at: datetime,
        put_off_to: datetime | None,
        state: OccurrenceState,
    ) -> None:
        """Have a time become that, where it is something else."""
        if (known.name, known.starts_at, known.put_off_to, known.state) != (
            name,
            starts_at,
            put_off_to,
            state,
        ):
            self.times.append(
                {
                    "its_id": known.id,
                    "new_name": name_of(name),
                    "at": starts_at,
                    "put_off": name_of(put_off_to) if put_off_to else None,
                    "became": state,
                }
            )

    def set_step(self, known: StepOnRecord, due_at: datetime, expires_at: datetime, state: StepState) -> None:
        """Have a step become that, where it is something else."""
        if (known.due_at, known.expires_at, known.state) != (due_at, expires_at, state):
            self.steps.append({"its_id": known.id, "due": due_at, "expires": expires_at, "became": state})

    def write(self, session: Session) -> None:
        """Write it all."""
        connection = session.connection()
        for statement, values in (
            (_SET_TIME, self.times),
            (_SET_STEP, self.steps),
            (insert(ritual_occurrences), self.new_times),
            (insert(ritual_steps), self.new_steps),
            (_SET_NEXT, self.next),
        ):
            if values:
                connection.execute(statement, values)


def times_on_record(
    session: Session, rows: Sequence[Row], now: datetime, *, locks: bool = True
) -> Mapping[UUID, Sequence[TimeOnRecord]]:
    """Return what is on record of these rituals for now and later, with the steps locked against running.

    Unless it is only looked at.
    """
    connection = session.connection()
    since = name_of((now - _LOOK_BACK).astimezone(UTC).replace(tzinfo=None))
    ours = and_(
        ritual_occurrences.c.ritual_id.in_([row.id for row in rows]),
        or_(
            ritual_occurrences.c.name >= since,
            and_(ritual_occurrences.c.put_off_to.is_not(None), ritual_occurrences.c.starts_at > now),
        ),
        ritual_occurrences.c.is_extra == false(),
    )
    by_time: defaultdict[UUID, list[StepOnRecord]] = defaultdict(list)
    of_ours = (
        select(ritual_steps)
        .join(ritual_occurrences, ritual_occurrences.c.id == ritual_steps.c.occurrence_id)
        .where(ours)
        .order_by(ritual_steps.c.id)
    )
    for row in connection.execute(of_ours.with_for_update(of=ritual_steps) if locks else of_ours):
        by_time[row.occurrence_id].append(
            StepOnRecord(row.id, row.kind, row.due_at, row.expires_at, row.state)
        )
    found: defaultdict[UUID, list[TimeOnRecord]] = defaultdict(list)
    for row in connection.execute(select(ritual_occurrences).where(ours)):
        found[row.ritual_id].append(
            TimeOnRecord(
                row.id,
                datetime.fromisoformat(row.name),
                row.starts_at,
                datetime.fromisoformat(row.put_off_to) if row.put_off_to else None,
                row.state,
                tuple(by_time[row.id]),
            )
        )
    return found
