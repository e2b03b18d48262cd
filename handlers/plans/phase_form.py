"""The modal in which a project's phase is said, read."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.forms import Raw, day_in, metadata, raw_values, reading
from models.commands import PhaseMove
from models.read_models import PhasePage
from models.rules.plans.phases import Phase
from models.value import Value, replace


class PhaseForm(Value):
    """The modal with what is filled in so far; ``stay_id`` is the stay that the person looks at."""

    project_id: UUID
    key: str
    stay_id: UUID | None = None
    present: Phase | None = None
    values: Mapping[str, Raw] = field(default_factory=dict)
    note: str = ""

    @classmethod
    def of(
        cls, page: PhasePage, target: Phase | None, entered_on: date | None = None, reason: str = ""
    ) -> "PhaseForm":
        """Return the modal with the phase it may go to, and what was typed."""
        values: dict[str, Raw] = {
            "phase": target,
            "entered_on": entered_on.isoformat() if entered_on else None,
            "reason": reason,
        }
        form = cls(page.project.id, page.project.key, values=values)
        return form.seeing(page)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "PhaseForm":
        """Read the modal as it came back. Raises Unreadable."""
        carried = metadata(view)
        return cls(
            project_id=UUID(carried["project"]),
            key=str(carried["key"]),
            stay_id=UUID(carried["stay"]) if carried["stay"] else None,
            present=Phase(carried["present"]) if carried["present"] else None,
            values=raw_values(view),
        )

    def seeing(self, page: PhasePage, note: str = "") -> "PhaseForm":
        """Return the modal for a project that stands where the page says."""
        stay = page.present
        return replace(
            self, stay_id=stay.id if stay else None, present=stay.phase if stay else None, note=note
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "project": str(self.project_id),
            "key": self.key,
            "stay": str(self.stay_id) if self.stay_id else "",
            "present": self.present or "",
        }

    def get(self, name: str) -> str:
        """Return a field's value, "" where nothing is filled in."""
        return (self.values.get(name) or "").strip()

    @reading()
    def day(self) -> date | None:
        """Return the day that was picked. Raises Unreadable."""
        return day_in(self.get("entered_on"))

    @reading()
    def move(self) -> PhaseMove:
        """Return what the service takes. Raises Unreadable."""
        return PhaseMove(
            Phase(self.get("phase")), self.day(), self.get("reason"), seen=self.stay_id, is_seen=True
        )
