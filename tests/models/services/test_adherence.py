"""How well rituals were kept: what came of their times, not that the clock struck."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update

from models.read_models import Actor, Adherence
from models.rules.projects.kinds import ProjectKind
from models.rules.rituals.steps import OccurrenceState
from models.rules.statuses.periods import Period
from models.services.rituals.catalogue import Rituals
from models.tables import projects, ritual_occurrences
from scheduled.rituals import ritual_outcomes, sorts
from tests.models.rituals import ask_weekly, switch_on
from tests.models.world import NOW, World, statements_of

WEEK = timedelta(weeks=1)
THURSDAY = datetime.fromisoformat("2026-10-15T15:00+00:00")
"""Five in the afternoon in Berlin."""


def come_round(
    world: World,
    actor: Actor,
    ritual_id: UUID,
    at: datetime,
    state: OccurrenceState = OccurrenceState.HELD,
    *,
    is_extra: bool = False,
) -> None:
    """Write down that it came round then."""
    name = f"{at:%Y-%m-%dT%H:%M}"
    values = {
        "id": uuid4(),
        "workspace_id": actor.workspace_id,
        "ritual_id": ritual_id,
        "name": name,
        "starts_at": at,
        "state": state,
        "version": 1,
        "is_extra": is_extra,
    }
    with world.database.write() as session:
        session.connection().execute(ritual_occurrences.insert().values(values))


def kept(world: World, actor: Actor, ritual_id: UUID, now: datetime) -> Adherence:
    """Return how well it was kept, as its card says."""
    return Rituals(world.database, sorts(), ritual_outcomes()).card(actor, ritual_id, now=now).adherence


def test_a_weekly_status_is_kept_when_it_came_in_and_not_when_it_was_asked_for(world: World) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    ritual_id = ask_weekly(world.database, dana, acme)
    assert kept(world, dana, ritual_id, NOW) == Adherence("submitted")

    for week in range(5):
        state = OccurrenceState.SKIPPED if week == 3 else OccurrenceState.HELD
        come_round(world, dana, ritual_id, THURSDAY + week * WEEK, state)
    world.status(dana, acme, now=NOW)
    world.status(
        dana, acme, period=Period.containing(NOW.date() + WEEK), now=THURSDAY + WEEK + timedelta(days=4)
    )
    thursday = THURSDAY + 4 * WEEK + timedelta(hours=1)
    found = kept(world, dana, ritual_id, thursday)
    assert found == Adherence("submitted", date(2026, 10, 15), kept=2, late=1, skipped=1, missed=1)
    assert kept(world, dana, ritual_id, thursday + WEEK).missed == 2


def test_a_month_counts_once_however_often_it_was_asked_for(world: World) -> None:
    dana = world.person("Dana")
    talent = world.project(dana)
    with world.database.write() as session:
        session.execute(update(projects).values(kind=ProjectKind.TALENT_ON_DEMAND))
    ritual_id = ask_weekly(world.database, dana, talent)
    for week in range(3):
        come_round(world, dana, ritual_id, THURSDAY + week * WEEK)
    assert kept(world, dana, ritual_id, THURSDAY + 2 * WEEK).total == 0
    found = kept(world, dana, ritual_id, THURSDAY + 4 * WEEK)
    assert (found.missed, found.total) == (1, 1)


def test_what_has_no_outcome_of_its_own_is_said_to_be_posted_and_a_list_takes_no_longer(world: World) -> None:
    dana = world.person("Dana")
    reminder = switch_on(world.database, dana, since="2026-01-01T00:00")
    come_round(world, dana, reminder, THURSDAY)
    come_round(world, dana, reminder, THURSDAY + timedelta(hours=1), is_extra=True)
    assert kept(world, dana, reminder, THURSDAY + WEEK) == Adherence("posted", date(2026, 10, 15), kept=1)

    first = ask_weekly(world.database, dana, world.project(dana))
    come_round(world, dana, first, THURSDAY)
    rituals = Rituals(world.database, sorts(), ritual_outcomes())
    jo = world.delivery_manager("Jo")

    with statements_of(world.database) as of_one:
        rituals.page(jo, now=THURSDAY + WEEK)
    for key in ("BETA", "GAMMA"):
        another = ask_weekly(world.database, dana, world.project(dana, key=key, channel=f"C_{key}"))
        come_round(world, dana, another, THURSDAY)
    with statements_of(world.database) as of_three:
        rituals.page(jo, now=THURSDAY + WEEK)
    assert len(of_three) == len(of_one)
