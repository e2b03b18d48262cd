"""Checks what people say of a client's mood, and works out the reading that follows; touches no database."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

from models.commands import CLIENT_ROLE_LENGTH, INSIGHT_LENGTH, MoodFields
from models.errors import Invalid
from models.read_models import Actor, FieldChange, MoodView, ProjectView
from models.rules.moods.mood import LOW, MOOD_WORDS, VALUES, wants_insight
from models.services.texts import clean_line, too_long
from models.value import replace

AUDITED = (
    "value",
    "observed_on",
    "insight",
    "source",
    "client_role",
    "request",
    "opportunity",
    "follow_up",
    "visibility",
)
"""The fields whose changes the audit trail keeps."""

REACHES_BACK = timedelta(days=365)
"""A day further back than this is more likely a slip than a memory."""

_LINES = (
    ("insight", INSIGHT_LENGTH),
    ("client_role", CLIENT_ROLE_LENGTH),
    ("request", INSIGHT_LENGTH),
    ("opportunity", INSIGHT_LENGTH),
    ("follow_up", INSIGHT_LENGTH),
)


def checked(fields: MoodFields, today: date) -> MoodFields:
    """Return the fields as they are kept; ``today`` is where the project is. Raises Invalid."""
    cleaned = replace(
        fields,
        observed_on=fields.observed_on or today,
        insight=clean_line(fields.insight),
        client_role=clean_line(fields.client_role),
        request=clean_line(fields.request),
        opportunity=clean_line(fields.opportunity),
        follow_up=clean_line(fields.follow_up),
    )
    problems = dict(_problems(cleaned, today))
    if problems:
        raise Invalid(problems)
    return cleaned


def _problems(fields: MoodFields, today: date) -> Iterator[tuple[str, str]]:
    if fields.value not in VALUES:
        yield "value", "Choose one of the five."
    for name, longest in _LINES:
        for problem in too_long(getattr(fields, name), longest):
            yield name, problem
    day = fields.observed_on or today
    if day > today:
        yield "observed_on", "That day is still to come. Pick today or an earlier one."
    elif day < today - REACHES_BACK:
        yield "observed_on", "That is more than a year ago. Pick a later day."


def require_insight(mood: MoodView, before: MoodView | None) -> None:
    """Raise Invalid where the reading says less than it must; ``before`` is the one before it."""
    if mood.insight or not wants_insight(mood.value, before.value if before else None):
        return
    word = MOOD_WORDS[mood.value].lower()
    if mood.value <= LOW:
        raise Invalid({"insight": f"Say in one sentence why: {mood.value} means {word}."})
    if before is not None:
        was = f"{before.value}, {MOOD_WORDS[before.value].lower()}"
        raise Invalid({"insight": f"Say in one sentence what changed: before, it was {was}."})


def new_mood(actor: Actor, project: ProjectView, fields: MoodFields, today: date, now: datetime) -> MoodView:
    """Return the reading that the checked fields make."""
    mood = MoodView(
        id=uuid4(),
        workspace_id=actor.workspace_id,
        project_id=project.id,
        project_key=project.key,
        channel_id=project.internal_channel_id,
        timezone=project.timezone,
        version=1,
        value=fields.value,
        observed_on=today,
        author=actor.person,
        logged_at=now,
        updated_at=now,
    )
    return with_fields(mood, fields)


def with_fields(mood: MoodView, fields: MoodFields) -> MoodView:
    """Return the reading with everything that a person may say."""
    return replace(
        mood,
        value=fields.value,
        observed_on=fields.observed_on or mood.observed_on,
        insight=fields.insight,
        source=fields.source,
        client_role=fields.client_role,
        request=fields.request,
        opportunity=fields.opportunity,
        follow_up=fields.follow_up,
        visibility=fields.visibility,
    )


def changes(before: MoodView | None, after: MoodView) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it; ``before`` None means that the reading is new."""
    old = _plain(before) if before is not None else dict.fromkeys(AUDITED)
    new = _plain(after)
    return tuple(FieldChange(name, old[name], new[name]) for name in AUDITED if old[name] != new[name])


def _plain(mood: MoodView) -> dict[str, str | None]:
    values = {name: getattr(mood, name) for name in AUDITED}
    return {name: None if value is None or value == "" else str(value) for name, value in values.items()}
