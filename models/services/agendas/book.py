"""Meetings as people use them: the next agenda, topics for it, and word that somebody can't come."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.commands import TopicFields
from models.database import Database
from models.errors import Invalid, NotFound
from models.read_models import (
    Actor,
    AgendaPage,
    Meeting,
    MeetingTime,
    Origin,
    TopicView,
)
from models.rules.access import Capability, may
from models.services import audit
from models.services.agendas.bringing import changeable, record, require_new, ties, with_fields
from models.services.agendas.finding import (
    agenda_at,
    chosen,
    may_skip,
    meetings_of,
    required_meeting,
    ritual_id_of,
)
from models.services.agendas.meetings import MEETING
from models.services.agendas.rows import earlier_of
from models.services.agendas.steps import corrections
from models.services.agendas.topics import (
    TOPIC,
    find_topic,
    insert_topic,
    is_waiting,
    topics_where,
    update_topic,
)
from models.services.outbox.enqueue import enqueue
from models.services.owning import require_version
from models.services.receipts import claim
from models.services.standing import require, standing
from models.services.statements import dialect_of, insert_new
from models.tables import meeting_absences, meeting_topics
from models.value import replace

_HAS_BEGUN = "That meeting has begun, or is over."


class Agendas:
    """Everything that may be done with agendas before a meeting."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def meetings(self, actor: Actor, *, now: datetime) -> tuple[Meeting, ...]:
        """Return the meetings that go on, the person's own first, and of these the soonest."""
        require(standing(actor), Capability.SEE_AGENDA)
        with self._database.read() as session:
            return meetings_of(session, actor, now)

    def page(
        self, actor: Actor, *, channel_id: str | None = None, ritual_id: UUID | None = None, now: datetime
    ) -> AgendaPage | None:
        """Return the agenda of a meeting as it stands; None where no meeting is switched on.

        Without a name it is the channel's meeting, else the person's own that comes soonest, else the next.
        """
        require(standing(actor), Capability.SEE_AGENDA)
        with self._database.read() as session:
            found = meetings_of(session, actor, now)
            meeting = chosen(found, channel_id, ritual_id)
            if meeting is None or meeting.next is None:
                return None
            agenda = agenda_at(session, meeting, meeting.next, now)
            waiting = topics_where(session, actor.workspace_id, is_waiting(meeting.ritual.id, agenda.id))
            mine = tuple(topic for topic in waiting if may(ties(actor, topic), Capability.CHANGE_TOPIC))
            others = tuple(each for each in found if each is not meeting and each.next is not None)
            earlier = earlier_of(session, meeting.ritual.id, min(now, agenda.time.starts_at))
            last_id = earlier[0].agenda_id if earlier else None
            return AgendaPage(agenda, mine, others, last_id, may_skip(session, actor, agenda, now))

    def add_topic(
        self, actor: Actor, ritual_id: UUID, fields: TopicFields, *, origin: Origin, now: datetime
    ) -> TopicView:
        """Bring something to the next time of a meeting.

        Raises NotFound for the meeting or the project, NotAllowed, Invalid.
        """
        require(standing(actor), Capability.ADD_TOPIC)
        topic_id = uuid4()
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, topic_id, now)
            if earlier is not None:
                return find_topic(session, actor.workspace_id, earlier)
            meeting = required_meeting(session, actor, ritual_id, now)
            topic = with_fields(
                session,
                TopicView(
                    id=topic_id,
                    workspace_id=actor.workspace_id,
                    ritual_id=ritual_id,
                    meeting=meeting.ritual.name,
                    author=actor.person,
                    version=1,
                    title="",
                    added_at=now,
                    updated_at=now,
                ),
                fields,
            )
            require_new(session, topic)
            insert_topic(session, topic)
            record(session, actor, (None, topic), "added", origin=origin, now=now)
            _correct(session, actor, meeting, origin=origin, now=now)
            return topic

    def topic(self, actor: Actor, topic_id: UUID) -> TopicView:
        """Return a topic that the person may change. Raises NotFound, NotAllowed, Invalid."""
        with self._database.read() as session:
            return changeable(session, actor, topic_id)

    def newest_topic(self, actor: Actor) -> TopicView:
        """Return what the person brought last, of what still waits. Raises NotFound."""
        require(standing(actor), Capability.SEE_AGENDA)
        with self._database.read() as session:
            theirs = topics_where(
                session,
                actor.workspace_id,
                meeting_topics.c.author_id == actor.person.id,
                meeting_topics.c.agenda_id.is_(None),
            )
        if not theirs:
            raise NotFound(TOPIC, "of yours")
        return theirs[-1]

    def edit_topic(
        self,
        actor: Actor,
        topic_id: UUID,
        fields: TopicFields,
        *,
        version: int,
        origin: Origin,
        now: datetime,
    ) -> TopicView:
        """Say a topic otherwise. Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``."""

        def decide(session: Session, topic: TopicView) -> TopicView:
            require_version(session, topic, version)
            return with_fields(session, topic, fields)

        return self._change(actor, topic_id, "edited", decide, origin=origin, now=now)

    def remove_topic(self, actor: Actor, topic_id: UUID, *, origin: Origin, now: datetime) -> TopicView:
        """Take a topic back. Raises NotFound, NotAllowed, Invalid."""

        def decide(_: Session, topic: TopicView) -> TopicView:
            return replace(topic, is_removed=True)

        return self._change(actor, topic_id, "removed", decide, origin=origin, now=now)

    def come(self, actor: Actor, occurrence_id: UUID, *, can: bool, origin: Origin, now: datetime) -> Meeting:
        """Note that the person can't come to a meeting, or can after all.

        Whoever was to lead or to take notes is relieved of it. Raises NotFound, NotAllowed, Invalid.
        """
        require(standing(actor), Capability.ADD_TOPIC)
        with self._database.write() as session:
            meeting = required_meeting(session, actor, ritual_id_of(session, actor, occurrence_id), now)
            if claim(session, actor.workspace_id, origin, occurrence_id, now) is not None:
                return meeting
            time = meeting.next
            if time is None or time.occurrence_id != occurrence_id or time.starts_at <= now:
                raise Invalid({"meeting": _HAS_BEGUN})
            _note_absence(session, actor, time, now, can=can)
            entry = audit.Entry(MEETING, time.occurrence_id, 1, "comes" if can else "stays_away")
            audit.record(session, actor, entry, origin=origin, now=now)
            _correct(session, actor, meeting, origin=origin, now=now)
            return meeting

    def _change(
        self,
        actor: Actor,
        topic_id: UUID,
        action: str,
        decide: Callable[[Session, TopicView], TopicView],
        *,
        origin: Origin,
        now: datetime,
    ) -> TopicView:
        with self._database.write() as session:
            earlier = claim(session, actor.workspace_id, origin, topic_id, now)
            if earlier is not None:
                return find_topic(session, actor.workspace_id, earlier)
            before = changeable(session, actor, topic_id, lock=True)
            decided = decide(session, before)
            if decided == before:
                return before
            after = replace(decided, version=before.version + 1, updated_at=now)
            update_topic(session, after)
            record(session, actor, (before, after), action, origin=origin, now=now)
            meeting = required_meeting(session, actor, after.ritual_id, now)
            _correct(session, actor, meeting, origin=origin, now=now)
            return after


def _correct(session: Session, actor: Actor, meeting: Meeting, *, origin: Origin, now: datetime) -> None:
    """Have the posted agenda say what is so now."""
    if meeting.next is not None:
        said = tuple(corrections(session, meeting.ritual, meeting.next, now))
        enqueue(session, actor.workspace_id, said, correlation_id=origin.correlation_id, now=now)


def _note_absence(session: Session, actor: Actor, time: MeetingTime, now: datetime, *, can: bool) -> None:
    connection = session.connection()
    if can:
        connection.execute(
            delete(meeting_absences).where(
                meeting_absences.c.occurrence_id == time.occurrence_id,
                meeting_absences.c.person_id == actor.person.id,
            )
        )
        return
    connection.execute(
        insert_new(dialect_of(session), meeting_absences),
        {
            "occurrence_id": time.occurrence_id,
            "person_id": actor.person.id,
            "workspace_id": actor.workspace_id,
            "said_at": now,
        },
    )
