"""No screen of the register asks more often for ten thousand risks than for ten, on either database."""

from models.database import Database
from tests.benchmarks.risk_screens import SIZES, begin, fill, screens
from tests.models.world import World, statements_of


def test_screens_ask_as_often_for_ten_thousand_risks_as_for_ten(database: Database) -> None:
    world = World(database)
    begin(world)
    asked: list[dict[str, int]] = []
    for size in SIZES:
        fill(world, size)
        counts = {}
        for name, look in screens(world).items():
            with statements_of(database) as seen:
                look()
            counts[name] = len([each for each in seen if not each.startswith("BEGIN")])
        asked.append(counts)
    few, many = asked
    assert many == few
    assert (many["list"], many["show"], many["matrix"], many["burndown"]) == (3, 6, 2, 3)
