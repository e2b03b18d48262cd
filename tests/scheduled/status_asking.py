"""What the tests of asking for statuses do: have projects that were asked for long, and send one in."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from models.commands import DimensionFields
from models.read_models import Actor, ProjectView
from models.rules.delivery import NoticeKind
from models.rules.statuses.rag import Colour, Dimension
from models.services.mornings.planning import MorningPlanner
from models.services.rituals.due import is_due
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from models.tables import outbox_messages
from scheduled.mornings import contributions
from scheduled.planner import Planner
from scheduled.rituals import acts, sorts
from tests.models.rituals import ask_weekly
from tests.models.world import NOW, World
from tests.scheduled.morning import CLOSED, free_lanes
from tests.scheduled.office import Office

LONG_AGO = NOW - timedelta(weeks=20)
THURSDAY = NOW + timedelta(days=1)


def project(world: World, manager: Actor, key: str, **fields: object) -> ProjectView:
    """Return a project that has been asked for long how it stands."""
    made = world.project(manager, key=key, channel=f"C_{key}")
    ask_weekly(
        world.database, manager, made, created_at=LONG_AGO, planned_through="2026-10-14T00:00", **fields
    )
    return made


def said(office: Office) -> list[str]:
    """Do all that is due now, and return what was said to people, whom first."""
    before = len(office.messenger.calls)
    free_lanes(office)
    Planner(
        is_due=lambda now: is_due(office.database, now),
        rituals=RitualPlanner(office.database, sorts()),
        steps=StepRunner(office.database, sorts(), acts()),
        mornings=MorningPlanner(office.database, contributions()),
        clock=office.clock,
    ).run_once()
    office.deliverer().run_once()
    new = office.messenger.calls[before:]
    told = [call for call in new if call.where.startswith("U") and call.text and CLOSED not in call.text]
    return sorted(f"{call.where}: {call.text}" for call in told)


def submit(
    world: World,
    by: Actor,
    of: ProjectView,
    colour: Colour = Colour.GREEN,
    weeks_ago: int = 0,
    now: datetime = NOW,
) -> None:
    now -= timedelta(weeks=weeks_ago)
    plan = DimensionFields(colour, "Hurry", by.person.id, now.date(), "it is done")
    dimensions = {} if colour is Colour.GREEN else {Dimension.SCHEDULE: plan}
    world.status(by, of, now=now, dimensions=dimensions)
    with world.database.write() as session:
        # It was posted then.
        session.execute(delete(outbox_messages).where(outbox_messages.c.kind == NoticeKind.STATUS_POSTED))
