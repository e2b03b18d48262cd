"""The modals of retrospectives, read: state in, plain values out."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.forms import Raw, day_in, metadata, raw_values, reading
from models.commands import NewCard
from models.read_models import CardView, ProjectView
from models.rules.retros.formats import FORMATS, RetroFormat
from models.services.retros.ritual import ANONYMOUS, ASKED_FIRST, AT_ONCE, NAMED, SAFETY
from models.value import Value, replace

TEXT = "text"


class StartForm(Value):
    """The modal that starts one. ``project_id`` is None where the project is still to be chosen."""

    project_id: UUID | None = None
    key: str = ""
    timezone: str = "UTC"
    people: int = 0
    """How many are on the team; 0 where nobody knows yet."""
    values: Mapping[str, Raw] = field(default_factory=dict)
    note: str = ""

    @classmethod
    def blank(
        cls, project: ProjectView | None, kind: RetroFormat | None, closes: datetime, note: str = ""
    ) -> "StartForm":
        """Return the form with all that can be guessed; ``closes`` is in the zone that it is to have."""
        zone = str(closes.tzinfo)
        values: dict[str, Raw] = {
            "format": (kind or RetroFormat.START_STOP_CONTINUE).value,
            "day": closes.date().isoformat(),
            "time": f"{closes:%H:%M}",
            "names": ANONYMOUS,
            SAFETY: AT_ONCE,
        }
        if project is None:
            return cls(timezone=zone, values=values, note=note)
        people = len({holder.person.id for holder in project.roles})
        return cls(project.id, project.key, project.timezone, people, values, note)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "StartForm":
        """Read the modal as it came back. Raises Unreadable."""
        carried = metadata(view)
        found = carried.get("project")
        return cls(
            project_id=UUID(found) if found else None,
            key=str(carried.get("key", "")),
            timezone=str(carried["zone"]),
            values=raw_values(view),
        )

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        project = str(self.project_id) if self.project_id else None
        return {"project": project, "key": self.key, "zone": self.timezone}

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    @reading()
    def chosen_project(self) -> UUID | None:
        """Return the project. Raises Unreadable."""
        return self.project_id or (UUID(self.get("project")) if self.get("project") else None)

    @reading()
    def format(self) -> RetroFormat:
        """Return the chosen questions. Raises Unreadable."""
        return RetroFormat(self.get("format"))

    @reading()
    def closes_at(self) -> datetime:
        """Return when collecting ends. Raises Unreadable."""
        day, at = date.fromisoformat(self.get("day")), time.fromisoformat(self.get("time"))
        return datetime.combine(day, at, ZoneInfo(self.timezone))

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody is to know who wrote what."""
        return self.get("names") != NAMED

    @property
    def asks_safety(self) -> bool:
        """Tell whether people are asked first how free they feel to speak."""
        return self.get(SAFETY) == ASKED_FIRST


class CardsForm(Value):
    """The modal in which somebody adds cards: a field for each column, a line for each card."""

    retro_id: UUID
    values: Mapping[str, Raw] = field(default_factory=dict)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "CardsForm":
        """Read the modal as it came back. Raises Unreadable."""
        return cls(UUID(metadata(view)["retro"]), raw_values(view))

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {"retro": str(self.retro_id)}

    def cards(self) -> Iterator[NewCard]:
        """Yield what is written: a card a line."""
        for column, text in self.values.items():
            if column == SAFETY:
                continue
            for line in (text or "").splitlines():
                if line.strip(" \t-•*"):
                    yield NewCard(column, line.strip().lstrip("-•* "))

    @reading()
    def safety(self) -> int | None:
        """Return the answer to the safety check, if there is one. Raises Unreadable."""
        chosen = self.values.get(SAFETY)
        return int(chosen) if chosen else None


class CardForm(Value):
    """The modal that changes a card."""

    card_id: UUID
    retro_id: UUID
    version: int
    values: Mapping[str, Raw] = field(default_factory=dict)

    @classmethod
    def of(cls, card: CardView) -> "CardForm":
        """Return the modal with the card as it is."""
        return cls(card.id, card.retro_id, card.version, {TEXT: card.text, "column": card.column})

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "CardForm":
        """Read the modal as it came back. Raises Unreadable."""
        carried = metadata(view)
        return cls(UUID(carried["card"]), UUID(carried["retro"]), int(carried["version"]), raw_values(view))

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {"card": str(self.card_id), "retro": str(self.retro_id), "version": self.version}

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    def at_version(self, version: int) -> "CardForm":
        """Return what was typed, over the card as it is now."""
        return replace(self, version=version)

    def card(self) -> NewCard:
        """Return the card as it is to be."""
        return NewCard(self.get("column"), self.get(TEXT))


class ActionForm(Value):
    """The modal in which an action is agreed on."""

    retro_id: UUID
    values: Mapping[str, Raw] = field(default_factory=dict)

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "ActionForm":
        """Read the modal as it came back. Raises Unreadable."""
        return cls(UUID(metadata(view)["retro"]), raw_values(view))

    def carried(self) -> dict[str, Any]:
        """Return what the modal has to carry along."""
        return {"retro": str(self.retro_id)}

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    def due_on(self) -> date | None:
        """Return the chosen day. Raises Unreadable."""
        return day_in(self.get("due"))


def format_label(kind: RetroFormat) -> str:
    """Return a format as a select offers it."""
    spec = FORMATS[kind]
    titles = ", ".join(column.title.lower() for column in spec.columns)
    return spec.name if spec.name.lower() == titles else f"{spec.name}: {titles}"
