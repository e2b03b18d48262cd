"""Rituals are planned and carried out: each time once, in order, and never silently lost."""

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.errors import DatabaseBusy
from models.read_models import DueStep
from models.rules.delivery import NoticeKind, Operation
from models.rules.rituals.recurrence import Once, OnHoliday, Weekly
from models.rules.rituals.steps import RitualSort, RitualState, StepRule
from models.services.outbox.enqueue import Outgoing
from models.services.rituals.due import is_due
from models.services.rituals.known import strange_kinds
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import Acts, StepRunner
from models.tables import days_off
from models.value import replace
from tests.models.rituals import LOS_ANGELES, next_due_of, steps_of, switch_on, times_of
from tests.models.world import World, statements_of

SORT = RitualSort(
    kind="reminder",
    name="Meeting",
    says="Meets.",
    steps=(
        StepRule("collect", -3, grace=timedelta(days=1), operation=None),
        StepRule("post", -1, is_main=True),
        StepRule("refresh", operation=Operation.UPDATE, about="post"),
        StepRule("minutes", after=timedelta(hours=1), operation=Operation.REPLY, about="post"),
    ),
)
ONE_STEP = RitualSort("reminder", "Reminder", "Reminds.", (StepRule("post", is_main=True),))
NEW_YEAR = "2026-01-01T00:00"


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return an instant in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def plan(world: World, now: datetime, sort: RitualSort = SORT, acts: Acts | None = None) -> None:
    """Do all that is due."""
    sorts = {sort.kind: sort}
    planner, runner = RitualPlanner(world.database, sorts), StepRunner(world.database, sorts, acts or {})
    while planner.plan(now=now):
        pass
    while runner.run(now=now):
        pass


def test_a_time_is_planned_with_its_steps_when_the_first_of_them_is_due(world: World) -> None:
    ritual = switch_on(world.database, world.person("Lee"), since=NEW_YEAR)
    plan(world, at(2026, 1, 9, 22, 59))
    assert times_of(world.database, ritual) == []
    assert next_due_of(world.database, ritual) == at(2026, 1, 9, 23)
    assert not is_due(world.database, at(2026, 1, 9, 22, 59))
    assert is_due(world.database, at(2026, 1, 9, 23))
    plan(world, at(2026, 1, 9, 23))
    plan(world, at(2026, 1, 9, 23))
    assert times_of(world.database, ritual) == [("2026-01-14T15:00", "planned")]
    assert steps_of(world.database, ritual) == [
        ("2026-01-14T15:00", "collect", at(2026, 1, 9, 23), "done"),
        ("2026-01-14T15:00", "post", at(2026, 1, 13, 23), "waiting"),
        ("2026-01-14T15:00", "refresh", at(2026, 1, 14, 23), "waiting"),
        ("2026-01-14T15:00", "minutes", at(2026, 1, 15, 0), "waiting"),
    ]
    assert next_due_of(world.database, ritual) == at(2026, 1, 23, 23)
    assert world.said() == []


def test_meetings_at_one_time_end_each_when_it_means_to(world: World) -> None:
    lee = world.person("Lee")
    short = switch_on(world.database, lee, since=NEW_YEAR, name="Short", duration_minutes=30)
    long = switch_on(world.database, lee, since=NEW_YEAR, name="Long", duration_minutes=90)
    minutes = StepRule("minutes", at_end=True, operation=Operation.REPLY, about="post")
    plan(world, at(2026, 1, 13, 22), replace(SORT, steps=(*SORT.steps[:-1], minutes)))
    due = {ritual: steps_of(world.database, ritual)[-1][2] for ritual in (short, long)}
    assert due == {short: at(2026, 1, 14, 23, 30), long: at(2026, 1, 15, 0, 30)}


def test_each_step_says_its_own_about_the_same_message(world: World) -> None:
    ritual = switch_on(world.database, world.person("Lee"), since=NEW_YEAR)
    for now in (at(2026, 1, 9, 23), at(2026, 1, 13, 23, 5), at(2026, 1, 14, 23), at(2026, 1, 15, 0)):
        plan(world, now)
        plan(world, now)
    said = world.said()
    post = said[0].key
    assert [(each.operation, each.channel, each.about) for each in said] == [
        (Operation.POST, "C_DELIVERY", None),
        (Operation.UPDATE, "C_DELIVERY", post),
        (Operation.REPLY, "C_DELIVERY", post),
    ]
    assert {each.kind for each in said} == {NoticeKind.RITUAL_STEP}
    assert times_of(world.database, ritual) == [("2026-01-14T15:00", "held")]


def test_what_was_due_while_the_bot_was_down_is_late_within_its_grace_and_missed_beyond(world: World) -> None:
    daily = Weekly(frozenset(range(7)), time(9), date(2026, 1, 1))
    ritual = switch_on(world.database, world.person("Lee"), since=NEW_YEAR, rule=daily, timezone="UTC")
    plan(world, at(2026, 1, 3, 20), ONE_STEP)
    assert times_of(world.database, ritual) == [
        ("2026-01-01T09:00", "missed"),
        ("2026-01-02T09:00", "missed"),
        ("2026-01-03T09:00", "held"),
    ]
    assert len(world.said()) == 1


def test_nothing_about_a_post_is_said_where_it_was_never_made(world: World) -> None:
    ritual = switch_on(world.database, world.person("Lee"), since=NEW_YEAR)
    plan(world, at(2026, 1, 14, 23, 30))
    assert times_of(world.database, ritual) == [("2026-01-14T15:00", "missed")]
    assert [(kind, state) for _, kind, _, state in steps_of(world.database, ritual)] == [
        ("collect", "missed"),
        ("post", "missed"),
        ("refresh", "done"),
        ("minutes", "waiting"),
    ]
    assert world.said() == []


def test_a_long_rest_is_made_up_for_in_several_goes(world: World) -> None:
    daily = Weekly(frozenset(range(7)), time(9), date(2025, 1, 1))
    ritual = switch_on(
        world.database, world.person("Lee"), since="2025-01-01T00:00", rule=daily, timezone="UTC"
    )
    plan(world, at(2025, 12, 31, 12), ONE_STEP)
    found = times_of(world.database, ritual)
    assert len(found) == 365
    assert [state for _, state in found] == ["missed"] * 364 + ["held"]


def test_a_rule_that_has_an_end_plans_nothing_after_it(world: World) -> None:
    once = Once(datetime.combine(date(2026, 1, 14), time(15)))
    ritual = switch_on(world.database, world.person("Lee"), since=NEW_YEAR, rule=once)
    plan(world, at(2026, 1, 14, 23), ONE_STEP)
    assert times_of(world.database, ritual) == [("2026-01-14T15:00", "held")]
    assert next_due_of(world.database, ritual) is None


def test_holidays_and_days_off_move_or_skip_it(world: World) -> None:
    lee, daily = world.person("Lee"), Weekly(frozenset(range(5)), time(9), date(2026, 1, 1))
    fields: dict[str, Any] = {"rule": daily, "timezone": "Europe/Berlin", "since": "2026-05-13T12:00"}
    skipped = switch_on(world.database, lee, on_holiday=OnHoliday.SKIP, country="DE", **fields)
    moved = switch_on(world.database, lee, on_holiday=OnHoliday.NEXT, country="DE", **fields)
    kept = switch_on(world.database, lee, country="DE", **fields)
    with world.database.write() as session:
        session.execute(
            insert(days_off).values(workspace_id=world.workspace_id, day=date(2026, 5, 15), name="Bridge day")
        )
    plan(world, at(2026, 5, 18, 8), ONE_STEP)
    # 14 May is Ascension Day in Germany.
    assert [name for name, _ in times_of(world.database, skipped)] == ["2026-05-18T09:00"]
    # The two before would take place on the Monday, too: that is once.
    assert [name for name, _ in times_of(world.database, moved)] == ["2026-05-18T09:00"]
    assert {due.date() for _, _, due, _ in steps_of(world.database, moved)} == {date(2026, 5, 18)}
    assert len(times_of(world.database, kept)) == 3


def test_one_goes_by_another(world: World) -> None:
    lee = world.person("Lee")
    meeting = switch_on(world.database, lee, since=NEW_YEAR)
    around = {"around": str(meeting), "working_days": -2, "at": "10:00"}
    ritual = switch_on(world.database, lee, since=NEW_YEAR, recurrence=around)
    plan(world, at(2026, 1, 13, 0), ONE_STEP)
    assert steps_of(world.database, ritual) == [
        ("2026-01-14T15:00", "post", at(2026, 1, 12, 18), "done"),
    ]


def test_a_pause_that_has_an_end_is_over_by_itself(world: World) -> None:
    ritual = switch_on(
        world.database,
        world.person("Lee"),
        since=NEW_YEAR,
        state=RitualState.PAUSED,
        resumes_on=date(2026, 1, 14),
        next_due_at=at(2026, 1, 14, 23),
    )
    plan(world, at(2026, 1, 14, 23), ONE_STEP)
    assert times_of(world.database, ritual) == [("2026-01-14T15:00", "held")]


def test_a_kind_that_this_version_does_not_know_is_left_alone(world: World) -> None:
    lee = world.person("Lee")
    unknown = switch_on(world.database, lee, since=NEW_YEAR, kind="rain_dance")
    known = switch_on(world.database, lee, since=NEW_YEAR)
    plan(world, at(2026, 1, 14, 23), ONE_STEP)
    assert times_of(world.database, unknown) == []
    assert len(times_of(world.database, known)) == 1
    assert strange_kinds(world.database, {ONE_STEP.kind: ONE_STEP}, now=at(2026, 1, 14, 23)) == {"rain_dance"}


def test_a_step_that_this_version_does_not_know_is_left_alone(world: World) -> None:
    ritual, due = switch_on(world.database, world.person("Lee"), since=NEW_YEAR), at(2026, 1, 14, 23)
    newer = replace(ONE_STEP, steps=(*ONE_STEP.steps, StepRule("encore", operation=None)))
    RitualPlanner(world.database, {newer.kind: newer}).plan(now=due)
    plan(world, due, ONE_STEP)
    states = {step: state for _, step, _, state in steps_of(world.database, ritual)}
    assert states == {"post": "done", "encore": "waiting"}
    assert strange_kinds(world.database, {ONE_STEP.kind: ONE_STEP}, now=due) == {"reminder"}
    assert strange_kinds(world.database, {newer.kind: newer}, now=due) == frozenset()


def test_a_step_does_its_work_and_says_more_in_the_same_transaction(world: World) -> None:
    def act(_: Session, step: DueStep, now: datetime) -> Sequence[Outgoing]:
        assert now == at(2026, 1, 14, 23)
        ids = {"step_id": str(step.id)}
        return [Outgoing(NoticeKind.RITUAL_WITHHELD, Operation.POST, "U_LEE", f"also:{step.id}", ids)]

    switch_on(world.database, world.person("Lee"), since=NEW_YEAR)
    plan(world, at(2026, 1, 14, 23), ONE_STEP, {("reminder", "post"): act})
    assert [(each.kind, each.channel) for each in world.said()] == [
        (NoticeKind.RITUAL_STEP, "C_DELIVERY"),
        (NoticeKind.RITUAL_WITHHELD, "U_LEE"),
    ]


def test_what_goes_wrong_with_one_step_holds_up_no_other_and_leaves_nothing_half_done(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    lee = world.person("Lee")
    broken = switch_on(world.database, lee, since=NEW_YEAR)
    well = switch_on(world.database, lee, since=NEW_YEAR)

    def act(session: Session, step: DueStep, _: datetime) -> Sequence[Outgoing]:
        is_broken = step.ritual.id == broken
        day = {"workspace_id": world.workspace_id, "day": date(2026, 1, 1 + is_broken), "name": step.kind}
        session.execute(insert(days_off).values(day))
        if is_broken:
            raise KeyError(step.kind)
        return ()

    plan(world, at(2026, 1, 14, 23), ONE_STEP, {("reminder", "post"): act})
    assert times_of(world.database, broken) == [("2026-01-14T15:00", "missed")]
    assert times_of(world.database, well) == [("2026-01-14T15:00", "held")]
    assert len(world.said()) == world.count(days_off) == 1
    assert "could not carry out step" in caplog.text


def test_a_database_that_is_busy_just_then_has_the_step_tried_again(world: World) -> None:
    def act(_session: Session, _step: DueStep, _now: datetime) -> Sequence[Outgoing]:
        raise DatabaseBusy

    ritual = switch_on(world.database, world.person("Lee"), since=NEW_YEAR)
    with pytest.raises(DatabaseBusy):
        plan(world, at(2026, 1, 14, 23), ONE_STEP, {("reminder", "post"): act})
    assert times_of(world.database, ritual) == [("2026-01-14T15:00", "planned")]


def test_many_processes_plan_each_time_once(world: World) -> None:
    lee = world.person("Lee")
    made = [switch_on(world.database, lee, since=NEW_YEAR) for _ in range(40)]
    threads = [threading.Thread(target=plan, args=(world, at(2026, 1, 14, 23), ONE_STEP)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [times_of(world.database, ritual) for ritual in made] == [[("2026-01-14T15:00", "held")]] * 40
    assert len({each.key for each in world.said()}) == len(world.said()) == 40


def test_a_look_is_one_statement_and_planning_takes_as_many_for_one_as_for_many(world: World) -> None:
    lee, now = world.person("Lee"), at(2026, 1, 14, 23)
    with statements_of(world.database) as looked:
        assert not is_due(world.database, now)
    assert len(looked) == 1
    switch_on(world.database, lee, since=NEW_YEAR)
    with statements_of(world.database) as for_one:
        plan(world, now, ONE_STEP)
    for _ in range(30):
        switch_on(world.database, lee, since=NEW_YEAR, timezone=LOS_ANGELES)
    with statements_of(world.database) as for_many:
        plan(world, now, ONE_STEP)
    assert len(for_many) == len(for_one)


def test_what_is_about_a_message_comes_after_it_also_when_both_are_due_at_once(world: World) -> None:
    behind = timedelta(seconds=1)
    replies = [
        StepRule(f"reply{number}", after=behind, operation=Operation.REPLY, about="post")
        for number in range(6)
    ]
    sort = RitualSort("reminder", "Meeting", "Meets.", (*replies, StepRule("post", is_main=True)))
    switch_on(world.database, world.person("Lee"), since=NEW_YEAR)
    plan(world, at(2026, 1, 14, 23, 5), sort)
    post, *others = world.said()
    assert post.operation is Operation.POST
    assert [each.about for each in others] == [post.key] * 6
