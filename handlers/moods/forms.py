"""The mood's modal, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any
from uuid import UUID

from handlers.forms import (
    NOTE_LENGTH,
    Raw,
    carried_note,
    day_in,
    folded,
    is_too_long_to_fold,
    metadata,
    raw_values,
    reading,
    slack_id_or_none,
    unfolded,
)
from handlers.moods.line import MoodLine
from models.commands import INSIGHT_LENGTH, MoodFields
from models.read_models import MoodView, ProjectView
from models.rules.moods.words import MoodSource
from models.rules.risks.words import Visibility
from models.value import Value, replace

FIELD_OF_PROBLEM = {"observed_on": "day", "project_id": "project"}
"""Where a service's name for a field is not the modal's."""


class MoodForm(Value):
    """The mood modal with what is filled in so far; raw values as Slack names them."""

    values: Mapping[str, Raw] = field(default_factory=dict)
    channel_id: str | None = None
    project_key: str = ""
    """The project that the form began with; "" where it is to be chosen."""
    reading_id: UUID | None = None
    version: int = 0
    is_open: bool = False
    """Whether the fields behind More show."""
    note: str = ""
    """What stands above the fields, in mrkdwn."""

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "MoodForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        reading_id = carried.get("reading")
        return cls(
            values={**unfolded(carried), **raw_values(view)},
            channel_id=slack_id_or_none(carried.get("channel")),
            project_key=str(carried.get("key", "")),
            reading_id=UUID(reading_id) if reading_id else None,
            version=int(carried.get("version", 0)),
            is_open=bool(carried.get("open")),
            note=carried_note(carried),
        )

    @classmethod
    def blank(
        cls, project: ProjectView | None, channel_id: str | None, value: int | None = None
    ) -> "MoodForm":
        """Return the form for a project, or for one that is still to be chosen."""
        return cls.of_line(MoodLine(value=value), project, channel_id)

    @classmethod
    def of_line(cls, line: MoodLine, project: ProjectView | None, channel_id: str | None) -> "MoodForm":
        """Return the form with what a typed line says already filled in."""
        values: dict[str, Raw] = {
            "value": _text(line.value),
            "insight": line.insight[:INSIGHT_LENGTH],
            "project": str(project.id) if project else None,
            "day": line.observed_on.isoformat() if line.observed_on else None,
            "request": line.request[:INSIGHT_LENGTH],
            "opportunity": line.opportunity[:INSIGHT_LENGTH],
        }
        return cls(values=values, channel_id=channel_id, project_key=project.key if project else "")

    @classmethod
    def of_mood(cls, mood: MoodView) -> "MoodForm":
        """Return the form that changes a reading."""
        values: dict[str, Raw] = {
            "value": _text(mood.value),
            "insight": mood.insight,
            "day": mood.observed_on.isoformat(),
            "source": mood.source,
            "client_role": mood.client_role,
            "request": mood.request,
            "opportunity": mood.opportunity,
            "follow_up": mood.follow_up,
            "visibility": mood.visibility,
        }
        return cls(
            values=values,
            project_key=mood.project_key,
            reading_id=mood.id,
            version=mood.version,
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "channel": self.channel_id,
            "key": self.project_key,
            "reading": str(self.reading_id) if self.reading_id else None,
            "version": self.version,
            "open": self.is_open,
            "note": self.note[:NOTE_LENGTH],
            "folded": {} if self.is_open else folded(self.values, MORE),
        }

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    def opened(self) -> "MoodForm":
        """Return the form with More open."""
        return replace(self, is_open=True)

    def foldable(self) -> "MoodForm":
        """Return the form, with More open where what stands behind it is too long to carry along."""
        return self.opened() if is_too_long_to_fold(self.values, MORE) else self

    @reading()
    def project_id(self) -> UUID | None:
        """Return the chosen project."""
        return UUID(self.get("project")) if self.get("project") else None

    @reading()
    def fields(self) -> MoodFields:
        """Return what the services take; nothing chosen is no value, which they refuse."""
        return MoodFields(
            value=int(self.get("value") or 0),
            insight=self.get("insight"),
            observed_on=day_in(self.get("day")),
            source=MoodSource(self.get("source")) if self.get("source") else None,
            client_role=self.get("client_role"),
            request=self.get("request"),
            opportunity=self.get("opportunity"),
            follow_up=self.get("follow_up"),
            visibility=Visibility(self.get("visibility") or Visibility.TEAM),
        )


MORE = frozenset(
    {"project", "day", "source", "client_role", "request", "opportunity", "follow_up", "visibility"}
)
"""The fields that More unfolds."""


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
