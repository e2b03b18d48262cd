"""How projects stand, as services return it."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime
from uuid import UUID

from models.read_models.actions import ActionView
from models.read_models.people import PersonRef
from models.read_models.projects import ProjectView
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.client_copy import Ours
from models.rules.statuses.inside import Inside, Look
from models.rules.statuses.periods import Period, Timeliness
from models.rules.statuses.rag import Colour, Dimension, Movement, RagStatus, before_of, movement, periods_at
from models.rules.statuses.suggestions import Suggestion
from models.value import Value

_LOWER_IS_WORSE = frozenset({Look.CLIENT_MOOD, Look.CLIENT_ANSWER})
"""The looks whose figure is a value that a client gave; an alert about one has none."""


class DimensionView(Value):
    """One dimension as a status says it; a green one, and one that does not apply, have no plan."""

    dimension: Dimension
    colour: Colour
    step: str = ""
    owner: PersonRef | None = None
    due_on: date | None = None
    criteria: str = ""
    target_on: date | None = None
    slips: int = 0
    """How often the target has moved later so far."""

    @property
    def green_by(self) -> date | None:
        """Return the day that somebody gave for it; without one it counts from when the step is due."""
        return self.target_on if self.target_on != self.due_on else None


class Finding(Value):
    """What one look inside found: how much, and the names of the records."""

    look: Look
    figure: int
    names: tuple[str, ...] = ()
    is_restricted: bool = False
    """Whether only the project's leads may know of it."""
    has_data: bool = True
    """False where there is nothing to look at, and so nothing was found either way."""

    def adds_to(self, known: "Finding | None") -> bool:
        """Tell whether it says more than what the same look found: another record, or a lower value."""
        if known is None or set(self.names) - set(known.names):
            return True
        is_lower = self.figure > 0 and (not known.figure or self.figure < known.figure)
        return self.look in _LOWER_IS_WORSE and is_lower


class StatusView(Value):
    """A project's status of one period, in the version that stands."""

    id: UUID
    workspace_id: UUID
    project_id: UUID
    project_key: str
    project_name: str
    project_kind: ProjectKind
    channel_id: str
    timezone: str
    period: Period
    version: int
    submitted_by: PersonRef
    submitted_at: datetime
    is_late: bool
    author: PersonRef
    """Who wrote this version."""
    written_at: datetime
    headline: str
    rag: RagStatus
    override_reason: str = ""
    done: str = ""
    coming: str = ""
    decision: str = ""
    inside: Inside = Inside.CLEAR
    findings: tuple[Finding, ...] = ()
    justification: str = ""
    dimensions: tuple[DimensionView, ...] = ()

    @property
    def reference(self) -> str:
        """Return what refusals call it."""
        return f"{self.project_key}'s status of {self.period.name}"

    @property
    def colours(self) -> Mapping[Dimension, Colour]:
        """Return each dimension's colour."""
        return {each.dimension: each.colour for each in self.dimensions}

    @property
    def found(self) -> tuple[Finding, ...]:
        """Return what the looks inside found."""
        return tuple(each for each in self.findings if each.has_data)

    @property
    def without_data(self) -> tuple[Look, ...]:
        """Return the looks that had nothing to look at."""
        return tuple(each.look for each in self.findings if not each.has_data)

    @property
    def wants_answer(self) -> bool:
        """Tell whether it is green outside, something inside says otherwise, and nobody has said why."""
        return self.inside is Inside.FLAGGED and not self.justification

    def is_new(self, findings: Iterable[Finding]) -> bool:
        """Tell whether any of the findings came after the status, so that its explanation is of none such."""
        known = {each.look: each for each in self.found}
        return any(each.adds_to(known.get(each.look)) for each in findings if each.has_data)

    def is_unexplained(self, *, with_restricted: bool) -> bool:
        """Tell whether it wants an answer, as far as the reader may know what speaks against its green."""
        return self.wants_answer and any(with_restricted or not each.is_restricted for each in self.found)


class StatusInRow(Value):
    """A status with what came before: the overall colours, newest first, None where nobody submitted."""

    status: StatusView
    earlier: tuple[Colour | None, ...] = ()
    closed: tuple[ActionView, ...] = ()
    """The plans' steps that were open and went with this version; only whoever submits it is told."""
    refused: str = ""
    """Why its channel did not get the last message meant for it; "" where it did. Told as the steps are."""

    @property
    def before(self) -> Colour | None:
        """Return the colour that the arrow compares with."""
        return before_of(self.earlier)

    @property
    def movement(self) -> Movement:
        """Return which way it went."""
        return movement(self.before, self.status.rag.declared)

    @property
    def periods_at_colour(self) -> int:
        """Return for how many periods in a row it has been this colour."""
        return periods_at(self.status.rag.declared, self.earlier)


class StatusDetails(Value):
    """A status in its row, and what the person asking may do with it and know of it."""

    found: StatusInRow
    may_edit: bool = False
    may_see_inside: bool = False
    """Whether they may know of findings that rest on restricted records."""


class ClientCopy(Value):
    """A status that is to be read by the client, and what of it must be left out."""

    found: StatusInRow
    ours: Ours


class PlanView(Value):
    """A plan back to green that is open, with the action that is under way."""

    id: UUID
    dimension: Dimension
    step: str
    step_id: UUID
    owner: PersonRef
    due_on: date
    criteria: str
    target_on: date
    slips: int


class StatusStart(Value):
    """What a form for a period begins with."""

    project: ProjectView
    period: Period
    state: Timeliness
    due_at: datetime | None
    """None where nobody asks for it."""
    due_on: date | None
    """The project's day of that."""
    today: date
    """The day it is where the project is."""
    present: StatusView | None
    """What was submitted for the period already."""
    last: StatusInRow | None
    """The newest status of a period before."""
    missing: Period | None = None
    """The period before, where it can still be filled in."""
    plans: Mapping[Dimension, PlanView] = field(default_factory=dict)
    done: tuple[ActionView, ...] = ()
    """What was done since the last status."""
    coming: tuple[ActionView, ...] = ()
    """What is due next."""
    suggestions: tuple[Suggestion, ...] = ()
    open_question: str = ""
    """What the last status asked, while nobody has decided it."""
    findings: tuple[Finding, ...] = ()
    """What would be found inside a green one, as far as the person may know it."""


class StatusDraftView(Value):
    """What somebody filled in and did not send."""

    filled_in: Mapping[str, str]
    kept_at: datetime


class StatusVersionView(Value):
    """One version of a status, in short."""

    number: int
    author: PersonRef
    written_at: datetime
    headline: str
    rag: RagStatus
