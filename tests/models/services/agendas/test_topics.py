"""What people bring to meetings, and where it waits."""

from datetime import timedelta

import pytest

from models.commands import TITLE_LENGTH, EntryMinutes, MinutesFields, TopicFields
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, ProjectView
from models.rules.agendas.entries import Cause
from models.services.agendas.book import Agendas
from models.services.agendas.meetings import PROJECTS
from models.services.agendas.minutes import Minutes
from models.services.audit import history
from models.tables import meeting_topics
from models.value import replace
from tests.models.meetings import (
    AFTER,
    BEGUN,
    EVENING,
    MEETING,
    POSTED,
    bring,
    on_agenda,
    page,
    run,
    switch_on,
)
from tests.models.world import NOW, World


def test_a_topic_is_brought_changed_and_taken_back(
    world: World, agendas: Agendas, jo: Actor, acme: ProjectView
) -> None:
    sam = world.person("Sam")
    meeting = switch_on(world, jo, replace(MEETING, settings={PROJECTS: [str(acme.id)]}))
    origin, fields = world.origin(), TopicFields("  Who covers\nJuly? ")
    topic = agendas.add_topic(sam, meeting.ritual.id, fields, origin=origin, now=NOW)
    again = agendas.add_topic(sam, meeting.ritual.id, fields, origin=origin, now=NOW)
    assert topic == again
    assert ("", "Who covers July? (Sam)") in on_agenda(page(world, sam))
    assert page(world, sam).topics == (topic,)
    assert page(world, world.person("Mina")).topics == ()
    about = TopicFields("Who covers July?", acme.id)
    moved = agendas.edit_topic(sam, topic.id, about, version=1, origin=world.origin(), now=NOW)
    assert moved.project_key == "ACME"
    assert ("ACME", "Who covers July? (Sam)") in on_agenda(page(world, sam))
    assert ("ACME", "no measure of success yet") in on_agenda(page(world, sam))
    with pytest.raises(Conflict):
        agendas.edit_topic(sam, topic.id, fields, version=1, origin=world.origin(), now=NOW)
    with pytest.raises(NotAllowed):
        agendas.remove_topic(world.person("Mina"), topic.id, origin=world.origin(), now=NOW)
    assert agendas.newest_topic(sam) == moved
    agendas.remove_topic(jo, topic.id, origin=world.origin(), now=NOW)
    assert all("July" not in text for _, text in on_agenda(page(world, sam)))
    with pytest.raises(NotFound):
        agendas.newest_topic(sam)
    with world.database.read() as session:
        entries = history(session, world.workspace_id, topic.id)
    assert [entry.action for entry in entries] == ["removed", "edited", "added"]


def test_the_same_topic_is_not_brought_twice(world: World, jo: Actor, acme: ProjectView) -> None:
    meeting = switch_on(world, jo)
    sam = world.person("Sam")
    bring(world, sam, meeting, "Who covers July?")
    with pytest.raises(Invalid, match="Delivery – PM already; you brought it"):
        bring(world, sam, meeting, "who covers  July?")
    with pytest.raises(Invalid, match="Sam brought it"):
        bring(world, jo, meeting, "Who covers July?")
    bring(world, jo, meeting, "Who covers July?", project_id=acme.id)
    assert world.count(meeting_topics) == 2


@pytest.mark.parametrize("title", ["", "  ", "x" * (TITLE_LENGTH + 1)])
def test_a_topic_that_says_nothing_or_too_much_is_refused_on_its_field(
    world: World, jo: Actor, title: str
) -> None:
    meeting = switch_on(world, jo)
    with pytest.raises(Invalid) as refused:
        bring(world, jo, meeting, title)
    assert list(refused.value.problems) == ["title"]
    assert world.count(meeting_topics) == 0


def test_topics_of_meetings_and_projects_elsewhere_are_not_found(world: World, jo: Actor) -> None:
    elsewhere = World(world.database, "T_OTHER")
    meeting = switch_on(world, jo)
    stranger = elsewhere.delivery_manager("Jo")
    with pytest.raises(NotFound):
        bring(elsewhere, stranger, meeting)
    topic = bring(world, jo, meeting)
    with pytest.raises(NotFound):
        Agendas(world.database).topic(stranger, topic.id)
    with pytest.raises(NotFound):
        bring(world, jo, meeting, project_id=elsewhere.project(stranger).id)


def test_a_topic_waits_for_the_next_meeting_where_there_was_no_time(
    world: World, minutes: Minutes, jo: Actor, dana: Actor
) -> None:
    meeting = switch_on(world, jo, now=EVENING)
    for number in range(9):
        bring(world, dana, meeting, f"Topic {number}")
    run(world, POSTED)
    run(world, BEGUN)
    then = page(world, dana, BEGUN + timedelta(hours=2))
    waiting = [slot.matter.id for slot in then.agenda.plan.slots if slot.matter.cause is Cause.TOPIC]
    assert len(waiting) == 2
    shown = minutes.page(dana, now=AFTER)
    assert shown is not None
    held = shown.minutes.agenda
    assert held.id is not None
    assert {matter.id for matter in held.plan.overflow} == set(waiting)
    said = MinutesFields((EntryMinutes(waiting[0], "We talked about it all the same."),))
    minutes.write(dana, held.id, said, origin=world.origin(), now=AFTER)
    then = page(world, dana, AFTER)
    assert [slot.matter.id for slot in then.agenda.plan.slots] == waiting[1:]
