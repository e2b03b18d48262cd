"""Single times of a ritual: skipped, put off, brought back, or held once more than the rule says."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, FieldChange, Origin, RitualSetup
from models.rules.access import Capability
from models.rules.days import near_words
from models.rules.rituals.replanning import counts_in_months, period_of
from models.rules.rituals.steps import OccurrenceState, RitualSort, StepState
from models.services import audit
from models.services.outbox.enqueue import enqueue
from models.services.receipts import claim
from models.services.rituals.changing import FoundRitual, find_ritual, this_one
from models.services.rituals.correcting import Correct, corrections_of
from models.services.rituals.extra_times import insert_extra
from models.services.rituals.known import require_known
from models.services.rituals.one_time import TIME, FoundTime, find_time
from models.services.rituals.realigning import realigning
from models.services.rituals.rows import name_of
from models.services.rituals.setups import RITUAL, required_setup
from models.services.rituals.timetables import coming
from models.tables import ritual_occurrences, ritual_steps

_LONGEST = timedelta(days=366)
"""How far ahead a time can be put off."""

_SKIPPED = "That one is skipped already."
_NOT_SKIPPED = "That one is not skipped, so there is nothing to bring back."
_NOT_PUT_OFF = "That one takes place when it usually does."
_USUAL_IS_OVER = "Its usual time is over. Put it off to another, or skip it."
_EARLIER = "Put it off to a time that is later than its usual one, and still to come."
_TOO_FAR = "That is more than a year ahead."
_KEEPS_ITS_WEEK = "It stands for its {}: put it off until {} at most. `/ritual skip` leaves it out."
_PAST_NEXT = "That is past the next one. Skip this one instead."
_RESTS = "{} rests. Resume it first: `/ritual resume {}`."


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
                    raise Invalid({TIME: _SKIPPED})
                _set_time(session, found, state=OccurrenceState.SKIPPED)
                _skip_steps(session, found)
            return self._result(session, actor, ritual_id, found, "skipped", now)

    def unskip(
        self, actor: Actor, ritual_id: UUID, name: str, *, origin: Origin, now: datetime
    ) -> tuple[RitualSetup, datetime]:
        """Let one take place after all. Raises NotFound, NotAllowed, Invalid."""
        with self._one(actor, ritual_id, name, "brought back", origin, now) as (session, found):
            if found is not None:
                if found.state is not OccurrenceState.SKIPPED:
                    raise Invalid({TIME: _NOT_SKIPPED})
                # What rests comes back with all that still makes sense of it, as after a pause.
                self._realign(session, found, now, state=OccurrenceState.RESTED)
            return self._result(session, actor, ritual_id, found, "brought back", now)

    def put_off(
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
        with self._one(actor, ritual_id, name, "put off", origin, now) as (session, found):
            if found is not None:
                if found.state is OccurrenceState.SKIPPED:
                    raise Invalid({TIME: _SKIPPED})
                self._realign(session, found, now, put_off_to=name_of(_new_wall(found, until, now)))
            return self._result(session, actor, ritual_id, found, "put off", now)

    def put_back(
        self, actor: Actor, ritual_id: UUID, name: str, *, origin: Origin, now: datetime
    ) -> tuple[RitualSetup, datetime]:
        """Let one that was put off take place when it usually does. Raises NotFound, NotAllowed, Invalid."""
        with self._one(actor, ritual_id, name, "put back", origin, now) as (session, found):
            if found is not None:
                if not found.is_put_off:
                    raise Invalid({TIME: _NOT_PUT_OFF})
                if found.timetable.instant(found.usual) <= now:
                    raise Invalid({TIME: _USUAL_IS_OVER})
                self._realign(session, found, now, put_off_to=None)
            return self._result(session, actor, ritual_id, found, "put back", now)

    def run_now(self, actor: Actor, ritual_id: UUID, *, origin: Origin, now: datetime) -> RitualSetup:
        """Hold it once more, now; the regular times stay. Raises NotFound, NotAllowed, Invalid."""
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, ritual_id, now)
            if earlier is not None:
                return required_setup(session, actor.workspace_id, earlier, now)
            ritual = self._changeable(session, actor, ritual_id, now)
            insert_extra(session, ritual, self._sorts[ritual.setup.ritual.kind], now)
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
    ) -> Iterator[tuple[Session, FoundTime | None]]:
        """Find one time, planned if it was not yet, and note what was done; None where it is done already."""
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, ritual_id, now) is not None:
                yield session, None
                return
            ritual = self._changeable(session, actor, ritual_id, now)
            found = find_time(session, self._sorts, ritual, name, now)
            yield session, found
            said = corrections_of(self._corrections, session, ritual.setup.ritual, found.id, now)
            enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)
            before, after = found.starts_at, _starts_at(session, found)
            was = before.isoformat() if before != after else None
            change = FieldChange(TIME, was, after.isoformat())
            entry = audit.Entry(RITUAL, ritual_id, ritual.setup.version, action, (change,))
            audit.record(session, actor, entry, origin=origin, now=now)

    def _changeable(self, session: Session, actor: Actor, ritual_id: UUID, now: datetime) -> FoundRitual:
        found = find_ritual(session, actor, ritual_id, now)
        found.require(Capability.CHANGE_RITUAL)
        found.require_alive()
        require_known(self._sorts, found.setup)
        if found.setup.rest is not None and found.setup.rest.until is None:
            raise Invalid({"state": _RESTS.format(found.setup.reference, found.setup.ritual.typed)})
        return found

    def _realign(
        self,
        session: Session,
        found: FoundTime,
        now: datetime,
        **values: Any,  # noqa: ANN401 - any column.
    ) -> None:
        """Change the time; when it takes place, and what is done for it when, follows from that."""
        with realigning(session, self._sorts, this_one(found.ritual.setup.id), now):
            _set_time(session, found, **values)

    @staticmethod
    def _result(
        session: Session, actor: Actor, ritual_id: UUID, found: FoundTime | None, action: str, now: datetime
    ) -> tuple[RitualSetup, datetime]:
        setup = required_setup(session, actor.workspace_id, ritual_id, now)
        if found is not None:
            return setup, _starts_at(session, found)
        return setup, _noted(session, actor.workspace_id, ritual_id, action) or now


def _noted(session: Session, workspace_id: UUID, ritual_id: UUID, action: str) -> datetime | None:
    """Return the time to which that was done last: a replay says what was said the first time."""
    for entry in audit.history(session, workspace_id, ritual_id):
        for change in entry.changes:
            if entry.action == action and change.field == TIME and change.after:
                return datetime.fromisoformat(change.after)
    return None


def _new_wall(found: FoundTime, until: datetime, now: datetime) -> datetime:
    """Return the naive local time to which it is put off. Raises Invalid."""
    table, usual = found.timetable, found.usual
    if until > now + _LONGEST:
        raise Invalid({"until": _TOO_FAR})
    wall = until.astimezone(table.zone).replace(tzinfo=None, second=0, microsecond=0)
    if table.instant(wall) <= max(now, table.instant(usual)):
        raise Invalid({"until": _EARLIER})
    by_month = counts_in_months(table.rule)
    last = period_of(usual.date(), by_month=by_month)[1]
    if found.sort.keeps_its_week and wall.date() > last:
        period = "month" if by_month else "week"
        raise Invalid({"until": _KEEPS_ITS_WEEK.format(period, near_words(last, weekday=True))})
    following = next(coming(table, found.sort.steps, name_of(found.name)), None)
    if following is not None and table.instant(following.wall) <= until:
        raise Invalid({"until": _PAST_NEXT})
    return wall


def _starts_at(session: Session, found: FoundTime) -> datetime:
    at: datetime = (
        session.connection()
        .execute(select(ritual_occurrences.c.starts_at).where(ritual_occurrences.c.id == found.id))
        .scalar_one()
    )
    return at


def _set_time(session: Session, found: FoundTime, **values: Any) -> None:  # noqa: ANN401 - any column.
    session.connection().execute(
        update(ritual_occurrences)
        .where(ritual_occurrences.c.id == found.id)
        .values(**values, version=ritual_occurrences.c.version + 1)
    )


def _skip_steps(session: Session, found: FoundTime) -> None:
    session.connection().execute(
        update(ritual_steps)
        .where(ritual_steps.c.occurrence_id == found.id, ritual_steps.c.state == StepState.WAITING)
        .values(state=StepState.SKIPPED)
    )
