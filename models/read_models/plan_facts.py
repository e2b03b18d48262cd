"""What a project's plan says by itself, for rules about how the project is doing."""

from models.rules.plans.milestones import LONG_OVERDUE
from models.value import Value


class Fact(Value):
    """A milestone or a deliverable that tells something, and for how many days."""

    name: str
    """Such as "M3" or "D2"."""
    title: str
    days: int


class PlanFacts(Value):
    """What the plan of one project says today; a project without milestones says nothing of its schedule."""

    milestones: int = 0
    overdue: tuple[Fact, ...] = ()
    """Open milestones whose forecast has passed, in working days, the longest first."""
    slip: Fact | None = None
    """The worst slip of what is still open, or of the last milestone where all are done; in calendar days."""
    slip_share: float | None = None
    """That slip as a share of the baseline's duration; None where the project's start is not known."""

    deliverables: int = 0
    rejected: tuple[Fact, ...] = ()
    """Deliverables that the client rejected and has not got again, and for how many days that has been so."""

    @property
    def long_overdue(self) -> tuple[Fact, ...]:
        """Return the milestones that are more than five working days overdue."""
        return tuple(fact for fact in self.overdue if fact.days > LONG_OVERDUE)
