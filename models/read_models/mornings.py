"""A morning as it is drawn: whose it is, and what it names."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from models.read_models.people import PersonRef
from models.rules.mornings.paces import Stage
from models.value import Value


class MorningItemView(Value):
    """One thing that it names: which contribution draws it, and what about."""

    contribution: str
    entity_id: UUID
    stage: Stage
    detail: Mapping[str, Any]


class MorningView(Value):
    """Somebody's morning. ``later_at`` is when it comes once more, because they asked for that."""

    id: UUID
    workspace_id: UUID
    person: PersonRef
    zone: ZoneInfo
    day: date
    planned_at: datetime
    later_at: datetime | None
    is_unfolded: bool
    is_over: bool
    """Whether the person's next morning has come."""
    is_followed: bool
    """Whether one with the next digest has come."""
    away_until: date | None
    items: tuple[MorningItemView, ...]
