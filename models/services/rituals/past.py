"""Rituals from before Drumbeat looked after them: taken over as they stand, and not made up for."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from models.database import Database, leave_work
from models.read_models import Actor
from models.rules.access import Capability
from models.rules.rituals.recurrence import OnHoliday, Regular
from models.rules.rituals.recurrence_data import as_data
from models.rules.rituals.steps import RitualState
from models.services.rituals.rows import name_of
from models.services.standing import require, standing
from models.tables import rituals
from models.value import Value


class PastRitual(Value):
    """A ritual that has been coming round since ``since``."""

    kind: str
    name: str
    rule: Regular
    timezone: str
    since: datetime
    project_id: UUID | None = None
    channel_id: str | None = None
    duration_minutes: int = 0
    on_holiday: OnHoliday = OnHoliday.SKIP
    country: str | None = None
    """Whose holidays it keeps, in two letters."""
    settings: Mapping[str, Any] = field(default_factory=dict)


class PastRituals:
    """Takes over rituals."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def take_over(self, actor: Actor, past: PastRitual, *, now: datetime) -> UUID:
        """Have it come round from now on, and know that it did before. Raises NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        ritual_id = uuid4()
        wall = now.astimezone(ZoneInfo(past.timezone)).replace(tzinfo=None)
        values = {
            "id": ritual_id,
            "workspace_id": actor.workspace_id,
            "kind": past.kind,
            "name": past.name,
            "project_id": past.project_id,
            "channel_id": past.channel_id,
            "owner_id": actor.person.id,
            "timezone": past.timezone,
            "recurrence": as_data(past.rule),
            "on_holiday": past.on_holiday,
            "country": past.country,
            "duration_minutes": past.duration_minutes,
            "settings": dict(past.settings),
            "state": RitualState.ACTIVE,
            "resumes_on": None,
            "version": 1,
            # The planner finds out when it comes next.
            "next_due_at": now,
            "planned_through": name_of(wall),
            "created_by": actor.person.id,
            "created_at": past.since,
        }
        with self._database.write() as session:
            session.connection().execute(insert(rituals), values)
            leave_work(session)
        return ritual_id
