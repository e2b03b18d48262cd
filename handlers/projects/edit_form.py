"""The modal that changes a project, read: state in, what the service takes out."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.forms import Raw, day_in, metadata, raw_values, reading, slack_id
from models.commands import ProjectProfile
from models.errors import Conflict
from models.read_models import ProjectView
from models.rules.projects.kinds import DeliveryMode, ProjectKind, may_change_key
from models.value import Value, replace

FIELD_OF_PROBLEM = {
    "client_name": "client",
    "internal_channel_id": "channel",
    "client_channel_id": "client_channel",
    "delivery_mode": "mode",
    "starts_on": "starts",
    "planned_end_on": "ends",
    "board_url": "board",
    "jira_url": "jira",
    "notes_url": "notes",
}
"""Where the service's name for a field is not the modal's."""


class EditForm(Value):
    """The modal with what is filled in so far; raw values as Slack names them."""

    project_id: UUID
    key: str
    version: int
    channel_id: str
    """The project's own channel when the modal was opened."""
    values: Mapping[str, Raw] = field(default_factory=dict)
    has_key: bool = False
    """Whether the short name may still change, and so has a field."""
    note: str = ""
    """What stands above the fields, in mrkdwn."""

    @classmethod
    def of_project(cls, project: ProjectView) -> "EditForm":
        """Return the modal with the project as it is."""
        values: dict[str, Raw] = {
            "name": project.name,
            "client": project.client.name,
            "key": project.key,
            "channel": project.internal_channel_id,
            "client_channel": project.client_channel_id,
            "starts": project.starts_on.isoformat() if project.starts_on else None,
            "ends": project.planned_end_on.isoformat() if project.planned_end_on else None,
            "kind": project.kind,
            "mode": project.delivery_mode,
            "timezone": project.timezone,
            "board": project.links.board,
            "jira": project.links.jira,
            "notes": project.links.notes,
        }
        return cls(
            project_id=project.id,
            key=project.key,
            version=project.version,
            channel_id=project.internal_channel_id,
            values=values,
            has_key=may_change_key(project.numbered),
        )

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "EditForm":
        """Read the modal as it came back. Raises Unreadable."""
        carried = metadata(view)
        return cls(
            project_id=UUID(carried["project"]),
            key=str(carried["key"]),
            version=int(carried["version"]),
            channel_id=slack_id(carried["channel"]),
            values={"key": str(carried["key"]), **raw_values(view)},
            has_key=bool(carried["has_key"]),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "project": str(self.project_id),
            "key": self.key,
            "version": self.version,
            "channel": self.channel_id,
            "has_key": self.has_key,
        }

    def get(self, name: str) -> str:
        """Return a field's value, "" where nothing is filled in."""
        return (self.values.get(name) or "").strip()

    def day(self, name: str) -> date | None:
        """Return a day that was picked. Raises Unreadable."""
        return day_in(self.get(name))

    @reading()
    def profile(self) -> ProjectProfile:
        """Return what the service takes. Raises Unreadable."""
        return ProjectProfile(
            name=self.get("name"),
            key=self.get("key"),
            client_name=self.get("client"),
            internal_channel_id=self.get("channel"),
            timezone=self.get("timezone"),
            client_channel_id=self.get("client_channel") or None,
            kind=ProjectKind(self.get("kind")),
            delivery_mode=DeliveryMode(self.get("mode")),
            starts_on=self.day("starts"),
            planned_end_on=self.day("ends"),
            board_url=self.get("board"),
            jira_url=self.get("jira"),
            notes_url=self.get("notes"),
        )

    def rebased(self, conflict: Conflict, note: str) -> "EditForm":
        """Take over what somebody else changed in fields that this person left alone."""
        newer = {
            FIELD_OF_PROBLEM.get(item.field, item.field): item.after
            for item in conflict.changes
            if self.get(FIELD_OF_PROBLEM.get(item.field, item.field)) == (item.before or "")
        }
        return replace(self, values={**self.values, **newer}, version=conflict.current.version, note=note)
