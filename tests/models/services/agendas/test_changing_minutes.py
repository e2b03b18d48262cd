"""What minutes made: taken back by whoever wrote them, and changed where it is kept."""

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select

from models.commands import TEXT_LENGTH, EntryMinutes, MinutesFields, NewAction
from models.errors import Invalid, NotFound
from models.read_models import Actor, MinutesView, ProjectView
from models.rules.actions import ActionStatus
from models.rules.agendas.entries import Cause
from models.rules.delivery import NoticeKind, Operation
from models.rules.raid.states import RaidStatus
from models.services.agendas.book import Agendas
from models.services.agendas.minutes import Minutes
from models.tables import action_items, raid_items
from tests.models.meetings import (
    AFTER,
    NEXT,
    ROOM,
    bring,
    hold,
    page,
)
from tests.models.world import World


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
        found = {
            item.number: (item.status, item.withdrawn_at)
            for item in session.execute(select(raid_items)).all()
        }
        [action] = session.execute(select(action_items)).all()
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


def test_who_changes_what_somebody_else_has_changed_is_told_what_it_says(
    world: World, minutes: Minutes, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, _ = hold(world, jo, dana, acme)
    fields = MinutesFields(other="Bring cake")
    [point] = minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER).points
    seen = minutes.point(jo, point.id).fingerprint

    def change(text: str) -> None:
        minutes.change_point(jo, point.id, text, seen=seen, origin=world.origin(), now=AFTER)

    minutes.change_point(dana, point.id, "Bring pie", origin=world.origin(), now=AFTER)
    with pytest.raises(Invalid, match="It says now: “Bring pie”"):
        change("Bring a big cake")
    change("Bring pie")
    seen = minutes.point(jo, point.id).fingerprint
    change("Bring a big pie")
    shown = minutes.page(jo, now=AFTER)
    assert shown is not None
    assert [each.text for each in shown.minutes.points] == ["Bring a big pie"]


def test_what_the_agenda_lost_meanwhile_is_written_about_all_the_same(
    world: World, minutes: Minutes, agendas: Agendas, jo: Actor, dana: Actor, acme: ProjectView
) -> None:
    agenda_id, entries = hold(world, jo, dana, acme)
    meeting = next(each for each in agendas.meetings(dana, now=AFTER))
    general = bring(world, dana, meeting, "Who covers August?", now=AFTER)
    about = bring(world, dana, meeting, "Share the code?", now=AFTER, project_id=acme.id)
    other = world.project(dana, key="DELTA", channel="C_DELTA")
    assert not {general.id, about.id, other.id} & set(entries.values())
    call = NewAction("Tell Robin", jo.person.id, NEXT.date())
    fields = MinutesFields(
        (
            EntryMinutes(general.id, "Lee does"),
            EntryMinutes(about.id, "Yes, share it"),
            EntryMinutes(other.id, "Stop", call),
        )
    )

    def waiting() -> set[str]:
        slots = page(world, dana, AFTER).agenda.plan.slots
        return {slot.matter.reasons[0].detail for slot in slots if slot.matter.cause is Cause.TOPIC}

    brought = {"Who covers August?", "Share the code?"}
    assert brought <= waiting()
    written = minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER)
    assert [(each.label, each.project_key, each.text) for each in written.points] == [
        ("Decided", "", "Lee does"),
        ("Decided", "ACME", "Yes, share it"),
        ("Decided", "DELTA", "Stop"),
        ("To do", "DELTA", "Tell Robin"),
    ]
    assert not brought & waiting()
    minutes.take_back(dana, agenda_id, origin=world.origin(), now=AFTER)
    assert brought <= waiting(), "they wait for the next meeting again"
    elsewhere = World(world.database, "T_OTHER")
    for nothing in (agenda_id, elsewhere.project(elsewhere.person("Zoe")).id):
        fields = MinutesFields((EntryMinutes(nothing, "Yes"),))
        with pytest.raises(NotFound):
            minutes.write(dana, agenda_id, fields, origin=world.origin(), now=AFTER)
