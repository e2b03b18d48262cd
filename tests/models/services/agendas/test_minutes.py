"""Minutes: who is asked for them, what becomes of them, and how past meetings are turned over."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.commands import EntryMinutes, MinutesFields, NewAction
from models.errors import Conflict, Invalid, NotFound
from models.read_models import Actor, ProjectView
from models.read_models.home import HomePages
from models.reports.home import Homes
from models.rules.agendas.entries import Cause
from models.rules.delivery import NoticeKind, Operation
from models.rules.mornings.paces import morning_of
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import RaidKind
from models.services.agendas.minutes import Minutes
from models.services.agendas.mornings import gather
from models.services.mornings.contributions import Batch, Recipient, heard
from models.services.rituals.switched_on import SwitchedOn
from models.services.settings import Settings, Wishes
from models.tables import action_items, minute_points, raid_items
from tests.models.meetings import (
    AFTER,
    BEGUN,
    EVENING,
    FORTNIGHT,
    NEXT,
    POSTED,
    ROOM,
    bring,
    hold,
    page,
    run,
    switch_on,
)
from tests.models.world import NOW, World


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

    def waits(who: Actor, days: int) -> list[str]:
        home = Homes(world.database).of(who, HomePages(), now=AFTER + timedelta(days=days))
        assert home.minutes.late == (home.minutes.total and days > 1)
        return [each.meeting for each in home.minutes.first]

    assert [asked(days) for days in (0, 1, 2, 5, 6, 9)] == [[], *(["Dana"] for _ in range(4)), []]
    assert [len(waits(dana, days)) for days in (0, 1, 2, 5, 6, 9)] == [0, 1, 1, 1, 1, 0], "Home says the same"
    assert waits(jo, 1) == []
    away = Wishes(None, BEGUN.date() + timedelta(days=1))
    Settings(world.database).change(dana, away, origin=world.origin(), now=NOW)
    assert [asked(days) for days in (1, 2)] == [["Jo"], ["Dana"]]
    assert [len(waits(jo, days)) for days in (1, 2)] == [1, 0]
    minutes.write(jo, agenda_id, MinutesFields(other="Cake"), origin=world.origin(), now=AFTER)
    assert (asked(2), waits(dana, 2)) == ([], [])


def test_who_did_not_see_what_another_wrote_is_told_before_anything_is_added(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, _ = hold(world, jo, dana, acme)

    def write(who: Actor, said: str, version: int) -> int:
        fields = MinutesFields(other=said)
        return minutes.write(
            who, agenda_id, fields, version=version, origin=world.origin(), now=AFTER
        ).version

    assert write(jo, "Cake", 0) == 1
    with pytest.raises(Conflict) as conflict:
        write(dana, "No cake", 0)
    assert (conflict.value.by, [each.after for each in conflict.value.changes]) == (jo.person, ["Cake"])
    assert conflict.value.current.version == 1
    assert [write(dana, "No cake", 1), write(dana, "Tea", 1)] == [2, 3], "one's own words are known"


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
        [decision] = session.execute(select(raid_items)).all()
        assert (decision.status, decision.outcome) == (RaidStatus.DECIDED, "Yes, drop it.")
        actions = {item.title: item for item in session.execute(select(action_items)).all()}
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
    assert world.count(minute_points) == 6


def test_what_a_status_asked_is_decided_by_minutes_and_asked_again_where_they_are_taken_back(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    world.status(dana, acme, decision="Start without the map?")
    switch_on(world, jo, now=EVENING)
    run(world, POSTED)
    run(world, AFTER)
    found = minutes.page(dana, now=AFTER)
    assert found is not None
    agenda_id = found.minutes.agenda.id
    assert agenda_id is not None

    def asked() -> bool:
        slots = page(world, dana, AFTER).agenda.plan.slots
        return any(each.cause is Cause.DECISION for slot in slots for each in slot.matter.reasons)

    assert asked()
    fields = MinutesFields((EntryMinutes(acme.id, "Yes, without it."),))
    minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER)
    assert not asked()
    with world.database.read() as session:
        [decision] = session.execute(select(raid_items)).all()
    assert (decision.title, decision.outcome) == ("Start without the map?", "Yes, without it.")
    minutes.take_back(dana, agenda_id, origin=world.origin(), now=AFTER)
    assert asked()


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
        titles = {item.title: item.status for item in session.execute(select(raid_items)).all()}
    assert titles == {"Drop SSO?": RaidStatus.OPEN, "Share the code?": RaidStatus.DECIDED}


def test_whoever_may_not_decide_writes_a_decision_of_their_own(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, entries = hold(world, jo, dana, acme)
    fields = MinutesFields((EntryMinutes(entries["ACME"], "No."),))
    minutes.write(world.person("Sam"), agenda_id, fields, origin=world.origin(), now=AFTER)
    with world.database.read() as session:
        found = {
            item.number: (item.title, item.status, item.outcome)
            for item in session.execute(select(raid_items)).all()
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
    assert set(refused.value.problems) == {f"owner_id {acme.id}", f"due_on {acme.id}"}
    assert world.count(minute_points) == world.count(action_items) == 0
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
