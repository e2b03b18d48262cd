"""The services of rituals together, with two kinds of them, for tests."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from models.commands import RitualFields
from models.read_models import RitualSetup
from models.rules.delivery import Operation
from models.rules.rituals.recurrence import Regular, Weekly
from models.rules.rituals.steps import AroundRitual, RitualSort, Setting, StepRule
from models.services.rituals.catalogue import Rituals
from models.services.rituals.days_off import DaysOff
from models.services.rituals.due import is_due
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from models.services.rituals.times import RitualTimes
from models.value import replace
from tests.models.rituals import LOS_ANGELES, steps_of, times_of
from tests.models.world import World

AGENDA = RitualSort(
    "agenda",
    "Meeting agenda",
    "Collects topics, and posts them.",
    (
        StepRule("collect", -3, grace=timedelta(days=1), operation=None),
        StepRule("post", -1, is_main=True),
        StepRule("refresh", operation=Operation.UPDATE, about="post"),
    ),
    needs_project=False,
    fields=(Setting("notes", "Notes"),),
)
REMINDER = RitualSort(
    "reminder",
    "Reminder",
    "Says your words.",
    (StepRule("post", is_main=True),),
    needs_project=False,
    fields=(Setting("text", "What shall I say?", is_required=True),),
)
WATCH = replace(REMINDER, kind="watch", name="Watch", fields=(), is_only_one=True)
REPORT = replace(REMINDER, kind="report", fields=(), keeps_its_week=True)
SORTS = {each.kind: each for each in (AGENDA, REMINDER, REPORT, WATCH)}
MONDAY = datetime(2026, 1, 5, 17, tzinfo=UTC)
"""Monday morning in Los Angeles."""
WEDNESDAYS = Weekly(frozenset({2}), time(15), date(2026, 1, 14), interval=2)
WEDNESDAY, TUESDAY, FRIDAY = "2026-01-14T15:00", "2026-01-13T15:00", "2026-01-16T15:00"


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    """Return an instant of 2026, by the clock in Los Angeles in winter."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) + timedelta(hours=8)


class Desk:
    """The services, on one world."""

    def __init__(self, world: World) -> None:
        """Put them together; Jo is a delivery manager."""
        self.world = world
        self.rituals = Rituals(world.database, SORTS)
        self.times = RitualTimes(world.database, SORTS)
        self.days_off = DaysOff(world.database, SORTS)
        self.jo = world.delivery_manager("Jo")

    def switch_on(
        self,
        rule: Regular | AroundRitual = WEDNESDAYS,
        *,
        now: datetime = MONDAY,
        **fields: Any,  # noqa: ANN401 - any field of a ritual.
    ) -> RitualSetup:
        """Switch on the meeting, or something else; its settings belong to the reminder."""
        said = wanted(rule, **fields)
        return self.rituals.switch_on(self.jo, said, origin=self.world.origin(), now=now).setup

    def edit(
        self,
        ritual: RitualSetup,
        now: datetime,
        **fields: Any,  # noqa: ANN401 - any field of a ritual.
    ) -> RitualSetup:
        """Change some of its fields."""
        present = self.rituals.editable(self.jo, ritual.id, now=now)
        said = replace(fields_of(present), **fields)
        origin = self.world.origin()
        return self.rituals.edit(
            self.jo, ritual.id, said, version=present.version, origin=origin, now=now
        ).setup

    def work(self, now: datetime) -> None:
        """Plan and carry out what is due."""
        if not is_due(self.world.database, now):
            return
        planner, runner = (
            RitualPlanner(self.world.database, SORTS),
            StepRunner(self.world.database, SORTS, {}),
        )
        while planner.plan(now=now):
            pass
        while runner.run(now=now):
            pass

    def through(self, since: datetime, days: float) -> None:
        """Work every three hours of so many days."""
        for look in range(int(days * 8) + 1):
            self.work(since + timedelta(hours=3 * look))

    def times_of(self, ritual: RitualSetup) -> list[tuple[str, str]]:
        """Return its times by name, each with what became of it."""
        return times_of(self.world.database, ritual.id)

    def due(self, ritual: RitualSetup) -> list[tuple[str, datetime, str]]:
        """Return its steps, each with when it is due and its state."""
        return [(kind, due, state) for _, kind, due, state in steps_of(self.world.database, ritual.id)]

    def next_days(self, ritual: RitualSetup, now: datetime) -> list[str]:
        """Return the next times as the card shows them, by name."""
        return [each.name for each in self.rituals.card(self.jo, ritual.id, now=now).coming]


def wanted(
    rule: Regular | AroundRitual = WEDNESDAYS,
    **fields: Any,  # noqa: ANN401 - any field of a ritual.
) -> RitualFields:
    """Return what somebody wants."""
    known = {
        "kind": "agenda",
        "name": "Delivery – PM",
        "timing": rule,
        "timezone": LOS_ANGELES,
        "channel_id": "C_DELIVERY",
        "duration_minutes": 60,
    }
    return RitualFields(**(known | fields))


def fields_of(setup: RitualSetup) -> RitualFields:
    """Return what a ritual says, as a form has it."""
    ritual = setup.ritual
    return RitualFields(
        ritual.kind,
        ritual.name,
        setup.timing,
        ritual.timezone,
        ritual.project_id,
        ritual.channel_id,
        ritual.owner.id,
        setup.on_holiday,
        setup.country,
        ritual.duration_minutes,
        ritual.settings,
    )
