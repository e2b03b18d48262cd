"""The status's modal, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.forms import NOTE_LENGTH, SEPARATOR, Raw, carried_note, day_in, metadata, raw_values, reading
from handlers.statuses.words import NO_CONTACT
from models.commands import DimensionFields, MoodFields, StatusFields
from models.read_models import DimensionView, PlanView, StatusStart, StatusView
from models.rules.statuses.periods import Cadence, Period
from models.rules.statuses.plans import PlanPart
from models.rules.statuses.rag import DIMENSION_WORDS, Colour, Colours, Dimension
from models.value import Value, replace

FIELD_OF_PROBLEM = {"insight": "mood_insight", "value": "mood", "project_id": "headline"}
"""Where a service's name for a field is not the modal's."""


def block(dimension: Dimension, part: str) -> str:
    """Return the name of a dimension's field."""
    return f"{dimension.value}_{part}"


class StatusForm(Value):
    """The status modal with what is filled in so far; raw values as Slack names them."""

    project_id: UUID
    period: Period
    version: int | None = None
    """The version that it began with; None where nothing was submitted."""
    values: Mapping[str, Raw] = field(default_factory=dict)
    is_open: bool = False
    """Whether the fields behind More show."""
    note: str = ""
    """What stands above the fields, in mrkdwn."""
    has_draft: bool = False

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "StatusForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        return cls(
            project_id=UUID(carried["project"]),
            period=Period(date.fromisoformat(carried["starts"]), Cadence(carried["cadence"])),
            version=None if carried.get("version") is None else int(carried["version"]),
            values=raw_values(view),
            is_open=bool(carried.get("open")),
            note=carried_note(carried),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "project": str(self.project_id),
            "starts": self.period.starts_on.isoformat(),
            "cadence": self.period.cadence.value,
            "version": self.version,
            "open": self.is_open,
            "note": self.note[:NOTE_LENGTH],
        }

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    def filled_in(self) -> dict[str, str]:
        """Return all values as a draft keeps them."""
        return {name: value or "" for name, value in self.values.items()}

    def over(self, kept: Mapping[str, str]) -> "StatusForm":
        """Return the form with what a draft keeps below what the form itself says."""
        return replace(self, values={**kept, **self.values})

    @property
    @reading()
    def ticked(self) -> tuple[Dimension, ...]:
        """Return the dimensions that aren't green, in their order."""
        chosen = set(self.get("not_green").split(SEPARATOR))
        return tuple(each for each in Dimension if each.value in chosen)

    @reading()
    def colour(self, dimension: Dimension) -> Colour:
        """Return a dimension's colour as chosen; one that is only ticked is amber."""
        if dimension not in self.ticked:
            return Colour.GREEN
        return Colour(self.get(block(dimension, "colour")) or Colour.AMBER)

    def colours(self, start: StatusStart) -> Colours:
        """Return the colour of every dimension that is asked of the project."""
        return {each: self.colour(each) for each in DIMENSION_WORDS[start.project.kind]}

    @reading()
    def declared(self) -> Colour | None:
        """Return the overall colour where it is set by hand."""
        return Colour(self.get("declared")) if self.get("declared") else None

    @reading()
    def fields(self, owners: Mapping[Dimension, UUID]) -> StatusFields:
        """Return what the services take; ``owners`` are the people chosen, looked up."""
        return StatusFields(
            headline=self.get("headline"),
            dimensions={each: self._dimension(each, owners.get(each)) for each in self.ticked},
            done=self.get("done"),
            coming=self.get("coming"),
            decision=self.get("decision"),
            mood=self._mood(),
            declared=self.declared(),
            reason=self.get("reason"),
            justification=self.get("justification"),
        )

    def _dimension(self, dimension: Dimension, owner_id: UUID | None) -> DimensionFields:
        return DimensionFields(
            colour=self.colour(dimension),
            step=self.get(block(dimension, PlanPart.STEP)),
            owner_id=owner_id,
            due_on=day_in(self.get(block(dimension, PlanPart.DUE))),
            criteria=self.get(block(dimension, PlanPart.CRITERIA)),
            target_on=day_in(self.get(block(dimension, PlanPart.TARGET))),
        )

    def _mood(self) -> MoodFields | None:
        chosen = self.get("mood")
        if not chosen or chosen == NO_CONTACT:
            return None
        return MoodFields(int(chosen), self.get("mood_insight"))


def beginning(start: StatusStart) -> StatusForm:
    """Return the form as it begins: what is in already, or else what last time and the plans say."""
    if start.present is not None:
        values = _of_status(start.present) | _of_plans(start, only_missing=True)
        return StatusForm(start.project.id, start.period, start.present.version, values)
    values = _of_plans(start)
    if start.last is not None:
        not_green = [each for each in start.last.status.dimensions if each.colour is not Colour.GREEN]
        values |= _ticks(not_green)
    values |= {
        "headline": "",
        "done": "\n".join(f"{each.title} ({each.owner.name})" for each in start.done),
        "coming": "\n".join(f"{each.title} ({each.owner.name})" for each in start.coming),
        "decision": start.open_question,
    }
    return StatusForm(start.project.id, start.period, None, values)


def _of_status(status: StatusView) -> dict[str, Raw]:
    not_green = [each for each in status.dimensions if each.colour is not Colour.GREEN]
    values: dict[str, Raw] = {
        "headline": status.headline,
        "done": status.done,
        "coming": status.coming,
        "decision": status.decision,
        "declared": status.rag.declared if status.rag.is_overridden else None,
        "reason": status.override_reason,
        "justification": status.justification,
    }
    for each in not_green:
        if each.colour.wants_plan:
            values |= _plan_values(each.dimension, each)
    return values | _ticks(not_green)


def _of_plans(start: StatusStart, *, only_missing: bool = False) -> dict[str, Raw]:
    """Return the open plans as the form has them; with ``only_missing``, those that the status has not."""
    said = start.present.colours if start.present and only_missing else {}
    values: dict[str, Raw] = {}
    for dimension, plan in start.plans.items():
        if not said.get(dimension, Colour.GREEN).wants_plan:
            values |= _plan_values(dimension, plan)
    return values


def _plan_values(dimension: Dimension, plan: PlanView | DimensionView) -> dict[str, Raw]:
    target = plan.target_on if plan.target_on != plan.due_on else None
    return {
        block(dimension, PlanPart.STEP): plan.step,
        block(dimension, PlanPart.OWNER): plan.owner.slack_user_id if plan.owner else None,
        block(dimension, PlanPart.DUE): plan.due_on.isoformat() if plan.due_on else None,
        block(dimension, PlanPart.CRITERIA): plan.criteria,
        block(dimension, PlanPart.TARGET): target.isoformat() if target else None,
    }


def _ticks(not_green: list[DimensionView]) -> dict[str, Raw]:
    colours: dict[str, Raw] = {block(each.dimension, "colour"): each.colour for each in not_green}
    return colours | {"not_green": SEPARATOR.join(each.dimension for each in not_green) or None}
