"""What people answer to their morning: bring it again later today, or show all of it."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import Actor, MorningView, Origin, StandIns
from models.rules.access import Capability
from models.rules.delivery import MessageState, NoticeKind, Operation
from models.rules.mornings.paces import end_of, later_today
from models.services.mornings.readings import find_morning
from models.services.mornings.rows import message_key
from models.services.mornings.touching import LATER, redraw
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.stand_ins import stand_ins
from models.services.receipts import claim
from models.services.standing import require, standing
from models.tables import mornings, outbox_messages

MORNING = "morning"
"""What refusals call it."""

_OVER = {"later": "That was another day's message. *Home* above has what is still to do."}
_CAME_BACK = {"later": "It came back once today already. *Home* above has what is still to do."}
_TOO_LATE = {
    "later": "There is too little left of today. What is still to do stays here, and on *Home* above."
}


class Mornings:
    """Everybody answers to their own morning, and sees no other."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def put_off(self, actor: Actor, morning_id: UUID, *, origin: Origin, now: datetime) -> datetime:
        """Bring the message once more later on the same day, and return when. Raises NotFound, Invalid."""
        with self._database.write() as session:
            is_new = claim(session, actor.workspace_id, origin, morning_id, now) is None
            found = _theirs(session, actor, morning_id)
            if found.later_at is not None and (not is_new or found.later_at > now):
                return found.later_at
            if found.day != now.astimezone(found.zone).date():
                raise Invalid(_OVER)
            if found.later_at is not None:
                raise Invalid(_CAME_BACK)
            later_at = later_today(now, found.zone)
            if later_at is None:
                raise Invalid(_TOO_LATE)
            session.execute(update(mornings).where(mornings.c.id == found.id).values(later_at=later_at))
            once_more = Outgoing(
                kind=NoticeKind.MORNING,
                operation=Operation.POST,
                channel_id=found.person.slack_user_id,
                unique_key=message_key(found.id, LATER),
                ids={"morning_id": str(found.id), "part": LATER},
                expires_at=end_of(found.day, found.zone),
                not_before=later_at,
            )
            enqueue(session, actor.workspace_id, [once_more], correlation_id=origin.correlation_id, now=now)
            # Written first: what is drawn at once must not be taken for superseded by it.
            _redraw(session, found, "again", origin, now, at=later_at)
            _redraw(session, found, LATER, origin, now)
            return later_at

    def show_now(self, actor: Actor, morning_id: UUID, *, origin: Origin, now: datetime) -> None:
        """Bring what was put off at once. Raises NotFound."""
        with self._database.write() as session:
            found = _theirs(session, actor, morning_id)
            if found.later_at is None or found.later_at <= now:
                return
            session.execute(update(mornings).where(mornings.c.id == found.id).values(later_at=now))
            session.execute(
                update(outbox_messages)
                .where(
                    outbox_messages.c.workspace_id == found.workspace_id,
                    outbox_messages.c.unique_key == message_key(found.id, LATER),
                    outbox_messages.c.state == MessageState.PENDING,
                )
                .values(due_at=now)
            )
            _redraw(session, found, "now", origin, now)

    def unfold(self, actor: Actor, morning_id: UUID, *, origin: Origin, now: datetime) -> None:
        """Show all lines of it from now on. Raises NotFound."""
        with self._database.write() as session:
            found = _theirs(session, actor, morning_id)
            if found.is_unfolded:
                return
            session.execute(update(mornings).where(mornings.c.id == found.id).values(is_unfolded=True))
            _redraw(session, found, "unfolded", origin, now)

    def stand_ins(self, actor: Actor, on: date) -> Mapping[str, StandIns]:
        """Return who stands in for the person on that day, by the key of each project that they manage."""
        require(standing(actor), Capability.SEE_PEOPLE)
        with self._database.look() as session:
            return stand_ins(session, actor, on)


def _theirs(session: Session, actor: Actor, morning_id: UUID) -> MorningView:
    """Return the person's own morning. Raises NotAllowed, NotFound."""
    require(standing(actor), Capability.SEE_PEOPLE)
    found = find_morning(session, actor.workspace_id, morning_id)
    if found is None or found.person.id != actor.person.id:
        raise NotFound(MORNING, str(morning_id))
    return found


def _redraw(
    session: Session,
    found: MorningView,
    token: str,
    origin: Origin,
    now: datetime,
    *,
    at: datetime | None = None,
) -> None:
    keys = [message_key(found.id), message_key(found.id, LATER)]
    redraw(session, found.workspace_id, keys, token, correlation_id=origin.correlation_id, now=now, at=at)
