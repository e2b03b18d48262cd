"""The project's modal, read and guessed."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any
from uuid import UUID

from handlers.forms import Raw, metadata, raw_values, reading, slack_id, text_in, unfolded
from handlers.kit import Channel
from models.commands import NewProject
from models.read_models import Actor
from models.rules.references import suggest_key
from models.value import Value, replace

GUESSED = ("name", "timezone")
"""Fields that show only when the person asks for them."""


GENERIC = frozenset({"new", "project", "projects", "team", "talk", "client", "the", "general", "proj", "dev"})
"""Words of a channel's name that are no client's."""


class ProjectForm(Value):
    """The modal that makes a project, with what is filled in; ``typed`` is the command that waits for it."""

    values: Mapping[str, Raw] = field(default_factory=dict)
    channel_id: str = ""
    typed: str = ""
    is_open: bool = False
    has_bot: bool = True

    @classmethod
    def guess(cls, channel: Channel, actor: Actor, typed: str) -> "ProjectForm":
        """Fill in what the channel's name and the person's zone suggest."""
        name = channel.name.replace("-", " ").replace("_", " ").strip().title()
        telling = [word for word in name.split() if word.lower() not in GENERIC]
        values = {
            "client": telling[0] if telling else "",
            "manager": actor.person.slack_user_id,
            "key": suggest_key(telling[0]) if telling else "",
            "name": name or "New project",
            "timezone": actor.timezone,
        }
        return cls(values=values, channel_id=channel.id, typed=typed, has_bot=channel.has_bot)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "ProjectForm":
        """Read the modal as it came back. Raises Unreadable."""
        carried = metadata(view)
        return cls(
            values={**unfolded(carried, "guessed"), **raw_values(view)},
            channel_id=slack_id(carried["channel"]),
            typed=text_in(carried, "typed"),
            is_open=bool(carried["open"]),
            has_bot=bool(carried["has_bot"]),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "channel": self.channel_id,
            "typed": self.typed,
            "open": self.is_open,
            "has_bot": self.has_bot,
            "guessed": {name: self.get(name) for name in GUESSED},
        }

    def get(self, name: str) -> str:
        """Return a field's value, "" where nothing is filled in."""
        return (self.values.get(name) or "").strip()

    def opened(self) -> "ProjectForm":
        """Return the modal with the guessed fields shown."""
        return replace(self, is_open=True)

    def command(self, manager_id: UUID) -> NewProject:
        """Return what the service takes."""
        return NewProject(
            name=self.get("name"),
            key=self.get("key").upper(),
            client_name=self.get("client"),
            internal_channel_id=self.channel_id,
            timezone=self.get("timezone"),
            manager_id=manager_id,
        )
