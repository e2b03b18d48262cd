"""A morning as it is drawn: whose it is, and what it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from models.read_models.people import PersonRef
from models.rules.mornings import Stage


@dataclass(frozen=True)
class MorningItemView:
    """One thing that it names: which contribution draws it, and what about."""

    contribution: str
    entity_id: UUID
    stage: Stage
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class MorningView:
    """Somebody's morning. ``later_at`` is when it comes once more, because they asked for that."""

    id: UUID
    workspace_id: UUID
    person: PersonRef
    zone: ZoneInfo
    day: date
    planned_at: datetime
    later_at: datetime | None
    is_unfolded: bool
    items: tuple[MorningItemView, ...]
