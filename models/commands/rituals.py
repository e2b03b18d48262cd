"""What people say of a ritual."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any
from uuid import UUID

from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import Timing
from models.value import Value

RITUAL_NAME_LENGTH = 80
SETTING_LENGTH = 2000
"""Characters of one of the settings that a kind of ritual has of its own."""


class RitualFields(Value):
    """A ritual as somebody wants it. ``owner_id`` None means whoever switches it on, or its present owner.

    ``timezone`` and ``country`` are as people type them.
    """

    kind: str
    name: str
    timing: Timing
    timezone: str
    project_id: UUID | None = None
    channel_id: str | None = None
    owner_id: UUID | None = None
    on_holiday: OnHoliday = OnHoliday.KEEP
    country: str = ""
    duration_minutes: int = 0
    settings: Mapping[str, Any] = field(default_factory=dict)
