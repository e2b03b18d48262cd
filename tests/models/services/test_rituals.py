"""Rituals as people switch them on and end them, who may, and what is told of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from threading import Barrier
from typing import Any

import pytest

from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.rules.access import ProjectRole
from models.rules.rituals.recurrence import Once, OnHoliday, Weekly
from models.rules.rituals.steps import AroundRitual, RitualState
from models.tables import audit_entries, ritual_occurrences, rituals
from models.value import replace
from tests.models.ritual_desk import (
    MONDAY,
    WEDNESDAY,
    WEDNESDAYS,
    Desk,
    at,
    fields_of,
    wanted,
)
from tests.models.rituals import next_due_of
from tests.models.world import World, statements_of


def test_nothing_runs_until_somebody_switches_it_on_and_then_it_comes_round(desk: Desk) -> None:
    desk.through(MONDAY, 1)
    assert desk.world.said() == []
    ritual = desk.switch_on()
    assert ritual.words == "every second Wednesday at 15:00, Los Angeles time"
    assert next_due_of(desk.world.database, ritual.id) == at(9, 15)
    desk.through(MONDAY, 10)
    assert desk.times_of(ritual) == [(WEDNESDAY, "held")]
    assert len(desk.world.said()) == 2
    assert [each.action for each in desk.rituals.card(desk.jo, ritual.id, now=MONDAY).history] == [
        "switched_on"
    ]


def test_a_meeting_that_is_switched_on_after_its_agenda_was_due_has_it_at_once(desk: Desk) -> None:
    now = at(14, 8)
    ritual = desk.switch_on(now=now)
    desk.work(now)
    assert desk.due(ritual) == [
        ("collect", at(9, 15), "skipped"),
        ("post", now, "done"),
        ("refresh", at(14, 15), "waiting"),
    ]
    assert desk.next_days(ritual, now)[:2] == [WEDNESDAY, "2026-01-28T15:00"]


def test_one_that_ended_says_nothing_more_and_cannot_be_changed(desk: Desk) -> None:
    ritual, world = desk.switch_on(), desk.world
    desk.work(at(12, 9))
    with pytest.raises(Invalid, match="why it ends"):
        desk.rituals.end(desk.jo, ritual.id, " ", origin=world.origin(), now=at(12, 9))
    ended = desk.rituals.end(desk.jo, ritual.id, "We meet no more.", origin=world.origin(), now=at(12, 9))
    assert ended.ritual.state is RitualState.ENDED
    desk.through(at(12, 9), 20)
    assert world.said() == []
    with pytest.raises(Invalid, match="ended"):
        desk.rituals.editable(desk.jo, ritual.id, now=at(12, 9))
    page = desk.rituals.page(desk.jo, now=MONDAY)
    assert (page.total, page.ended) == (0, 1)
    assert desk.rituals.page(desk.jo, is_ended=True, now=MONDAY).lines[0].setup.id == ritual.id


def test_a_second_that_would_do_nothing_is_refused(desk: Desk) -> None:
    ritual = desk.switch_on(kind="watch")
    with pytest.raises(Invalid, match=f"{ritual.reference} is on already"):
        desk.switch_on(kind="watch")
    desk.switch_on(kind="watch", project_id=desk.world.project(desk.jo).id)
    desk.rituals.end(desk.jo, ritual.id, "Nobody looks.", origin=desk.world.origin(), now=MONDAY)
    desk.switch_on(kind="watch")


@pytest.mark.parametrize("is_projects", [True, False])
def test_of_two_who_switch_on_the_same_in_one_instant_one_is_refused(desk: Desk, is_projects: bool) -> None:  # noqa: FBT001 - a parameter.
    project_id = desk.world.project(desk.jo).id if is_projects else None
    number = 4
    ready = Barrier(number)

    def switch_on() -> bool:
        ready.wait()
        try:
            desk.switch_on(kind="watch", project_id=project_id)
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(number) as pool:
        done = [each.result() for each in [pool.submit(switch_on) for _ in range(number)]]
    assert done.count(True) == 1
    assert len(desk.rituals.names(desk.jo, now=MONDAY)) == 1


def test_who_may(desk: Desk) -> None:
    world = desk.world
    dana, sam, mia = world.person("Dana"), world.person("Sam"), world.person("Mia")
    project = world.project(dana)
    world.give_role(mia, project, ProjectRole.MEMBER)
    of_project = wanted(kind="reminder", settings={"text": "Hi"}, project_id=project.id)
    for actor in (sam, mia):
        for said in (of_project, wanted()):
            with pytest.raises(NotAllowed):
                desk.rituals.switch_on(actor, said, origin=world.origin(), now=MONDAY)
    with pytest.raises(NotAllowed):
        desk.rituals.switch_on(dana, wanted(), origin=world.origin(), now=MONDAY)
    said = replace(of_project, owner_id=mia.person.id)
    ritual = desk.rituals.switch_on(dana, said, origin=world.origin(), now=MONDAY).setup
    assert desk.rituals.card(sam, ritual.id, now=MONDAY).may_change is False
    for actor, may_change in ((sam, False), (mia, True), (dana, True)):
        assert [line.may_change for line in desk.rituals.page(actor, now=MONDAY).lines] == [may_change]
    for act in (desk.times.skip, desk.times.run_now, desk.rituals.pause):
        with pytest.raises(NotAllowed) as refused:
            act(sam, ritual.id, origin=world.origin(), now=MONDAY)
        assert refused.value.ask == ("Dana",)
    desk.rituals.pause(mia, ritual.id, origin=world.origin(), now=MONDAY)
    with pytest.raises(NotFound):
        desk.rituals.card(World(world.database, "T_OTHER").person("Eve"), ritual.id, now=MONDAY)


def test_somebody_who_was_faster_is_told_of(desk: Desk) -> None:
    ritual = desk.switch_on()
    desk.edit(ritual, MONDAY, name="Delivery")
    with pytest.raises(Conflict) as conflict:
        desk.rituals.edit(
            desk.jo, ritual.id, fields_of(ritual), version=1, origin=desk.world.origin(), now=MONDAY
        )
    assert [(each.field, each.after) for each in conflict.value.changes] == [("name", "Delivery")]
    assert desk.world.count(audit_entries) == 2


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"timezone": "PST"}, "timezone", "PST says no place. Type America/Los_Angeles"),
        ({"timezone": "gmt"}, "timezone", "Type Europe/London"),
        ({"timezone": "Moon"}, "timezone", "such as Europe/Berlin"),
        ({"country": "Narnia"}, "country", "two letters"),
        ({"channel_id": None}, "channel_id", "channel"),
        ({"kind": "dance"}, "kind", "Choose"),
        ({"kind": "reminder"}, "text", "Fill this in"),
        ({"timing": Weekly(frozenset(), time(9), date(2026, 1, 1))}, "weekdays", "a day"),
        ({"timing": replace(WEDNESDAYS, interval=0)}, "interval", "from 1"),
        ({"timing": Once(datetime.combine(date(2025, 1, 1), time(9)))}, "on", "passed"),
        (
            {
                "timing": Weekly(frozenset({5}), time(9), date(2026, 1, 1)),
                "on_holiday": OnHoliday.SKIP,
            },
            "on_holiday",
            "never comes round",
        ),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(
    desk: Desk, fields: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        desk.rituals.switch_on(desk.jo, wanted(**fields), origin=desk.world.origin(), now=MONDAY)
    assert words in refused.value.problems[field]
    assert desk.world.count(rituals) == 0


def test_meetings_that_share_people_and_time_are_named(desk: Desk) -> None:
    desk.switch_on()
    second = wanted(replace(WEDNESDAYS, at=time(15, 30)), name="Delivery – PO/QA")
    on = desk.rituals.switch_on(desk.jo, second, origin=desk.world.origin(), now=MONDAY)
    assert on.clashes == ("Delivery – PM",)
    assert on.next_at == at(14, 15, 30)
    later = wanted(replace(WEDNESDAYS, anchor=date(2026, 1, 7)), name="Other week")
    assert desk.rituals.switch_on(desk.jo, later, origin=desk.world.origin(), now=MONDAY).clashes == ()


def test_the_next_dates_are_told_before_there_is_a_ritual(desk: Desk) -> None:
    found = desk.rituals.preview(desk.jo, wanted(), now=MONDAY)
    assert [f"{each:%m-%d %H}" for each in found.times] == [
        "01-14 23",
        "01-28 23",
        "02-11 23",
        "02-25 23",
        "03-11 22",
    ]
    # What has nothing to do with when it is may still be missing.
    assert desk.rituals.preview(desk.jo, wanted(kind="reminder", channel_id=None), now=MONDAY) == found
    with pytest.raises(Invalid, match="America/Los_Angeles"):
        desk.rituals.preview(desk.jo, wanted(timezone="PST"), now=MONDAY)
    assert desk.world.count(ritual_occurrences) == 0


def test_a_list_and_a_card_take_as_many_statements_for_one_as_for_many(desk: Desk) -> None:
    def cost() -> tuple[int, int]:
        with statements_of(desk.world.database) as listed:
            page = desk.rituals.page(desk.jo, now=MONDAY)
        with statements_of(desk.world.database) as shown:
            desk.rituals.card(desk.jo, page.lines[0].setup.id, now=MONDAY)
        return len(listed), len(shown)

    first = desk.switch_on()
    around = AroundRitual(first.id, 1, time(9))
    desk.switch_on(around, name="A recap")
    before = cost()
    for number in range(20):
        desk.switch_on(around if number % 2 else WEDNESDAYS, name=f"Meeting {number}")
    assert cost() == before
    assert desk.rituals.page(desk.jo, number=3, now=MONDAY).pages == 3


def test_a_list_is_in_one_order_over_all_its_pages(desk: Desk) -> None:
    world = desk.world
    acme = world.project(world.person("Dana"))
    for name in ("zebra", "Ant", "bee", "Yak", "cat", "dog"):
        desk.switch_on(name=name)
        desk.switch_on(name=f"{name} of Acme", project_id=acme.id)
    pages = [desk.rituals.page(desk.jo, number=number, now=MONDAY) for number in (1, 2)]
    found = [(line.setup.project_key, line.setup.reference) for page in pages for line in page.lines]
    ours = ["Ant", "bee", "cat", "dog", "Yak", "zebra"]
    assert found == [("", name) for name in ours] + [("ACME", f"{name} of Acme") for name in ours]


def test_the_trail_tells_only_the_settings_that_are_others_now(desk: Desk) -> None:
    ritual = desk.switch_on(settings={"roles": ["project_manager", "product_owner"]})
    desk.edit(ritual, MONDAY, name="Delivery", settings={"notes": ""})
    desk.edit(ritual, MONDAY, settings={"notes": "Here"})
    history = desk.rituals.card(desk.jo, ritual.id, now=MONDAY).history
    told = [[(item.field, item.before, item.after) for item in entry.changes] for entry in history]
    assert sorted(told) == [
        [],
        [("name", "Delivery – PM", "Delivery")],
        [("settings.notes", None, "Here")],
    ]
