"""The topic's modal, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any
from uuid import UUID

from handlers.agendas.line import read_minutes, with_minutes
from handlers.forms import Raw, metadata, raw_values, reading
from models.commands import TopicFields
from models.errors import Invalid
from models.read_models import TopicView
from models.value import Value

FIELD_OF_PROBLEM = {"project_id": "project"}
"""Where a service's name for a field is not the modal's."""


class TopicForm(Value):
    """The topic modal with what is filled in so far; raw values as Slack names them."""

    values: Mapping[str, Raw] = field(default_factory=dict)
    ritual_id: UUID | None = None
    """The meeting; None where it is to be chosen."""
    topic_id: UUID | None = None
    version: int = 0
    note: str = ""
    """What stands above the fields, in mrkdwn."""

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "TopicForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        ritual_id, topic_id = carried.get("ritual"), carried.get("topic")
        return cls(
            values=raw_values(view),
            ritual_id=UUID(ritual_id) if ritual_id else None,
            topic_id=UUID(topic_id) if topic_id else None,
            version=int(carried.get("version", 0)),
        )

    @classmethod
    def of_topic(cls, topic: TopicView) -> "TopicForm":
        """Return the form that changes a topic."""
        project = str(topic.project_id) if topic.project_id else None
        return cls(
            values={"title": with_minutes(topic.title, topic.minutes), "project": project},
            ritual_id=topic.ritual_id,
            topic_id=topic.id,
            version=topic.version,
        )

    @classmethod
    def refused(cls, fields: TopicFields, ritual_id: UUID, invalid: Invalid, note: str) -> "TopicForm":
        """Return the form with a line that was refused, but for a project that it can't be about."""
        is_kept = fields.project_id is not None and "project_id" not in invalid.problems
        project = str(fields.project_id) if is_kept else None
        values = {"title": with_minutes(fields.title, fields.minutes), "project": project}
        return cls(values=values, ritual_id=ritual_id, note=note)

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "ritual": str(self.ritual_id) if self.ritual_id else None,
            "topic": str(self.topic_id) if self.topic_id else None,
            "version": self.version,
        }

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    @reading()
    def meeting_id(self) -> UUID | None:
        """Return the meeting that it is for. Raises Unreadable."""
        chosen = self.get("meeting")
        return UUID(chosen) if chosen else self.ritual_id

    @reading()
    def project_id(self) -> UUID | None:
        """Return the project that it is about. Raises Unreadable."""
        chosen = self.get("project")
        return UUID(chosen) if chosen else None

    def fields(self) -> TopicFields:
        """Return what the services take."""
        title, minutes = read_minutes(self.get("title").strip())
        return TopicFields(title, self.project_id(), minutes)
