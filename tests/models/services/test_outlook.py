"""What comes next: mornings, steps of rituals and of retrospectives, and nothing in between."""

from datetime import UTC, datetime, timedelta

from models.commands import NewRetro
from models.rules.rituals.steps import RitualSort, StepRule
from models.services.outlook import SOURCES, Outlook, Prospect
from models.services.retros.clock import RetroClock
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from models.value import replace
from tests.models.rituals import switch_on
from tests.models.world import NOW, World, statements_of

SORT = RitualSort(
    kind="reminder",
    name="Meeting",
    says="Meets.",
    steps=(
        StepRule("collect", -3, grace=timedelta(days=1), operation=None),
        StepRule("post", -1, operation=None, is_main=True),
    ),
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of October 2026 in UTC. Cairo is three hours ahead; Berlin two, from the 25th one."""
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def what_comes(world: World, since: datetime, until: datetime) -> list[datetime]:
    """Walk from one instant to the next as the demo's clock does, with planners that do what is due."""
    found: list[datetime] = []
    outlook, now = Outlook(world.database, {SORT.kind: SORT}), since
    while True:
        RitualPlanner(world.database, {SORT.kind: SORT}).plan(now=now)
        StepRunner(world.database, {SORT.kind: SORT}, {}).run(now=now)
        RetroClock(world.database).run(now=now)
        ahead = outlook.look(now)
        if ahead.scheduled is None or ahead.scheduled > until:
            return found
        now = ahead.scheduled
        found.append(now)


def test_everybody_begins_a_working_day_at_nine_where_they_are(world: World) -> None:
    assert Outlook(world.database, {SORT.kind: SORT}).look(NOW) == Prospect()
    world.person("Lee")
    world.person("Mina", timezone="Africa/Cairo")
    mornings = [at(22, 6), at(22, 7), at(23, 6), at(23, 7), at(26, 6), at(26, 8), at(27, 6), at(27, 8)]
    assert what_comes(world, at(21, 12), at(27, 12)) == mornings


def test_a_ritual_comes_with_each_of_its_steps(world: World) -> None:
    switch_on(world.database, world.person("Lee", timezone="Etc/UTC"), since="2026-10-14T00:00")
    others = [each for each in what_comes(world, at(14, 12), at(21, 23)) if each.hour != 9]
    assert others == [at(16, 22), at(20, 22)], "three working days before Wednesday, and one"


def test_what_only_a_newer_version_knows_stops_no_clock(world: World) -> None:
    lee = world.person("Lee", timezone="Etc/UTC")
    switch_on(world.database, lee, since="2026-10-14T00:00", kind="rain_dance")
    others = [each for each in what_comes(world, at(14, 12), at(21, 23)) if each.hour != 9]
    assert others == []
    newer = replace(SORT, steps=(*SORT.steps, StepRule("encore", -2, operation=None)))
    switch_on(world.database, lee, since="2026-10-14T00:00")
    RitualPlanner(world.database, {SORT.kind: newer}).plan(now=at(17, 0))
    others = [each for each in what_comes(world, at(17, 0), at(21, 23)) if each.hour != 9]
    assert others == [at(20, 22)]


def test_a_retrospective_comes_with_its_reminder_and_its_end(world: World) -> None:
    dana = world.person("Dana", timezone="Etc/UTC")
    project = world.project(dana)
    new = NewRetro(project.id, closes_at=NOW + timedelta(days=3, minutes=30))
    world.retros.start(dana, new, origin=world.origin(), now=NOW)
    others = [each for each in what_comes(world, NOW, NOW + timedelta(days=4)) if each.minute]
    assert others[-1] == new.closes_at
    assert len(others) == 2


def test_it_asks_a_few_things_however_much_there_is(world: World) -> None:
    for name in ("Lee", "Dana", "Sam"):
        switch_on(world.database, world.person(name), since="2026-10-14T00:00", name=name)
    with statements_of(world.database) as asked:
        Outlook(world.database, {SORT.kind: SORT}).look(NOW)
    assert len(asked) <= 2 * (len(SOURCES) + 1)
