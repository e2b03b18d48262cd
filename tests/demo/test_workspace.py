"""What people see and hear: timelines, unread counts, changes; and what is kept between runs."""

import json
from datetime import timedelta
from pathlib import Path

from bot.demo.people.membership import Account
from bot.demo.server import Demo
from bot.demo.state.snapshot import restore, save
from bot.demo.values import ChangeKind
from models.value import replace
from tests.conftest import SetClock
from tests.demo.company import ACME, DANA, LUNCH, ROBIN, SAM, SHARED, FakeBot, modal, open_company
from tests.demo.running import at_once

BOT = "U01DRUMBEAT"


def test_twelve_people_in_believable_places(demo: Demo) -> None:
    people = demo.workspace.people
    assert len(people) == len({person.id for person in people}) == 12
    assert len({person.tz for person in people}) >= 10
    assert {"Engineer", "Project manager", "Delivery manager", "Guest", "Client at Acme"} <= {
        person.persona for person in people
    }


def test_everybody_sees_their_own_channels_and_the_apps_direct_message(demo: Demo) -> None:
    for person in demo.workspace.people:
        mine = demo.workspace.conversations_of(person.id)
        assert all(person.id in conversation.member_ids for conversation in mine)
        assert mine[-1].id == "D" + person.id[1:]
        assert mine[-1].name == "Drumbeat"
    assert [each.name for each in demo.workspace.conversations_of(ROBIN)] == ["acme-shared", "Drumbeat"]


def test_nobody_reads_where_they_are_not(demo: Demo) -> None:
    assert demo.workspace.timeline(SHARED, ROBIN)
    assert demo.workspace.timeline(ACME, ROBIN) == []
    assert demo.workspace.timeline("C09NONE", SAM) == []


def test_messages_have_names_of_their_own_in_order(demo: Demo) -> None:
    stamps = [demo.workspace.post(ACME, SAM, "at one moment").ts for _ in range(3)]
    assert stamps == sorted(set(stamps))


def test_unread_is_what_others_said_since(demo: Demo) -> None:
    workspace = demo.workspace
    assert workspace.unread(SAM) == {}
    workspace.post(ACME, BOT, "New risk")
    workspace.post(ACME, DANA, "Only for Dana", ephemeral_to=DANA)
    assert (workspace.unread(SAM), workspace.unread(DANA)) == ({ACME: 1}, {ACME: 1})
    workspace.post(ACME, SAM, "Seen")
    assert workspace.unread(SAM) == {ACME: 1}
    workspace.mark_read(SAM, ACME)
    assert workspace.unread(SAM) == {}


def test_pages_hear_of_what_their_person_may_see(demo: Demo) -> None:
    workspace = demo.workspace
    sams, danas = workspace.subscribe(SAM), workspace.subscribe(DANA)
    message = workspace.post(ACME, BOT, "All")
    workspace.post(ACME, BOT, "Only Dana", ephemeral_to=DANA)
    workspace.modals.push(SAM, modal(), root=True)
    workspace.delete(message)
    workspace.end_subscriptions()

    async def heard() -> tuple[list[ChangeKind], list[ChangeKind]]:
        return [change.kind async for change in sams], [change.kind async for change in danas]

    for_sam, for_dana = at_once(heard())
    assert for_sam == [ChangeKind.MESSAGE, ChangeKind.VIEW, ChangeKind.DELETED]
    assert for_dana == [ChangeKind.MESSAGE, ChangeKind.MESSAGE, ChangeKind.DELETED]


def test_what_was_said_is_kept_for_the_next_run(demo: Demo, clock: SetClock, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "workspace.json"
    said = demo.workspace.post(ACME, BOT, "Größe", metadata={"event_type": "x", "event_payload": {}})
    demo.workspace.post(ACME, BOT, "Only Sam", ephemeral_to=SAM)
    demo.workspace.mark_read(SAM, ACME)
    save(demo.workspace, path)
    later = open_company(FakeBot(), clock).workspace
    assert restore(later, path)
    assert later.timeline(ACME, SAM)[-1] == said
    assert (later.unread(SAM), later.unread(DANA)) == ({}, {ACME: 1})
    assert later.post(ACME, SAM, "Next").ts > said.ts


def test_who_is_what_and_where_is_kept_too(demo: Demo, clock: SetClock, tmp_path: Path) -> None:
    path, sam, membership = tmp_path / "workspace.json", demo.workspace.person(SAM), demo.gestures.membership
    lunch = demo.workspace.conversation(LUNCH)
    assert sam is not None
    assert lunch is not None
    assert BOT not in lunch.member_ids
    membership.invite(sam, lunch, BOT)
    acme = demo.workspace.conversation(ACME)
    assert acme is not None
    membership.remove(sam, acme, DANA)
    membership.share(sam, acme)
    membership.change_account(DANA, Account("Asia/Tokyo", is_guest=True))
    general = demo.workspace.conversation("C01BOREALIS")
    assert general is not None
    membership.archive(sam, general)
    save(demo.workspace, path)

    later = open_company(FakeBot(), clock).workspace
    assert restore(later, path)
    for channel_id in (LUNCH, ACME, "C01BOREALIS"):
        assert later.conversation(channel_id) == demo.workspace.conversation(channel_id)
    dana = later.person(DANA)
    assert dana is not None
    assert (dana.tz, dana.tz_offset, dana.is_guest) == ("Asia/Tokyo", 9 * 3600, True)
    assert dana.real_name == "Dana Ortiz"


def test_a_file_of_an_earlier_version_is_still_read(demo: Demo, clock: SetClock, tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    save(demo.workspace, path)
    content = json.loads(path.read_text())
    del content["people"], content["conversations"]
    path.write_text(json.dumps(content))
    later = open_company(FakeBot(), clock).workspace
    assert restore(later, path)
    assert later.people == demo.workspace.people


def test_a_first_run_has_nothing_to_take_up(demo: Demo, tmp_path: Path) -> None:
    before = demo.workspace.timeline(ACME, SAM)
    assert not restore(demo.workspace, tmp_path / "workspace.json")
    assert demo.workspace.timeline(ACME, SAM) == before


def test_people_are_as_far_from_utc_as_it_is_on_that_day(demo: Demo, clock: SetClock) -> None:
    dana = demo.workspace.person(DANA)
    assert dana is not None
    assert dana.tz_offset == -7 * 3600
    clock.forward(timedelta(days=30))
    demo.workspace.clock_changed()
    assert demo.workspace.person(DANA) == replace(dana, tz_offset=-8 * 3600)
