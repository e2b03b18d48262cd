"""The risk's modals, read: state in, checked values or sentences beside the fields out."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.blocks import escape
from handlers.forms import (
    NOTE_LENGTH,
    Raw,
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
from handlers.risks.line import RiskLine
from handlers.typed.text import readable
from models.commands import TITLE_LENGTH, NewAction, RiskFields, RiskResponse
from models.read_models import RiskView
from models.rules.risks.moves import RiskMove
from models.rules.risks.words import Proximity, ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.value import Value, replace

NOT_SURE = "not_sure"
FIELD_OF_PROBLEM = {
    "owner_id": "owner",
    "due_on": "due",
    "project_id": "project",
}
"""Where a service's name for a field is not the modal's."""
STEP_FIELDS = {"title": "action", "owner_id": "action_owner", "due_on": "action_due"}
"""Likewise in the modal that plans a response: there they are the next step's."""


class RiskForm(Value):
    """A risk modal with what is filled in so far; raw values as Slack names them.

    ``carried`` travels in the modal's private metadata: channel, risk, version, whether More is open.
    """

    values: Mapping[str, Raw] = field(default_factory=dict)
    channel_id: str | None = None
    risk_id: UUID | None = None
    version: int = 0
    is_open: bool = False
    """Whether the fields behind More show."""
    reference: str = ""
    move: RiskMove | None = None
    """Which move the modal asks the reason of."""
    note: str = ""
    """What stands above the fields, in mrkdwn."""
    source_url: str | None = None
    """The message that the risk is made of."""
    may_score: bool = True
    """Whether the person may say how likely and how bad; else the form that changes it only shows that."""
    is_about_owner: bool = False
    """Whether the modal that scores asks first who owns a risk that is scored already."""

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "RiskForm":
        """Read a modal of ours as it came back. Raises Unreadable, as everything does that reads a field."""
        carried = metadata(view)
        risk_id = carried.get("risk")
        return cls(
            values={"title": text_in(carried, "title"), **unfolded(carried), **raw_values(view)},
            channel_id=slack_id_or_none(carried.get("channel")),
            risk_id=UUID(risk_id) if risk_id else None,
            version=int(carried.get("version", 0)),
            is_open=bool(carried.get("open")),
            reference=str(carried.get("reference", "")),
            move=RiskMove(carried["move"]) if carried.get("move") else None,
            note=carried_note(carried),
            source_url=str(carried["source"]) if carried.get("source") else None,
            is_about_owner=bool(carried.get("about_owner")),
            may_score=not carried.get("levels_shown"),
        )

    @classmethod
    def of_risk(cls, risk: RiskView, *, is_open: bool = True) -> "RiskForm":
        """Return a modal about a risk, everything open unless told otherwise."""
        values: dict[str, Raw] = {
            "title": risk.title,
            "probability": _text(risk.probability),
            "impact": _text(risk.impact),
            "kind": risk.kind,
            "cause": risk.cause,
            "effect": risk.effect,
            "category": risk.category,
            "owner": risk.owner.slack_user_id if risk.owner else None,
            "strategy": risk.strategy,
            "proximity": risk.proximity,
            "due": risk.due_on.isoformat() if risk.due_on else None,
            "visibility": risk.visibility,
        }
        return cls(
            values=values,
            risk_id=risk.id,
            version=risk.version,
            is_open=is_open,
            reference=str(risk.reference),
        )

    def with_line(self, line: RiskLine) -> "RiskForm":
        """Return the form with what a typed line says in its fields, and above them what can't be read."""
        levels = {"probability": line.probability, "impact": line.impact} if self.may_score else {}
        due = line.due_on.isoformat() if line.due_on else ""
        said = {"title": line.title[:TITLE_LENGTH], "owner": line.owner_slack_id, "due": due}
        said |= {name: _text(level) for name, level in levels.items()}
        values = {**self.values, **{name: value for name, value in said.items() if value}}
        return replace(self, values=values, note=escape(readable(line.problem)))

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {
            "channel": self.channel_id,
            "risk": str(self.risk_id) if self.risk_id else None,
            "version": self.version,
            "open": self.is_open,
            "reference": self.reference,
            "title": self.get("title") if self.risk_id else None,
            "move": self.move,
            "note": self.note[:NOTE_LENGTH],
            "source": self.source_url,
            "about_owner": self.is_about_owner,
            "levels_shown": not self.may_score,
            "folded": folded(self.values, self._unasked()),
        }

    def _unasked(self) -> frozenset[str]:
        """Return the fields that the form does not ask for, and so carries along."""
        return (frozenset() if self.is_open else MORE) | (frozenset() if self.may_score else LEVELS)

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    @reading()
    def level(self, name: str) -> int | None:
        """Return probability or impact as a number; None for "Not sure"."""
        value = self.get(name)
        return None if value in ("", NOT_SURE) else int(value)

    @reading()
    def kind(self) -> RiskKind:
        """Return whether it would hurt or help."""
        return RiskKind(self.get("kind") or RiskKind.THREAT)

    def opened(self) -> "RiskForm":
        """Return the modal with More open."""
        return replace(self, is_open=True)

    def foldable(self) -> "RiskForm":
        """Return the form, with More open where what stands behind it is too long to carry along.

        So it is where somebody changed it meanwhile: what they changed may stand there.
        """
        return self.opened() if self.note or is_too_long_to_fold(self.values, MORE) else self

    @reading()
    def project_id(self) -> UUID | None:
        """Return the chosen project."""
        return UUID(self.get("project")) if self.get("project") else None

    @reading()
    def fields(self, owner_id: UUID | None) -> RiskFields:
        """Return what the services take; the owner has been looked up by then."""
        return RiskFields(
            title=self.get("title"),
            probability=self.level("probability"),
            impact=self.level("impact"),
            kind=self.kind(),
            cause=self.get("cause"),
            effect=self.get("effect"),
            category=RiskCategory(self.get("category")) if self.get("category") else None,
            owner_id=owner_id,
            strategy=ResponseStrategy(self.get("strategy")) if self.get("strategy") else None,
            due_on=self.due_on(),
            proximity=Proximity(self.get("proximity")) if self.get("proximity") else None,
            visibility=Visibility(self.get("visibility") or Visibility.TEAM),
            source_url=self.source_url,
        )

    @reading()
    def response(self, action_owner_id: UUID | None) -> RiskResponse:
        """Return what is to be done; without an action where none of its fields is filled in."""
        is_filled = any(self.get(name) for name in ("action", "action_owner", "action_due"))
        due = day_in(self.get("action_due"))
        action = NewAction(self.get("action"), action_owner_id, due)
        return RiskResponse(ResponseStrategy(self.get("strategy")), action if is_filled else None)

    def due_on(self) -> date | None:
        """Return the due date."""
        return day_in(self.get("due"))

    def problems(self, today: date, *, due_before: date | None = None) -> dict[str, str]:
        """Return sentences beside the fields that can't stand; an unchanged date may have passed."""
        found: dict[str, str] = {}
        title = self.get("title").strip()
        if not title:
            found["title"] = "Say in a few words what might happen."
        elif len(title) > TITLE_LENGTH:
            found["title"] = f"Use at most {TITLE_LENGTH} characters; the rest fits behind More."
        due = self.due_on()
        if due is not None and due < today and due != due_before:
            found["due"] = "That day has passed. Pick today or later."
        return found


MORE = frozenset(
    {"kind", "cause", "effect", "category", "owner", "strategy", "due", "proximity", "visibility"}
)
"""The fields that More unfolds."""
LEVELS = frozenset({"probability", "impact"})


def _text(level: int | None) -> str | None:
    return None if level is None else str(level)
