"""A topic as somebody brings it or changes it: checked, allowed, and on record."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.commands import TITLE_LENGTH, TopicFields
from models.errors import Invalid
from models.read_models import Actor, FieldChange, Origin, TopicView
from models.rules.access import Capability, Relation, Standing
from models.services import audit
from models.services.agendas.topics import TOPIC, find_topic, is_waiting, topics_where
from models.services.projects.rows import required_project
from models.services.standing import require, standing
from models.services.texts import clean_line, too_long
from models.value import replace

_NO_TITLE = "Say in a few words what to talk about."
MOST_MINUTES = 120
_TOO_LONG = f"Ask for {MOST_MINUTES} minutes at most."
_ARCHIVED = "That project is archived. Choose another, or none."
_THERE_ALREADY = "That is on the agenda of {} already; {} brought it."
_REMOVED = "It was removed already, so there is nothing left to change. `/agenda add` brings it again."
_TALKED_ABOUT = "It was talked about already, so it stays as it is."


def with_fields(session: Session, topic: TopicView, fields: TopicFields) -> TopicView:
    """Return the topic with what a person says of it. Raises Invalid, NotFound for the project."""
    title = clean_line(fields.title)
    problems = dict(_problems(title, fields.minutes))
    project = None
    if fields.project_id is not None:
        project = required_project(session, topic.workspace_id, fields.project_id)
        if project.is_archived:
            problems["project_id"] = _ARCHIVED
    if problems:
        raise Invalid(problems)
    return replace(
        topic,
        title=title,
        minutes=fields.minutes,
        project_id=project.id if project else None,
        project_key=project.key if project else "",
    )


def require_new(session: Session, topic: TopicView) -> None:
    """Raise Invalid for what waits for that meeting already, whoever brought it."""
    for each in topics_where(session, topic.workspace_id, is_waiting(topic.ritual_id)):
        is_same = each.title.casefold() == topic.title.casefold() and each.project_id == topic.project_id
        if is_same:
            who = "you" if each.author.id == topic.author.id else each.author.name
            raise Invalid({"title": _THERE_ALREADY.format(topic.meeting, who)})


def changeable(session: Session, actor: Actor, topic_id: UUID, *, lock: bool = False) -> TopicView:
    """Return a topic that the person may change. Raises NotFound, NotAllowed, Invalid."""
    require(standing(actor), Capability.SEE_AGENDA)
    topic = find_topic(session, actor.workspace_id, topic_id, lock=lock)
    require(ties(actor, topic), Capability.CHANGE_TOPIC, (topic.author,))
    if topic.is_removed:
        raise Invalid({"title": _REMOVED})
    if topic.agenda_id is not None:
        raise Invalid({"title": _TALKED_ABOUT})
    return topic


def ties(actor: Actor, topic: TopicView) -> Standing:
    """Return all that ties the person to the topic."""
    is_theirs = topic.author.id == actor.person.id
    relations = frozenset({Relation.RAISER}) if is_theirs else frozenset()
    return replace(standing(actor), relations=relations)


def record(
    session: Session,
    actor: Actor,
    change: tuple[TopicView | None, TopicView],
    action: str,
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Add to the audit trail what was done to a topic; ``change`` is what it was and what it became."""
    before, after = change
    changes = tuple(
        FieldChange(name, was, became)
        for name, was, became in (
            ("title", before.title if before else None, after.title),
            ("minutes", _said(before.minutes) if before else None, _said(after.minutes)),
            ("project", (before.project_key or None) if before else None, after.project_key or None),
        )
        if was != became
    )
    entry = audit.Entry(TOPIC, after.id, after.version, action, changes)
    audit.record(session, actor, entry, origin=origin, now=now)


def _said(minutes: int) -> str | None:
    return str(minutes) if minutes else None


def _problems(title: str, minutes: int) -> Iterator[tuple[str, str]]:
    if not title:
        yield "title", _NO_TITLE
    for problem in too_long(title, TITLE_LENGTH):
        yield "title", problem
    if not 0 <= minutes <= MOST_MINUTES:
        yield "title", _TOO_LONG
