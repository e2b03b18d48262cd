"""Minutes: made of an agenda's entries; what is decided and promised becomes records of its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.commands import TEXT_LENGTH, MinutesFields
from models.database import Database
from models.errors import Conflict, Invalid, NotFound
from models.read_models import (
    Actor,
    FieldChange,
    MinutesPage,
    MinutesView,
    Origin,
)
from models.rules.access import Capability
from models.rules.raid.states import is_young
from models.services import audit
from models.services.agendas.meetings import MEETING, meetings, yours
from models.services.agendas.minute_rows import (
    POINT,
    HeldMeeting,
    WrittenPoint,
    find_point,
    held_meetings,
    insert_points,
    last_of,
    minutes_of,
    remove_points,
    say_otherwise,
)
from models.services.agendas.taking_back import take_back_records
from models.services.agendas.telling_minutes import told
from models.services.agendas.topics import let_wait, put_on
from models.services.agendas.writing_minutes import MinutesWriter
from models.services.raid.changing import Doing
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.texts import clean, too_long

MOST_SHOWN = 50
"""Meetings looked back at."""
_NOTHING_OF_YOURS = "There is nothing of yours in these minutes that could be taken back."
_TOO_LATE = "That stands for longer than an hour already. `/agenda last` changes each thing by itself."
_IS_RECORD = "That is a record of its own. Change it there."
_NOT_YET = "That meeting has not begun yet."
_SAYS_NOW = "Somebody changed it meanwhile. It says now: “{}”. Close this and open it again to change that."
_QUOTED = 200


class Minutes:
    """What meetings agreed, written down by whoever was there."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def page(
        self, actor: Actor, *, agenda_id: UUID | None = None, channel_id: str | None = None, now: datetime
    ) -> MinutesPage | None:
        """Return a meeting that has begun with what was agreed; None where there was none.

        Without a name it is the latest of the channel's, else of the person's own, else of all. Raises
        NotFound, NotAllowed.
        """
        require(standing(actor), Capability.SEE_AGENDA)
        with self._database.read() as session:
            held = held_meetings(session, actor.workspace_id, now, MOST_SHOWN)
            chosen = _chosen(session, actor, held, agenda_id, channel_id, now)
            if chosen is None:
                return None
            theirs = [each.agenda_id for each in held if each.ritual_id == chosen.ritual_id]
            place = theirs.index(chosen.agenda_id)
            return MinutesPage(
                minutes=minutes_of(session, actor.workspace_id, chosen.agenda_id),
                earlier_id=theirs[place + 1] if place + 1 < len(theirs) else None,
                later_id=theirs[place - 1] if place else None,
                may_take_back=_is_fresh(last_of(session, chosen.agenda_id, actor.person.id), now),
            )

    def write(
        self,
        actor: Actor,
        agenda_id: UUID,
        fields: MinutesFields,
        *,
        version: int | None = None,
        origin: Origin,
        now: datetime,
    ) -> MinutesView:
        """Add to what a meeting agreed. Raises NotFound, NotAllowed, Invalid.

        Raises Conflict where others have written since that version: two who decide the same would not see
        each other's words.

        What the agenda lost meanwhile is written about like the rest. The names of problems end with the
        entry's id, after "decision", "owner_id" and the like.
        """
        require(standing(actor), Capability.WRITE_MINUTES)
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, agenda_id, now) is not None:
                return minutes_of(session, actor.workspace_id, agenda_id)
            before = minutes_of(session, actor.workspace_id, agenda_id, lock=True)
            if before.agenda.time.starts_at > now:
                raise Invalid({"other": _NOT_YET})
            if version is not None and (newer := before.since(version, actor.person)):
                changes = tuple(FieldChange(POINT, None, each.text) for each in newer)
                raise Conflict(before, changes, newer[-1].added_by)
            writer = MinutesWriter(Doing(session, actor, origin, now), before.agenda)
            new = writer.write(fields)
            said_of = [entry.matter_id for entry in fields.entries if entry.decision or entry.action]
            put_on(session, agenda_id, said_of)
            insert_points(session, actor.workspace_id, agenda_id, new, (actor.person.id, now))
            changes = (FieldChange("points", str(len(before.points)), str(len(before.points) + len(new))),)
            return _written(Doing(session, actor, origin, now), agenda_id, "written", changes)

    def require_fresh(self, actor: Actor, agenda_id: UUID, *, now: datetime) -> None:
        """Make sure that the person may still take back what they wrote. Raises NotAllowed, Invalid."""
        require(standing(actor), Capability.WRITE_MINUTES)
        with self._database.read() as session:
            minutes_of(session, actor.workspace_id, agenda_id)
            _fresh(session, actor, agenda_id, now)

    def take_back(self, actor: Actor, agenda_id: UUID, *, origin: Origin, now: datetime) -> MinutesView:
        """Take back what the person wrote down last, with the records that it made.

        Raises NotFound, NotAllowed, Invalid where that is too long ago, or somebody went on with it.
        """
        require(standing(actor), Capability.WRITE_MINUTES)
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, agenda_id, now) is not None:
                return minutes_of(session, actor.workspace_id, agenda_id)
            before = minutes_of(session, actor.workspace_id, agenda_id, lock=True)
            last = _fresh(session, actor, agenda_id, now)
            doing = Doing(session, actor, origin, now)
            remove_points(session, [each.id for each in last])
            take_back_records(doing, last)
            let_wait(session, agenda_id, [slot.matter.id for slot in before.agenda.plan.slots])
            changes = tuple(FieldChange(POINT, each.text, None) for each in last)
            return _written(doing, agenda_id, "taken back", changes)

    def point(self, actor: Actor, point_id: UUID) -> WrittenPoint:
        """Return a point that the person may change here. Raises NotFound, NotAllowed, Invalid."""
        require(standing(actor), Capability.WRITE_MINUTES)
        with self._database.read() as session:
            return _changeable(session, actor, point_id)

    def change_point(
        self,
        actor: Actor,
        point_id: UUID,
        text: str,
        *,
        seen: str | None = None,
        origin: Origin,
        now: datetime,
    ) -> None:
        """Say otherwise what was agreed; without any words it goes. Raises NotFound, NotAllowed, Invalid.

        ``seen`` is the fingerprint of what it said before the person; Invalid where it says something else.
        """
        require(standing(actor), Capability.WRITE_MINUTES)
        said = clean(text)
        for problem in too_long(said, TEXT_LENGTH):
            raise Invalid({"text": problem})
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, point_id, now) is not None:
                return
            agenda_id = _changeable(session, actor, point_id).agenda_id
            minutes_of(session, actor.workspace_id, agenda_id, lock=True)
            # Only what is read behind the lock is sure to stay as it is.
            point = _changeable(session, actor, point_id)
            if said == point.text:
                return
            if seen is not None and seen != point.fingerprint:
                raise Invalid({"text": _SAYS_NOW.format(point.text[:_QUOTED])})
            say_otherwise(session, point_id, said)
            changes = (FieldChange(POINT, point.text, said or None),)
            _written(Doing(session, actor, origin, now), point.agenda_id, "changed", changes)


def _chosen(
    session: Session,
    actor: Actor,
    held: Sequence[HeldMeeting],
    agenda_id: UUID | None,
    channel_id: str | None,
    now: datetime,
) -> HeldMeeting | None:
    if agenda_id is not None:
        found = next((each for each in held if each.agenda_id == agenda_id), None)
        if found is None:
            raise NotFound(MEETING, str(agenda_id))
        return found
    here = next((each for each in held if channel_id and each.channel_id == channel_id), None)
    if here is not None or not held:
        return here
    theirs = yours(session, meetings(session, actor.workspace_id, now), actor.person.id)
    return next((each for each in held if theirs.get(each.ritual_id)), held[0])


def _changeable(session: Session, actor: Actor, point_id: UUID) -> WrittenPoint:
    point = find_point(session, actor.workspace_id, point_id)
    if point.decision_id is not None or point.action_id is not None:
        raise Invalid({"text": _IS_RECORD})
    return point


def _fresh(session: Session, actor: Actor, agenda_id: UUID, now: datetime) -> Sequence[WrittenPoint]:
    """Return what the person wrote last, if it can still be taken back. Raises Invalid."""
    last = last_of(session, agenda_id, actor.person.id)
    if not last:
        raise Invalid({"minutes": _NOTHING_OF_YOURS})
    if not _is_fresh(last, now):
        raise Invalid({"minutes": _TOO_LATE})
    return last


def _is_fresh(last: Sequence[WrittenPoint], now: datetime) -> bool:
    return any(is_young(each.added_at, now) for each in last)


def _written(doing: Doing, agenda_id: UUID, action: str, changes: tuple[FieldChange, ...]) -> MinutesView:
    """Put on record what was done to the minutes, have their message say so, and return them."""
    session, actor = doing.session, doing.actor
    after = minutes_of(session, actor.workspace_id, agenda_id)
    entry = audit.Entry("minutes", agenda_id, len(after.points), action, changes)
    audit.record(session, actor, entry, origin=doing.origin, now=doing.now)
    doing.say(tuple(told(session, after)))
    return after
