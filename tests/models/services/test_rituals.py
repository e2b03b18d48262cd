"""Rituals as people switch them on, change and end them: what is planned follows, once and whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from models.commands import RitualFields
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import RitualSetup
from models.rules.access import ProjectRole
from models.rules.delivery import Operation
from models.rules.recurrence import MonthlyByDay, Once, OnHoliday, Regular, Weekly
from models.rules.rituals import AroundRitual, RestReason, RitualSort, RitualState, Setting, StepRule
from models.services.projects.profiles import ProjectProfiles
from models.services.rituals.catalogue import Rituals
from models.services.rituals.days_off import DaysOff
from models.services.rituals.due import is_due
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from models.services.rituals.times import RitualTimes
from models.tables import AuditEntry, Ritual, RitualOccurrence
from tests.models.rituals import LOS_ANGELES, next_due_of, steps_of, times_of
from tests.models.world import World, statements_of

AGENDA = RitualSort(
    "agenda",
    "Meeting agenda",
    "Collects topics, and posts them.",
    (
        StepRule("collect", -3, grace=timedelta(days=1), operation=None),
        StepRule("post", -1, is_main=True),
        StepRule("refresh", operation=Operation.UPDATE, about="post"),
    ),
    needs_project=False,
    fields=(Setting("notes", "Notes"),),
)
REMINDER = RitualSort(
    "reminder",
    "Reminder",
    "Says your words.",
    (StepRule("post", is_main=True),),
    needs_project=False,
    fields=(Setting("text", "What shall I say?", is_required=True),),
)
REPORT = replace(REMINDER, kind="report", fields=(), keeps_its_week=True)
SORTS = {each.kind: each for each in (AGENDA, REMINDER, REPORT)}
MONDAY = datetime(2026, 1, 5, 17, tzinfo=UTC)
"""Monday morning in Los Angeles."""
WEDNESDAYS = Weekly(frozenset({2}), time(15), date(2026, 1, 14), interval=2)
WEDNESDAY, TUESDAY, FRIDAY = "2026-01-14T15:00", "2026-01-13T15:00", "2026-01-16T15:00"


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    """Return an instant of 2026, by the clock in Los Angeles in winter."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) + timedelta(hours=8)


class Desk:
    """The services, on one world."""

    def __init__(self, world: World) -> None:
        """Put them together; Jo is a delivery manager."""
        self.world = world
        self.rituals = Rituals(world.database, SORTS)
        self.times = RitualTimes(world.database, SORTS)
        self.days_off = DaysOff(world.database, SORTS)
        self.jo = world.delivery_manager("Jo")

    def switch_on(
        self,
        rule: Regular | AroundRitual = WEDNESDAYS,
        *,
        now: datetime = MONDAY,
        **fields: Any,  # noqa: ANN401 - any field of a ritual.
    ) -> RitualSetup:
        """Switch on the meeting, or something else; its settings belong to the reminder."""
        said = wanted(rule, **fields)
        return self.rituals.switch_on(self.jo, said, origin=self.world.origin(), now=now).setup

    def edit(
        self,
        ritual: RitualSetup,
        now: datetime,
        **fields: Any,  # noqa: ANN401 - any field of a ritual.
    ) -> RitualSetup:
        """Change some of its fields."""
        present = self.rituals.editable(self.jo, ritual.id, now=now)
        said = replace(fields_of(present), **fields)
        origin = self.world.origin()
        return self.rituals.edit(
            self.jo, ritual.id, said, version=present.version, origin=origin, now=now
        ).setup

    def work(self, now: datetime) -> None:
        """Plan and carry out what is due."""
        if not is_due(self.world.database, now):
            return
        planner, runner = (
            RitualPlanner(self.world.database, SORTS),
            StepRunner(self.world.database, SORTS, {}),
        )
        while planner.plan(now=now):
            pass
        while runner.run(now=now):
            pass

    def through(self, since: datetime, days: float) -> None:
        """Work every three hours of so many days."""
        for look in range(int(days * 8) + 1):
            self.work(since + timedelta(hours=3 * look))

    def times_of(self, ritual: RitualSetup) -> list[tuple[str, str]]:
        """Return its times by name, each with what became of it."""
        return times_of(self.world.database, ritual.id)

    def due(self, ritual: RitualSetup) -> list[tuple[str, datetime, str]]:
        """Return its steps, each with when it is due and its state."""
        return [(kind, due, state) for _, kind, due, state in steps_of(self.world.database, ritual.id)]

    def next_days(self, ritual: RitualSetup, now: datetime) -> list[str]:
        """Return the next times as the card shows them, by name."""
        return [each.name for each in self.rituals.card(self.jo, ritual.id, now=now).coming]


def wanted(
    rule: Regular | AroundRitual = WEDNESDAYS,
    **fields: Any,  # noqa: ANN401 - any field of a ritual.
) -> RitualFields:
    """Return what somebody wants."""
    known = {
        "kind": "agenda",
        "name": "Delivery – PM",
        "timing": rule,
        "timezone": LOS_ANGELES,
        "channel_id": "C_DELIVERY",
        "duration_minutes": 60,
    }
    return RitualFields(**(known | fields))


def fields_of(setup: RitualSetup) -> RitualFields:
    """Return what a ritual says, as a form has it."""
    ritual = setup.ritual
    return RitualFields(
        ritual.kind,
        ritual.name,
        setup.timing,
        ritual.timezone,
        ritual.project_id,
        ritual.channel_id,
        ritual.owner.id,
        setup.on_holiday,
        setup.country,
        ritual.duration_minutes,
        ritual.settings,
    )


@pytest.fixture
def desk(world: World) -> Desk:
    """Return the services on a fresh world."""
    return Desk(world)


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
    assert kept(skipping, now) == (2, 0, 2, 4)
    assert kept(moving, now) == (5, 3, 0, 5)
    # What the rule left out before it was another nobody knows any more.
    desk.edit(skipping, now, timing=replace(weekly, at=time(10)))
    assert kept(skipping, now) == (2, 0, 0, 2)


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
    assert desk.world.count(AuditEntry) == 2


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
    assert desk.world.count(Ritual) == 0


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
    assert [f"{each:%m-%d %H}" for each in found] == [
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
    assert desk.world.count(RitualOccurrence) == 0


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
