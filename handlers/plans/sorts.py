"""What the kinds of things that are planned have in common in Slack; each kind fills in its own."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Generic

from handlers.answers import Answer, CommandAnswer
from handlers.asks import Ask, Submission
from handlers.blocks import Block
from handlers.forms import Raw, Unreadable
from handlers.kit import Kit
from handlers.plans.forms import PlanForm
from handlers.plans.line import COMMON_WORDS, PlanLine, PlanVerb
from handlers.plans.views import Showing
from models.read_models import Actor, PlanPage, ProjectView
from models.read_models.plans import RecordT
from models.services.plans.records import Records
from models.value import replace


class Sort(ABC, Generic[RecordT]):
    """One kind: how it is called, typed, shown, and saved."""

    name: ClassVar[str]
    """What follows ``/project``, and what buttons carry."""
    thing: ClassVar[str]
    """One of them, as a sentence calls it."""
    example: ClassVar[str]
    """What follows ``add`` in an example."""
    marker: ClassVar[str] = ""
    """What stands before its number."""
    words: ClassVar[Mapping[str, PlanVerb]] = COMMON_WORDS
    field_words: ClassVar[Mapping[str, str]] = {}
    """How the history calls its fields, where not by their own names."""

    @abstractmethod
    def records(self, kit: Kit) -> Records[RecordT]:
        """Return the service that keeps them."""

    @abstractmethod
    def listed(self, page: PlanPage[RecordT], today: date, showing: Showing) -> Answer:
        """Show all of a project."""

    @abstractmethod
    def line(self, record: RecordT, today: date) -> str:
        """Return one of them in a line, safe as mrkdwn."""

    @abstractmethod
    def shown(self, field: str, value: str) -> str:
        """Return a field's value as the history tells it, safe as mrkdwn."""

    @abstractmethod
    def values(self, record: RecordT) -> Mapping[str, Raw]:
        """Return what the modal starts with."""

    @abstractmethod
    def modal(self, form: PlanForm) -> Block:
        """Draw the modal."""

    def choices(self, kit: Kit, actor: Actor, form: PlanForm) -> Mapping[str, str]:  # noqa: ARG002 - most kinds have none.
        """Return the milestones to choose from, where the form offers any."""
        return {}

    def draw(self, kit: Kit, actor: Actor, form: PlanForm) -> Block:
        """Draw the modal with all that it offers."""
        return self.modal(replace(form, choices=self.choices(kit, actor, form)))

    def remarks(self, kit: Kit, actor: Actor, record: RecordT) -> str:  # noqa: ARG002 - most kinds have none.
        """Return what whoever saved it may have overlooked."""
        return ""

    @abstractmethod
    def save(self, kit: Kit, sent: Submission, actor: Actor, form: PlanForm) -> RecordT:
        """Add it or change it. Raises Invalid, Conflict, NotAllowed, NotFound."""

    @abstractmethod
    def add_typed(self, kit: Kit, ask: Ask, actor: Actor, project: ProjectView, text: str) -> CommandAnswer:
        """Add what the line says, or open the form where it leaves something out."""

    @abstractmethod
    def edit_typed(self, kit: Kit, ask: Ask, actor: Actor, record: RecordT, text: str) -> CommandAnswer:
        """Change what the line says, or open the form where it says nothing."""

    def step(self, kit: Kit, ask: Ask, actor: Actor, record: RecordT, line: PlanLine) -> CommandAnswer:  # noqa: ARG002 - most kinds have none.
        """Carry out what this kind alone can. Raises Unreadable for what no word and no button asks it."""
        raise Unreadable
