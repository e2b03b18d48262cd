"""Single times of a ritual: skipped, put off, brought back, or held once more than the rule says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import Actor, FieldChange, Origin, RitualSetup, RitualView
from models.rules.access import Capability
from models.rules.rituals import OccurrenceState, RitualSort, StepState, Timetable
from models.services import audit
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.receipts import claim
from models.services.rituals.changing import FoundRitual, find_ritual, this_one
from models.services.rituals.realigning import realigning
from models.services.rituals.rows import name_of, occurrences, step_id_of, steps
from models.services.rituals.setups import RITUAL, required_setup
from models.services.rituals.timetables import coming, timetables
from models.services.statements import dialect_of, insert_new
from models.tables import RitualOccurrence
from models.value import Value

FARTHEST = timedelta(days=100)
"""How far ahead a time can be skipped or put off."""

_TIME = "time"
_OVER = "{} of that day is over already, so nothing about it can change."
_SKIPPED = "That one is skipped already."
_NOT_SKIPPED = "That one is not skipped, so there is nothing to bring back."
_EARLIER = "Put it off to a time that is later, and still to come."
_KEEPS_ITS_DAY = "It is due when its week is, so it can't be put off. `/ritual skip` leaves this one out."
_PAST_NEXT = "That is past the next one. Skip this one instead."
_RUNS = "{} was run this very minute already."
_RESTS = "{} rests. Resume it first: `/ritual resume {}`."


_STILL_TAKES_PLACE = frozenset({OccurrenceState.PLANNED, OccurrenceState.HELD})
"""What is still to come may count as held already: a meeting does once its agenda is posted."""

Correct = Callable[[Session, RitualView, UUID, datetime], Iterable[Outgoing]]
"""Returns the corrections of what was said of a time, which its id names, now that it is another."""


class _Found(Value):
    """A time of a ritual that somebody wants to change."""

    ritual: FoundRitual
    timetable: Timetable
    id: UUID
    name: str
    starts_at: datetime
    state: OccurrenceState


class RitualTimes:
    """What people do to single times. A ``name`` is the naive local time of the rule, in ISO format."""

    def __init__(
        self,
        database: Database,
        sorts: Mapping[str, RitualSort],
        corrections: Mapping[str, Correct] | None = None,
    ) -> None:
        """Take where they are kept, what each kind of ritual is, and what corrects what it said."""
        self._database = database
        self._sorts = sorts
        self._corrections = corrections or {}

    def skip(
        self, actor: Actor, ritual_id: UUID, name: str | None = None, *, origin: Origin, now: datetime
    ) -> tuple[RitualSetup, datetime]:
        """Let one not take place, the next where no name is given; return when it would have been.

        Raises NotFound, NotAllowed, Invalid.
        """
        with self._one(actor, ritual_id, name, "skipped", origin, now) as (session, found):
            if found is not None:
                if found.state is OccurrenceState.SKIPPED:
                    raise Invalid({_TIME: _SKIPPED})
                _set_time(session, found.id, state=OccurrenceState.SKIPPED)
                _set_steps(session, found.id, StepState.WAITING, state=StepState.SKIPPED)
            return self._result(session, actor, ritual_id, found, now)

    def unskip(
        self, actor: Actor, ritual_id: UUID, name: str, *, origin: Origin, now: datetime
    ) -> tuple[RitualSetup, datetime]:
        """Let one take place after all. Raises NotFound, NotAllowed, Invalid."""
        with self._one(actor, ritual_id, name, "brought back", origin, now) as (session, found):
            if found is not None:
                if found.state is not OccurrenceState.SKIPPED:
                    raise Invalid({_TIME: _NOT_SKIPPED})
                was_said = self._is_main_done(session, found)
                state = OccurrenceState.HELD if was_said else OccurrenceState.PLANNED
                _set_time(session, found.id, state=state)
                self._revive(session, found, now)
            return self._result(session, actor, ritual_id, found, now)

    def snooze(
        self,
        actor: Actor,
        ritual_id: UUID,
        until: datetime,
        name: str | None = None,
        *,
        origin: Origin,
        now: datetime,
    ) -> tuple[RitualSetup, datetime]:
        """Put one off, the next where no name is given; what is still to be done for it moves along.

        Raises NotFound, NotAllowed, Invalid.
        """
        with self._one(actor, ritual_id, name, "put off", origin, now, until) as (session, found):
            if found is not None:
                if self._sort(found).keeps_its_day:
                    raise Invalid({"until": _KEEPS_ITS_DAY})
                if until <= max(now, found.starts_at):
                    raise Invalid({"until": _EARLIER})
                following = next(coming(found.timetable, self._sort(found).steps, found.name), None)
                if following is not None and found.timetable.instant(following.wall) <= until:
                    raise Invalid({"until": _PAST_NEXT})
                _put_off(session, found, until - found.starts_at)
            setup, _ = self._result(session, actor, ritual_id, found, now)
            return setup, until

    def run_now(self, actor: Actor, ritual_id: UUID, *, origin: Origin, now: datetime) -> RitualSetup:
        """Hold it once more, now; the regular times stay. Raises NotFound, NotAllowed, Invalid."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, ritual_id, now)
            if earlier is not None:
                return required_setup(session, actor.workspace_id, earlier, now)
            ritual = self._changeable(session, actor, ritual_id, now)
            self._insert_extra(session, ritual, now)
            entry = audit.Entry(RITUAL, ritual_id, ritual.setup.version, "run now")
            audit.record(session, actor, entry, origin=origin, now=now)
            return ritual.setup

    @contextmanager
    def _one(
        self,
        actor: Actor,
        ritual_id: UUID,
        name: str | None,
        action: str,
        origin: Origin,
        now: datetime,
        until: datetime | None = None,
    ) -> Iterator[tuple[Session, _Found | None]]:
        """Find one time, planned if it was not yet, and note what was done; None where it is done already."""
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, ritual_id, now) is not None:
                yield session, None
                return
            ritual = self._changeable(session, actor, ritual_id, now)
            wanted = self._wanted(session, ritual, name, now)
            with realigning(session, self._sorts, this_one(ritual_id), now, through=wanted):
                pass
            found = _found(session, ritual, name_of(wanted), now)
            yield session, found
            correct = self._corrections.get(ritual.setup.ritual.kind, _nothing)
            said = tuple(correct(session, ritual.setup.ritual, found.id, now))
            enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)
            at = found.starts_at.isoformat()
            change = FieldChange(_TIME, at, until.isoformat()) if until else FieldChange(_TIME, None, at)
            entry = audit.Entry(RITUAL, ritual_id, ritual.setup.version, action, (change,))
            audit.record(session, actor, entry, origin=origin, now=now)

    def _changeable(self, session: Session, actor: Actor, ritual_id: UUID, now: datetime) -> FoundRitual:
        found = find_ritual(session, actor, ritual_id, now)
        found.require(Capability.CHANGE_RITUAL)
        found.require_alive()
        if found.setup.ritual.kind not in self._sorts:
            raise NotFound(RITUAL, str(ritual_id))
        if found.setup.rest is not None and found.setup.rest.until is None:
            raise Invalid({"state": _RESTS.format(found.setup.reference, found.setup.reference)})
        return found

    def _wanted(self, session: Session, ritual: FoundRitual, name: str | None, now: datetime) -> datetime:
        """Return the name of the time that is meant. Raises Invalid, NotFound."""
        if name is not None:
            wanted = _read(name)
            here = now.astimezone(ZoneInfo(ritual.setup.ritual.timezone)).replace(tzinfo=None)
            if wanted > here + FARTHEST:
                raise NotFound(_TIME, name)
            return wanted
        timetable = timetables(session, [ritual.row], now)[ritual.setup.id]
        waiting = session.connection().execute(
            select(occurrences.c.name, occurrences.c.state, occurrences.c.starts_at).where(
                occurrences.c.ritual_id == ritual.setup.id, occurrences.c.starts_at > now
            )
        )
        known = {row.name: row for row in waiting}
        planned = [row.name for row in known.values() if row.state in _STILL_TAKES_PLACE]
        rest = ritual.setup.rest
        here = now.astimezone(timetable.zone).replace(tzinfo=None)
        for each in coming(timetable, self._sorts[ritual.setup.ritual.kind].steps, name_of(here)):
            if each.name not in known and not (rest is not None and rest.holds_on(each.wall.date())):
                planned.append(each.name)
                break
        if not planned:
            raise Invalid({_TIME: f"{ritual.setup.reference} does not come round any more."})
        return _read(min(planned))

    def _is_main_done(self, session: Session, found: _Found) -> bool:
        main = step_id_of(found.id, self._sort(found).main.kind)
        return session.scalar(select(steps.c.state).where(steps.c.id == main)) is StepState.DONE

    def _revive(self, session: Session, found: _Found, now: datetime) -> None:
        """Have its steps wait again, as many as still make sense."""
        main = self._sort(found).main
        for step in session.connection().execute(
            select(steps).where(steps.c.occurrence_id == found.id, steps.c.state == StepState.SKIPPED)
        ):
            due_at = step.due_at
            if step.kind == main.kind and due_at <= now:
                due_at = now
            expires_at = due_at + self._sort(found).step(step.kind).grace
            if expires_at > now:
                session.connection().execute(
                    update(steps)
                    .where(steps.c.id == step.id)
                    .values(state=StepState.WAITING, due_at=due_at, expires_at=expires_at)
                )

    def _insert_extra(self, session: Session, ritual: FoundRitual, now: datetime) -> None:
        row, sort = ritual.row, self._sorts[ritual.setup.ritual.kind]
        timetable = timetables(session, [row], now)[row.id]
        wall, occurrence_id = now.astimezone(timetable.zone).replace(tzinfo=None), uuid4()
        due = timetable.all_due(sort, wall, now, now)
        extra = {
            "id": occurrence_id,
            "workspace_id": row.workspace_id,
            "ritual_id": row.id,
            "name": name_of(wall),
            "starts_at": now,
            "state": OccurrenceState.PLANNED,
            "version": 1,
            "is_extra": True,
        }
        made = insert_new(dialect_of(session), RitualOccurrence).returning(occurrences.c.id)
        if session.connection().execute(made, extra).one_or_none() is None:
            raise Invalid({_TIME: _RUNS.format(ritual.setup.reference)})
        session.connection().execute(
            insert(steps),
            [
                {
                    "id": step_id_of(occurrence_id, rule.kind),
                    "workspace_id": row.workspace_id,
                    "occurrence_id": occurrence_id,
                    "kind": rule.kind,
                    "due_at": due_at,
                    "expires_at": due_at + rule.grace,
                    "state": StepState.SKIPPED if due_at < now else StepState.WAITING,
                    "settled_at": None,
                }
                for rule in sort.steps
                for due_at in [due[rule.kind]]
            ],
        )

    def _sort(self, found: _Found) -> RitualSort:
        return self._sorts[found.ritual.setup.ritual.kind]

    @staticmethod
    def _result(
        session: Session, actor: Actor, ritual_id: UUID, found: _Found | None, now: datetime
    ) -> tuple[RitualSetup, datetime]:
        setup = required_setup(session, actor.workspace_id, ritual_id, now)
        return setup, found.starts_at if found is not None else now


def _nothing(*_: object) -> Iterable[Outgoing]:
    return ()


def _read(name: str) -> datetime:
    try:
        return datetime.fromisoformat(name)
    except ValueError:
        raise NotFound(_TIME, name) from None


def _found(session: Session, ritual: FoundRitual, name: str, now: datetime) -> _Found:
    """Return that time, with its steps locked against running. Raises NotFound, Invalid."""
    connection = session.connection()
    is_it = (occurrences.c.ritual_id == ritual.setup.id) & (occurrences.c.name == name)
    row = connection.execute(select(occurrences).where(is_it)).one_or_none()
    if row is None:
        raise NotFound(_TIME, name)
    connection.execute(select(steps.c.id).where(steps.c.occurrence_id == row.id).with_for_update()).all()
    # What ran meanwhile is known only behind the lock.
    row = connection.execute(select(occurrences).where(is_it)).one()
    if row.state is OccurrenceState.MISSED or row.starts_at <= now:
        raise Invalid({_TIME: _OVER.format(ritual.setup.reference)})
    timetable = timetables(session, [ritual.row], now)[ritual.setup.id]
    return _Found(ritual, timetable, row.id, row.name, row.starts_at, row.state)


def _set_time(session: Session, occurrence_id: UUID, **values: Any) -> None:  # noqa: ANN401 - any column.
    session.connection().execute(
        update(occurrences)
        .where(occurrences.c.id == occurrence_id)
        .values(**values, version=occurrences.c.version + 1)
    )


def _set_steps(session: Session, occurrence_id: UUID, were: StepState, **values: Any) -> None:  # noqa: ANN401 - any column.
    session.connection().execute(
        update(steps).where(steps.c.occurrence_id == occurrence_id, steps.c.state == were).values(**values)
    )


def _put_off(session: Session, found: _Found, by: timedelta) -> None:
    _set_time(session, found.id, starts_at=found.starts_at + by)
    waiting = session.connection().execute(
        select(steps).where(steps.c.occurrence_id == found.id, steps.c.state == StepState.WAITING)
    )
    for step in waiting.all():
        session.connection().execute(
            update(steps)
            .where(steps.c.id == step.id)
            .values(due_at=step.due_at + by, expires_at=step.expires_at + by)
        )
