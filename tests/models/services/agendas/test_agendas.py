"""Meetings: which comes next, what is posted, skipped and put off, and whose turn it is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from models.commands import RitualFields, TopicFields
from models.errors import Invalid, NotAllowed
from models.read_models import Actor, Meeting, ProjectView
from models.rules.agendas.entries import Cause
from models.rules.delivery import Operation
from models.rules.rituals.recurrence import Weekly
from models.rules.rituals.steps import OccurrenceState
from models.services.agendas import steps
from models.services.agendas.book import Agendas
from models.services.agendas.meetings import KIND, PEOPLE
from models.services.agendas.minutes import Minutes
from models.services.agendas.readings import AgendaReadings
from models.services.audit import history
from models.services.projects.profiles import ProjectProfiles
from models.services.rituals.catalogue import Rituals
from models.services.rituals.readings import RitualReadings
from models.services.rituals.rows import step_id_of
from models.services.rituals.times import RitualTimes
from models.services.settings import Settings, Wishes
from models.tables import agendas as _agendas
from models.tables import outbox_messages, ritual_occurrences
from models.value import replace
from tests.models.meetings import (
    AFTER,
    BEGUN,
    EVENING,
    FORTNIGHT,
    MEETING,
    NEXT,
    POSTED,
    ROOM,
    SORT,
    bring,
    page,
    run,
    switch_on,
)
from tests.models.world import NOW, World, statements_of

MOST = 35


def test_nothing_takes_place_until_somebody_who_may_switches_it_on(
    world: World, agendas: Agendas, jo: Actor, dana: Actor
) -> None:
    assert agendas.page(dana, now=NOW) is None
    rituals, origin = Rituals(world.database, {KIND: SORT}), world.origin()
    rule = Weekly(MEETING.weekdays, MEETING.at, NOW.date(), MEETING.interval)
    wanted = RitualFields(
        KIND, MEETING.name, rule, "Europe/Berlin", channel_id=ROOM, duration_minutes=MEETING.duration_minutes
    )
    with pytest.raises(NotAllowed):
        rituals.switch_on(dana, wanted, origin=world.origin(), now=NOW)
    first = rituals.switch_on(jo, wanted, origin=origin, now=NOW)
    assert rituals.switch_on(jo, wanted, origin=origin, now=NOW) == first
    [meeting] = agendas.meetings(dana, now=NOW)
    assert meeting.next is not None
    assert meeting.next.starts_at == datetime.fromisoformat("2026-10-14T13:00+00:00")
    after = agendas.meetings(dana, now=EVENING)[0].next
    assert after is not None
    assert after.starts_at == datetime.fromisoformat("2026-10-28T14:00+00:00")
    with world.database.read() as session:
        [entry] = history(session, world.workspace_id, meeting.ritual.id)
    assert entry.action == "switched_on"
    guest = world.person("Yuki", is_guest=True)
    for refused in (agendas.meetings, agendas.page):
        with pytest.raises(NotAllowed):
            refused(guest, now=NOW)


def test_the_channels_meeting_comes_first_then_ones_own(world: World, jo: Actor, dana: Actor) -> None:
    world.project(dana)
    later = replace(MEETING, name="PO/QA", weekdays=frozenset({3}), settings={PEOPLE: [str(jo.person.id)]})
    switch_on(world, jo, MEETING)
    switch_on(world, jo, later, "C_OTHER")
    assert page(world, jo).agenda.ritual.name == "PO/QA"
    assert page(world, dana).agenda.ritual.name == "Delivery – PM"
    assert page(world, dana, channel="C_OTHER").agenda.ritual.name == "PO/QA"
    assert [each.ritual.name for each in page(world, dana).others] == ["PO/QA"]


@pytest.mark.usefixtures("acme")
def test_a_meeting_that_was_put_off_is_at_its_own_time_everywhere(
    world: World, agendas: Agendas, jo: Actor, dana: Actor
) -> None:
    meeting = switch_on(world, jo)
    first = page(world, dana).agenda.time
    later = first.starts_at + timedelta(hours=2)
    times = RitualTimes(world.database, {KIND: SORT})
    times.put_off(jo, meeting.ritual.id, later, origin=world.origin(), now=NOW)
    between = first.starts_at + timedelta(minutes=90)
    for now in (NOW, between, later):
        found = page(world, dana, now).agenda.time
        assert (found.occurrence_id, found.starts_at) == (first.occurrence_id, later)
        assert [each.next for each in agendas.meetings(dana, now=now)] == [found]
    agendas.come(dana, first.occurrence_id, can=False, origin=world.origin(), now=between)
    assert page(world, dana, between).agenda.absent == (dana.person,)
    after = page(world, dana, later + timedelta(hours=2)).agenda.time
    assert after.starts_at == first.starts_at + FORTNIGHT + timedelta(hours=1)


def test_an_agenda_is_kept_as_it_was_posted_until_the_meeting_begins(
    world: World, jo: Actor, acme: ProjectView, dana: Actor
) -> None:
    meeting = switch_on(world, jo, now=EVENING)
    first = bring(world, dana, meeting, "First")
    said = world.said_by(lambda: run(world, POSTED))
    assert [each.operation for each in said] == [Operation.POST, Operation.REPLY, Operation.FILE]
    assert said[1].about == said[0].key
    posted = page(world, dana, POSTED)
    assert posted.agenda.id is not None
    occurrence = posted.agenda.time.occurrence_id
    corrected = world.said_by(lambda: _add(world, dana, meeting, "Second", POSTED, acme.id))
    assert [(each.operation, each.about) for each in corrected] == [
        (Operation.UPDATE, said[0].key),
        (Operation.UPDATE, said[1].key),
    ]
    run(world, BEGUN)
    kept = page(world, dana, BEGUN + timedelta(minutes=5))
    texts = [reason.text for slot in kept.agenda.plan.slots for reason in slot.matter.reasons]
    assert {"First (Dana)", "Second (Dana)"} <= set(texts)
    with pytest.raises(Invalid, match="talked about"):
        Agendas(world.database).remove_topic(dana, first.id, origin=world.origin(), now=BEGUN)
    later = page(world, dana, BEGUN + timedelta(hours=2))
    assert Cause.TOPIC not in {slot.matter.cause for slot in later.agenda.plan.slots}
    assert later.agenda.time.starts_at == NEXT
    assert later.agenda.since == BEGUN.date()
    step = RitualReadings(world.database).step(world.workspace_id, step_id_of(occurrence, steps.POST))
    assert step is not None
    shown = AgendaReadings(world.database).of_step(step)
    assert shown == kept.agenda
    assert world.count(_agendas) == 1


def _add(world: World, actor: Actor, meeting: Meeting, title: str, now: datetime, project_id: UUID) -> None:
    fields = TopicFields(title, project_id)
    Agendas(world.database).add_topic(actor, meeting.ritual.id, fields, origin=world.origin(), now=now)


def test_a_meeting_can_be_skipped_after_its_agenda_was_posted_and_held_after_all(
    world: World, minutes: Minutes, jo: Actor, dana: Actor
) -> None:
    meeting = switch_on(world, jo, now=EVENING)
    times = RitualTimes(world.database, {KIND: SORT}, {KIND: steps.correct})
    key = page(world, jo, EVENING).agenda.time.key

    def said_by(do: Callable[..., object], now: datetime = POSTED) -> list[tuple[Operation, bool]]:
        """Return what is said, and of each message whether it is a line about this time."""
        said = world.said_by(partial(do, jo, meeting.ritual.id, key, origin=world.origin(), now=now))
        return [(each.operation, steps.CALLED_OFF in each.key) for each in said]

    old_line, new_line = (Operation.UPDATE, True), (Operation.POST, True)
    assert said_by(times.skip, EVENING) == [new_line]
    for do in (times.unskip, times.skip, times.unskip):
        assert said_by(do, EVENING) == [old_line, new_line], "one takes the place of the other"
    run(world, POSTED)
    posted = page(world, jo, POSTED)
    assert posted.may_skip
    assert not page(world, dana, POSTED).may_skip
    with pytest.raises(NotAllowed):
        times.skip(dana, meeting.ritual.id, posted.agenda.time.key, origin=world.origin(), now=POSTED)

    def skip() -> None:
        times.skip(jo, meeting.ritual.id, origin=world.origin(), now=POSTED)

    edited = (Operation.UPDATE, False)
    # Nobody walks into a meeting that was called off by an edit alone. The last one is for its start.
    assert said_by(times.skip) == [edited, edited, old_line, new_line, edited]
    with world.database.read() as session:
        due = session.scalars(select(outbox_messages.c.due_at).order_by(outbox_messages.c.id)).all()
    assert due[-1] == posted.agenda.time.starts_at
    following = page(world, jo, POSTED).agenda.time
    assert following.starts_at == NEXT

    assert said_by(times.unskip) == [edited, edited, old_line, new_line]
    assert page(world, jo, POSTED).agenda.time == posted.agenda.time
    later = posted.agenda.time.starts_at + timedelta(hours=1)
    said = world.said_by(
        lambda: times.put_off(jo, meeting.ritual.id, later, origin=world.origin(), now=POSTED)
    )
    assert [each.operation for each in said] == [*[Operation.UPDATE] * 3, Operation.FILE]
    assert page(world, jo, POSTED).agenda.time.starts_at == later
    skip()
    run(world, BEGUN + timedelta(hours=1))
    run(world, AFTER)
    assert minutes.page(jo, now=AFTER) is None, "nobody is asked what a meeting agreed that was not held"
    assert page(world, jo, AFTER).agenda.leader == posted.agenda.leader, "it was nobody's turn"
    with pytest.raises(Invalid, match="is over already, so nothing about it can change"):
        times.unskip(jo, meeting.ritual.id, key, origin=world.origin(), now=AFTER)


def test_a_pause_calls_off_what_was_announced_and_resuming_says_that_it_takes_place(
    world: World, minutes: Minutes, jo: Actor
) -> None:
    meeting = switch_on(world, jo, now=EVENING)
    rituals = Rituals(world.database, {KIND: SORT}, None, {KIND: steps.correct})

    def said_by(do: Callable[..., object], now: datetime) -> list[tuple[Operation, bool]]:
        said = world.said_by(partial(do, jo, meeting.ritual.id, origin=world.origin(), now=now))
        return [(each.operation, steps.CALLED_OFF in each.key) for each in said]

    assert said_by(rituals.pause, EVENING) == said_by(rituals.resume, EVENING) == []
    run(world, POSTED)
    posted = page(world, jo, POSTED).agenda
    edited, old_line, new_line = (Operation.UPDATE, False), (Operation.UPDATE, True), (Operation.POST, True)
    assert said_by(rituals.pause, POSTED) == [edited, edited, new_line, edited]
    with world.database.read() as session:
        is_it = ritual_occurrences.c.id == posted.time.occurrence_id
        assert session.scalar(select(ritual_occurrences.c.state).where(is_it)) is OccurrenceState.RESTED
    assert minutes.page(jo, now=AFTER) is None, "nobody is asked what a meeting agreed that was not held"
    assert said_by(rituals.resume, POSTED) == [edited, edited, old_line, new_line]
    assert page(world, jo, POSTED).agenda.time == posted.time
    run(world, BEGUN)
    assert page(world, jo, BEGUN).agenda.id == posted.id


def test_what_was_announced_is_called_off_with_its_project_and_comes_back_with_it(
    world: World, jo: Actor, acme: ProjectView
) -> None:
    switch_on(world, jo, now=EVENING, project_id=acme.id)
    switch_on(world, jo, now=EVENING)
    profiles = ProjectProfiles(world.database, {KIND: SORT}, {KIND: steps.correct})
    run(world, POSTED)

    def lines_of(do: Callable[[], object]) -> list[tuple[Operation, bool]]:
        return [(each.operation, steps.CALLED_OFF in each.key) for each in world.said_by(do)]

    edited, old_line, new_line = (Operation.UPDATE, False), (Operation.UPDATE, True), (Operation.POST, True)
    archived = lines_of(lambda: profiles.archive(jo, acme.id, "Over", origin=world.origin(), now=POSTED))
    assert archived == [edited, edited, new_line, edited], "only of the project's own meeting"
    reopened = lines_of(lambda: profiles.reopen(jo, acme.id, origin=world.origin(), now=POSTED))
    assert reopened == [edited, edited, old_line, new_line]


@pytest.mark.usefixtures("acme")
def test_people_take_turns_and_whoever_cannot_come_is_relieved(
    world: World, agendas: Agendas, jo: Actor, dana: Actor
) -> None:
    lee, ada = world.person("Lee"), world.person("Ada")
    for number, manager in enumerate((lee, ada)):
        world.project(manager, key=f"P{number}", channel=f"C_{number}")
    switch_on(world, jo, now=EVENING)
    run(world, POSTED)
    before = page(world, dana, POSTED).agenda
    assert before.leader == ada.person
    assert before.note_taker == dana.person
    occurrence = before.time.occurrence_id
    said = world.said_by(lambda: agendas.come(ada, occurrence, can=False, origin=world.origin(), now=POSTED))
    assert {each.operation for each in said} == {Operation.UPDATE}
    after = page(world, dana, POSTED).agenda
    assert (after.leader, after.note_taker) == (dana.person, lee.person)
    assert after.absent == (ada.person,)
    agendas.come(ada, occurrence, can=True, origin=world.origin(), now=POSTED)
    assert page(world, dana, POSTED).agenda.leader == ada.person
    run(world, BEGUN)
    with pytest.raises(Invalid):
        agendas.come(ada, occurrence, can=False, origin=world.origin(), now=BEGUN)
    following = page(world, dana, BEGUN + timedelta(hours=2)).agenda
    assert (following.leader, following.note_taker) == (dana.person, ada.person)
    away = Wishes(None, NEXT.date())
    Settings(world.database).change(dana, away, origin=world.origin(), now=BEGUN)
    assert page(world, lee, BEGUN + timedelta(hours=2)).agenda.leader == lee.person


@pytest.mark.usefixtures("acme")
def test_the_number_of_statements_does_not_grow(world: World, agendas: Agendas, jo: Actor) -> None:
    meeting = switch_on(world, jo)
    bring(world, jo, meeting)
    with statements_of(world.database) as few:
        agendas.page(jo, now=NOW)
    for number in range(4):
        project = world.project(jo, key=f"P{number}", channel=f"C_{number}")
        bring(world, jo, meeting, f"Topic {number}", project_id=project.id)
    with statements_of(world.database) as many:
        agendas.page(jo, now=NOW)
    assert len(few) == len(many) <= MOST


@pytest.fixture
def minutes(world: World) -> Minutes:
    return Minutes(world.database)
