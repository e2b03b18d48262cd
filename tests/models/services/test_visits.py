"""Who has their home before them."""

from datetime import timedelta

from models.services.visits import MAY_STILL_LOOK, Visits
from tests.models.world import NOW, World, statements_of


def test_a_home_is_drawn_anew_for_those_who_came_to_it_lately(world: World) -> None:
    visits, sam, dana = Visits(world.database), world.person("Sam"), world.person("Dana")
    assert not visits.may_look(sam, now=NOW)
    visits.note(sam, now=NOW)
    assert visits.may_look(sam, now=NOW)
    assert not visits.may_look(dana, now=NOW)
    assert not visits.may_look(sam, now=NOW + MAY_STILL_LOOK)


def test_coming_back_at_once_writes_nothing(world: World) -> None:
    visits, sam = Visits(world.database), world.person("Sam")
    visits.note(sam, now=NOW)
    with statements_of(world.database) as seen:
        visits.note(sam, now=NOW + timedelta(minutes=5))
    assert not [each for each in seen if "INSERT" in each]
    visits.note(sam, now=NOW + timedelta(hours=1))
    assert visits.may_look(sam, now=NOW + timedelta(hours=2, minutes=30))
