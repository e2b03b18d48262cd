"""What the tests of mornings do: promise something, let the morning come, and settle it."""

import re
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update

from models.commands import NewAction
from models.read_models import ActionOrigin, ActionView, Actor, ProjectView
from models.rules.actions import ActionSource, ActionStatus
from models.services.actions.following import Following, add
from models.services.mornings.planning import MorningPlanner
from models.tables import lanes, morning_items
from scheduled.mornings import contributions
from tests.models.world import NOW, TODAY, World
from tests.scheduled.office import Office

CLOSED = "what is still to do is on *Home* above"
"""What an earlier day's message says once the next morning has come."""
_OVER = re.compile(r"\*\w{3} \d+ \w{3}\* · ✓")


def asked(
    world: World,
    owner: Actor,
    project: ProjectView,
    title: str = "Ask for a date",
    due_on: date = TODAY,
    by: Actor | None = None,
) -> ActionView:
    """Have somebody promise to do something."""
    following = Following(ActionOrigin(ActionSource.MEETING, project.id), project=project)
    with world.database.write() as session:
        return add(
            session,
            by or owner,
            NewAction(title, owner.person.id, due_on),
            following,
            origin=world.origin(),
            now=NOW,
        )


def free_lanes(office: Office) -> None:
    """Let the next messages go at once: nobody wants to wait for the second that lies between two."""
    with office.database.write() as session:
        session.execute(update(lanes).values(next_send_at=NOW - timedelta(days=1)))


def morning(office: Office) -> list[str]:
    """Plan and send all that is due, as another process would; return what was said now of this day."""
    before = len(office.messenger.calls)
    free_lanes(office)
    planner = MorningPlanner(office.database, contributions())
    while planner.plan(now=office.clock()):
        pass
    office.deliverer().run_once()
    said = [call.text for call in office.messenger.calls[before:] if call.text]
    return [text for text in said if not _OVER.match(text)]


def only_morning(world: World) -> UUID:
    """Return the one morning that there is, of which one thing is told."""
    with world.database.read() as session:
        [morning_id] = session.scalars(morning_items.select().with_only_columns(morning_items.c.morning_id))
    found: UUID = morning_id
    return found


def settle(world: World, by: Actor, action: ActionView) -> None:
    world.actions.settle(by, action.id, ActionStatus.DONE, origin=world.origin(), now=NOW)
