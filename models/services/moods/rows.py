"""Reads and writes mood readings' rows; a reading always comes with what was heard, and with names."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, Select, and_, delete, insert, select, true, update
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import Actor, MoodView, PersonRef
from models.rules.access import Capability, Relation
from models.rules.moods.words import HeardKind
from models.services import sight
from models.tables import heard_items, mood_readings, people, projects

MOOD = "mood reading"
"""What the audit trail and refusals call it."""

_authors = people.alias("authors")
_requests, _opportunities = heard_items.alias("requests"), heard_items.alias("opportunities")

SELECT: Select[Any] = (
    select(
        mood_readings,
        projects.c.key.label("project_key"),
        projects.c.internal_channel_id.label("channel_id"),
        projects.c.timezone,
        _authors.c.slack_user_id.label("author_slack_id"),
        _authors.c.name.label("author_name"),
        _requests.c.text.label("request"),
        _opportunities.c.text.label("opportunity"),
    )
    .join(projects, projects.c.id == mood_readings.c.project_id)
    .join(_authors, _authors.c.id == mood_readings.c.author_id)
    .outerjoin(
        _requests, and_(_requests.c.reading_id == mood_readings.c.id, _requests.c.kind == HeardKind.REQUEST)
    )
    .outerjoin(
        _opportunities,
        and_(
            _opportunities.c.reading_id == mood_readings.c.id, _opportunities.c.kind == HeardKind.OPPORTUNITY
        ),
    )
)
NEWEST_FIRST = (mood_readings.c.observed_on.desc(), mood_readings.c.logged_at.desc(), mood_readings.c.id)


def find_mood(
    session: Session, workspace_id: UUID, reading_id: UUID, *, lock: bool = False
) -> MoodView | None:
    """Return the workspace's reading, also a deleted one; ``lock`` keeps others off it."""
    wanted = SELECT.where(mood_readings.c.workspace_id == workspace_id, mood_readings.c.id == reading_id)
    if lock:
        wanted = wanted.with_for_update(of=mood_readings)
    row = session.connection().execute(wanted).one_or_none()
    return mood_of(row) if row else None


def required_mood(session: Session, workspace_id: UUID, reading_id: UUID) -> MoodView:
    """Return the workspace's reading, whoever asks. Raises NotFound."""
    found = find_mood(session, workspace_id, reading_id)
    if found is None:
        raise NotFound(MOOD, str(reading_id))
    return found


def newest(
    session: Session, condition: ColumnElement[bool], *, first: ColumnElement[Any] | None = None
) -> MoodView | None:
    """Return the newest of the readings of which the condition is true; ``first`` orders before that."""
    order = NEWEST_FIRST if first is None else (first, *NEWEST_FIRST)
    row = session.connection().execute(SELECT.where(condition).order_by(*order).limit(1)).one_or_none()
    return mood_of(row) if row else None


def mood_of(row: Row[Any]) -> MoodView:
    """Return the reading of a row of ``SELECT``."""
    return MoodView(
        id=row.id,
        workspace_id=row.workspace_id,
        project_id=row.project_id,
        project_key=row.project_key,
        channel_id=row.channel_id,
        timezone=row.timezone,
        version=row.version,
        value=row.value,
        observed_on=row.observed_on,
        author=PersonRef(row.author_id, row.author_slack_id, row.author_name),
        logged_at=row.logged_at,
        updated_at=row.updated_at,
        insight=row.insight,
        source=row.source,
        client_role=row.client_role,
        request=row.request or "",
        opportunity=row.opportunity or "",
        follow_up=row.follow_up,
        visibility=row.visibility,
        is_withdrawn=row.withdrawn_at is not None,
    )


def insert_mood(session: Session, mood: MoodView) -> None:
    """Write a new reading with what was heard."""
    identity = {
        "id": mood.id,
        "workspace_id": mood.workspace_id,
        "project_id": mood.project_id,
        "author_id": mood.author.id,
        "logged_at": mood.logged_at,
    }
    session.connection().execute(insert(mood_readings), identity | _values(mood))
    _write_heard(session, mood)


def update_mood(session: Session, mood: MoodView) -> None:
    """Write a changed reading over the one that was locked for it."""
    withdrawn = {"withdrawn_at": mood.updated_at} if mood.is_withdrawn else {}
    session.connection().execute(
        update(mood_readings).where(
            mood_readings.c.id == mood.id, mood_readings.c.version == mood.version - 1
        ),
        _values(mood) | withdrawn,
    )
    session.connection().execute(delete(heard_items).where(heard_items.c.reading_id == mood.id))
    _write_heard(session, mood)


def _write_heard(session: Session, mood: MoodView) -> None:
    items = [
        {"id": uuid4(), "workspace_id": mood.workspace_id, "reading_id": mood.id, "kind": kind, "text": text}
        for kind, text in mood.heard.items()
    ]
    if items:
        session.connection().execute(insert(heard_items), items)


def _values(mood: MoodView) -> dict[str, Any]:
    return {
        "version": mood.version,
        "value": mood.value,
        "observed_on": mood.observed_on,
        "insight": mood.insight,
        "source": mood.source,
        "client_role": mood.client_role,
        "follow_up": mood.follow_up,
        "visibility": mood.visibility,
        "updated_at": mood.updated_at,
    }


def visible_to(actor: Actor | None) -> ColumnElement[bool]:
    """Return the condition that lets through what this full member may see; None is the bot itself."""
    if actor is None:
        return true()
    return sight.visible_to(
        actor,
        Capability.SEE_RESTRICTED_MOOD,
        visibility=mood_readings.c.visibility,
        project_id=mood_readings.c.project_id,
        relations={Relation.RAISER: mood_readings.c.author_id},
    )


def is_kept() -> ColumnElement[bool]:
    """Return the condition that leaves out what was deleted."""
    return mood_readings.c.withdrawn_at.is_(None)
