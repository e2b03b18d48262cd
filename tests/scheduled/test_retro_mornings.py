"""Retrospectives in people's mornings: on the last two days, to whoever has not taken part, once a day."""

from datetime import timedelta

from models.commands import NewCard, NewRetro
from models.rules.access import ProjectRole
from models.tables import morning_items
from tests.conftest import SetClock
from tests.models.world import NOW, World
from tests.scheduled.morning import morning
from tests.scheduled.office import Office


def test_who_has_not_taken_part_is_asked_in_the_morning_and_nobody_else(
    office: Office, world: World, clock: SetClock
) -> None:
    dana, sam, mina = (world.person(name) for name in ("Dana", "Sam", "Mina"))
    project = world.project(dana)
    for member in (sam, mina):
        world.give_role(member, project, ProjectRole.MEMBER)
    world.person("Kim")
    retro = world.retros.start(dana, NewRetro(project.id), origin=world.origin(), now=NOW)
    morning(office)
    clock.forward(timedelta(days=1))

    def write(actor_name: str) -> None:
        actor = world.person(actor_name)
        card = [NewCard("stop", "Late tickets")]
        world.retro_cards.add(actor, retro.id, card, origin=world.origin(), now=clock())

    write("Sam")
    said = morning(office)
    assert len(said) == 2
    assert "*💬 A retrospective waits for your cards*" in said[0]
    assert "ACME · until 2026-10-16 10:00:00+00:00 · no names" in said[0]
    asked = {call.where for call in office.messenger.calls[-2:]}
    assert asked == {"U_DANA", "U_MINA"}
    before = len(world.said())
    write("Mina")
    assert morning(office) == [], "what somebody writes is told nobody, not even by a message that changes"
    assert len(world.said()) == before
    with world.database.read() as session:
        assert len(session.execute(morning_items.select()).all()) == 2
    write("Dana")
    clock.forward(timedelta(days=1, hours=-2))
    (said_to_lead,) = morning(office)
    assert "*💬 Everybody has written*" in said_to_lead
    assert "ACME · all have written, so you can go on now" in said_to_lead
    told = [call.where for call in office.messenger.calls if "Everybody has written" in call.text]
    assert told == ["U_DANA"], "it is for whoever runs the project, once all are in"
    clock.forward(timedelta(days=1))
    assert morning(office) == []


def test_a_retro_that_closed_without_somebody_is_not_called_done(
    office: Office, world: World, clock: SetClock
) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    retro = world.retros.start(dana, NewRetro(project.id), origin=world.origin(), now=NOW)
    clock.forward(timedelta(days=1))
    morning(office)
    world.retros.close(dana, retro.id, origin=world.origin(), now=clock())
    said = "".join(morning(office) + morning(office))
    assert "All done" not in said
    assert "Nothing in here waits for you any more." in said


def test_an_archived_project_s_team_is_left_alone(office: Office, world: World, clock: SetClock) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    world.retros.start(dana, NewRetro(project.id), origin=world.origin(), now=NOW)
    world.profiles.archive(dana, project.id, "over", origin=world.origin(), now=NOW)
    clock.forward(timedelta(days=1))
    morning(office)
    assert "U_DANA" not in {call.where for call in office.messenger.calls}
