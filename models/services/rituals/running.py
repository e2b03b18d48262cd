"""Carries out the steps of rituals as they fall due: records, and what is to be said, in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from logging import getLogger
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import DatabaseBusy
from models.read_models import DueStep
from models.rules.delivery import NoticeKind, Operation
from models.rules.rituals.steps import OccurrenceState, RitualSort, StepRule, StepState
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.rituals.known import is_known_step
from models.services.rituals.rows import message_key, selected_steps, step_id_of, step_of
from models.tables import outbox_messages, ritual_occurrences, ritual_steps

log = getLogger(__name__)

AT_ONCE = 200
"""Steps in one transaction."""

Act = Callable[[Session, DueStep, datetime], Sequence[Outgoing]]
"""What a step does besides its own message: it may write records, and returns what else is to be said."""

Acts = Mapping[tuple[str, str], Act]
"""By kind of ritual and of step."""

_SETTLE = (
    update(ritual_steps)
    .where(ritual_steps.c.id == bindparam("step_id"))
    .values(state=bindparam("became"), settled_at=bindparam("at"))
)
_BECOME = (
    update(ritual_occurrences)
    .where(ritual_occurrences.c.id == bindparam("occurrence_id"))
    .values(state=bindparam("became"))
)
_OF_MAIN = {StepState.DONE: OccurrenceState.HELD, StepState.MISSED: OccurrenceState.MISSED}


class StepRunner:
    """Does what is due. Any number of processes may run it at the same time."""

    def __init__(self, database: Database, sorts: Mapping[str, RitualSort], acts: Acts) -> None:
        """Take where rituals are kept, what each kind of them is, and what its steps do."""
        self._database = database
        self._sorts = sorts
        self._acts = acts
        self._due = (
            selected_steps()
            .where(
                ritual_steps.c.state == StepState.WAITING,
                ritual_steps.c.due_at <= bindparam("now"),
                is_known_step(sorts),
            )
            .order_by(ritual_steps.c.due_at, ritual_steps.c.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, of=ritual_steps)
        )

    def run(self, *, now: datetime) -> int:
        """Carry out some of the steps that are due, and return how many; 0 when none is left.

        One whose grace is over is recorded as missed.
        """
        with self._database.write() as session:
            due = [step_of(row) for row in session.connection().execute(self._due, {"now": now})]
            if not due:
                return 0
            settled: list[tuple[DueStep, StepState]] = []
            for wave in self._waves(session, due):
                said = _Said(session, self._posted_before(session, wave))
                settled += [(step, self._carry_out(session, step, said, now)) for step in wave]
                said.enqueue(now)
            self._record(session, settled, now)
        return len(settled)

    def _waves(self, session: Session, due: Sequence[DueStep]) -> Sequence[Sequence[DueStep]]:
        """Return the steps in turns: what is about the message of another step comes after that one.

        What is about a step that somebody else carries out just now is left for the next look.
        """
        abouts = {
            step.id: step_id_of(step.occurrence.id, about)
            for step in due
            if (about := self._rule(step).about) is not None
        }
        if not abouts:
            return (due,)
        waiting = set(
            session.connection()
            .execute(
                select(ritual_steps.c.id).where(
                    ritual_steps.c.id.in_(set(abouts.values())), ritual_steps.c.state == StepState.WAITING
                )
            )
            .scalars()
        )
        ours = {step.id for step in due}
        first = [step for step in due if abouts.get(step.id) not in waiting]
        then = [step for step in due if abouts.get(step.id) in waiting & ours]
        return first, then

    def _carry_out(self, session: Session, step: DueStep, said: "_Said", now: datetime) -> StepState:
        if step.expires_at <= now:
            return StepState.MISSED
        act = self._acts.get((step.ritual.kind, step.kind))
        if act is None:
            said.add(step, self._rule(step), ())
            return StepState.DONE
        try:
            with session.begin_nested():
                also = act(session, step, now)
        except (DBAPIError, DatabaseBusy):
            raise
        except Exception:
            # What is wrong with one ritual must not hold up the others.
            log.exception("could not carry out step %s (%s %s)", step.id, step.ritual.kind, step.kind)
            return StepState.MISSED
        said.add(step, self._rule(step), also)
        return StepState.DONE

    def _rule(self, step: DueStep) -> StepRule:
        return self._sorts[step.ritual.kind].step(step.kind)

    def _posted_before(self, session: Session, due: Sequence[DueStep]) -> Mapping[str, int]:
        """Return the messages that these steps change or reply to, by unique key."""
        wanted = [
            message_key(step_id_of(step.occurrence.id, about))
            for step in due
            if (about := self._rule(step).about) is not None
        ]
        if not wanted:
            return {}
        rows = session.connection().execute(
            select(outbox_messages.c.unique_key, outbox_messages.c.id).where(
                outbox_messages.c.workspace_id.in_({step.ritual.workspace_id for step in due}),
                outbox_messages.c.unique_key.in_(wanted),
            )
        )
        return {row.unique_key: row.id for row in rows}

    def _record(self, session: Session, settled: Sequence[tuple[DueStep, StepState]], now: datetime) -> None:
        connection = session.connection()
        connection.execute(
            _SETTLE, [{"step_id": step.id, "became": became, "at": now} for step, became in settled]
        )
        of_main: list[dict[str, Any]] = [
            {"occurrence_id": step.occurrence.id, "became": _OF_MAIN[became]}
            for step, became in settled
            if self._rule(step).is_main
        ]
        if of_main:
            connection.execute(_BECOME, of_main)


class _Said:
    """Gathers what steps say, to enqueue it together."""

    def __init__(self, session: Session, posted: Mapping[str, int]) -> None:
        self._session = session
        self._posted = posted
        self._by_workspace: defaultdict[UUID, list[Outgoing]] = defaultdict(list)

    def add(self, step: DueStep, rule: StepRule, also: Sequence[Outgoing]) -> None:
        """Add a step's own message, where it has one and knows where to put it, and then the others."""
        messages = self._by_workspace[step.ritual.workspace_id]
        own = self._own(step, rule)
        if own is not None:
            messages.append(own)
        messages += also

    def enqueue(self, now: datetime) -> None:
        for workspace_id, messages in self._by_workspace.items():
            enqueue(self._session, workspace_id, messages, correlation_id=f"ritual {now:%F %H:%M}", now=now)

    def _own(self, step: DueStep, rule: StepRule) -> Outgoing | None:
        if rule.operation is None or step.ritual.channel_id is None:
            return None
        about = None
        if rule.about is not None:
            about = self._posted.get(message_key(step_id_of(step.occurrence.id, rule.about)))
            if about is None and rule.operation is not Operation.POST:
                return None
        return Outgoing(
            kind=NoticeKind.RITUAL_STEP,
            operation=rule.operation,
            channel_id=step.ritual.channel_id,
            unique_key=message_key(step.id),
            ids={"step_id": str(step.id)},
            depends_on_id=about,
            expires_at=step.expires_at,
        )
