"""What a morning named is drawn anew at each change, also where a change has an earlier one's number."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert

from models.commands import MinutesFields
from models.read_models import Actor, ProjectView
from models.rules.delivery import NoticeKind, Operation
from models.services.agendas.minutes import Minutes
from models.services.mornings.rows import message_key
from models.services.outbox.enqueue import Outgoing, enqueue
from models.tables import morning_items, mornings
from tests.models.meetings import AFTER, hold
from tests.models.world import World

LATER = timedelta(minutes=1)


def named(world: World, person: Actor, contribution: str, entity_id: UUID) -> UUID:
    """Have a morning's message to a person name something; return the morning."""
    id_, here = uuid4(), world.workspace_id
    of_day = {"person_id": person.person.id, "day": AFTER.date(), "planned_at": AFTER}
    item = {"place": 0, "contribution": contribution, "entity_id": entity_id, "detail": {"stage": "today"}}
    said = Outgoing(
        NoticeKind.MORNING, Operation.POST, person.person.slack_user_id, message_key(id_), {"id": str(id_)}
    )
    with world.database.write() as session:
        connection = session.connection()
        connection.execute(insert(mornings), {"id": id_, "workspace_id": here, "is_unfolded": False} | of_day)
        connection.execute(insert(morning_items), {"morning_id": id_, "workspace_id": here} | item)
        enqueue(session, here, [said], correlation_id="morning", now=AFTER)
    return id_


def drawn(world: World, morning_id: UUID) -> int:
    return sum(each.about == message_key(morning_id) for each in world.said())


def test_minutes_that_are_taken_back_and_written_again_are_drawn_each_time(
    world: World, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    minutes = Minutes(world.database)
    agenda_id, _ = hold(world, jo, dana, acme)
    morning = named(world, dana, "minutes", agenda_id)
    minutes.write(dana, agenda_id, MinutesFields(other="Cake"), origin=world.origin(), now=AFTER)
    assert drawn(world, morning) == 1
    minutes.take_back(dana, agenda_id, origin=world.origin(), now=AFTER + LATER)
    assert drawn(world, morning) == 2
    fields = MinutesFields(other="Cake!")
    minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER + 2 * LATER)
    assert drawn(world, morning) == 3


def test_a_project_that_is_handed_over_and_back_is_drawn_each_time(
    world: World, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    sam = world.person("Sam")
    morning = named(world, dana, "plans", acme.id)
    for times, heir in enumerate((sam, dana, sam), start=1):
        now = AFTER + times * LATER
        world.teams.hand_over(jo, acme.id, heir.person.id, origin=world.origin(), now=now)
        assert drawn(world, morning) == times


def test_a_change_that_arrives_twice_is_drawn_once(
    world: World, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    morning, origin, sam = named(world, dana, "plans", acme.id), world.origin(), world.person("Sam")
    for now in (AFTER, AFTER + LATER):
        world.teams.hand_over(jo, acme.id, sam.person.id, origin=origin, now=now)
    assert drawn(world, morning) == 1
