"""Where a change came from, and what the audit trail tells of it."""

import dataclasses
from datetime import datetime

from models.read_models.people import PersonRef
from models.value import Value


class Origin(Value):
    """Where a change came from: what makes a replay recognisable, and what ties log lines together.

    ``receipt`` is Slack's own name for the delivery (a trigger id, a view id), None where nothing can repeat.
    """

    correlation_id: str
    receipt: str | None = None


class FieldChange(Value):
    """One field of a record that changed, as stored: plain strings, or None for "not set"."""

    field: str
    before: str | None
    after: str | None
    slack_ids: tuple[str | None, str | None] = dataclasses.field(default=(None, None), compare=False)
    """Whom before and after name, where the field holds a person; read, never stored."""

    @property
    def raw(self) -> tuple[str | None, str | None]:
        """Return before and after as a form has them: a person by Slack's id."""
        return self.slack_ids if any(self.slack_ids) else (self.before, self.after)


class HistoryEntry(Value):
    """One line of the append-only history: who did what when, and why."""

    at: datetime
    person: PersonRef | None
    action: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""
    version: int = 0
    """The record's version after it."""
