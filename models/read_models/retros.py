"""Retrospectives as services return them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from models.read_models.actions import ActionView
from models.read_models.people import PersonRef
from models.rules.actions import ActionStatus
from models.rules.retros.formats import FORMATS, FormatOf, RetroFormat
from models.rules.retros.life import RetroState, Safety
from models.value import Value


class RetroView(Value):
    """A retrospective. ``version`` starts at 1 and grows with every change but those of cards."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    channel_id: str
    timezone: str
    version: int
    state: RetroState
    format: RetroFormat
    is_anonymous: bool
    started_by: PersonRef | None
    started_at: datetime
    closes_at: datetime
    is_extended: bool = False
    is_reminded: bool = False
    closed_at: datetime | None = None
    closed_by: PersonRef | None = None
    cards: int = 0
    contributors: int = 0
    asks_safety: bool = False
    safety: Safety | None = None
    """What came of the safety check, once that is final."""
    archived_at: datetime | None = None
    """Since when its project is archived."""

    @property
    def has_ended_with_project(self) -> bool:
        """Tell whether it closed because its project was archived."""
        if self.archived_at is None or self.closed_at is None:
            return False
        return self.closed_at >= self.archived_at

    @property
    def reference(self) -> str:
        """Return what people call it."""
        return f"{self.project_key} retro"

    @property
    def spec(self) -> FormatOf:
        """Return what it asks."""
        return FORMATS[self.format]

    def is_open(self, now: datetime) -> bool:
        """Tell whether cards can still be added."""
        return self.state is RetroState.COLLECTING and now < self.closes_at


class CardView(Value):
    """A card. ``author`` is None unless all write with names."""

    id: UUID
    retro_id: UUID
    column: str
    text: str
    version: int = 1
    author: PersonRef | None = None

    @property
    def reference(self) -> str:
        """Return what refusals call it."""
        return "The card"


def counted(actions: Sequence[ActionView]) -> tuple[ActionView, ...]:
    """Return the actions that count: what was cancelled was neither done nor left undone."""
    return tuple(each for each in actions if each.status is not ActionStatus.CANCELLED)


class RetroActions(Value):
    """What came of a retrospective: its actions, the earliest due first."""

    retro: RetroView
    actions: tuple[ActionView, ...]

    @property
    def counted(self) -> tuple[ActionView, ...]:
        """Return those that count."""
        return counted(self.actions)

    @property
    def done(self) -> int:
        """Return how many are done."""
        return sum(each.status is ActionStatus.DONE for each in self.actions)

    @property
    def open(self) -> tuple[ActionView, ...]:
        """Return those that are still to be done."""
        return tuple(each for each in self.actions if each.is_open)


class RetroScreen(Value):
    """A retrospective as its command shows it, and what the person asking may do."""

    retro: RetroView
    last: RetroActions | None = None
    """What came of the one before."""
    actions: tuple[ActionView, ...] = ()
    still_open: tuple[ActionView, ...] = ()
    """What was agreed on at others and is still to be done."""
    mine: int = 0
    """How many cards are one's own, while they are collected."""
    still_to_write: int = 0
    """How many of the team have not added a card, while they are collected."""
    is_open: bool = False
    """Whether cards can still be added."""
    may_run: bool = False
    may_start: bool = False
    may_act: bool = False
    may_see_cards: bool = False

    @property
    def are_all_in(self) -> bool:
        """Tell whether the whole team has added cards, so that nobody need wait for the end."""
        return self.is_open and self.retro.cards > 0 and not self.still_to_write


class RetroInMessage(Value):
    """A retrospective as messages need it; ``last`` is the one before it."""

    retro: RetroView
    last: RetroActions | None
    actions: tuple[ActionView, ...]


class MyCards(Value):
    """One's own cards in a retrospective that collects them."""

    retro: RetroView
    cards: tuple[CardView, ...]
    is_small: bool = False
    """Whether the team is so small that who wrote what is easy to guess."""
    safety: int | None = None
    """One's own answer to the safety check."""
    already_there: int = 0
    """How many of the cards that were written just now were there before, and are kept once."""


class RetroLine(Value):
    """A retrospective as a line in a list."""

    retro: RetroView
    actions: int
    done: int
