"""These records' modals, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.blocks import escape, shortened
from handlers.forms import (
    NOTE_LENGTH,
    Raw,
    Unreadable,
    carried_note,
    day_in,
    folded,
    is_too_long_to_fold,
    metadata,
    raw_values,
    reading,
    slack_id_or_none,
    text_in,
    unfolded,
)
from handlers.raid.line import RaidLine
from models.commands import PARTY_LENGTH, TEXT_LENGTH, TITLE_LENGTH, RaidFields, RaidOutcome
from models.read_models import ProjectView, RaidView
from models.rules.raid.states import RaidMove
from models.rules.raid.words import Direction, RaidKind
from models.rules.risks.words import Visibility
from models.value import Value, replace

NOT_SURE = "not_sure"
FIELD_OF_PROBLEM = {"owner_id": "owner", "due_on": "due", "project_id": "project", "other_party": "party"}
"""Where a service's name for a field is not the modal's."""


class RaidForm(Value):
    """A modal with what is filled in so far; raw values as Slack names them."""

    kind: RaidKind
    values: Mapping[str, Raw] = field(default_factory=dict)
    channel_id: str | None = None
    item_id: UUID | None = None
    version: int = 0
    is_open: bool = False
    """Whether the fields behind More show."""
    reference: str = ""
    move: RaidMove | None = None
    """Which move the modal asks the words of."""
    note: str = ""
    """What stands above the fields, in mrkdwn."""

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "RaidForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        item_id = carried.get("item")
        return cls(
            kind=RaidKind(carried["kind"]),
            values={"title": text_in(carried, "title"), **unfolded(carried), **raw_values(view)},
            channel_id=slack_id_or_none(carried.get("channel")),
            item_id=UUID(item_id) if item_id else None,
            version=int(carried.get("version", 0)),
            is_open=bool(carried.get("open")),
            reference=str(carried.get("reference", "")),
            move=RaidMove(carried["move"]) if carried.get("move") else None,
            note=carried_note(carried),
        )

    @classmethod
    def of_line(
        cls, kind: RaidKind, line: RaidLine, project: ProjectView | None, channel_id: str | None
    ) -> "RaidForm":
        """Return the modal with what a typed line says already filled in; what is too long, behind More."""
        is_long = len(line.title) > TITLE_LENGTH
        values: dict[str, Raw] = {
            "title": shortened(line.title, TITLE_LENGTH),
            "details": shortened(line.title, TEXT_LENGTH) if is_long else None,
            "project": str(project.id) if project else None,
            "impact": _text(line.impact),
            "owner": line.owner_slack_id,
            "due": line.due_on.isoformat() if line.due_on else None,
            "direction": line.direction,
            "party": line.other_party[:PARTY_LENGTH],
            "outcome": line.outcome[:TEXT_LENGTH],
            "rationale": line.rationale[:TEXT_LENGTH],
        }
        return cls(
            kind=kind,
            values=values,
            channel_id=channel_id,
            is_open=bool(is_long or line.outcome or line.rationale),
            note=escape(line.problem),
        )

    @classmethod
    def of_item(cls, item: RaidView, *, is_open: bool = True) -> "RaidForm":
        """Return a modal about a record, everything open unless told otherwise."""
        values: dict[str, Raw] = {
            "title": item.title,
            "details": item.details,
            "impact": _text(item.impact),
            "owner": item.owner.slack_user_id if item.owner else None,
            "due": item.due_on.isoformat() if item.due_on else None,
            "direction": item.direction,
            "party": item.other_party,
            "supplier": item.supplier,
            "visibility": item.visibility,
        }
        return cls(
            kind=item.kind,
            values=values,
            item_id=item.id,
            version=item.version,
            is_open=is_open,
            reference=str(item.reference),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "kind": self.kind,
            "channel": self.channel_id,
            "item": str(self.item_id) if self.item_id else None,
            "version": self.version,
            "open": self.is_open,
            "reference": self.reference,
            "title": self.get("title") if self.item_id else None,
            "move": self.move,
            "note": self.note[:NOTE_LENGTH],
            "folded": {} if self.is_open else folded(self.values, MORE),
        }

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    def opened(self) -> "RaidForm":
        """Return the modal with More open."""
        return replace(self, is_open=True)

    def foldable(self) -> "RaidForm":
        """Return the form, with More open where what stands behind it is too long to carry along.

        So it is where somebody changed it meanwhile: what they changed may stand there.
        """
        return self.opened() if self.note or is_too_long_to_fold(self.values, MORE) else self

    def about(self) -> UUID:
        """Return the record that the form is about. Raises Unreadable."""
        if self.item_id is None:
            raise Unreadable
        return self.item_id

    @reading()
    def direction(self) -> Direction:
        """Return which way a dependency goes."""
        return Direction(self.get("direction") or Direction.GET)

    @reading()
    def project_id(self) -> UUID | None:
        """Return the chosen project."""
        return UUID(self.get("project")) if self.get("project") else None

    def due_on(self) -> date | None:
        """Return the chosen day."""
        return day_in(self.get("due"))

    @reading()
    def fields(self, owner_id: UUID | None) -> RaidFields:
        """Return what the services take; the owner has been looked up by then."""
        impact = self.get("impact")
        return RaidFields(
            title=self.get("title"),
            details=self.get("details"),
            owner_id=owner_id,
            due_on=self.due_on(),
            impact=None if impact in ("", NOT_SURE) else int(impact),
            direction=self.direction(),
            other_party=self.get("party"),
            supplier=self.get("supplier"),
            outcome=self.get("outcome"),
            rationale=self.get("rationale"),
            visibility=Visibility(self.get("visibility") or Visibility.TEAM),
        )

    def ending(self, decider_id: UUID | None) -> RaidOutcome:
        """Return the words that a move is made with; who decided has been looked up by then."""
        return RaidOutcome(self.get("outcome"), self.get("rationale"), decider_id)

    def problems(self, today: date, *, due_before: date | None = None) -> dict[str, str]:
        """Return sentences beside the fields that can't stand; an unchanged date may have passed."""
        due = self.due_on()
        if due is not None and due < today and due != due_before:
            return {"due": "That day has passed. Pick today or later."}
        return {}


MORE = frozenset({"details", "supplier", "visibility", "outcome", "rationale", "party"})
"""The fields that More unfolds, whatever the kind; a decision's other side is among them, too."""


def _text(level: int | None) -> str | None:
    return None if level is None else str(level)
