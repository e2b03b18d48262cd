"""One message a morning: to each person once, with all that waits for them, kept up to date."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

import scheduled
from models.commands import ActionChange
from models.read_models import Actor, ProjectView
from models.rules.actions import ActionStatus
from models.rules.delivery import Operation
from models.rules.mornings.paces import Pace
from models.services.mornings.answers import Mornings
from models.services.mornings.planning import MorningPlanner
from models.services.settings import Settings, Wishes
from models.tables import action_items, morning_items, mornings
from scheduled.mornings import contributions, discover
from scheduled.rituals import sorts
from tests.conftest import SetClock
from tests.models.world import NOW, TODAY, World, statements_of
from tests.scheduled.morning import CLOSED, asked, morning, settle
from tests.scheduled.office import Office

SATURDAY = 5


def test_it_comes_once_a_working_day_to_whoever_has_something_to_do(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    world.person("Lee")
    asked(world, dana, acme, due_on=TODAY + timedelta(days=1))
    clock.forward(-timedelta(hours=2, minutes=1))
    assert morning(office) == []
    clock.forward(timedelta(minutes=1))
    assert morning(office) == ["*One thing for you to do*\nAsk for a date · ACME shop · by 15 Oct"]
    assert [call.where for call in office.messenger.calls] == ["U_DANA"]
    assert morning(office) == []
    clock.forward(timedelta(days=1))
    assert morning(office) == ["*One thing for you to do*\nAsk for a date · ACME shop · today"]
    # Late: one of what waits for the person, until the three days after which it is said again.
    said = []
    for _ in range(4):
        clock.forward(timedelta(days=1))
        said += morning(office)
    assert said == [
        "*One thing waits for you, late*\nAsk for a date · ACME shop · *1 day late*",
        "*One thing for you to do, late*\nAsk for a date · ACME shop · *4 days late*",
    ]
    weekly = []
    clock.forward(timedelta(hours=1))  # The clocks go back.
    for _ in range(14):
        clock.forward(timedelta(days=1))
        told = morning(office)
        assert len(told) == (clock().weekday() < SATURDAY)
        weekly += [f"{clock():%a %d}"] if "to do" in "".join(told) else []
    assert weekly == ["Mon 26", "Mon 02"]
    with world.database.read() as session:
        assert session.execute(mornings.select()).all()
        assert len(session.execute(morning_items.select()).all()) == 17


def test_however_many_plan_at_once_each_day_is_looked_at_once(
    office: Office, world: World, dana: Actor, acme: ProjectView
) -> None:
    for name in ("Ines", "Mina", "Tom"):
        asked(world, world.person(name), acme)
    asked(world, dana, acme)
    barrier = threading.Barrier(3)

    def run() -> None:
        planner = MorningPlanner(office.database, contributions())
        barrier.wait()
        while planner.plan(now=office.clock()):
            pass

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.deliverer().run_once()
    assert sorted(call.where for call in office.messenger.calls) == ["U_DANA", "U_INES", "U_MINA", "U_TOM"]


def test_planning_takes_as_many_statements_for_two_people_as_for_twenty(
    office: Office, world: World, acme: ProjectView, clock: SetClock
) -> None:
    def taken(people: int) -> int:
        for number in range(people):
            asked(world, world.person(f"P{clock().day}x{number}"), acme, due_on=clock().date())
        planner = MorningPlanner(office.database, contributions())
        with statements_of(world.database) as statements:
            assert planner.plan(now=clock())
        return len(statements)

    taken(1)  # Each later day closes the messages of the one before.
    clock.forward(timedelta(days=1))
    few = taken(2)
    clock.forward(timedelta(days=1))
    many = taken(20)
    assert many == few


def test_it_is_kept_up_to_date_in_its_place(
    office: Office, world: World, dana: Actor, acme: ProjectView
) -> None:
    first, second = asked(world, dana, acme, "Ask for a date"), asked(world, dana, acme, "Book the <hall>")
    third = asked(world, dana, acme, "Call Robin", TODAY + timedelta(days=1))
    [said] = morning(office)
    assert said.startswith("*3 things for you to do*\n")
    settle(world, dana, first)
    [said] = morning(office)
    assert said.startswith("*2 things for you to do*\nBook the &lt;hall&gt;")
    assert said.endswith("✓ Ask for a date")
    moved = ActionChange(due_on=TODAY + timedelta(days=9))
    world.actions.change(dana, third.id, moved, version=1, origin=world.origin(), now=NOW)
    settle(world, dana, second)
    [said] = morning(office)
    assert said.startswith("*All done for today.*\n✓ ")
    assert set(said.partition("✓ ")[2].split(" · ")) == {
        "Ask for a date",
        "Book the &lt;hall&gt;",
        "Call Robin",
    }
    assert [call.what.value for call in office.messenger.calls] == ["post", "update", "update"]


@pytest.mark.parametrize(
    ("pace", "named"),
    [
        (Pace.LIGHT, "today *4 yesterday"),
        (Pace.STANDARD, "today tomorrow *4 yesterday"),
        (Pace.ACTIVE, "yesterday today tomorrow friday"),
    ],
)
def test_a_pace_leaves_out_what_it_says(
    office: Office, world: World, dana: Actor, acme: ProjectView, pace: Pace, named: str
) -> None:
    for title, days in (("yesterday", -1), ("today", 0), ("tomorrow", 1), ("friday", 2), ("someday", 20)):
        asked(world, dana, acme, title, TODAY + timedelta(days=max(days, 0)))
    with world.database.write() as session:
        session.execute(
            action_items.update()
            .where(action_items.c.title == "yesterday")
            .values(due_on=TODAY - timedelta(days=1))
        )
    Settings(world.database).change(dana, Wishes(None, None, pace), origin=world.origin(), now=NOW)
    [said] = morning(office)
    assert [line.split(" · ")[0].split()[0] for line in said.splitlines()[1:]] == named.split()


def test_an_earlier_days_message_is_closed_when_the_next_morning_comes_and_follows_nothing_any_more(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    done, left = asked(world, dana, acme, "Done by then"), asked(world, dana, acme, "Left")
    morning(office)
    settle(world, dana, done)
    morning(office)
    clock.forward(timedelta(days=1))
    before = len(office.messenger.calls)
    assert [text.splitlines()[0] for text in morning(office)] == ["*One thing waits for you, late*"]
    assert morning(office) == []
    [closed] = [call for call in office.messenger.calls[before:] if call.what is Operation.UPDATE]
    assert closed.what.value == "update"
    assert closed.text == f"*Wed 14 Oct* · ✓ Done by then · {CLOSED}."
    world.actions.settle(dana, left.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    assert morning(office) == ["*All done for today.*\n✓ Left: seen to."]
    assert len(office.messenger.calls) == before + 3, "the one of the day before stays as it is"
    # Over a weekend it is kept up to date until Monday's comes.
    clock.forward(timedelta(days=1))
    called_off = asked(world, dana, acme, "Call Robin", TODAY + timedelta(days=2))
    action = asked(world, dana, acme, "Write it down", TODAY + timedelta(days=2))
    assert len(morning(office)) == 1
    clock.forward(timedelta(days=1))
    world.actions.settle(dana, action.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    target = ActionStatus.CANCELLED
    world.actions.settle(dana, called_off.id, target, "Came by", origin=world.origin(), now=clock())
    [said] = morning(office)
    assert said.endswith("✓ Write it down"), "nobody has done what was called off"


def test_an_earlier_days_message_of_which_nothing_was_done_is_removed(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    asked(world, dana, acme)
    morning(office)
    clock.forward(timedelta(days=1))
    morning(office)
    morning(office)
    assert [call.what for call in office.messenger.calls] == [
        Operation.POST,
        Operation.POST,
        Operation.DELETE,
    ]


def test_it_keeps_to_twelve_lines_until_it_is_unfolded(
    office: Office, world: World, dana: Actor, acme: ProjectView
) -> None:
    for number in range(15):
        asked(world, dana, acme, f"Thing {number}")
    [said] = morning(office)
    assert len(said.splitlines()) == 13
    assert said.endswith("and 4 more; *Home* above shows what else waits for you.")
    with world.database.read() as session:
        morning_id = session.scalars(
            morning_items.select().with_only_columns(morning_items.c.morning_id)
        ).first()
    assert morning_id
    Mornings(world.database).unfold(dana, morning_id, origin=world.origin(), now=NOW)
    [said] = morning(office)
    assert len(said.splitlines()) == 16


def test_it_counts_what_no_message_has_room_for(
    office: Office, world: World, dana: Actor, acme: ProjectView
) -> None:
    for number in range(43):
        asked(world, dana, acme, f"Thing {number} {'that takes a long time to say ' * 6}")
    [said] = morning(office)
    assert said.endswith("and 32 more; *Home* above shows what else waits for you.")
    with world.database.read() as session:
        morning_id = session.scalars(
            morning_items.select().with_only_columns(morning_items.c.morning_id)
        ).first()
    assert morning_id
    Mornings(world.database).unfold(dana, morning_id, origin=world.origin(), now=NOW)
    [said] = morning(office)
    named = said.count("Thing ")
    assert 20 < named < 39, "fewer than it has lines for: they are long"
    assert said.endswith(f"and {43 - named} more: open *Home* above.")


def test_what_is_not_switched_on_says_nothing(office: Office, world: World, dana: Actor) -> None:
    project = world.project(dana)
    asked(world, dana, project)
    assert morning(office) == []


def test_each_contribution_has_a_file_and_a_template() -> None:
    folder = Path(scheduled.__file__).parent
    files = {path.stem for path in (folder / "mornings").glob("[!_]*.py")}
    assert set(discover()) == files
    for name, piece in discover().items():
        assert (folder / "templates" / f"{name}.txt.j2").is_file()
        assert piece.contribution.ritual in {None, *sorts()}
