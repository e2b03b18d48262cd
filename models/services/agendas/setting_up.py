"""Switches a meeting on, the way a preset has it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.read_models import Actor, FieldChange, Origin
from models.rules.recurrence import OnHoliday, Weekly
from models.rules.recurrence_data import as_data
from models.rules.rituals import Preset, RitualState
from models.services import audit
from models.services.agendas.meetings import KIND
from models.services.rituals.rows import name_of, rituals

RITUAL = "ritual"
"""What the audit trail calls it."""


@dataclass(frozen=True)
class NewMeeting:
    """A meeting that is to be switched on: the preset, and the channel in which it is told of."""

    preset: Preset
    channel_id: str


def switch_on(
    session: Session, actor: Actor, ritual_id: UUID, wanted: NewMeeting, *, origin: Origin, now: datetime
) -> None:
    """Write the meeting down; the planner looks at it at once.

    It comes round for the first time on its next weekday.
    """
    preset = wanted.preset
    timezone = preset.timezone or actor.timezone
    local = now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    rule = Weekly(preset.weekdays, preset.at, _first_day(preset, local), preset.interval)
    session.connection().execute(
        insert(rituals),
        {
            "id": ritual_id,
            "workspace_id": actor.workspace_id,
            "kind": KIND,
            "name": preset.name,
            "project_id": None,
            "channel_id": wanted.channel_id,
            "owner_id": actor.person.id,
            "timezone": timezone,
            "recurrence": as_data(rule),
            "on_holiday": OnHoliday.KEEP,
            "country": None,
            "duration_minutes": preset.duration_minutes,
            "settings": dict(preset.settings),
            "state": RitualState.ACTIVE,
            "resumes_on": None,
            "version": 1,
            "next_due_at": now,
            "planned_through": name_of(local),
            "created_by": actor.person.id,
            "created_at": now,
        },
    )
    changes = (
        FieldChange("name", None, preset.name),
        FieldChange("channel_id", None, wanted.channel_id),
    )
    entry = audit.Entry(RITUAL, ritual_id, 1, "switched_on", changes)
    audit.record(session, actor, entry, origin=origin, now=now)


def _first_day(preset: Preset, local: datetime) -> date:
    """Return the next of its weekdays on which its hour is still to come."""
    days = (local.date() + timedelta(days=ahead) for ahead in range(8))
    return next(
        day for day in days if day.weekday() in preset.weekdays and datetime.combine(day, preset.at) > local
    )
