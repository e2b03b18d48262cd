"""The modal in which something planned is added or changed, read: state in, plain values out."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.forms import Raw, day_in, metadata, raw_values, reading
from handlers.plans.line import PlanVerb
from models.errors import Conflict
from models.read_models import PlanRecord, ProjectView
from models.value import Value, replace

NONE = "none"
"""What a select holds where somebody chose none of the others: Slack lets nobody empty one."""


class PlanForm(Value):
    """The modal with what is filled in so far. ``record_id`` is None for something new.

    Its fields are named as the service names them.
    """

    sort: str
    project_id: UUID
    key: str
    record_id: UUID | None = None
    name: str = ""
    """What the record is called in its project, such as "M3"."""
    verb: PlanVerb = PlanVerb.EDIT
    """What the form is for, where there is a record."""
    version: int = 0
    values: Mapping[str, Raw] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    """Id → label of the milestones to choose from; read anew each time, not carried."""
    note: str = ""
    """What stands above the fields, in mrkdwn."""

    @classmethod
    def blank(cls, sort: str, project: ProjectView, values: Mapping[str, Raw] | None = None) -> "PlanForm":
        """Return the modal for something new, with what was typed so far."""
        return cls(sort, project.id, project.key, values=values or {})

    @classmethod
    def of(
        cls, sort: str, record: PlanRecord, values: Mapping[str, Raw], verb: PlanVerb = PlanVerb.EDIT
    ) -> "PlanForm":
        """Return the modal that changes a record, or does what the verb says."""
        return cls(
            sort, record.project_id, record.project_key, record.id, record.name, verb, record.version, values
        )

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "PlanForm":
        """Read the modal as it came back. Raises Unreadable."""
        carried = metadata(view)
        return cls(
            sort=str(carried["sort"]),
            project_id=UUID(carried["project"]),
            key=str(carried["key"]),
            record_id=UUID(carried["record"]) if carried["record"] else None,
            name=str(carried["name"]),
            verb=PlanVerb(carried["verb"]),
            version=int(carried["version"]),
            values=raw_values(view),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "sort": self.sort,
            "project": str(self.project_id),
            "key": self.key,
            "record": str(self.record_id) if self.record_id else "",
            "name": self.name,
            "verb": self.verb,
            "version": self.version,
        }

    def get(self, name: str) -> str:
        """Return a field's value, "" where nothing is filled in."""
        return (self.values.get(name) or "").strip()

    def chosen(self, name: str) -> str:
        """Return what a select has chosen, "" for none."""
        return "" if self.get(name) == NONE else self.get(name)

    def day(self, name: str) -> date | None:
        """Return a day that was picked. Raises Unreadable."""
        return day_in(self.get(name))

    def rebased(self, conflict: Conflict, note: str) -> "PlanForm":
        """Take over what somebody else changed in fields that this person left alone."""
        newer = {
            item.field: item.after for item in conflict.changes if self.get(item.field) == (item.before or "")
        }
        return replace(self, values={**self.values, **newer}, version=conflict.current.version, note=note)
