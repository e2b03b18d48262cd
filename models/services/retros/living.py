"""How a retrospective begins, is reminded of and ends, whoever or whatever brings that about."""

from datetime import UTC, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.commands import NewRetro
from models.database import Database
from models.errors import Invalid
from models.read_models import FieldChange, Origin, PersonRef, ProjectView, RetroView
from models.rules.retros.life import (
    LONGEST,
    RetroState,
    closes_at,
    extended,
    is_small,
    reminded_at,
)
from models.services import audit
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.retros import card_rows, marks, notices, quiet
from models.services.retros.rows import RETRO, collecting, find_retro, insert_retro, update_retro
from models.sqlite import writing_over
from models.value import Value, replace

_EXTENDED = "It was extended once already, so it stays as it is. Close it, and start another when it is time."
_RUNS = "{0} collects cards already. `/retro add` adds yours; `/retro close` ends it."
_PASSED = "That has passed. Pick a later day or time."
_TOO_LONG = "After more than two weeks nobody remembers what it was about. Pick an earlier day."


class Turn(Value):
    """In which transaction something happens, by whom if by anybody, from where, and when."""

    session: Session
    workspace_id: UUID
    by: PersonRef | None
    origin: Origin
    now: datetime

    def say(self, *messages: Outgoing) -> None:
        """Put this into the outbox."""
        correlation_id = self.origin.correlation_id
        enqueue(self.session, self.workspace_id, messages, correlation_id=correlation_id, now=self.now)

    def note(self, retro: RetroView, action: str, *changes: FieldChange) -> None:
        """Write a line of the retrospective's history."""
        entry = audit.Entry(RETRO, retro.id, retro.version, action, changes)
        who = self.by.id if self.by else None
        audit.record_for(self.session, self.workspace_id, who, entry, origin=self.origin, now=self.now)


def begin(turn: Turn, project: ProjectView, wanted: NewRetro, retro_id: UUID | None = None) -> RetroView:
    """Begin to collect cards for a project that is locked. Raises Invalid."""
    if collecting(turn.session, turn.workspace_id, project.id) is not None:
        raise Invalid({"project": _RUNS.format(project.key)})
    zone = ZoneInfo(project.timezone)
    retro = RetroView(
        id=retro_id or uuid4(),
        workspace_id=turn.workspace_id,
        project_id=project.id,
        project_key=project.key,
        channel_id=project.internal_channel_id,
        timezone=project.timezone,
        version=1,
        state=RetroState.COLLECTING,
        format=wanted.format,
        is_anonymous=wanted.is_anonymous,
        asks_safety=wanted.asks_safety,
        started_by=turn.by,
        started_at=turn.now,
        closes_at=check_closing(wanted.closes_at or closes_at(turn.now, zone), turn.now, turn.now),
    )
    insert_retro(turn.session, retro, marks.new_key(), next_step(retro, turn.now))
    turn.note(retro, "started", FieldChange("closes_at", None, retro.closes_at.isoformat()))
    turn.say(notices.opened(retro))
    return retro


def check_closing(closing: datetime, started: datetime, now: datetime) -> datetime:
    """Return when collecting ends, if it can. Raises Invalid beside the field."""
    if closing <= now:
        raise Invalid({"closes_at": _PASSED})
    if closing > started + LONGEST:
        raise Invalid({"closes_at": _TOO_LONG})
    return closing.astimezone(UTC)


def next_step(retro: RetroView, now: datetime) -> datetime:
    """Return when time alone does something next: the reminder where it is still to come, else the end."""
    reminder = reminded_at(retro.closes_at, ZoneInfo(retro.timezone))
    is_to_come = not retro.is_reminded and reminder > max(now, retro.started_at)
    return reminder if is_to_come else retro.closes_at


def extend(turn: Turn, retro: RetroView, until: datetime | None) -> RetroView:
    """Collect cards for longer, once. Raises Invalid."""
    if retro.is_extended:
        raise Invalid({"closes_at": _EXTENDED})
    present = max(retro.closes_at, turn.now)
    closing = check_closing(until or extended(present, ZoneInfo(retro.timezone)), retro.started_at, present)
    after = replace(retro, closes_at=closing, is_extended=True, version=retro.version + 1)
    update_retro(turn.session, after, next_step_at=next_step(after, turn.now))
    turn.note(after, "extended", FieldChange("closes_at", retro.closes_at.isoformat(), closing.isoformat()))
    turn.say(*notices.changed(turn.session, after))
    return after


def remind(turn: Turn, retro: RetroView) -> RetroView:
    """Remind the team once, quietly."""
    after = replace(retro, is_reminded=True, version=retro.version + 1)
    update_retro(turn.session, after, next_step_at=after.closes_at)
    turn.note(after, "reminded")
    turn.say(*notices.reminded(turn.session, after))
    return after


def clear_traces(database: Database) -> None:
    """Clear what the closing has left behind in the database's files, once it is committed."""
    database.clear_traces("retro_cards", "retro_participations", "retro_safety_answers", "retrospectives")


def close(turn: Turn, retro: RetroView) -> RetroView:
    """End the collecting of a retrospective that is locked: from now on no card leads to anybody.

    The key goes, the cards are written anew in random order; of a small group it is forgotten who took part.
    """
    session = turn.session
    with writing_over(session):
        contributors = card_rows.contributors(session, retro.id)
        kept = card_rows.write_anew(session, retro)
        if retro.is_anonymous and is_small(contributors):
            card_rows.forget_who(session, retro.id)
        after = replace(
            retro,
            state=RetroState.CLOSED,
            version=retro.version + 1,
            closed_at=turn.now,
            closed_by=turn.by,
            cards=kept,
            safety=card_rows.take_ratings(session, retro.id),
            contributors=contributors,
        )
        update_retro(session, after, edit_key=None, contributors=contributors, next_step_at=None)
    turn.note(after, "closed", FieldChange("state", retro.state, after.state))
    turn.say(*notices.changed(session, after))
    # Where nobody wrote, the prompt says so itself: a channel needs no second post of nothing.
    if after.has_ended_with_project:
        return after
    if kept:
        turn.say(notices.closed(after))
        turn.say(*notices.cards(session, after, len(card_rows.laid_out(session, after))))
    else:
        turn.say(*quiet.of_empty(session, after, turn.now))
    return after


def close_with_project(turn: Turn, project_id: UUID) -> bool:
    """End the collecting for a project that was archived just now, and tell whether there was any.

    Nothing new is posted: what asked for cards says where those that came are.
    """
    running = collecting(turn.session, turn.workspace_id, project_id)
    if running is None:
        return False
    close(turn, find_retro(turn.session, turn.workspace_id, running.id, lock=True))
    return True
