"""Phases: entered and left with day and person, never twice, and backwards only with a reason."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.commands import PhaseMove
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, PhasePage, ProjectView
from models.rules.access import ProjectRole
from models.rules.plans.phases import Phase
from models.tables import project_phases
from tests.models.world import NOW, TODAY, World, statements_of

LATER = NOW + timedelta(days=3)


def move(
    world: World, actor: Actor, project: ProjectView, what: PhaseMove, receipt: str | None = None
) -> PhasePage:
    """Move a project, three days after it was made."""
    return world.phases.move(actor, project.id, what, origin=world.origin(receipt), now=LATER)


def test_each_stay_has_its_days_and_people(world: World) -> None:
    dana, lee = world.person("Dana"), world.delivery_manager("Lee")
    project = world.project(dana)
    move(world, dana, project, PhaseMove(Phase.LAUNCH, TODAY))
    page = move(world, lee, project, PhaseMove(Phase.DELIVER, reason="Kickoff went well"))
    now, before = page.stays
    assert (now.phase, now.entered_on, now.entered_by, now.left_on) == (
        Phase.DELIVER,
        LATER.date(),
        lee.person,
        None,
    )
    assert now.reason == "Kickoff went well"
    assert (before.phase, before.entered_on, before.left_on) == (Phase.LAUNCH, TODAY, LATER.date())
    assert (before.entered_by, before.left_by) == (dana.person, lee.person)
    assert page.present == now
    card = world.profiles.card(dana, project.id)
    assert card.stay == now
    assert card.project.phase is Phase.DELIVER
    assert world.profiles.page(dana).lines[0].phase is Phase.DELIVER
    assert [entry.action for entry in world.profiles.history(dana, project.id).entries][:2] == ["moved"] * 2


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (PhaseMove(Phase.DELIVER), "phase"),
        (PhaseMove(Phase.LAUNCH), "reason"),
        (PhaseMove(Phase.LAUNCH, reason=" \n"), "reason"),
        (PhaseMove(Phase.CLOSE, LATER.date() + timedelta(days=1)), "entered_on"),
        (PhaseMove(Phase.CLOSE, TODAY - timedelta(days=1)), "entered_on"),
        (PhaseMove(Phase.CLOSE, reason="x" * 2001), "reason"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, what: PhaseMove, field: str) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    page = move(world, dana, project, PhaseMove(Phase.DELIVER, TODAY))
    with pytest.raises(Invalid) as refusal:
        move(world, dana, project, what)
    assert list(refusal.value.problems) == [field]
    assert world.phases.page(dana, project.id) == page


def test_the_day_is_a_day_where_the_project_is(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    night = NOW.replace(hour=23)
    page = world.phases.move(dana, project.id, PhaseMove(Phase.LAUNCH), origin=world.origin(), now=night)
    assert page.stays[0].entered_on == TODAY + timedelta(days=1)


def test_a_replay_moves_once_and_a_second_hand_is_told(world: World) -> None:
    dana, lee = world.person("Dana"), world.delivery_manager("Lee")
    project = world.project(dana)
    first = move(world, dana, project, PhaseMove(Phase.LAUNCH), "view")
    assert move(world, dana, project, PhaseMove(Phase.LAUNCH), "view") == first
    seen = PhaseMove(Phase.CLOSE, seen=first.stays[0].id, is_seen=True)
    move(world, dana, project, PhaseMove(Phase.DELIVER))
    with pytest.raises(Conflict) as conflict:
        move(world, lee, project, seen)
    assert conflict.value.by == dana.person
    assert world.count(project_phases) == 2
    with pytest.raises(Conflict):
        move(world, lee, project, PhaseMove(Phase.CLOSE, is_seen=True))


def test_the_latest_move_can_be_taken_back(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    launch = move(world, dana, project, PhaseMove(Phase.LAUNCH, TODAY)).stays[0]
    deliver = move(world, dana, project, PhaseMove(Phase.DELIVER)).stays[0]

    def take_back(stay_id: object) -> PhasePage:
        return world.phases.take_back(dana, project.id, stay_id, origin=world.origin(), now=LATER)  # type: ignore[arg-type]

    with pytest.raises(Invalid):
        take_back(launch.id)
    page = take_back(deliver.id)
    assert page.stays == (launch,)
    assert page.project.phase is Phase.LAUNCH
    page = take_back(launch.id)
    assert page.stays == ()
    assert page.project.phase is None
    with pytest.raises(Invalid):
        take_back(launch.id)
    actions = [entry.action for entry in world.profiles.history(dana, project.id).entries]
    assert actions == ["took back a phase", "took back a phase", "moved", "moved", "created"]


def test_leads_move_members_look_and_others_see_nothing(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    world.give_role(sam, project, ProjectRole.MEMBER)
    assert world.phases.page(dana, project.id).may_change
    assert not world.phases.page(sam, project.id).may_change
    acts: tuple[Callable[[], object], ...] = (
        lambda: move(world, sam, project, PhaseMove(Phase.LAUNCH)),
        lambda: world.phases.movable(sam, project.id),
    )
    for act in acts:
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert refusal.value.ask == ("Dana",)
    with pytest.raises(NotAllowed):
        world.phases.page(world.person("Olga", is_guest=True), project.id)
    other = World(world.database, "T_OTHER")
    stranger = other.delivery_manager("Stranger")
    with pytest.raises(NotFound):
        other.phases.page(stranger, project.id)
    with pytest.raises(NotFound):
        move(other, stranger, project, PhaseMove(Phase.LAUNCH))


def test_an_archived_project_stays_where_it_was(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    stay = move(world, dana, project, PhaseMove(Phase.CLOSE)).stays[0]
    world.profiles.archive(dana, project.id, "Delivered", origin=world.origin(), now=LATER)
    assert not world.phases.page(dana, project.id).may_change
    acts: tuple[Callable[[], object], ...] = (
        lambda: move(world, dana, project, PhaseMove(Phase.IMPROVE)),
        lambda: world.phases.movable(dana, project.id),
        lambda: world.phases.take_back(dana, project.id, stay.id, origin=world.origin(), now=LATER),
    )
    for act in acts:
        with pytest.raises(Invalid) as refusal:
            act()
        assert "Reopen it first" in refusal.value.problems["project"]


def test_the_page_asks_as_often_for_one_stay_as_for_six(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)

    def asked() -> int:
        with statements_of(world.database) as seen:
            world.phases.page(dana, project.id)
        return len(seen)

    few = asked()
    for phase in Phase:
        move(world, dana, project, PhaseMove(phase, date(2026, 10, 1)))
    assert asked() == few
