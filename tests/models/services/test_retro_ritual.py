"""Retrospectives that begin by themselves: by cadence, and when a project goes into Close."""

from datetime import UTC, date, datetime, time, timedelta

from models.commands import NewCard, NewRetro, PhaseMove
from models.read_models import Actor, ProjectView, RetroView
from models.rules.delivery import NoticeKind
from models.rules.plans.phases import Phase
from models.rules.retros.formats import RetroFormat, format_named
from models.rules.rituals.recurrence import Weekly
from models.services.retros.clock import RetroClock
from models.services.retros.ritual import KIND
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from scheduled.rituals import acts, sorts
from tests.models.rituals import switch_on, times_of
from tests.models.world import CHANNEL, NOW, World

WEDNESDAY = date(2026, 10, 14)
FORTNIGHTLY = Weekly(frozenset({2}), time(10), WEDNESDAY, interval=2)
AT_TEN = datetime(2026, 10, 14, 8, tzinfo=UTC)
"""In Berlin."""


def on(world: World, dana: Actor, project: ProjectView, **settings: str) -> object:
    """Have Dana switch retrospectives on, every second Wednesday at ten."""
    return switch_on(
        world.database,
        dana,
        since="2026-10-14T00:00",
        kind=KIND,
        rule=FORTNIGHTLY,
        timezone="Europe/Berlin",
        project_id=project.id,
        channel_id=None,
        settings=settings,
    )


def comes_round(world: World, now: datetime = AT_TEN) -> list[tuple[NoticeKind, str]]:
    """Let it be that instant, and return what is said."""

    def run() -> None:
        RitualPlanner(world.database, sorts()).plan(now=now)
        StepRunner(world.database, sorts(), acts()).run(now=now)

    return [(each.kind, each.channel) for each in world.said_by(run)]


def present(world: World, dana: Actor, project: ProjectView) -> RetroView:
    """Return the project's newest retrospective."""
    screen = world.retros.show(dana, project.id, now=NOW)
    assert screen is not None
    return screen.retro


def test_it_begins_when_it_comes_round_with_what_the_ritual_says(
    world: World, dana: Actor, project: ProjectView
) -> None:
    ritual_id = on(world, dana, project, format="sailboat", names="named", safety="yes")
    assert comes_round(world, AT_TEN - timedelta(seconds=1)) == []
    assert comes_round(world) == [(NoticeKind.RETRO_OPENED, CHANNEL)]
    assert comes_round(world) == []
    retro = present(world, dana, project)
    assert (retro.started_by, retro.format, retro.is_anonymous) == (None, RetroFormat.SAILBOAT, False)
    assert retro.asks_safety
    assert retro.closes_at == datetime(2026, 10, 16, 10, tzinfo=UTC)
    assert times_of(world.database, ritual_id) == [("2026-10-14T10:00", "held")]  # type: ignore[arg-type]


def test_its_form_offers_the_questions_that_there_are() -> None:
    kind, names, safety = sorts()[KIND].fields
    assert [format_named(value) for value in kind.choices] == list(RetroFormat)
    assert list(names.choices) == ["anonymous", "named"]
    assert list(safety.choices) == ["no", "yes"]


def test_one_that_collects_already_is_not_doubled_and_an_archived_project_rests(
    world: World, dana: Actor, project: ProjectView
) -> None:
    world.retros.start(dana, NewRetro(project.id), origin=world.origin(), now=AT_TEN - timedelta(hours=1))
    on(world, dana, project)
    assert comes_round(world) == [(NoticeKind.RETRO_REMINDED, CHANNEL)]
    assert comes_round(world) == []
    other = world.project(dana, key="BORE", channel="C_BORE")
    on(world, dana, other)
    world.profiles.archive(dana, other.id, "over", origin=world.origin(), now=NOW)
    assert comes_round(world) == []


def test_two_in_a_row_without_a_card_are_told_their_owner_once(
    world: World, dana: Actor, project: ProjectView
) -> None:
    jo, clock = world.delivery_manager("Jo"), RetroClock(world.database)
    told = []

    def pass_by(start: datetime, *, by: Actor | None = None, text: str = "") -> None:
        """Let one go by; where nobody starts it, the ritual does."""
        if by is not None:
            world.retros.start(by, NewRetro(project.id), origin=world.origin(), now=start)
        else:
            comes_round(world, start)
        if text:
            retro = present(world, dana, project)
            world.retro_cards.add(dana, retro.id, [NewCard("start", text)], origin=world.origin(), now=start)
        said = world.said_by(lambda: [clock.run(now=start + timedelta(days=days)) for days in (1, 7)])
        told.append([each.channel for each in said if each.kind is NoticeKind.RETRO_QUIET])

    for week, text in enumerate(("", "", "", "Pair more", "")):
        pass_by(NOW + timedelta(days=14 * week), by=jo, text=text)
    assert told == [[], ["U_JO"], [], [], []], "a third is not told again, and one with a card ends it"
    on(world, dana, project)
    pass_by(AT_TEN + timedelta(days=14 * 5, hours=1))
    assert told[-1] == ["U_DANA"], "the ritual's owner"


def test_close_asks_for_two_where_retrospectives_are_switched_on(
    world: World, dana: Actor, project: ProjectView
) -> None:
    def move(target: Phase) -> list[tuple[NoticeKind, str]]:
        def act() -> None:
            world.phases.move(
                dana, project.id, PhaseMove(target, reason="So"), origin=world.origin(), now=NOW
            )

        return [(each.kind, each.channel) for each in world.said_by(act)]

    assert move(Phase.CLOSE) == []
    move(Phase.DELIVER)
    on(world, dana, project)
    said = move(Phase.CLOSE)
    assert said == [(NoticeKind.RETRO_OPENED, CHANNEL), (NoticeKind.RETRO_AT_CLOSE, "U_DANA")]
    assert present(world, dana, project).format is RetroFormat.PRINCIPLES
    move(Phase.DELIVER)
    assert move(Phase.CLOSE) == [(NoticeKind.RETRO_AT_CLOSE, "U_DANA")]
