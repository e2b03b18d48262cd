"""What comes next among the rituals: the first step of a time, then its other steps, each at its instant."""

from datetime import UTC, datetime, timedelta

from models.rules.rituals import RitualSort, StepRule
from models.services.outlook import Outlook, Prospect
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from tests.models.rituals import switch_on
from tests.models.world import World

SORT = RitualSort(
    kind="reminder",
    name="Meeting",
    says="Meets.",
    steps=(
        StepRule("collect", -3, grace=timedelta(days=1), operation=None),
        StepRule("post", -1, operation=None, is_main=True),
    ),
)


def test_a_ritual_is_next_from_its_first_step_to_its_last(world: World) -> None:
    collect, post = datetime(2026, 1, 9, 23, tzinfo=UTC), datetime(2026, 1, 13, 23, tzinfo=UTC)
    before, outlook, sorts = collect - timedelta(days=2), Outlook(world.database), {SORT.kind: SORT}
    assert outlook.look(before) == Prospect()
    switch_on(world.database, world.person("Lee"), since="2026-01-01T00:00")
    assert (found := outlook.look(before)).stop is not None
    assert (found.stop < before, found.scheduled) == (True, None), "it waits to be planned"
    RitualPlanner(world.database, sorts).plan(now=before)
    assert outlook.look(before) == Prospect(collect, collect)
    assert outlook.look(collect) == Prospect(collect), "that is being done, and not what comes next"
    for instant, following in ((collect, post), (post, collect + timedelta(days=14))):
        RitualPlanner(world.database, sorts).plan(now=instant)
        StepRunner(world.database, sorts, {}).run(now=instant)
        assert outlook.look(instant) == Prospect(following, following)
