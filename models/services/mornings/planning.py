"""Plans mornings: everybody's who is due, together, and each person's day once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import PersonRef
from models.rules.delivery import NoticeKind, Operation
from models.rules.mornings.paces import Morning, Pace, end_of, next_morning_at
from models.rules.rituals.workdays import WorkingWeek
from models.services.mornings.contributions import Batch, Gather, Item, Recipient, heard
from models.services.mornings.rows import (
    DaysOff,
    Place,
    due_now,
    everybodys_days_off,
    message_key,
    organisation_roles,
    place_of,
    places,
    waiting,
)
from models.services.mornings.touching import close_earlier
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.rituals.switched_on import switched_on
from models.services.statements import dialect_of, insert_new
from models.tables import morning_items, mornings
from models.value import Value

AT_ONCE = 200
"""People in one transaction."""

LOOK_AGAIN = timedelta(minutes=1)
"""When people are looked at again, if no morning comes before: somebody may have come back, or be new."""

KEPT_FOR = timedelta(days=60)


class Contribution(Value):
    """What one kind of thing says in mornings. ``ritual`` must be switched on for it, if it is given."""

    name: str
    gather: Gather
    ritual: str | None = None


@dataclass
class _Written:
    """What one transaction adds, beside the mornings themselves."""

    items: list[dict[str, Any]] = field(default_factory=list)
    messages: list[Outgoing] = field(default_factory=list)


class MorningPlanner:
    """Looks whose morning it is. Any number of threads and processes may do it at the same time."""

    def __init__(self, database: Database, contributions: Sequence[Contribution]) -> None:
        """Take where it is all kept, and what has something to say, in the order in which it is shown."""
        self._database = database
        self._contributions = contributions
        self._kinds = sorted({each.ritual for each in contributions if each.ritual})
        self._looked_at: datetime | None = None
        self._look_again_at: datetime | None = None

    def plan(self, *, now: datetime) -> int:
        """Plan some of the mornings that are due, and return how many; 0 when none is left.

        In between it looks at nothing until the next morning comes, or a minute has passed.
        """
        if self._looked_at and self._look_again_at and self._looked_at <= now < self._look_again_at:
            return 0
        with self._database.read() as session:
            found = places(session)
            days_off = everybodys_days_off(session, {place.workspace_id for place in found})
            due = due_now(found, days_off, now)
            has_work = bool(due and waiting(session, due, 1))
        if has_work:
            return self._plan_some(due, days_off, now)
        self._looked_at, self._look_again_at = now, _next_look(found, days_off, now)
        return 0

    def forget_old(self, *, now: datetime) -> None:
        """Forget the mornings of long ago."""
        old = select(mornings.c.id).where(mornings.c.planned_at < now - KEPT_FOR)
        with self._database.write() as session:
            session.execute(delete(morning_items).where(morning_items.c.morning_id.in_(old)))
            session.execute(delete(mornings).where(mornings.c.planned_at < now - KEPT_FOR))

    def _plan_some(self, due: Mapping[Place, Morning], days_off: DaysOff, now: datetime) -> int:
        with self._database.write() as session:
            rows = waiting(session, due, AT_ONCE)
            if not rows:
                return 0
            ids = _take(session, rows, due, now)
            theirs: defaultdict[UUID, list[Any]] = defaultdict(list)
            for row in rows:
                if row.id in ids:
                    theirs[row.workspace_id].append(row)
            roles = organisation_roles(session, list(ids))
            for workspace_id, some in theirs.items():
                recipients = [_recipient(row, due, roles) for row in some]
                batch = Batch(
                    workspace_id,
                    recipients,
                    switched_on(session, workspace_id, self._kinds, now),
                    days_off[workspace_id],
                    now,
                )
                _write(session, batch, self._gathered(session, batch), ids)
                told = f"morning {now:%F %H:%M}"
                close_earlier(session, workspace_id, [*batch.people], correlation_id=told, now=now)
        return len(rows)

    def _gathered(self, session: Session, batch: Batch) -> Mapping[UUID, list[Item]]:
        """Return what each person is to be told."""
        found: defaultdict[UUID, list[Item]] = defaultdict(list)
        people = batch.people
        for each in self._contributions:
            if each.ritual is None or batch.switched_on.of(each.ritual):
                for item in heard(each.gather(session, batch), each.name, people):
                    found[item.person_id].append(item)
        return found


def next_morning(session: Session, now: datetime) -> datetime | None:
    """Return when the next morning comes to anybody, anywhere; None where there is nobody."""
    found = places(session)
    return _next_morning(found, everybodys_days_off(session, {place.workspace_id for place in found}), now)


def _next_look(found: Iterable[Place], days_off: DaysOff, now: datetime) -> datetime:
    return min(filter(None, [now + LOOK_AGAIN, _next_morning(found, days_off, now)]))


def _next_morning(found: Iterable[Place], days_off: DaysOff, now: datetime) -> datetime | None:
    coming = (next_morning_at(now, place.zone, days_off[place.workspace_id], place.week) for place in found)
    return min(coming, default=None)


def _take(
    session: Session, rows: Sequence[Any], due: Mapping[Place, Morning], now: datetime
) -> Mapping[UUID, UUID]:
    """Write down that these people's day is looked at; return the mornings that nobody else took."""
    values = [
        {
            "id": uuid4(),
            "workspace_id": row.workspace_id,
            "person_id": row.id,
            "day": _morning(row, due).day,
            "planned_at": now,
            "later_at": None,
            "is_unfolded": False,
        }
        for row in rows
    ]
    taken = session.connection().execute(
        insert_new(dialect_of(session), mornings)
        .values(values)
        .returning(mornings.c.person_id, mornings.c.id)
    )
    return {row.person_id: row.id for row in taken}


def _morning(row: Any, due: Mapping[Place, Morning]) -> Morning:  # noqa: ANN401 - a person's row.
    return due[place_of(row)]


def _recipient(
    row: Any,  # noqa: ANN401 - As above.
    due: Mapping[Place, Morning],
    roles: Mapping[UUID, frozenset[Any]],
) -> Recipient:
    morning = _morning(row, due)
    zone = ZoneInfo(row.timezone)
    return Recipient(
        person=PersonRef(row.id, row.slack_user_id, row.name),
        zone=zone,
        morning=morning,
        pace=row.pace or Pace.STANDARD,
        week=WorkingWeek(row.week),
        is_back=row.away_until is not None and row.away_until >= morning.since.astimezone(zone).date(),
        organisation_roles=roles[row.id],
    )


def _write(
    session: Session, batch: Batch, found: Mapping[UUID, list[Item]], ids: Mapping[UUID, UUID]
) -> None:
    """Write what people are told, with a message to each who is told anything."""
    written = _Written()
    for recipient in batch.recipients:
        theirs = found.get(recipient.person.id)
        if theirs:
            morning_id = ids[recipient.person.id]
            written.items += _items(batch, morning_id, theirs)
            written.messages.append(_message(recipient, morning_id))
    if written.items:
        session.connection().execute(insert(morning_items), written.items)
        correlation_id = f"morning {batch.now:%F %H:%M}"
        enqueue(session, batch.workspace_id, written.messages, correlation_id=correlation_id, now=batch.now)


def _items(batch: Batch, morning_id: UUID, theirs: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        {
            "morning_id": morning_id,
            "place": place,
            "workspace_id": batch.workspace_id,
            "contribution": item.contribution,
            "entity_id": item.entity_id,
            "detail": {"stage": item.stage.value, **item.detail},
        }
        for place, item in enumerate(theirs)
    ]


def _message(recipient: Recipient, morning_id: UUID) -> Outgoing:
    return Outgoing(
        kind=NoticeKind.MORNING,
        operation=Operation.POST,
        channel_id=recipient.person.slack_user_id,
        unique_key=message_key(morning_id),
        ids={"morning_id": str(morning_id)},
        expires_at=end_of(recipient.morning.day, recipient.zone),
    )
