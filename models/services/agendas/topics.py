"""Reads and writes what people want to talk about, always with their names."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, insert, or_, select, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import PersonRef, TopicView
from models.rules.agendas.entries import Matter
from models.rules.agendas.reasons import topic_reason
from models.tables import meeting_topics, people, projects, rituals

TOPIC = "topic"
"""What the audit trail and refusals call it."""

_authors = people.alias("topic_author")

_SELECT: Select[Any] = (
    select(
        meeting_topics,
        rituals.c.name.label("meeting"),
        projects.c.key.label("project_key"),
        _authors.c.slack_user_id.label("author_slack_id"),
        _authors.c.name.label("author_name"),
    )
    .join(rituals, rituals.c.id == meeting_topics.c.ritual_id)
    .join(_authors, _authors.c.id == meeting_topics.c.author_id)
    .outerjoin(projects, projects.c.id == meeting_topics.c.project_id)
)


def topics_where(session: Session, workspace_id: UUID, *conditions: ColumnElement[bool]) -> list[TopicView]:
    """Return the workspace's kept topics of which all of that is true, the oldest first."""
    rows = session.connection().execute(
        _SELECT.where(
            meeting_topics.c.workspace_id == workspace_id, meeting_topics.c.removed_at.is_(None), *conditions
        ).order_by(meeting_topics.c.added_at, meeting_topics.c.id)
    )
    return [_topic_of(row) for row in rows]


def is_waiting(ritual_id: UUID, agenda_id: UUID | None = None) -> ColumnElement[bool]:
    """Return the condition that a topic waits for the meeting, or is on that agenda of it already."""
    is_open: ColumnElement[bool] = meeting_topics.c.agenda_id.is_(None)
    if agenda_id is not None:
        is_open = or_(is_open, meeting_topics.c.agenda_id == agenda_id)
    return (meeting_topics.c.ritual_id == ritual_id) & is_open


def find_topic(session: Session, workspace_id: UUID, topic_id: UUID, *, lock: bool = False) -> TopicView:
    """Return the workspace's topic, also a removed one. Raises NotFound."""
    wanted = _SELECT.where(meeting_topics.c.workspace_id == workspace_id, meeting_topics.c.id == topic_id)
    if lock:
        wanted = wanted.with_for_update(of=meeting_topics)
    row = session.connection().execute(wanted).one_or_none()
    if row is None:
        raise NotFound(TOPIC, str(topic_id))
    return _topic_of(row)


def insert_topic(session: Session, topic: TopicView) -> None:
    """Write a new topic."""
    identity = {
        "id": topic.id,
        "workspace_id": topic.workspace_id,
        "ritual_id": topic.ritual_id,
        "author_id": topic.author.id,
        "added_at": topic.added_at,
    }
    session.connection().execute(insert(meeting_topics), identity | _values(topic))


def update_topic(session: Session, topic: TopicView) -> None:
    """Write a changed topic over the one that was locked for it."""
    removed = {"removed_at": topic.updated_at} if topic.is_removed else {}
    session.connection().execute(
        update(meeting_topics).where(
            meeting_topics.c.id == topic.id, meeting_topics.c.version == topic.version - 1
        ),
        _values(topic) | removed,
    )


def put_on(session: Session, agenda_id: UUID, topic_ids: list[UUID]) -> None:
    """Note which topics were talked about at a meeting: those of them that wait do so no longer."""
    if topic_ids:
        session.connection().execute(
            update(meeting_topics).where(
                meeting_topics.c.id.in_(topic_ids), meeting_topics.c.agenda_id.is_(None)
            ),
            {"agenda_id": agenda_id},
        )


def let_wait(session: Session, agenda_id: UUID, on_the_table: list[UUID]) -> None:
    """Note that other topics were not talked about at that meeting after all: they wait for the next."""
    is_other = (meeting_topics.c.agenda_id == agenda_id) & meeting_topics.c.id.not_in(on_the_table)
    session.connection().execute(update(meeting_topics).where(is_other), {"agenda_id": None})


def matter_of(topic: TopicView) -> Matter:
    """Return the topic as the agenda has it: an entry of its own, behind its project's short name."""
    reason = topic_reason(topic.title, topic.author.name)
    return Matter(topic.id, topic.project_key, (reason,), topic.minutes)


def _values(topic: TopicView) -> dict[str, Any]:
    return {
        "version": topic.version,
        "title": topic.title,
        "minutes": topic.minutes,
        "project_id": topic.project_id,
        "updated_at": topic.updated_at,
        "agenda_id": topic.agenda_id,
    }


def _topic_of(row: Row[Any]) -> TopicView:
    return TopicView(
        id=row.id,
        workspace_id=row.workspace_id,
        ritual_id=row.ritual_id,
        meeting=row.meeting,
        author=PersonRef(row.author_id, row.author_slack_id, row.author_name),
        version=row.version,
        title=row.title,
        minutes=row.minutes,
        added_at=row.added_at,
        updated_at=row.updated_at,
        project_id=row.project_id,
        project_key=row.project_key or "",
        agenda_id=row.agenda_id,
        is_removed=row.removed_at is not None,
    )
