"""The minutes' modal, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any
from uuid import UUID

from handlers.forms import Raw, day_in, metadata, raw_values, reading, slack_id
from models.commands import EntryMinutes, MinutesFields, NewAction
from models.read_models import MinutesView
from models.value import Value

OTHER = "other"
DECISION, TITLE, OWNER, DUE = "decision", "title", "owner_id", "due_on"
"""The beginnings of the names of an entry's fields, as the service names its problems."""


def block(name: str, place: int) -> str:
    """Return what an entry's field is called."""
    return f"{name} {place}"


class MinutesForm(Value):
    """The minutes' modal with what is filled in so far; raw values as Slack names them."""

    agenda_id: UUID
    values: Mapping[str, Raw] = field(default_factory=dict)
    opened: frozenset[int] = frozenset()
    """The entries whose fields for an action show."""
    version: int = 0
    """How much was written down when it was opened."""
    note: str = ""

    @classmethod
    def of(cls, minutes: MinutesView) -> "MinutesForm":
        """Return the empty form for a meeting's minutes."""
        return cls(minutes.agenda.id or UUID(int=0), version=minutes.version)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "MinutesForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        return cls(
            agenda_id=UUID(carried["agenda"]),
            values=raw_values(view),
            opened=frozenset(int(place) for place in carried["opened"]),
            version=int(carried.get("version", 0)),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {"agenda": str(self.agenda_id), "opened": sorted(self.opened), "version": self.version}

    def unfolded(self, place: int) -> "MinutesForm":
        """Return the form with that entry's action open."""
        return replace(self, opened=self.opened | {place})

    def get(self, name: str, place: int) -> str:
        """Return an entry's raw value, "" where nothing is filled in."""
        return self.values.get(block(name, place)) or ""

    @reading()
    def fields(
        self, matter_ids: tuple[UUID, ...], person_id: Callable[[str, str], UUID], due_on: date
    ) -> MinutesFields:
        """Return what the services take. ``person_id`` looks somebody up, for a field; ``due_on`` is offered.

        An action that nobody wrote into is none.
        """
        entries = []
        for place, matter_id in enumerate(matter_ids):
            action = None
            if self.get(TITLE, place):
                owner = self.get(OWNER, place)
                action = NewAction(
                    self.get(TITLE, place),
                    person_id(slack_id(owner), block(OWNER, place)) if owner else None,
                    day_in(self.get(DUE, place)) or due_on,
                )
            entries.append(EntryMinutes(matter_id, self.get(DECISION, place), action))
        return MinutesFields(tuple(entries), self.values.get(OTHER) or "")
