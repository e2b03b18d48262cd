"""What time will bring about next: for whoever moves the clock, and must pass over nothing."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.database import Database
from models.rules.rituals.steps import StepState
from models.services.mornings.planning import next_morning
from models.services.outbox.lanes import is_unsettled
from models.services.rituals.known import Sorts, is_known_ritual, is_known_step
from models.tables import (
    lanes,
    outbox_messages,
    retrospectives,
    ritual_occurrences,
    ritual_steps,
    rituals,
    survey_answers,
    survey_invitations,
)
from models.value import Value


class Prospect(Value):
    """``stop`` is when something can be done next, in the past where it is being done just now.

    ``scheduled`` is the first later instant for which something was meant: not what is due already and waits
    for its channel, or for another try.
    """

    stop: datetime | None = None
    scheduled: datetime | None = None

    @property
    def has_backlog(self) -> bool:
        """Tell whether something that is due already comes first."""
        return self.stop is not None and (self.scheduled is None or self.stop < self.scheduled)


Source = Callable[[Session, datetime], Prospect]


def _messages(session: Session, now: datetime) -> Prospect:
    """Look at the outbox: a message goes out once it is due and its channel has rested from the last one."""
    waiting = (
        select(lanes.c.next_send_at, func.min(outbox_messages.c.due_at))
        .join(outbox_messages, outbox_messages.c.lane_id == lanes.c.id)
        .where(is_unsettled())
        .group_by(lanes.c.id, lanes.c.next_send_at)
    )
    scheduled = select(func.min(outbox_messages.c.due_at)).where(
        is_unsettled(), outbox_messages.c.due_at > now
    )
    stops = [max(rested, due) for rested, due in session.execute(waiting)]
    return Prospect(min(stops, default=None), session.scalar(scheduled))


def _rituals(sorts: Sorts, session: Session, now: datetime) -> Prospect:
    """Look at what comes round: its next time is planned when its first step is due."""
    unplanned = session.scalar(select(func.min(rituals.c.next_due_at)).where(is_known_ritual(sorts)))
    waiting = session.scalar(
        select(func.min(ritual_steps.c.due_at))
        .join(ritual_occurrences, ritual_occurrences.c.id == ritual_steps.c.occurrence_id)
        .join(rituals, rituals.c.id == ritual_occurrences.c.ritual_id)
        .where(ritual_steps.c.state == StepState.WAITING, is_known_step(sorts))
    )
    return _meant_for(_first([unplanned, waiting]), now)


def _retros(session: Session, now: datetime) -> Prospect:
    """Look at retrospectives: each is reminded of and closed by itself."""
    return _meant_for(session.scalar(select(func.min(retrospectives.c.next_step_at))), now)


def _mornings(session: Session, now: datetime) -> Prospect:
    """Look when people begin their day."""
    return _meant_for(next_morning(session, now), now)


def _surveys(session: Session, now: datetime) -> Prospect:
    """Look at questions to clients and their low answers: reminders, closings and nudges."""
    question = session.scalar(select(func.min(survey_invitations.c.next_due_at)))
    nudge = session.scalar(select(func.min(survey_answers.c.next_due_at)))
    return _meant_for(_first([question, nudge]), now)


def _meant_for(instant: datetime | None, now: datetime) -> Prospect:
    return Prospect(instant, instant if instant is not None and instant > now else None)


SOURCES: tuple[Source, ...] = (_messages, _retros, _mornings, _surveys)
"""Whatever else waits for instants of its own has a line here."""


class Outlook:
    """Looks at what is written down to happen, in all workspaces."""

    def __init__(self, database: Database, sorts: Sorts) -> None:
        """Take where it is written, and the kinds of rituals that can be done."""
        self._database = database
        self._sources: tuple[Source, ...] = (*SOURCES, partial(_rituals, sorts))

    def look(self, now: datetime) -> Prospect:
        """Return what comes first."""
        with self._database.read() as session:
            found = [source(session, now) for source in self._sources]
        return Prospect(_first(each.stop for each in found), _first(each.scheduled for each in found))


def _first(instants: Iterable[datetime | None]) -> datetime | None:
    return min((each for each in instants if each is not None), default=None)
