"""The minutes' modal, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.blocks import unescape
from handlers.forms import (
    NOTE_LENGTH,
    Raw,
    carried_note,
    day_in,
    field_name,
    metadata,
    raw_values,
    reading,
    slack_id,
)
from models.commands import EntryMinutes, MinutesFields, NewAction
from models.read_models import MinutesView
from models.value import Value, replace

OTHER = "other"
DECISION, TITLE, OWNER, DUE = "decision", "title", "owner_id", "due_on"
"""The beginnings of the names of an entry's fields, as the service names its problems."""


def block(name: str, matter_id: UUID) -> str:
    """Return what an entry's field is called: by the entry, which may have another place by the next time."""
    return f"{name} {matter_id}"


class MinutesForm(Value):
    """The minutes' modal with what is filled in so far; raw values as Slack names them."""

    agenda_id: UUID
    values: Mapping[str, Raw] = field(default_factory=dict)
    opened: frozenset[UUID] = frozenset()
    """The entries whose fields for an action show."""
    version: int = 0
    """How much was written down when it was opened."""
    note: str = ""
    labels: Mapping[UUID, str] = field(default_factory=dict)
    """What the entries were called that it had when it was drawn, in their order."""

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
            opened=frozenset(map(UUID, carried["opened"])),
            version=int(carried.get("version", 0)),
            note=carried_note(carried),
            labels=_labels(view),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "agenda": str(self.agenda_id),
            "opened": sorted(map(str, self.opened)),
            "version": self.version,
            "note": self.note[:NOTE_LENGTH],
        }

    def unfolded(self, matter_id: UUID) -> "MinutesForm":
        """Return the form with that entry's action open."""
        return replace(self, opened=self.opened | {matter_id})

    def get(self, name: str, matter_id: UUID) -> str:
        """Return an entry's raw value, "" where nothing is filled in."""
        return self.values.get(block(name, matter_id)) or ""

    def left(self, there: Collection[UUID]) -> dict[UUID, str]:
        """Return what is no longer there and in use all the same, with what it was called."""
        return {
            each: label
            for each, label in self.labels.items()
            if each not in there and (each in self.opened or self._is_about(each))
        }

    @reading()
    def fields(self, person_id: Callable[[str, str], UUID], due_on: date) -> MinutesFields:
        """Return what the services take. ``person_id`` looks somebody up, for a field; ``due_on`` is offered.

        An action that nobody wrote into is none.
        """
        entries = []
        for matter_id in filter(self._is_about, self.labels):
            action = None
            if self.get(TITLE, matter_id):
                owner = self.get(OWNER, matter_id)
                action = NewAction(
                    self.get(TITLE, matter_id),
                    person_id(slack_id(owner), block(OWNER, matter_id)) if owner else None,
                    day_in(self.get(DUE, matter_id)) or due_on,
                )
            entries.append(EntryMinutes(matter_id, self.get(DECISION, matter_id), action))
        return MinutesFields(tuple(entries), self.values.get(OTHER) or "")

    def _is_about(self, matter_id: UUID) -> bool:
        return bool(self.get(DECISION, matter_id) or self.get(TITLE, matter_id))


def _labels(view: Mapping[str, Any]) -> dict[UUID, str]:
    """Return what a modal's entries are called. Raises ValueError where they are not named as ours are."""
    inputs = {field_name(each["block_id"]): each for each in view["blocks"] if each["type"] == "input"}
    return {
        UUID(name.removeprefix(DECISION).strip()): unescape(each["label"]["text"])
        for name, each in inputs.items()
        if name.startswith(DECISION)
    }
