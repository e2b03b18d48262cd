"""What is planned follows each change: of a ritual's rule, by a pause, of the ritual that it goes by."""

from datetime import date, time
from typing import Any

import pytest

from models.errors import Invalid
from models.rules.delivery import Operation
from models.rules.rituals.recurrence import MonthlyByDay, Weekly
from models.rules.rituals.steps import AroundRitual, RestReason
from models.services.projects.profiles import ProjectProfiles
from models.value import replace
from tests.models.ritual_desk import (
    FRIDAY,
    SORTS,
    WEDNESDAY,
    WEDNESDAYS,
    Desk,
    at,
)
from tests.models.rituals import next_due_of


def test_an_edited_day_moves_what_is_planned_and_keeps_what_was_done(desk: Desk) -> None:
    ritual = desk.switch_on()
    now = at(12, 9)
    desk.work(at(9, 15))
    assert [state for _, _, state in desk.due(ritual)] == ["done", "waiting", "waiting"]
    friday = replace(WEDNESDAYS, weekdays=frozenset({4}), anchor=date(2026, 1, 12))
    desk.edit(ritual, now, timing=friday)
    assert desk.times_of(ritual) == [(FRIDAY, "planned")]
    assert desk.due(ritual) == [
        ("collect", at(9, 15), "done"),
        ("post", at(15, 15), "waiting"),
        ("refresh", at(16, 15), "waiting"),
    ]
    desk.through(now, 20)
    assert desk.times_of(ritual) == [(FRIDAY, "held"), ("2026-01-30T15:00", "held")]
    said = desk.world.said()
    assert [each.operation for each in said] == [Operation.POST, Operation.UPDATE] * 2
    assert len({each.key for each in said}) == 4


def test_an_edited_hour_or_zone_moves_the_start_of_a_meeting_whose_agenda_is_out(desk: Desk) -> None:
    ritual = desk.switch_on()
    now = at(14, 9)
    desk.through(at(9, 15), 4)
    desk.edit(ritual, now, timing=replace(WEDNESDAYS, at=time(16)))
    assert desk.times_of(ritual) == [("2026-01-14T16:00", "held")]
    assert desk.due(ritual)[-1] == ("refresh", at(14, 16), "waiting")
    desk.edit(ritual, now, timezone="chicago")
    assert desk.due(ritual)[-1] == ("refresh", at(14, 14), "waiting")
    desk.through(now, 1)
    assert desk.times_of(ritual) == [("2026-01-14T16:00", "held")]
    assert len(desk.world.said()) == 2


def test_what_was_held_this_week_is_not_held_again_on_another_day_or_at_another_hour(desk: Desk) -> None:
    weekly = Weekly(frozenset({2}), time(9), date(2026, 1, 5))
    fields: dict[str, Any] = {"kind": "reminder", "settings": {"text": "Stand up."}}
    ritual = desk.switch_on(weekly, now=at(6, 9), **fields)
    desk.through(at(6, 9), 1.2)
    assert desk.times_of(ritual) == [("2026-01-07T09:00", "held")]
    for rule in (replace(weekly, at=time(17)), replace(weekly, weekdays=frozenset({4})), weekly):
        desk.edit(ritual, at(7, 15), timing=rule)
    friday = desk.edit(ritual, at(7, 15), timing=replace(weekly, weekdays=frozenset({4})))
    desk.through(at(7, 15), 10)
    assert [state for _, state in desk.times_of(friday)] == ["held", "held"]
    assert desk.times_of(friday)[1][0] == "2026-01-16T09:00"
    assert len(desk.world.said()) == 2


def test_where_the_new_rule_has_no_time_the_planned_one_is_taken_away_and_comes_back_with_it(
    desk: Desk,
) -> None:
    ritual = desk.switch_on()
    now = at(12, 9)
    desk.work(at(9, 15))
    monthly = MonthlyByDay(3, time(15), date(2026, 1, 1))
    desk.edit(ritual, now, timing=monthly)
    assert desk.times_of(ritual) == [(WEDNESDAY, "rested")]
    assert [state for _, _, state in desk.due(ritual)] == ["done", "skipped", "skipped"]
    desk.edit(ritual, now, timing=WEDNESDAYS)
    assert desk.times_of(ritual) == [(WEDNESDAY, "planned")]
    assert [state for _, _, state in desk.due(ritual)] == ["done", "waiting", "waiting"]


def test_a_pause_takes_away_what_is_planned_and_resuming_brings_it_back(desk: Desk) -> None:
    ritual, world = desk.switch_on(), desk.world
    now = at(12, 9)
    desk.work(at(9, 15))
    paused = desk.rituals.pause(desk.jo, ritual.id, origin=world.origin(), now=now)
    assert paused.rest is not None
    assert (paused.rest.reason, paused.rest.until) == (RestReason.PAUSED, None)
    assert desk.times_of(ritual) == [(WEDNESDAY, "rested")]
    assert next_due_of(world.database, ritual.id) is None
    assert desk.next_days(ritual, now) == []
    desk.through(now, 1)
    desk.rituals.resume(desk.jo, ritual.id, origin=world.origin(), now=at(13, 12))
    assert desk.times_of(ritual) == [(WEDNESDAY, "planned")]
    desk.through(at(13, 12), 2)
    assert desk.times_of(ritual) == [(WEDNESDAY, "held")]
    with pytest.raises(Invalid, match="not paused"):
        desk.rituals.resume(desk.jo, ritual.id, origin=world.origin(), now=now)


def test_a_pause_until_a_day_is_over_by_itself_and_loses_and_doubles_nothing(desk: Desk) -> None:
    ritual, world = desk.switch_on(), desk.world
    desk.work(at(12, 9))
    paused = desk.rituals.pause(desk.jo, ritual.id, date(2026, 2, 1), origin=world.origin(), now=at(12, 9))
    assert desk.next_days(paused, at(12, 9))[0] == "2026-02-11T15:00"
    desk.through(at(12, 9), 35)
    assert desk.times_of(ritual) == [(WEDNESDAY, "rested"), ("2026-02-11T15:00", "held")]
    assert desk.rituals.editable(desk.jo, ritual.id, now=at(20, 9, month=2)).rest is None
    # Resumed early, what would have come in between comes.
    desk.rituals.pause(desk.jo, ritual.id, date(2026, 4, 1), origin=world.origin(), now=at(20, 9, month=2))
    desk.rituals.resume(desk.jo, ritual.id, origin=world.origin(), now=at(21, 9, month=2))
    desk.through(at(21, 9, month=2), 6)
    assert ("2026-02-25T15:00", "held") in desk.times_of(ritual)
    for until in (date(2026, 1, 12), date(2028, 1, 1)):
        with pytest.raises(Invalid):
            desk.rituals.pause(desk.jo, ritual.id, until, origin=world.origin(), now=at(12, 9))


def test_what_goes_by_another_follows_it(desk: Desk) -> None:
    meeting, world = desk.switch_on(), desk.world
    around = AroundRitual(meeting.id, -2, time(10))
    fields: dict[str, Any] = {"kind": "reminder", "name": "Prepare", "settings": {"text": "Read it."}}
    ritual = desk.switch_on(around, **fields)
    assert ritual.words == "2 working days before Delivery – PM at 10:00, Los Angeles time"
    desk.work(at(9, 9))
    thursday = replace(WEDNESDAYS, weekdays=frozenset({3}), anchor=date(2026, 1, 12))
    desk.edit(meeting, at(9, 9), timing=thursday)
    desk.through(at(9, 9), 5)
    assert desk.due(ritual) == [("post", at(13, 10), "done")]
    desk.rituals.pause(desk.jo, meeting.id, origin=world.origin(), now=at(20, 9))
    resting = desk.rituals.editable(desk.jo, ritual.id, now=at(20, 9)).rest
    assert resting is not None
    assert resting.reason is RestReason.FOLLOWED
    desk.through(at(20, 9), 12)
    assert len(desk.times_of(ritual)) == 1
    desk.rituals.resume(desk.jo, meeting.id, origin=world.origin(), now=at(2, 9, month=2))
    desk.through(at(2, 9, month=2), 10)
    assert [state for _, state in desk.times_of(ritual)] == ["held", "held"]
    with pytest.raises(Invalid, match="own rule"):
        desk.edit(meeting, at(2, 9), timing=AroundRitual(ritual.id, 1, time(9)))


def test_rituals_rest_while_their_project_is_archived(desk: Desk) -> None:
    world = desk.world
    dana = world.person("Dana")
    project = world.project(dana)
    profiles = ProjectProfiles(world.database, SORTS)
    ritual = desk.switch_on(project_id=project.id)
    desk.work(at(9, 15))
    now = at(12, 9)
    profiles.archive(dana, project.id, "Delivered", origin=world.origin(), now=now)
    shown = desk.rituals.card(desk.jo, ritual.id, now=now)
    assert shown.setup.rest is not None
    assert shown.setup.rest.reason is RestReason.ARCHIVED
    assert next_due_of(world.database, ritual.id) is None
    assert desk.times_of(ritual) == [(WEDNESDAY, "rested")]
    desk.through(now, 1)
    with pytest.raises(Invalid, match="archived"):
        desk.rituals.editable(desk.jo, ritual.id, now=now)
    profiles.reopen(dana, project.id, origin=world.origin(), now=at(13, 9))
    desk.through(at(13, 9), 2)
    assert desk.times_of(ritual) == [(WEDNESDAY, "held")]
