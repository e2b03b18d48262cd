"""Days off: what they move or skip, and how they count in how well a ritual was kept."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.read_models import RitualSetup, RitualView
from models.rules.rituals.recurrence import OnHoliday, Weekly
from models.services.outbox.enqueue import Outgoing
from models.services.rituals.catalogue import Rituals
from models.services.rituals.days_off import DaysOff
from models.value import replace
from tests.models.ritual_desk import (
    MONDAY,
    SORTS,
    WEDNESDAY,
    WEDNESDAYS,
    Desk,
    at,
)


def test_a_day_off_moves_or_skips_what_is_planned_and_taking_it_back_brings_it_back(desk: Desk) -> None:
    moved = desk.switch_on(on_holiday=OnHoliday.NEXT, country="Germany")
    skipped = desk.switch_on(on_holiday=OnHoliday.SKIP)
    world = desk.world
    now = at(12, 9)
    desk.work(at(9, 15))
    wednesday, summer = date(2026, 1, 14), date(2026, 7, 4)
    origin = world.origin("picnic")
    [off] = desk.days_off.add(desk.jo, None, [wednesday], "Picnic", origin=origin, now=now)
    assert desk.days_off.add(desk.jo, None, [wednesday], "Picnic", origin=origin, now=now) == (off,)
    assert desk.times_of(skipped) == [(WEDNESDAY, "rested")]
    assert desk.times_of(moved) == [(WEDNESDAY, "planned")]
    assert desk.due(moved)[-1] == ("refresh", at(15, 15), "waiting")
    with pytest.raises(Invalid, match="already"):
        desk.days_off.add(desk.jo, None, [wednesday], "Again", origin=world.origin(), now=now)
    [new] = desk.days_off.add(desk.jo, None, [wednesday, summer], "Again", origin=world.origin(), now=now)
    assert new.day == summer
    known = desk.days_off.coming(desk.jo, None, today=now.date())
    assert [each.name for each in known] == ["Picnic", "Again"]
    desk.days_off.remove(desk.jo, [off.id, new.id], origin=world.origin(), now=now)
    assert desk.days_off.coming(desk.jo, None, today=now.date()) == ()
    for ritual in (moved, skipped):
        assert desk.times_of(ritual) == [(WEDNESDAY, "planned")]
        assert desk.due(ritual)[-1] == ("refresh", at(14, 15), "waiting")


def test_what_was_said_of_a_time_that_a_day_off_or_another_rule_takes_away_or_moves_is_corrected(
    desk: Desk,
) -> None:
    corrected: list[UUID] = []

    def correct(_: Session, ritual: RitualView, _time_id: UUID, _now: datetime) -> Iterable[Outgoing]:
        corrected.append(ritual.id)
        return ()

    known = {"agenda": correct}
    desk.days_off = DaysOff(desk.world.database, SORTS, known)
    desk.rituals = Rituals(desk.world.database, SORTS, None, known)
    moved = desk.switch_on(on_holiday=OnHoliday.NEXT, country="Germany")
    skipped = desk.switch_on(on_holiday=OnHoliday.SKIP)
    kept = desk.switch_on(on_holiday=OnHoliday.KEEP)
    desk.work(at(9, 15))
    now, origin = at(12, 9), desk.world.origin
    [off] = desk.days_off.add(desk.jo, None, [date(2026, 1, 14)], "Picnic", origin=origin(), now=now)
    assert set(corrected) == {moved.id, skipped.id}
    desk.days_off.remove(desk.jo, [off.id], origin=origin(), now=now)
    assert sorted(corrected) == sorted([moved.id, skipped.id] * 2)
    desk.edit(kept, now, name="Renamed")
    assert kept.id not in corrected
    desk.edit(kept, now, timing=replace(WEDNESDAYS, at=time(16)))
    assert corrected[-1] == kept.id


def test_what_fell_on_a_day_off_is_counted_and_so_is_what_moved_for_one(desk: Desk) -> None:
    weekly = Weekly(frozenset({2}), time(9), date(2026, 1, 5))
    fields: dict[str, Any] = {"kind": "reminder", "settings": {"text": "Stand up."}}
    skipping = desk.switch_on(weekly, on_holiday=OnHoliday.SKIP, **fields)
    moving = desk.switch_on(weekly, on_holiday=OnHoliday.NEXT, **fields)
    origin = desk.world.origin
    days = [date(2026, 1, 14), date(2026, 1, 21), date(2026, 1, 28)]
    desk.days_off.add(desk.jo, None, days, "Winter", origin=origin(), now=MONDAY)
    for look in (7, 15, 22):
        desk.through(at(look, 8), 0.5)
    desk.rituals.pause(desk.jo, skipping.id, date(2026, 2, 1), origin=origin(), now=at(26, 9))
    desk.through(at(29, 8), 7)

    def kept(ritual: RitualSetup, now: datetime) -> tuple[int, int, int, int]:
        found = desk.rituals.card(desk.jo, ritual.id, now=now).adherence
        return found.kept, found.moved, found.days_off, found.total

    now = at(5, 9, month=2)
    assert kept(skipping, now) == (2, 0, 2, 2)
    assert kept(moving, now) == (5, 3, 0, 5)
    # What the rule left out before it was another nobody knows any more.
    desk.edit(skipping, now, timing=replace(weekly, at=time(10)))
    assert kept(skipping, now) == (2, 0, 0, 2)
