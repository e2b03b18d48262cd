"""Reads rituals, the times they come round and their steps, in one statement each."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Select, exists, select

from models.read_models import DueStep, OccurrenceView, PersonRef, RitualView
from models.rules.rituals.steps import OccurrenceState
from models.tables import people, ritual_occurrences, ritual_steps, rituals

_RITUAL = (
    rituals.c.id.label("ritual_id"),
    rituals.c.workspace_id,
    rituals.c.kind.label("ritual_kind"),
    rituals.c.name.label("ritual_name"),
    rituals.c.project_id,
    rituals.c.channel_id,
    rituals.c.owner_id,
    people.c.slack_user_id.label("owner_slack_id"),
    people.c.name.label("owner_name"),
    rituals.c.timezone,
    rituals.c.duration_minutes,
    rituals.c.settings,
    rituals.c.state.label("ritual_state"),
    rituals.c.version,
)
_OCCURRENCE = (
    ritual_occurrences.c.id.label("occurrence_id"),
    ritual_occurrences.c.name.label("occurrence_name"),
    ritual_occurrences.c.starts_at,
    ritual_occurrences.c.state.label("occurrence_state"),
)


def changed_to_come(now: datetime) -> ColumnElement[bool]:
    """Return whether a time of the ritual that is to come is skipped or put off."""
    is_changed = (
        ritual_occurrences.c.state == OccurrenceState.SKIPPED
    ) | ritual_occurrences.c.put_off_to.is_not(None)
    return exists().where(
        ritual_occurrences.c.ritual_id == rituals.c.id, ritual_occurrences.c.starts_at > now, is_changed
    )


def selected_steps() -> Select[Any]:
    """Return the SELECT of steps with all that ``step_of`` reads."""
    return (
        select(
            ritual_steps.c.id.label("step_id"),
            ritual_steps.c.kind.label("step_kind"),
            ritual_steps.c.due_at,
            ritual_steps.c.expires_at,
            *_OCCURRENCE,
            *_RITUAL,
        )
        .join(ritual_occurrences, ritual_occurrences.c.id == ritual_steps.c.occurrence_id)
        .join(rituals, rituals.c.id == ritual_occurrences.c.ritual_id)
        .join(people, people.c.id == rituals.c.owner_id)
    )


def step_of(row: Any) -> DueStep:  # noqa: ANN401 - SQLAlchemy's rows have no type of their own.
    """Return what a row of ``selected_steps`` says."""
    return DueStep(
        id=row.step_id,
        kind=row.step_kind,
        due_at=row.due_at,
        expires_at=row.expires_at,
        occurrence=OccurrenceView(
            row.occurrence_id,
            datetime.fromisoformat(row.occurrence_name),
            row.starts_at,
            row.occurrence_state,
        ),
        ritual=RitualView(
            id=row.ritual_id,
            workspace_id=row.workspace_id,
            kind=row.ritual_kind,
            name=row.ritual_name,
            project_id=row.project_id,
            channel_id=row.channel_id,
            owner=PersonRef(row.owner_id, row.owner_slack_id, row.owner_name),
            timezone=row.timezone,
            duration_minutes=row.duration_minutes,
            settings=row.settings,
            state=row.ritual_state,
            version=row.version,
        ),
    )


def view_of(row: Any) -> RitualView:  # noqa: ANN401 - as above.
    """Return what a row of ``rituals`` with its owner's ``owner_slack_id`` and ``owner_name`` says."""
    return RitualView(
        id=row.id,
        workspace_id=row.workspace_id,
        kind=row.kind,
        name=row.name,
        project_id=row.project_id,
        channel_id=row.channel_id,
        owner=PersonRef(row.owner_id, row.owner_slack_id, row.owner_name),
        timezone=row.timezone,
        duration_minutes=row.duration_minutes,
        settings=row.settings,
        state=row.state,
        version=row.version,
    )


def name_of(wall: datetime) -> str:
    """Return the name of the time that a rule says, as it is kept; names sort as the times do."""
    return wall.isoformat(timespec="minutes")


def occurrence_id_of(ritual_id: UUID, name: str) -> UUID:
    """Return the id of one time of a ritual: the same however often it is planned."""
    return uuid5(ritual_id, name)


def step_id_of(occurrence_id: UUID, kind: str) -> UUID:
    """Return the id of a step of one time."""
    return uuid5(occurrence_id, kind)


def message_key(step_id: UUID) -> str:
    """Return the unique key of the message that a step posts."""
    return f"step:{step_id}"
