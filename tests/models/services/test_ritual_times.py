"""Single times of rituals: skipped, put off and back, held once more."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.errors import Invalid, NotFound
from models.read_models import Origin, RitualSetup
from models.rules.rituals.recurrence import Weekly
from models.value import replace
from tests.models.ritual_desk import (
    MONDAY,
    WEDNESDAY,
    WEDNESDAYS,
    Desk,
    at,
    fields_of,
)


def test_one_is_skipped_and_brought_back_and_the_others_stay(desk: Desk) -> None:
    ritual, world = desk.switch_on(), desk.world
    desk.work(MONDAY)
    _, skipped = desk.times.skip(desk.jo, ritual.id, origin=world.origin(), now=MONDAY)
    assert skipped == at(14, 15)
    desk.times.skip(desk.jo, ritual.id, "2026-02-11T15:00", origin=world.origin(), now=MONDAY)
    coming = desk.rituals.card(desk.jo, ritual.id, now=MONDAY).coming
    assert [(each.name, each.is_skipped) for each in coming[:4]] == [
        (WEDNESDAY, True),
        ("2026-01-28T15:00", False),
        ("2026-02-11T15:00", True),
        ("2026-02-25T15:00", False),
    ]
    assert desk.rituals.page(desk.jo, now=MONDAY).lines[0].next_at == at(28, 15)
    desk.times.unskip(desk.jo, ritual.id, "2026-02-11T15:00", origin=world.origin(), now=MONDAY)
    with pytest.raises(Invalid, match="not skipped"):
        desk.times.unskip(desk.jo, ritual.id, "2026-02-11T15:00", origin=world.origin(), now=MONDAY)
    desk.edit(ritual, MONDAY, timing=replace(WEDNESDAYS, at=time(16)))
    desk.through(MONDAY, 45)
    assert desk.times_of(ritual) == [
        ("2026-01-14T16:00", "skipped"),
        ("2026-01-28T16:00", "held"),
        ("2026-02-11T16:00", "held"),
    ]
    kept = desk.rituals.card(desk.jo, ritual.id, now=MONDAY + timedelta(days=45)).adherence
    assert (kept.kept, kept.skipped, kept.missed) == (2, 1, 0)
    with pytest.raises(Invalid, match="over already"):
        desk.times.skip(
            desk.jo, ritual.id, "2026-01-28T16:00", origin=world.origin(), now=MONDAY + timedelta(days=45)
        )
    for unknown in ("2026-01-15T15:00", "tomorrow"):
        with pytest.raises(NotFound):
            desk.times.skip(desk.jo, ritual.id, unknown, origin=world.origin(), now=MONDAY)


def test_one_is_put_off_and_what_is_still_to_be_done_for_it_moves_along(desk: Desk) -> None:
    ritual, world = desk.switch_on(), desk.world
    now = at(12, 9)
    desk.work(at(9, 15))
    desk.times.put_off(desk.jo, ritual.id, at(15, 10), origin=world.origin(), now=now)
    assert desk.due(ritual) == [
        ("collect", at(9, 15), "done"),
        ("post", at(14, 10), "waiting"),
        ("refresh", at(15, 10), "waiting"),
    ]
    [first, *_] = desk.rituals.card(desk.jo, ritual.id, now=now).coming
    assert (first.name, first.starts_at, first.is_put_off) == (WEDNESDAY, at(15, 10), True)
    # Put off once more, over a weekend, what comes a working day before it does so still.
    desk.times.put_off(desk.jo, ritual.id, at(19, 10), WEDNESDAY, origin=world.origin(), now=now)
    assert desk.due(ritual)[1] == ("post", at(16, 10), "waiting")
    _, usual = desk.times.put_back(desk.jo, ritual.id, WEDNESDAY, origin=world.origin(), now=now)
    assert usual == at(14, 15)
    assert desk.due(ritual)[1:] == [("post", at(13, 15), "waiting"), ("refresh", at(14, 15), "waiting")]
    with pytest.raises(Invalid, match="usually"):
        desk.times.put_back(desk.jo, ritual.id, WEDNESDAY, origin=world.origin(), now=now)
    desk.times.put_off(desk.jo, ritual.id, at(15, 10), origin=world.origin(), now=now)
    with pytest.raises(Invalid, match="usual time is over"):
        desk.times.put_back(desk.jo, ritual.id, WEDNESDAY, origin=world.origin(), now=at(14, 16))
    # Another name makes no difference to the one that was put off.
    desk.edit(ritual, now, name="Delivery")
    desk.days_off.add(desk.jo, None, [date(2026, 7, 4)], "Picnic", origin=world.origin(), now=now)
    assert desk.due(ritual)[1] == ("post", at(14, 10), "waiting")
    for until in (at(11, 9), at(28, 15)):
        with pytest.raises(Invalid):
            desk.times.put_off(desk.jo, ritual.id, until, origin=world.origin(), now=now)
    desk.through(now, 17)
    assert [state for _, state in desk.times_of(ritual)] == ["held", "held"]


def test_one_that_was_put_off_into_another_week_is_put_off_again_and_goes_with_its_rule(desk: Desk) -> None:
    ritual, world = desk.switch_on(), desk.world
    desk.times.put_off(desk.jo, ritual.id, at(22, 10), origin=world.origin(), now=at(12, 9))
    desk.through(at(12, 9), 7)
    desk.times.put_off(desk.jo, ritual.id, at(23, 10), WEDNESDAY, origin=world.origin(), now=at(19, 9))
    assert desk.due(ritual)[1:] == [("post", at(22, 10), "waiting"), ("refresh", at(23, 10), "waiting")]
    desk.edit(ritual, at(19, 9), timing=replace(WEDNESDAYS, at=time(16)))
    assert desk.times_of(ritual) == [("2026-01-14T16:00", "planned")]
    desk.through(at(19, 9), 14)
    assert [state for _, state in desk.times_of(ritual)] == ["held", "held"]


def test_one_that_was_put_off_stays_so_where_its_day_does_and_else_that_is_said(desk: Desk) -> None:
    ritual, world, now = desk.switch_on(), desk.world, at(12, 9)
    desk.times.put_off(desk.jo, ritual.id, at(15, 12), origin=world.origin(), now=now)

    def edited(rule: Weekly) -> tuple[list[datetime], tuple[datetime, ...]]:
        """Return the first two times, and what falls away: as the form shows them and as they are then."""
        present = desk.rituals.editable(desk.jo, ritual.id, now=now)
        said = replace(fields_of(present), timing=rule)
        before = desk.rituals.preview(desk.jo, said, ritual.id, now=now)
        done = desk.rituals.edit(
            desk.jo, ritual.id, said, version=present.version, origin=world.origin(), now=now
        )
        coming = desk.rituals.card(desk.jo, ritual.id, now=now).coming
        assert before.times == tuple(each.starts_at for each in coming)
        assert before.falls_away == done.falls_away
        return [each.starts_at for each in coming][:2], done.falls_away

    both = replace(WEDNESDAYS, weekdays=frozenset({2, 4}), anchor=date(2026, 1, 12))
    assert edited(both) == ([at(15, 12), at(16, 15)], ())
    assert edited(replace(both, at=time(16))) == ([at(15, 12), at(16, 16)], ())
    # To what is a time of the rule none is put off, for nothing takes place twice.
    daily = replace(both, weekdays=frozenset({2, 3}), at=time(12))
    assert edited(daily) == ([at(14, 12), at(15, 12)], (at(15, 12),))
    desk.times.put_off(desk.jo, ritual.id, at(14, 18), origin=world.origin(), now=now)
    assert edited(replace(both, weekdays=frozenset({4}))) == ([at(16, 15), at(30, 15)], (at(14, 18),))


def test_what_stands_for_its_week_is_not_put_off_beyond_it(desk: Desk) -> None:
    ritual, world = desk.switch_on(kind="report"), desk.world
    with pytest.raises(Invalid, match="until Sun 18 Jan at most"):
        desk.times.put_off(desk.jo, ritual.id, at(19, 10), origin=world.origin(), now=at(12, 9))
    _, to = desk.times.put_off(desk.jo, ritual.id, at(18, 23), origin=world.origin(), now=at(12, 9))
    assert to == at(18, 23)


def test_run_now_is_once_more_and_a_click_that_comes_twice_runs_it_once(desk: Desk) -> None:
    fields: dict[str, Any] = {"kind": "reminder", "settings": {"text": "Stand up."}}
    ritual, world = desk.switch_on(now=at(12, 9), **fields), desk.world
    for _ in range(2):
        desk.times.run_now(desk.jo, ritual.id, origin=world.origin("click"), now=at(14, 9))
    desk.work(at(14, 9))
    assert desk.times_of(ritual) == [("2026-01-14T09:00", "held")]
    with pytest.raises(Invalid, match="this very minute"):
        desk.times.run_now(desk.jo, ritual.id, origin=world.origin(), now=at(14, 9))
    # A time that nobody's rule said stands for none, whatever becomes of the rule.
    desk.edit(ritual, at(14, 10), timing=replace(WEDNESDAYS, at=time(16)))
    desk.through(at(14, 10), 1)
    assert [state for _, state in desk.times_of(ritual)] == ["held", "held"]
    assert len(world.said()) == 2


def test_a_click_that_comes_twice_says_the_same_time_as_at_first(desk: Desk) -> None:
    ritual, again = desk.switch_on(), MONDAY + timedelta(minutes=1)

    def twice(act: Callable[[Origin, datetime], tuple[RitualSetup, datetime]]) -> datetime:
        origin = desk.world.origin()
        (_, first), (_, second) = act(origin, MONDAY), act(origin, again)
        assert first == second
        return first

    usual = twice(lambda o, now: desk.times.skip(desk.jo, ritual.id, origin=o, now=now))
    name = usual.astimezone(ZoneInfo(ritual.ritual.timezone)).replace(tzinfo=None).isoformat()
    assert usual == twice(lambda o, now: desk.times.unskip(desk.jo, ritual.id, name, origin=o, now=now))
    until = usual + timedelta(hours=2)
    assert until == twice(
        lambda o, now: desk.times.put_off(desk.jo, ritual.id, until, name, origin=o, now=now)
    )
    assert usual == twice(lambda o, now: desk.times.put_back(desk.jo, ritual.id, name, origin=o, now=now))
