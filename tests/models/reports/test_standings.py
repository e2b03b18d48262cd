"""How projects stand beside their names: colour and client, as far as the reader may know."""

from models.reports.standings import ProjectStandings
from models.rules.risks.words import Visibility
from models.rules.statuses.rag import Colour
from tests.models.world import NOW, World, statements_of


def test_colour_and_mood_stand_beside_each_project_as_far_as_one_may_know(world: World) -> None:
    dana, nia = world.person("Dana"), world.person("Nia")
    acme = world.project(dana)
    others = [world.project(dana, key=f"P{number}", channel=f"C_P{number}") for number in range(4)]
    standings = ProjectStandings(world.database)
    world.status(dana, acme)
    world.mood(dana, acme, 4, 1)
    world.mood(dana, acme, 1, visibility=Visibility.RESTRICTED)
    with statements_of(world.database) as seen:
        standings.of(dana, [acme.id], now=NOW)
    for_one = len(seen)
    with statements_of(world.database) as seen:
        found = standings.of(dana, [each.id for each in (acme, *others)], now=NOW)
    assert (len(found), len(seen)) == (5, for_one), "however many there are"
    assert found[others[0].id].status is None
    theirs = found[acme.id]
    assert theirs.status is not None
    assert (theirs.status.colour, theirs.has_alert) == (Colour.GREEN, True)
    assert theirs.mood.last is not None
    assert theirs.mood.last.latest == 1
    told = standings.of(nia, [acme.id], now=NOW)[acme.id]
    assert told.mood.last is not None
    assert (told.mood.last.latest, told.has_alert) == (4, False), "what is restricted stays with its leads"
