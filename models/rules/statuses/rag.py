"""Red, amber, green: what the colours mean, how the overall one follows, and which way it goes.

Source: delivery confidence ratings as public auditors use them; the limits are our defaults.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from models.rules.projects.kinds import ProjectKind
from models.value import Value


class Colour(StrEnum):
    """How one side of a project is."""

    GREEN = "green"
    """Commitments are achievable, nothing major is outstanding."""
    AMBER = "amber"
    """At risk, and recoverable."""
    RED = "red"
    """Not achievable on the current plan."""
    NOT_APPLICABLE = "not_applicable"

    @property
    def rank(self) -> int:
        """Return how bad it is, 0 for green; what does not apply is worse than nothing."""
        return {"green": 0, "amber": 1, "red": 2, "not_applicable": -1}[self.value]

    @property
    def word(self) -> str:
        """Return the colour as people read it, such as "Green"."""
        return "Doesn't apply" if self is Colour.NOT_APPLICABLE else self.value.capitalize()

    @property
    def letter(self) -> str:
        """Return what stands for the colour where there is room for one letter."""
        return "–" if self is Colour.NOT_APPLICABLE else self.word[0]

    @property
    def mark(self) -> str:
        """Return the colour's mark; it never stands without the word or the letter."""
        return {"green": "🟢", "amber": "🟠", "red": "🔴", "not_applicable": "⚪"}[self.value]

    @property
    def wants_plan(self) -> bool:
        """Tell whether somebody must say how it gets back to green."""
        return self in (Colour.AMBER, Colour.RED)


class Dimension(StrEnum):
    """One side of a project."""

    SCHEDULE = "schedule"
    SCOPE = "scope"
    BUDGET = "budget"
    QUALITY = "quality"
    TEAM_HEALTH = "team_health"
    CLIENT_RELATIONSHIP = "client_relationship"


_D = Dimension

DIMENSION_WORDS: Mapping[ProjectKind, Mapping[Dimension, str]] = {
    ProjectKind.MANAGED: {
        _D.SCHEDULE: "Schedule",
        _D.SCOPE: "Scope",
        _D.BUDGET: "Budget",
        _D.QUALITY: "Quality",
        _D.TEAM_HEALTH: "Team health",
        _D.CLIENT_RELATIONSHIP: "Client relationship",
    },
    ProjectKind.TALENT_ON_DEMAND: {
        _D.BUDGET: "Billing",
        _D.TEAM_HEALTH: "Staff health",
        _D.CLIENT_RELATIONSHIP: "Success",
    },
}
"""What is asked of a project of each kind, in this order, and how it is called there."""

MOST_NOT_APPLICABLE = 2
"""With more dimensions than this left out, nobody can call the whole green."""

ARROW_REACHES_BACK = 2
"""Periods back in which there must be a status, for an arrow to compare with it."""

Colours = Mapping[Dimension, Colour]


class RagStatus(Value):
    """The overall colour as a person declares it, beside the one that follows from the dimensions."""

    declared: Colour
    computed: Colour

    @property
    def is_overridden(self) -> bool:
        """Tell whether a person sees it otherwise than the dimensions say."""
        return self.declared is not self.computed

    @property
    def words(self) -> str:
        """Return "Amber", or "Amber (computed Red)"."""
        return (
            f"{self.declared.word} (computed {self.computed.word})"
            if self.is_overridden
            else self.declared.word
        )


class OverrideFault(StrEnum):
    """Why an overall colour can't be set by hand."""

    NOT_A_COLOUR = "not_a_colour"
    TOO_FAR = "too_far"
    """More than one step better than computed."""
    NO_REASON = "no_reason"
    TOO_LITTLE_KNOWN = "too_little_known"
    """Green, where too many dimensions are left out."""


def not_applicable(colours: Colours) -> int:
    """Return how many dimensions are left out."""
    return sum(colour is Colour.NOT_APPLICABLE for colour in colours.values())


def forbids_green(colours: Colours) -> bool:
    """Tell whether too many dimensions are left out to call the whole green."""
    return not_applicable(colours) > MOST_NOT_APPLICABLE


def overall(colours: Colours) -> Colour:
    """Return the worst dimension; what does not apply is excluded.

    Where too much is left out for green, it is amber: at risk, for nobody knows.
    """
    worst = max(
        (each for each in colours.values() if each is not Colour.NOT_APPLICABLE),
        key=lambda each: each.rank,
        default=Colour.GREEN,
    )
    return Colour.AMBER if worst is Colour.GREEN and forbids_green(colours) else worst


def override_fault(colours: Colours, declared: Colour, reason: str) -> OverrideFault | None:
    """Return why the overall colour can't be set to that: worse is free, one step better wants a reason."""
    computed = overall(colours)
    if declared is Colour.NOT_APPLICABLE:
        return OverrideFault.NOT_A_COLOUR
    if declared.rank >= computed.rank:
        return None
    if declared is Colour.GREEN and forbids_green(colours):
        return OverrideFault.TOO_LITTLE_KNOWN
    if computed.rank - declared.rank > 1:
        return OverrideFault.TOO_FAR
    return None if reason.strip() else OverrideFault.NO_REASON


class Movement(StrEnum):
    """Which way a colour went since the status before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_KNOWN = "not_known"
    """There is no status before, or it is too old to compare with."""

    @property
    def arrow(self) -> str:
        """Return the arrow that stands beside the word, "" where there is none."""
        return {"better": "↑", "same": "→", "worse": "↓", "not_known": ""}[self.value]


def movement(before: Colour | None, after: Colour) -> Movement:
    """Compare a colour with the one before; what did not apply can't be compared with."""
    if before is None or Colour.NOT_APPLICABLE in (before, after):
        return Movement.NOT_KNOWN
    if before is after:
        return Movement.SAME
    return Movement.BETTER if after.rank < before.rank else Movement.WORSE


def before_of(earlier: Sequence[Colour | None]) -> Colour | None:
    """Return the colour to compare with; ``earlier`` is newest first, None where nobody submitted."""
    return next((colour for colour in earlier[:ARROW_REACHES_BACK] if colour is not None), None)


def periods_at(now: Colour, earlier: Sequence[Colour | None]) -> int:
    """Return how many statuses in a row have said this colour, this one included.

    ``earlier`` is newest first. A period without a status counts as no colour: it ends a run of green, while
    a run of red or amber goes on behind it, for nobody said that it is over.
    """
    found = 1
    for colour in earlier:
        if colour is now:
            found += 1
        elif colour is not None or now is Colour.GREEN:
            break
    return found
