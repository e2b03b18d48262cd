"""Two retrospectives in a row without a card: what their owner reads."""

from datetime import timedelta

from models.commands import NewRetro
from models.services.retros.clock import RetroClock
from tests.conftest import SetClock
from tests.models.world import NOW, World
from tests.scheduled.morning import free_lanes
from tests.scheduled.office import Office


def test_whoever_started_them_reads_what_may_help(office: Office, world: World, clock: SetClock) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    for start in (NOW, NOW + timedelta(days=7)):
        world.retros.start(dana, NewRetro(project.id), origin=world.origin(), now=start)
        for days in (1, 5):
            RetroClock(world.database).run(now=start + timedelta(days=days))
    clock.now = NOW + timedelta(days=12)
    free_lanes(office)
    office.deliverer().run_once()
    (said,) = [call.text for call in office.messenger.calls if call.where == "U_DANA"]
    assert said.startswith("*Nobody wrote in the last two ACME retros.* What often helps:")
    assert "retro start sailboat" in said
    assert "I tell only you, and only once." in said
