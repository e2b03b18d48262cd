"""Logs a reading with all that follows, inside whatever transaction it is a part of."""

from datetime import datetime

from models.commands import MoodFields
from models.errors import Invalid
from models.read_models import Actor, LoggedMood, MoodView, ProjectView
from models.services import audit
from models.services.changes import Change
from models.services.moods import alerts, screens
from models.services.moods import fields as mood_fields
from models.services.moods.notices import of_new_mood
from models.services.moods.rows import MOOD, insert_mood
from models.services.moods.turns import wait_for_turn
from models.services.outbox.enqueue import enqueue
from models.services.projects.rows import required_project
from models.services.zones import today_of

_ARCHIVED = {"project_id": "That project is archived. Choose another."}


def new_reading(actor: Actor, project: ProjectView, fields: MoodFields, now: datetime) -> MoodView:
    """Return the reading that is to be logged. Raises Invalid."""
    today = today_of(project, now)
    return mood_fields.new_mood(actor, project, mood_fields.checked(fields, today), today, now)


def require_whole(change: Change, mood: MoodView) -> None:
    """Raise Invalid where a reading that is not written yet lacks the sentence that it needs."""
    mood_fields.require_insight(mood, screens.before(change.session, change.actor, mood))


def log(change: Change, mood: MoodView, *, confirm_in: str | None = None) -> LoggedMood:
    """Write the reading, and bring the project's alert in line; whoever calls has claimed the delivery.

    Raises NotFound for the project, and Invalid: also where a low value or a great change comes without a
    sentence.
    """
    session, actor = change.session, change.actor
    wait_for_turn(session, mood.project_id)
    project = required_project(session, actor.workspace_id, mood.project_id)
    if project.is_archived:
        raise Invalid(_ARCHIVED)
    before = screens.before(session, actor, mood)
    mood_fields.require_insight(mood, before)
    insert_mood(session, mood)
    entry = audit.Entry(MOOD, mood.id, mood.version, "logged", mood_fields.changes(None, mood))
    audit.record(session, actor, entry, origin=change.origin, now=change.now)
    said = tuple(of_new_mood(mood, confirm_in))
    enqueue(session, actor.workspace_id, said, correlation_id=change.origin.correlation_id, now=change.now)
    alerts.settle(change, project, {mood.observed_on})
    return LoggedMood(mood, before)
