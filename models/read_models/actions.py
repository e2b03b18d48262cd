"""Actions as services return them."""

from datetime import date, datetime
from uuid import UUID

from models.read_models.people import PersonRef
from models.rules.actions import ActionSource, ActionStatus, days_late
from models.rules.risks.words import Visibility
from models.value import Value


class ActionOrigin(Value):
    """The record that an action follows from. ``reference`` is its public name, "" where it has none."""

    kind: ActionSource
    id: UUID
    reference: str = ""


class ActionView(Value):
    """An action as people see it. ``version`` starts at 1 and grows with every change."""

    id: UUID
    workspace_id: UUID
    source: ActionOrigin
    version: int
    status: ActionStatus
    title: str
    owner: PersonRef
    due_on: date
    raised_by: PersonRef
    raised_at: datetime
    updated_at: datetime
    project_id: UUID | None = None
    project_key: str = ""
    project_name: str = ""
    visibility: Visibility = Visibility.TEAM
    settled_at: datetime | None = None
    closing_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.status is ActionStatus.OPEN

    @property
    def reference(self) -> str:
        """Return what refusals call it; its title is somebody's own words, and has no place there."""
        return f"The action of {self.source.reference}" if self.source.reference else "The action"

    def days_late(self, today: date) -> int:
        """Return for how many days it has been overdue; 0 while it is not, or no longer matters."""
        return days_late(self.due_on, today) if self.is_open else 0
