"""Rituals and the times they come round, as whoever draws or lists them needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.read_models.people import PersonRef
from models.rules.rituals import OccurrenceState, RitualState


@dataclass(frozen=True)
class RitualView:
    """A ritual as it is set up. ``project_id`` is None where it is the whole organisation's."""

    id: UUID
    workspace_id: UUID
    kind: str
    name: str
    project_id: UUID | None
    channel_id: str | None
    owner: PersonRef
    timezone: str
    duration_minutes: int
    settings: Mapping[str, Any]
    state: RitualState
    version: int


@dataclass(frozen=True)
class OccurrenceView:
    """One time that a ritual comes round; ``name`` is the naive local time that its rule says."""

    id: UUID
    name: datetime
    starts_at: datetime
    state: OccurrenceState


@dataclass(frozen=True)
class DueStep:
    """A step of one time of a ritual; ``kind`` names it among the ritual's steps."""

    id: UUID
    kind: str
    due_at: datetime
    expires_at: datetime
    occurrence: OccurrenceView
    ritual: RitualView
