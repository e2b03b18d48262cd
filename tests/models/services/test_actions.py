"""Actions: made of a record, done, moved, handed over, cancelled; who may, who is told, what is kept."""

from datetime import date, timedelta

import pytest

from models.commands import ActionChange, NewAction
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import ActionOrigin, ActionView, Actor, ProjectView, RiskView
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.delivery import NoticeKind
from models.rules.risks.words import Visibility
from models.services import audit
from models.services.actions.following import Following, add, cancel_open
from models.tables import action_items, audit_entries
from tests.models.services.acts import LATER
from tests.models.world import NOW, TODAY, World, statements_of

FRIDAY = date(2026, 10, 16)
SETTLED = [ActionStatus.DONE, ActionStatus.CANCELLED]


@pytest.fixture
def lee(world: World) -> Actor:
    """Return somebody with nothing to do with it."""
    return world.person("Lee")


@pytest.fixture
def risk(world: World, dana: Actor, project: ProjectView) -> RiskView:
    """Return a risk of Dana's."""
    return world.log(dana, project, probability=1, impact=3, owner_id=dana.person.id)


def made(
    world: World,
    by: Actor,
    risk: RiskView,
    owner: Actor,
    title: str = "Ask for a date",
    due_on: date = FRIDAY,
    visibility: Visibility = Visibility.TEAM,
) -> ActionView:
    """Make an action of the risk."""
    project = world.projects.get(by, risk.project_id)
    following = Following(ActionOrigin(ActionSource.RISK, risk.id, str(risk.reference)), visibility, project)
    wanted = NewAction(title, owner.person.id, due_on)
    with world.database.write() as session:
        return add(session, by, wanted, following, origin=world.origin(), now=NOW)


def settle(world: World, by: Actor, action: ActionView, target: ActionStatus, reason: str = "") -> ActionView:
    """Settle an action, or open it again."""
    return world.actions.settle(by, action.id, target, reason, origin=world.origin(), now=LATER)


def change(world: World, by: Actor, action: ActionView, **changed: object) -> ActionView:
    """Change an action as the actor saw it."""
    wanted = ActionChange(**changed)  # type: ignore[arg-type]
    return world.actions.change(
        by, action.id, wanted, version=action.version, origin=world.origin(), now=LATER
    )


def told(world: World, act: object) -> list[str]:
    """Return what the call says, as "operation kind lane"."""
    return [f"{each.operation} {each.kind} {each.channel}" for each in world.said_by(act)]


def test_an_action_says_what_it_follows_from(world: World, dana: Actor, sam: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, sam, "  Ask   for a date ")
    found = world.actions.get(sam, action.id)
    assert found == action
    assert (found.title, found.owner, found.due_on) == ("Ask for a date", sam.person, FRIDAY)
    assert found.source == ActionOrigin(ActionSource.RISK, risk.id, "ACME-R1")
    assert (found.project_key, found.status, found.version) == ("ACME", ActionStatus.OPEN, 1)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (NewAction("", due_on=FRIDAY), "title"),
        (NewAction("x" * 201, due_on=FRIDAY), "title"),
        (NewAction("Ask", due_on=FRIDAY), "owner_id"),
        (NewAction("Ask"), "due_on"),
        (NewAction("Ask", due_on=TODAY - timedelta(days=2)), "due_on"),
    ],
)
def test_what_an_action_lacks_is_said_of_its_field(
    world: World, dana: Actor, project: ProjectView, risk: RiskView, wanted: NewAction, field: str
) -> None:
    following = Following(ActionOrigin(ActionSource.RISK, risk.id), project=project)
    with pytest.raises(Invalid) as refusal, world.database.write() as session:
        add(session, dana, wanted, following, origin=world.origin(), now=NOW)
    assert field in refusal.value.problems
    assert world.count(action_items) == 0


def test_a_guest_cannot_be_asked(world: World, dana: Actor, risk: RiskView) -> None:
    with pytest.raises(Invalid) as refusal:
        made(world, dana, risk, world.person("Yuki", is_guest=True))
    assert "owner_id" in refusal.value.problems


def test_its_owner_is_told_and_whoever_asked_hears_that_it_is_done(
    world: World, dana: Actor, sam: Actor, risk: RiskView
) -> None:
    assert told(world, lambda: made(world, dana, risk, dana)) == [], "nobody is told of their own"
    assert told(world, lambda: made(world, dana, risk, sam)) == ["post action_given U_SAM"]
    action = world.actions.open_of(sam, sam.person.id)[0]
    assert told(world, lambda: settle(world, sam, action, ActionStatus.DONE)) == [
        "update action_given U_SAM",
        "post action_settled U_DANA",
    ]
    [settled] = [each for each in world.messages() if each.kind is NoticeKind.ACTION_SETTLED]
    assert settled.ids["by_id"] == str(sam.person.id)
    assert "Sam" not in str(settled.ids), "who is forgotten stands nowhere"


def test_the_same_delivery_twice_does_it_once(world: World, dana: Actor, risk: RiskView) -> None:
    action, origin = made(world, dana, risk, dana), world.origin("click")
    for _ in range(2):
        done = world.actions.settle(dana, action.id, ActionStatus.DONE, origin=origin, now=LATER)
        assert (done.status, done.version, done.settled_at) == (ActionStatus.DONE, 2, LATER)
    with world.database.read() as session:
        entries = audit.history(session, world.workspace_id, action.id)
    assert [entry.action for entry in entries] == ["done", "added"]


def test_done_is_done_once_and_can_be_taken_back(world: World, dana: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, dana)
    settle(world, dana, action, ActionStatus.DONE)
    with pytest.raises(Invalid, match="done already"):
        settle(world, dana, action, ActionStatus.CANCELLED, "No.")
    again = settle(world, dana, action, ActionStatus.OPEN)
    assert (again.status, again.settled_at) == (ActionStatus.OPEN, None)


def test_cancelling_takes_a_reason(world: World, dana: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, dana)
    with pytest.raises(Invalid) as refusal:
        settle(world, dana, action, ActionStatus.CANCELLED, " ")
    assert set(refusal.value.problems) == {"reason"}
    cancelled = settle(world, dana, action, ActionStatus.CANCELLED, "They answered.")
    assert cancelled.closing_reason == "They answered."


def test_handing_over_tells_both(world: World, dana: Actor, sam: Actor, lee: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, sam)
    said = told(world, lambda: change(world, sam, action, owner_id=lee.person.id))
    assert said == ["update action_given U_SAM", "post action_given U_LEE"]
    assert [each.id for each in world.actions.open_of(sam, lee.person.id)] == [action.id]
    assert world.actions.open_of(sam, sam.person.id) == ()


def test_moving_keeps_what_it_was(world: World, dana: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, dana)
    moved = change(world, dana, action, due_on=FRIDAY + timedelta(days=7))
    with world.database.read() as session:
        newest = audit.history(session, world.workspace_id, action.id)[0]
    assert moved.version == 2
    assert [(each.field, each.before, each.after) for each in newest.changes] == [
        ("due_on", "2026-10-16", "2026-10-23")
    ]
    with pytest.raises(Invalid, match="has passed"):
        change(world, dana, moved, due_on=TODAY - timedelta(days=2))


def test_two_who_change_it_at_the_same_time_collide_visibly(
    world: World, dana: Actor, sam: Actor, risk: RiskView
) -> None:
    action = made(world, dana, risk, sam)
    change(world, sam, action, due_on=FRIDAY + timedelta(days=7))
    with pytest.raises(Conflict) as conflict:
        change(world, dana, action, due_on=FRIDAY + timedelta(days=1))
    assert conflict.value.by == sam.person
    assert str(conflict.value.current.reference) == "The action of ACME-R1"


def test_who_is_not_concerned_may_look_but_not_change(
    world: World, dana: Actor, sam: Actor, lee: Actor, risk: RiskView
) -> None:
    action = made(world, dana, risk, sam)
    assert world.actions.get(lee, action.id) == action
    with pytest.raises(NotAllowed) as refusal:
        settle(world, lee, action, ActionStatus.DONE)
    assert refusal.value.ask == ("Sam", "Dana")
    with pytest.raises(NotAllowed):
        world.actions.changeable(lee, action.id)
    settle(world, sam, action, ActionStatus.DONE)
    assert not world.actions.changeable(lee, action.id).is_open, (
        "whoever comes too late hears what became of it"
    )


def test_an_action_of_a_restricted_record_shows_to_those_concerned_only(
    world: World, dana: Actor, sam: Actor, lee: Actor, risk: RiskView, project: ProjectView
) -> None:
    action = made(world, dana, risk, sam, visibility=Visibility.RESTRICTED)
    for actor in (sam, dana, world.delivery_manager("Jo")):
        assert world.actions.get(actor, action.id) == action
        assert world.actions.open_of(actor, sam.person.id) == (action,)
        assert world.actions.of_source(actor, ActionSource.RISK, risk.id) == (action,)
    with pytest.raises(NotFound):
        world.actions.get(lee, action.id)
    assert world.actions.open_of(lee, sam.person.id) == ()
    assert world.actions.of_source(lee, ActionSource.RISK, risk.id) == ()
    world.give_role(lee, project, ProjectRole.ENGINEERING_LEAD)
    assert world.actions.open_of(lee, sam.person.id) == (action,)


def test_another_workspace_knows_nothing_of_it(world: World, dana: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, dana)
    stranger = World(world.database, "T_OTHER").person("Eve")
    with pytest.raises(NotFound):
        world.actions.get(stranger, action.id)
    with pytest.raises(NotFound):
        world.actions.settle(stranger, action.id, ActionStatus.DONE, origin=world.origin(), now=LATER)
    assert world.actions.open_of(stranger, dana.person.id) == ()


def test_guests_are_refused(world: World, dana: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, dana)
    with pytest.raises(NotAllowed):
        world.actions.get(world.person("Yuki", is_guest=True), action.id)


def test_a_list_has_the_earliest_first_and_a_fixed_number_of_queries(
    world: World, dana: Actor, sam: Actor, risk: RiskView
) -> None:
    for day in (20, 17, 25):
        made(world, dana, risk, sam, due_on=date(2026, 10, day))
    with statements_of(world.database) as few:
        listed = world.actions.open_of(sam, sam.person.id)
    assert [action.due_on.day for action in listed] == [17, 20, 25]
    for _ in range(10):
        made(world, dana, risk, sam)
    with statements_of(world.database) as many:
        world.actions.open_of(sam, sam.person.id)
    assert len(few) == len(many)


@pytest.mark.parametrize("is_removed", [False, True])
def test_what_is_still_open_ends_with_its_source(
    world: World, dana: Actor, sam: Actor, risk: RiskView, *, is_removed: bool
) -> None:
    done = settle(world, sam, made(world, dana, risk, sam, "Done"), ActionStatus.DONE)
    still_open = made(world, dana, risk, sam, "Open")

    def end() -> None:
        with world.database.write() as session:
            cancel_open(
                session,
                dana,
                [done, still_open],
                "ACME-R1 is over.",
                is_removed=is_removed,
                origin=world.origin(),
                now=LATER,
            )

    operation = "delete" if is_removed else "update"
    assert told(world, end) == [f"{operation} action_given U_SAM"]
    ended = world.actions.get(dana, still_open.id)
    assert (ended.status, ended.closing_reason) == (ActionStatus.CANCELLED, "ACME-R1 is over.")
    assert world.actions.get(dana, done.id).status is ActionStatus.DONE


def test_every_change_is_in_the_history(world: World, dana: Actor, risk: RiskView) -> None:
    action = made(world, dana, risk, dana)
    for target in SETTLED:
        settled = settle(world, dana, action, target, "Because.")
        settle(world, dana, settled, ActionStatus.OPEN)
    with world.database.read() as session:
        entries = audit.history(session, world.workspace_id, action.id)
    assert [entry.action for entry in entries] == ["reopened", "cancelled", "reopened", "done", "added"]
    assert [entry.version for entry in entries] == [5, 4, 3, 2, 1]
    assert world.count(audit_entries) >= len(entries)
