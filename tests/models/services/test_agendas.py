"""Meetings: which comes next, what people bring, what is posted, and whose turn it is."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from models.commands import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    EntryMinutes,
    MinutesFields,
    NewAction,
    RitualFields,
    TopicFields,
)
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, AgendaPage, Meeting, MinutesView, ProjectView, TopicView
from models.rules.actions import ActionStatus
from models.rules.agendas.entries import Cause
from models.rules.delivery import NoticeKind, Operation
from models.rules.mornings.paces import morning_of
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.rituals.recurrence import OnHoliday, Weekly
from models.rules.rituals.steps import Preset, RitualSort, StepRule
from models.services.agendas import steps
from models.services.agendas.book import Agendas
from models.services.agendas.meetings import KIND, PEOPLE, PROJECTS
from models.services.agendas.minutes import Minutes
from models.services.agendas.mornings import gather
from models.services.agendas.readings import AgendaReadings
from models.services.audit import history
from models.services.mornings.contributions import Batch, Recipient, heard
from models.services.rituals.catalogue import Rituals
from models.services.rituals.past import PastRitual, PastRituals
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.readings import RitualReadings
from models.services.rituals.rows import step_id_of
from models.services.rituals.running import StepRunner
from models.services.rituals.switched_on import SwitchedOn
from models.services.rituals.times import RitualTimes
from models.services.settings import Settings, Wishes
from models.tables import ActionItem, Agenda, MeetingTopic, MinutePoint, RaidItem
from tests.models.world import NOW, World, statements_of

MEETING = Preset("Delivery – PM", "", frozenset({2}), time(15), 2, "Europe/Berlin", 60)
SORT = RitualSort(
    KIND,
    "Meeting",
    "Meets.",
    (
        StepRule(steps.POST, working_days=-1, at=time(9), is_main=True),
        StepRule(
            steps.DETAILS,
            working_days=-1,
            at=time(9),
            after=timedelta(seconds=1),
            operation=Operation.REPLY,
            about=steps.POST,
        ),
        StepRule(
            steps.DATE,
            working_days=-1,
            at=time(9),
            after=timedelta(seconds=2),
            operation=Operation.FILE,
            about=steps.POST,
        ),
        StepRule(steps.REFRESH, operation=Operation.UPDATE, about=steps.POST),
        StepRule(steps.MINUTES, after=timedelta(hours=1), operation=Operation.REPLY, about=steps.POST),
    ),
    needs_project=False,
)
ACTS = {(KIND, steps.POST): steps.draw_up, (KIND, steps.REFRESH): steps.close}
ROOM = "C_DELIVERY"
EVENING = NOW + timedelta(hours=9)
"""Too late for a meeting on this Wednesday: the first is in a week."""
FORTNIGHT = timedelta(weeks=2)
POSTED = datetime.fromisoformat("2026-10-20T08:00+00:00")
BEGUN = datetime.fromisoformat("2026-10-21T13:00+00:00")
NEXT = datetime.fromisoformat("2026-11-04T14:00+00:00")
"""The clocks change between the two."""
MOST = 35


@pytest.fixture
def agendas(world: World) -> Agendas:
    return Agendas(world.database)


@pytest.fixture
def jo(world: World) -> Actor:
    return world.delivery_manager("Jo")


@pytest.fixture
def dana(world: World) -> Actor:
    return world.person("Dana")


@pytest.fixture
def acme(world: World, dana: Actor) -> ProjectView:
    return world.project(dana)


def switch_on(
    world: World, jo: Actor, preset: Preset = MEETING, channel: str = ROOM, now: datetime = NOW
) -> Meeting:
    """Have a meeting come round, for the first time on its next weekday."""
    zone = ZoneInfo(preset.timezone or "Europe/Berlin")
    days = (now.date() + timedelta(days=ahead) for ahead in range(8))
    times = (datetime.combine(day, preset.at, zone) for day in days if day.weekday() in preset.weekdays)
    first = next(at for at in times if at > now)
    past = PastRitual(
        KIND,
        preset.name,
        Weekly(preset.weekdays, preset.at, first.date(), preset.interval),
        zone.key,
        now,
        channel_id=channel,
        duration_minutes=preset.duration_minutes,
        on_holiday=OnHoliday.KEEP,
        settings=preset.settings,
    )
    ritual_id = PastRituals(world.database).take_over(jo, past, now=now)
    return next(each for each in Agendas(world.database).meetings(jo, now=now) if each.ritual.id == ritual_id)


def bring(
    world: World, actor: Actor, meeting: Meeting, title: str = "Who covers July?", **more: UUID
) -> TopicView:
    fields = TopicFields(title, **more)
    origin = world.origin()
    return Agendas(world.database).add_topic(actor, meeting.ritual.id, fields, origin=origin, now=NOW)


def run(world: World, now: datetime) -> None:
    sorts = {KIND: SORT}
    while RitualPlanner(world.database, sorts).plan(now=now):
        pass
    while StepRunner(world.database, sorts, ACTS).run(now=now):
        pass


def page(world: World, actor: Actor, now: datetime = NOW, channel: str | None = None) -> AgendaPage:
    found = Agendas(world.database).page(actor, channel_id=channel, now=now)
    assert found is not None
    return found


def on_agenda(found: AgendaPage) -> list[tuple[str, str]]:
    """Return each entry's name and what it says first."""
    return [(slot.matter.name, slot.matter.reasons[0].text) for slot in found.agenda.plan.slots]


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
    assert world.count(MeetingTopic) == 2


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


@pytest.mark.parametrize("title", ["", "  ", "x" * (TITLE_LENGTH + 1)])
def test_a_topic_that_says_nothing_or_too_much_is_refused_on_its_field(
    world: World, jo: Actor, title: str
) -> None:
    meeting = switch_on(world, jo)
    with pytest.raises(Invalid) as refused:
        bring(world, jo, meeting, title)
    assert list(refused.value.problems) == ["title"]
    assert world.count(MeetingTopic) == 0


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
    assert world.count(Agenda) == 1


def _add(world: World, actor: Actor, meeting: Meeting, title: str, now: datetime, project_id: UUID) -> None:
    fields = TopicFields(title, project_id)
    Agendas(world.database).add_topic(actor, meeting.ritual.id, fields, origin=world.origin(), now=now)


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


def test_a_meeting_can_be_skipped_after_its_agenda_was_posted_and_held_after_all(
    world: World, minutes: Minutes, jo: Actor, dana: Actor
) -> None:
    meeting = switch_on(world, jo, now=EVENING)
    times = RitualTimes(world.database, {KIND: SORT}, {KIND: steps.correct})
    run(world, POSTED)
    posted = page(world, jo, POSTED)
    assert posted.may_skip
    assert not page(world, dana, POSTED).may_skip
    with pytest.raises(NotAllowed):
        times.skip(dana, meeting.ritual.id, posted.agenda.time.key, origin=world.origin(), now=POSTED)

    def skip() -> None:
        times.skip(jo, meeting.ritual.id, origin=world.origin(), now=POSTED)

    said = world.said_by(skip)
    assert {each.operation for each in said} == {Operation.UPDATE}
    assert len(said) == 2, "the agenda and its details, each in its place"
    following = page(world, jo, POSTED).agenda.time
    assert following.starts_at == NEXT

    back = world.said_by(
        lambda: times.unskip(jo, meeting.ritual.id, posted.agenda.time.key, origin=world.origin(), now=POSTED)
    )
    assert len(back) == 2
    assert page(world, jo, POSTED).agenda.time == posted.agenda.time
    later = posted.agenda.time.starts_at + timedelta(hours=1)
    said = world.said_by(
        lambda: times.put_off(jo, meeting.ritual.id, later, origin=world.origin(), now=POSTED)
    )
    assert [each.operation for each in said] == [Operation.UPDATE, Operation.UPDATE, Operation.FILE]
    assert page(world, jo, POSTED).agenda.time.starts_at == later
    skip()
    run(world, BEGUN + timedelta(hours=1))
    run(world, AFTER)
    assert minutes.page(jo, now=AFTER) is None, "nobody is asked what a meeting agreed that was not held"
    assert page(world, jo, AFTER).agenda.leader == posted.agenda.leader, "it was nobody's turn"


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


AFTER = BEGUN + timedelta(hours=2)


@pytest.fixture
def minutes(world: World) -> Minutes:
    return Minutes(world.database)


def hold(world: World, jo: Actor, dana: Actor, acme: ProjectView) -> tuple[UUID, dict[str, UUID]]:
    """Hold a meeting with a waiting decision and a topic; return its agenda and its entries by name."""
    meeting = switch_on(world, jo, now=EVENING)
    world.item(dana, acme, RaidKind.DECISION, "Drop SSO?", due_on=BEGUN.date())
    bring(world, dana, meeting, "Who covers July?")
    run(world, POSTED)
    run(world, AFTER)
    page = Minutes(world.database).page(dana, now=AFTER)
    assert page is not None
    agenda = page.minutes.agenda
    assert agenda.id is not None
    return agenda.id, {slot.matter.name: slot.matter.id for slot in agenda.plan.slots}


def test_mornings_ask_for_minutes_until_they_are_there_of_who_took_notes_or_else_led(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, _ = hold(world, jo, dana, acme)
    agenda = minutes.page(dana, now=AFTER)
    assert agenda is not None
    assert agenda.minutes.agenda.leader == dana.person, "nobody else comes, so nobody takes notes"

    def asked(days: int) -> list[str]:
        zone = ZoneInfo("Europe/Berlin")
        morning = morning_of(BEGUN.date() + timedelta(days=days), zone)
        assert morning is not None
        people = [Recipient(each.person, zone, morning) for each in (dana, jo)]
        batch = Batch(world.workspace_id, people, SwitchedOn(()), frozenset(), morning.at)
        with world.database.read() as session:
            items = list(heard(gather(session, batch), "minutes", batch.people))
        assert {item.entity_id for item in items} <= {agenda_id}
        return [each.person.name for each in (dana, jo) if any(i.person_id == each.person.id for i in items)]

    assert [asked(days) for days in (0, 1, 2, 5, 9)] == [[], ["Dana"], ["Dana"], ["Dana"], []]
    away = Wishes(None, BEGUN.date() + timedelta(days=1))
    Settings(world.database).change(dana, away, origin=world.origin(), now=NOW)
    assert [asked(days) for days in (1, 2)] == [["Jo"], ["Dana"]]
    minutes.write(jo, agenda_id, MinutesFields(other="Cake"), origin=world.origin(), now=AFTER)
    assert asked(2) == []


def test_minutes_become_the_decision_that_was_waited_for_and_actions(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, entries = hold(world, jo, dana, acme)
    call = NewAction("Tell Robin", jo.person.id, NEXT.date())
    plan = NewAction("Draw up the plan", dana.person.id, NEXT.date())
    fields = MinutesFields(
        (EntryMinutes(entries["ACME"], "Yes, drop it.", call), EntryMinutes(entries[""], "Lee does", plan)),
        "Next time in the big room",
    )
    origin = world.origin()
    said = world.said_by(lambda: minutes.write(dana, agenda_id, fields, origin=origin, now=AFTER))
    again = minutes.write(dana, agenda_id, fields, origin=origin, now=AFTER)
    assert [(each.label, each.project_key, each.text, each.after) for each in again.points] == [
        ("Decided", "ACME", "Yes, drop it.", "ACME-DEC1"),
        ("To do", "ACME", "Tell Robin", "Jo, by 4 Nov"),
        ("Decided", "", "Lee does", ""),
        ("To do", "", "Draw up the plan", "Dana, by 4 Nov"),
        ("Also", "", "Next time in the big room", ""),
    ]
    assert again.writers == (dana.person,)
    with world.database.read() as session:
        [decision] = session.query(RaidItem).all()
        assert (decision.status, decision.outcome) == (RaidStatus.DECIDED, "Yes, drop it.")
        actions = {item.title: item for item in session.query(ActionItem).all()}
    assert actions["Tell Robin"].project_id == acme.id
    assert actions["Draw up the plan"].project_id is None
    assert {item.source_id for item in actions.values()} == {agenda_id}
    told = [(each.kind, each.operation) for each in said if each.channel == ROOM]
    assert told == [
        (NoticeKind.MEETING_MINUTES, Operation.REPLY),
        (NoticeKind.RITUAL_STEP, Operation.UPDATE),
    ]
    more = MinutesFields(other="And bring cake")
    later = world.said_by(lambda: minutes.write(jo, agenda_id, more, origin=world.origin(), now=AFTER))
    assert [each.operation for each in later] == [Operation.UPDATE, Operation.UPDATE]
    assert world.count(MinutePoint) == 6


def test_a_topic_about_a_project_has_minutes_of_its_own(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    meeting = switch_on(world, jo, now=EVENING)
    world.item(dana, acme, RaidKind.DECISION, "Drop SSO?", due_on=BEGUN.date())
    topic = bring(world, dana, meeting, "Share the code?", project_id=acme.id)
    run(world, POSTED)
    run(world, AFTER)
    found = minutes.page(dana, now=AFTER)
    assert found is not None
    agenda = found.minutes.agenda
    assert agenda.id is not None
    assert {slot.matter.id for slot in agenda.plan.slots} == {acme.id, topic.id}
    call = NewAction("Tell Robin", jo.person.id, NEXT.date())
    fields = MinutesFields((EntryMinutes(topic.id, "Yes, share it.", call),))
    written = minutes.write(dana, agenda.id, fields, origin=world.origin(), now=AFTER)
    assert [(each.project_key, each.text) for each in written.points] == [
        ("ACME", "Yes, share it."),
        ("ACME", "Tell Robin"),
    ]
    with world.database.read() as session:
        titles = {item.title: item.status for item in session.query(RaidItem).all()}
    assert titles == {"Drop SSO?": RaidStatus.OPEN, "Yes, share it.": RaidStatus.DECIDED}


def test_whoever_may_not_decide_writes_a_decision_of_their_own(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, entries = hold(world, jo, dana, acme)
    fields = MinutesFields((EntryMinutes(entries["ACME"], "No."),))
    minutes.write(world.person("Sam"), agenda_id, fields, origin=world.origin(), now=AFTER)
    with world.database.read() as session:
        found = {
            item.number: (item.title, item.status, item.outcome) for item in session.query(RaidItem).all()
        }
    assert found == {1: ("Drop SSO?", RaidStatus.OPEN, ""), 2: ("Drop SSO?", RaidStatus.DECIDED, "No.")}


def test_minutes_are_refused_whole_with_a_sentence_beside_each_field(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, entries = hold(world, jo, dana, acme)
    with pytest.raises(Invalid) as nothing:
        minutes.write(dana, agenda_id, MinutesFields(), origin=world.origin(), now=AFTER)
    assert list(nothing.value.problems) == ["other"]
    late = NewAction("Tell Robin", None, BEGUN.date() - FORTNIGHT)
    fields = MinutesFields((EntryMinutes(entries[""], "Fine"), EntryMinutes(entries["ACME"], "Yes", late)))
    with pytest.raises(Invalid) as refused:
        minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER)
    assert set(refused.value.problems) == {"owner_id 1", "due_on 1"}
    assert world.count(MinutePoint) == world.count(ActionItem) == 0
    for actor in (World(world.database, "T_OTHER").delivery_manager("Jo"),):
        with pytest.raises(NotFound):
            minutes.write(actor, agenda_id, MinutesFields(other="x"), origin=world.origin(), now=AFTER)


def test_past_meetings_are_turned_over_one_by_one(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    assert minutes.page(dana, now=NOW) is None
    first, _ = hold(world, jo, dana, acme)
    run(world, NEXT - timedelta(hours=20))
    run(world, NEXT)
    last = minutes.page(dana, now=NEXT)
    assert last is not None
    assert (last.earlier_id, last.later_id) == (first, None)
    before = minutes.page(dana, agenda_id=first, now=NEXT)
    assert before is not None
    assert before.later_id == last.minutes.agenda.id
    assert page(world, dana, NEXT + timedelta(hours=2)).last_id == last.minutes.agenda.id


def test_whoever_wrote_minutes_takes_them_back_with_all_that_they_made(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, entries = hold(world, jo, dana, acme)
    call = NewAction("Tell Robin", jo.person.id, NEXT.date())
    fields = MinutesFields((EntryMinutes(entries["ACME"], "Yes, drop it.", call),), "Bring cake")
    minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER)
    own = MinutesFields((EntryMinutes(entries["ACME"], "And no cookies."),))
    minutes.write(world.person("Sam"), agenda_id, own, origin=world.origin(), now=AFTER)

    def back(actor: Actor, now: datetime = AFTER, receipt: str | None = None) -> MinutesView:
        return minutes.take_back(actor, agenda_id, origin=world.origin(receipt), now=now)

    for actor, now, problem in ((jo, AFTER, "nothing of yours"), (dana, NEXT, "longer than")):
        with pytest.raises(Invalid, match=problem):
            back(actor, now)
        with pytest.raises(Invalid, match=problem):
            minutes.require_fresh(actor, agenda_id, now=now)
    minutes.require_fresh(dana, agenda_id, now=AFTER)
    shown = minutes.page(dana, now=AFTER)
    assert shown is not None
    assert shown.may_take_back
    left = back(dana, receipt="click")
    assert back(dana, receipt="click") == left
    assert [each.text for each in left.points] == ["And no cookies."]
    said = world.said_by(lambda: back(world.person("Sam")))
    assert [(each.kind, each.operation) for each in said if each.channel == ROOM] == [
        (NoticeKind.MEETING_MINUTES, Operation.DELETE),
        (NoticeKind.RITUAL_STEP, Operation.UPDATE),
    ]
    with world.database.read() as session:
        found = {item.number: (item.status, item.withdrawn_at) for item in session.query(RaidItem).all()}
        [action] = session.query(ActionItem).all()
    assert found[1] == (RaidStatus.OPEN, None), "it waits to be decided again"
    assert found[2][1] is not None, "it was none"
    assert action.status is ActionStatus.CANCELLED

    minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER)
    [again] = [item for item in world.actions.open_of(jo, jo.person.id) if item.title == "Tell Robin"]
    world.actions.settle(jo, again.id, ActionStatus.DONE, origin=world.origin(), now=AFTER)
    with pytest.raises(Invalid, match="done already"):
        back(dana)
    assert minutes.page(dana, now=AFTER) is not None


def test_each_thing_that_was_agreed_is_changed_where_it_is_kept(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, entries = hold(world, jo, dana, acme)
    call = NewAction("Tell Robin", jo.person.id, NEXT.date())
    fields = MinutesFields((EntryMinutes(entries["ACME"], "Yes, drop it.", call),), "Bring cake")
    decided, promised, also = minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER).points
    for record in (decided, promised):
        assert not record.is_text
        with pytest.raises(Invalid, match="record of its own"):
            minutes.point(jo, record.id)
    assert promised.action_id is not None
    settle = partial(
        world.actions.settle, jo, promised.action_id, ActionStatus.CANCELLED, "No need", origin=world.origin()
    )
    said = world.said_by(lambda: settle(now=AFTER))
    assert (NoticeKind.MEETING_MINUTES, Operation.UPDATE) in [(each.kind, each.operation) for each in said]

    def change(text: str) -> None:
        minutes.change_point(jo, also.id, text, origin=world.origin(), now=AFTER)

    def agreed() -> list[tuple[str, str]]:
        shown = minutes.page(jo, now=AFTER)
        assert shown is not None
        return [(each.text, each.after) for each in shown.minutes.points]

    assert [each.operation for each in world.said_by(lambda: change("Bring a big cake"))] == [
        Operation.UPDATE,
        Operation.UPDATE,
    ]
    kept = [("Yes, drop it.", "ACME-DEC1"), ("Tell Robin", "Jo, cancelled")]
    assert agreed() == [*kept, ("Bring a big cake", "")]
    with pytest.raises(Invalid):
        change("x" * (TEXT_LENGTH + 1))
    change("  ")
    assert agreed() == kept
    with pytest.raises(NotFound):
        change("Too late")
