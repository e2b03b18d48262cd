"""The modal that changes an action, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.forms import Raw, day_in, metadata, raw_values, reading
from models.read_models import ActionView
from models.value import Value, replace

FIELD_OF_PROBLEM = {"owner_id": "owner", "due_on": "due", "action": "owner"}
"""Where a service's name for a field is not the modal's."""


class ActionForm(Value):
    """The modal with what is filled in so far. ``choices`` are the actions it may be about, by id."""

    action_id: UUID
    version: int
    choices: Mapping[str, str] = field(default_factory=dict)
    """Id → title, where there are several."""
    title: str = ""
    values: Mapping[str, Raw] = field(default_factory=dict)

    @classmethod
    def of(cls, action: ActionView, among: Sequence[ActionView] = ()) -> "ActionForm":
        """Return the modal that changes an action, one of several of the same source perhaps."""
        return cls(
            action_id=action.id,
            version=action.version,
            choices={str(each.id): each.title for each in among} if len(among) > 1 else {},
            title=action.title,
            values={"owner": action.owner.slack_user_id, "due": action.due_on.isoformat()},
        )

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "ActionForm":
        """Read a modal of ours as it came back. Raises Unreadable."""
        carried = metadata(view)
        return cls(
            action_id=UUID(carried["action"]),
            version=int(carried["version"]),
            values=raw_values(view),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {"action": str(self.action_id), "version": self.version}

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    @reading()
    def chosen(self) -> UUID:
        """Return the action that was chosen, where there are several."""
        return UUID(self.get("which")) if self.get("which") else self.action_id

    def about(self, action: ActionView, among: Sequence[ActionView]) -> "ActionForm":
        """Return the modal about another action of the same source; a reason that was typed stays."""
        fresh = ActionForm.of(action, among)
        return replace(fresh, values={**fresh.values, "reason": self.get("reason")})

    def due_on(self) -> date | None:
        """Return the chosen day."""
        return day_in(self.get("due"))
