"""How all projects stand, and whose status lacks, as services return it."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from uuid import UUID

from models.read_models.projects import ProjectView, Turn
from models.rules.statuses.periods import SOON, Cadence, Period, Timeliness, counts_as
from models.rules.statuses.rag import Colour
from models.value import Value


class OwedStatus(Value):
    """A project in whose name somebody may submit, and how its period stands."""

    project_id: UUID
    project_key: str
    project_name: str
    timezone: str
    period: Period
    state: Timeliness
    last: Colour | None
    """The overall colour of the period, or else of the newest one before."""
    due_at: datetime | None = None
    """None where nobody asks for it: its ritual is not switched on, or skips the period."""
    due_on: date | None = None
    """The project's day of that."""
    turn: Turn = field(default_factory=Turn)
    """Filled in where others read what is missing."""
    may_submit: bool = True
    is_asked: bool = True
    """Whether it is the person's own turn, and nobody's before theirs."""
    missed: int = 0
    """Periods in a row without a status, this one included, where it is overdue."""
    unexplained_id: UUID | None = None
    """The newest status, where it is green and nobody has said yet why that is so all the same."""

    @property
    def is_in(self) -> bool:
        """Tell whether the period has its status."""
        return self.state in (Timeliness.IN_TIME, Timeliness.LATE)

    @property
    def is_late(self) -> bool:
        """Tell whether it was due and isn't in."""
        return self.state in (Timeliness.OVERDUE, Timeliness.MISSING)

    def waits(self, now: datetime) -> bool:
        """Tell whether it was due and isn't in, or is due soon."""
        return not self.is_in and self.due_at is not None and self.due_at <= now + SOON


class MissingPage(Value):
    """The projects whose latest period has no status though it was due; those of the person come first."""

    lines: tuple[OwedStatus, ...]
    total: int
    asked: int = 0
    """How many projects are asked for a status at all, of those that were looked at."""


class StoodProject(Value):
    """How a project stood of late: the overall colour, and the status, of each period that has one."""

    id: UUID
    key: str
    name: str
    cadence: Cadence
    colours: Mapping[Period, Colour]
    status_ids: Mapping[Period, UUID]
    unexplained: frozenset[Period] = frozenset()
    """Green, something inside says otherwise, and nobody has said why."""

    def before(self, period: Period) -> tuple[Period, Colour] | None:
        """Return the newest period before that one that has a status, with its colour."""
        earlier = [each for each in self.colours if each.cadence is period.cadence and each < period]
        return (max(earlier), self.colours[max(earlier)]) if earlier else None


class GridCell(Value):
    """A project, or one side of it, in one period."""

    colour: Colour
    is_late: bool = False
    is_unexplained: bool = False
    """Whether it is green, something inside says otherwise, and nobody has said why."""


class GridRow(Value):
    """A line of the grid: a project, or one side of it; None where nobody submitted."""

    name: str
    cells: tuple[GridCell | None, ...]
    headlines: tuple[str, ...] = ()
    """What each period's status said, where the line is a project's overall; "" where nobody submitted."""
    state: Timeliness = Timeliness.IN_TIME
    """How the latest period that was due stands."""

    @property
    def last(self) -> Colour | None:
        """Return the newest colour that somebody declared."""
        return next((cell.colour for cell in reversed(self.cells) if cell), None)

    @property
    def counts_as(self) -> Colour | None:
        """Return the colour that it counts as now; None where it would be green and is missing."""
        return counts_as(self.last, self.state)


class StatusGrid(Value):
    """How a project, or all of them, stood week by week, the last being the present one."""

    project: ProjectView | None
    """None for all projects."""
    periods: tuple[Period, ...]
    rows: tuple[GridRow, ...]
    total: int = 0
    """How many projects there are, of which the lines may be the first."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody submitted anything."""
        return not any(cell for row in self.rows for cell in row.cells)
