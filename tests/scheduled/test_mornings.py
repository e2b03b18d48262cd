"""One message a morning: to each person once, with all that waits for them, kept up to date."""

import threading
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import scheduled
from handlers.home import views as home_views
from models.commands import ActionChange, NewAction
from models.errors import Invalid, NotFound
from models.read_models import ActionOrigin, ActionView, Actor, ProjectView
from models.read_models.home import HomePages
from models.reports.home import Homes
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.delivery import Operation
from models.rules.mornings.paces import Pace
from models.rules.mornings.quiet import QuietHours
from models.rules.rituals.recurrence import Weekly
from models.rules.rituals.workdays import WorkingWeek
from models.services.actions.following import Following, add
from models.services.actions.rows import action_items
from models.services.mornings.answers import Mornings
from models.services.mornings.planning import MorningPlanner
from models.services.mornings.rows import items, mornings
from models.services.projects.fields import profile_of
from models.services.projects.health_checks import HealthChecks
from models.services.settings import Settings, Wishes
from models.services.surveys.watch import SurveyWatch
from models.tables import Lane
from scheduled.mornings import contributions, discover
from scheduled.notices import discover as discover_notices
from scheduled.rituals import sorts
from tests.conftest import SetClock
from tests.models.rituals import inspect, switch_on
from tests.models.services.test_surveys import contact, record
from tests.models.world import NOW, TODAY, World, statements_of
from tests.scheduled.office import Office

CLOSED = "what is still to do is on *Home* above"
"""What an earlier day's message says once the next morning has come."""
DAILY = Weekly(frozenset(range(5)), time(9), date(2026, 1, 1))


@pytest.fixture
def world(office: Office) -> World:
    """Return the office's own company; its messages are the product's."""
    office.notices = discover_notices()
    return World(office.database, team="T0ACME")


@pytest.fixture
def dana(world: World) -> Actor:
    return world.person("Dana")


@pytest.fixture
def acme(world: World, dana: Actor) -> ProjectView:
    """Return Dana's project, with the reminders switched on."""
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="action_reminders", rule=DAILY)
    return world.project(dana)


def asked(
    world: World,
    owner: Actor,
    project: ProjectView,
    title: str = "Ask for a date",
    due_on: date = TODAY,
    by: Actor | None = None,
) -> ActionView:
    """Have somebody promise to do something."""
    following = Following(ActionOrigin(ActionSource.MEETING, project.id), project=project)
    with world.database.write() as session:
        return add(
            session,
            by or owner,
            NewAction(title, owner.person.id, due_on),
            following,
            origin=world.origin(),
            now=NOW,
        )


def free_lanes(office: Office) -> None:
    """Let the next messages go at once: nobody wants to wait for the second that lies between two."""
    with office.database.write() as session:
        session.execute(update(Lane).values(next_send_at=NOW - timedelta(days=1)))


def morning(office: Office) -> list[str]:
    """Plan and send all that is due, as another process would; return what was said now of this day."""
    before = len(office.messenger.calls)
    free_lanes(office)
    planner = MorningPlanner(office.database, contributions())
    while planner.plan(now=office.clock()):
        pass
    office.deliverer().run_once()
    return [call.text for call in office.messenger.calls[before:] if call.text and CLOSED not in call.text]


def settle(world: World, by: Actor, action: ActionView) -> None:
    world.actions.settle(by, action.id, ActionStatus.DONE, origin=world.origin(), now=NOW)


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
    # Late, but not by the three days after which it is said again; then a weekend; then it is.
    said = []
    for _ in range(4):
        clock.forward(timedelta(days=1))
        said.append(len(morning(office)))
    assert said == [0, 0, 0, 1]
    assert "*4 days late*" in office.messenger.texts[-1]
    weekly = []
    clock.forward(timedelta(hours=1))  # The clocks go back.
    for _ in range(14):
        clock.forward(timedelta(days=1))
        weekly += [f"{clock():%a %d}"] if morning(office) else []
    assert weekly == ["Mon 26", "Mon 02"]
    with world.database.read() as session:
        assert session.execute(mornings.select()).all()
        assert len(session.execute(items.select()).all()) == 5


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
        (Pace.LIGHT, "today"),
        (Pace.STANDARD, "today tomorrow"),
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
    assert [line.split(" · ")[0] for line in said.splitlines()[1:]] == named.split()


def test_an_earlier_days_message_is_closed_when_the_next_morning_comes_and_follows_nothing_any_more(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    done, left = asked(world, dana, acme, "Done by then"), asked(world, dana, acme, "Left")
    morning(office)
    settle(world, dana, done)
    morning(office)
    clock.forward(timedelta(days=1))
    before = len(office.messenger.calls)
    assert morning(office) == [], "what is late is said again three days on"
    [closed] = office.messenger.calls[before:]
    assert closed.what.value == "update"
    assert closed.text == f"*Wednesday 14 Oct* · ✓ Done by then · {CLOSED}."
    settle(world, dana, left)
    assert morning(office) == []
    assert len(office.messenger.calls) == before + 1
    # Over a weekend it is kept up to date until Monday's comes.
    clock.forward(timedelta(days=1))
    asked(world, dana, acme, "Call Robin", TODAY + timedelta(days=2))
    action = asked(world, dana, acme, "Write it down", TODAY + timedelta(days=2))
    assert len(morning(office)) == 1
    clock.forward(timedelta(days=1))
    world.actions.settle(dana, action.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    [said] = morning(office)
    assert said.endswith("✓ Write it down")


def test_who_leaves_during_the_day_does_not_have_it_once_more(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    asked(world, dana, acme)
    morning(office)
    with world.database.read() as session:
        [morning_id] = session.scalars(items.select().with_only_columns(items.c.morning_id))
    Mornings(world.database).put_off(dana, morning_id, origin=world.origin(), now=NOW)
    morning(office)
    settings = Settings(world.database)
    settings.change(dana, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    assert morning(office) == [
        "*You're away until 14 Oct.* What is still to do waits for your first morning back."
    ]
    settings.change(dana, Wishes(None, None), origin=world.origin(), now=NOW)
    assert morning(office) == ["⏰ I'll bring you this again at 15:00."]
    settings.change(dana, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    morning(office)
    clock.forward(timedelta(hours=4))
    assert "come back to this" not in "".join(morning(office))


def test_what_was_put_off_can_be_shown_at_once(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    asked(world, dana, acme)
    morning(office)
    with world.database.read() as session:
        [morning_id] = session.scalars(items.select().with_only_columns(items.c.morning_id))
    service = Mornings(world.database)
    service.put_off(dana, morning_id, origin=world.origin(), now=NOW)
    morning(office)
    clock.forward(timedelta(minutes=5))
    service.show_now(dana, morning_id, origin=world.origin(), now=clock())
    [said] = morning(office)
    assert said.startswith("⏰ *You asked me to come back to this.*")
    assert morning(office) == []
    assert [call.what for call in office.messenger.calls].count(Operation.DELETE) == 1
    clock.forward(timedelta(hours=4))
    assert morning(office) == []


def test_an_earlier_days_message_of_which_nothing_was_done_is_removed(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    asked(world, dana, acme)
    morning(office)
    clock.forward(timedelta(days=1))
    morning(office)
    assert [call.what for call in office.messenger.calls] == [Operation.POST, Operation.DELETE]


def test_who_is_away_has_none_and_the_first_one_back_names_all_that_is_late(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    asked(world, dana, acme)
    away = Wishes(None, TODAY + timedelta(days=1))
    Settings(world.database).change(dana, away, origin=world.origin(), now=NOW)
    assert morning(office) == []
    clock.forward(timedelta(days=1))
    assert morning(office) == []
    clock.forward(timedelta(days=1))
    [said] = morning(office)
    assert "*2 days late*" in said


def test_what_came_up_while_somebody_was_away_is_one_message_when_they_are_back(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    lee, later = world.person("Lee"), TODAY + timedelta(days=20)
    Settings(world.database).change(
        dana, Wishes(None, TODAY + timedelta(days=4)), origin=world.origin(), now=NOW
    )
    first = asked(world, dana, acme, "Call Robin", later, by=lee)
    asked(world, dana, acme, "Book the hall", later, by=lee)
    asked(world, dana, acme, "Ask for a date", TODAY + timedelta(days=2), by=lee)
    world.log(lee, acme, probability=4, impact=2, owner_id=dana.person.id)
    morning(office)
    assert "U_DANA" not in {call.where for call in office.messenger.calls}
    for days in range(1, 5):
        clock.forward(timedelta(days=1))
        assert morning(office) == [], f"{days} days later Dana is still away"
    clock.forward(timedelta(days=1))
    [said] = morning(office)
    assert said.startswith(
        "*📬 Meanwhile: 3 things*\nLee asks you: Call Robin\nLee asks you: Book the hall\n"
    )
    assert "ACME-R1" in said
    assert said.count("Ask for a date") == 1, "it is late by now, which says more"
    world.actions.settle(dana, first.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    [said] = [text for text in morning(office) if "Meanwhile" in text]
    assert said.startswith("*📬 Meanwhile: 2 things*\nLee asks you: Book")
    clock.forward(timedelta(hours=6))
    assert morning(office) == [], "nothing of it comes by itself any more"


def test_who_comes_back_during_the_day_has_it_then(
    office: Office, world: World, dana: Actor, acme: ProjectView
) -> None:
    asked(world, dana, acme)
    settings = Settings(world.database)
    settings.change(dana, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    assert morning(office) == []
    settings.change(dana, Wishes(None, None), origin=world.origin(), now=NOW)
    assert len(morning(office)) == 1


def test_who_works_from_sunday_on_has_it_on_sunday_and_not_on_friday(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    mina = world.person("Mina")
    works = Wishes(None, None, week=WorkingWeek.SUNDAY_TO_THURSDAY)
    Settings(world.database).change(mina, works, origin=world.origin(), now=NOW)
    for who in (dana, mina):
        asked(world, who, acme, f"{who.person.name}'s", due_on=TODAY + timedelta(days=4))
    told = {}
    for days in range(2, 6):
        clock.now = NOW + timedelta(days=days)
        said = " ".join(morning(office))
        told[f"{clock():%a}"] = [who for who in ("Dana", "Mina") if f"{who}'s" in said]
    assert told == {"Fri": ["Dana"], "Sat": [], "Sun": ["Mina"], "Mon": []}


def test_it_waits_for_the_end_of_quiet_hours(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    asked(world, dana, acme)
    quiet = Wishes(QuietHours(20 * 60, 12 * 60), None)
    Settings(world.database).change(dana, quiet, origin=world.origin(), now=NOW)
    assert morning(office) == []
    clock.forward(timedelta(hours=1))
    assert len(morning(office)) == 1


def test_later_today_brings_what_is_left_at_three(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    done, left = asked(world, dana, acme, "Done by then"), asked(world, dana, acme, "Left")
    morning(office)
    with world.database.read() as session:
        [morning_id] = session.scalars(mornings.select().with_only_columns(items.c.morning_id).distinct())
    service = Mornings(world.database)
    with pytest.raises(NotFound):
        service.put_off(world.person("Lee"), morning_id, origin=world.origin(), now=NOW)
    origin = world.origin()
    at_three = NOW + timedelta(hours=4)
    for too_late in (timedelta(hours=7), timedelta(days=1)):
        with pytest.raises(Invalid, match=r"\*Home\* above"):
            service.put_off(dana, morning_id, origin=world.origin(), now=NOW + too_late)
    assert service.put_off(dana, morning_id, origin=origin, now=NOW) == at_three
    assert service.put_off(dana, morning_id, origin=origin, now=NOW) == at_three
    assert morning(office) == ["⏰ I'll bring you this again at 15:00."]
    settle(world, dana, done)
    assert morning(office) == ["⏰ I'll bring you this again at 15:00."]
    clock.forward(timedelta(hours=4))
    [said] = morning(office)
    assert said.startswith("⏰ *You asked me to come back to this.*\n*One thing for you to do*\nLeft · ")
    assert said.endswith("✓ Done by then")
    assert morning(office) == [], "the first one goes"
    with pytest.raises(Invalid):
        service.put_off(dana, morning_id, origin=world.origin(), now=clock())
    world.actions.settle(dana, left.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    assert [text.splitlines()[0] for text in morning(office)] == ["*All done for today.*"]
    assert [call.what for call in office.messenger.calls].count(Operation.DELETE) == 1


def test_what_is_done_by_then_does_not_come_again(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    action = asked(world, dana, acme)
    morning(office)
    with world.database.read() as session:
        [morning_id] = session.scalars(items.select().with_only_columns(items.c.morning_id))
    Mornings(world.database).put_off(dana, morning_id, origin=world.origin(), now=NOW)
    settle(world, dana, action)
    clock.forward(timedelta(hours=4))
    assert "come back" not in "".join(morning(office))


def test_it_keeps_to_twelve_lines_until_it_is_unfolded(
    office: Office, world: World, dana: Actor, acme: ProjectView
) -> None:
    for number in range(15):
        asked(world, dana, acme, f"Thing {number}")
    [said] = morning(office)
    assert len(said.splitlines()) == 13
    assert said.endswith("and 4 more; *Home* above shows what else waits for you.")
    with world.database.read() as session:
        morning_id = session.scalars(items.select().with_only_columns(items.c.morning_id)).first()
    assert morning_id
    Mornings(world.database).unfold(dana, morning_id, origin=world.origin(), now=NOW)
    [said] = morning(office)
    assert len(said.splitlines()) == 16


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


def test_a_call_that_is_nudged_apart_is_in_no_morning_until_the_nudges_are_over(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    robin, watch = contact(world, dana, acme), SurveyWatch(world.database)
    record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about="Checkout")
    named = []
    for _ in range(6):
        clock.forward(timedelta(days=1))
        named.append(any("Speak with the client" in text for text in morning(office)))
        watch.look(now=clock())
    assert named == [False, False, False, False, True, False], (
        "it was to be done by Friday, and is late on Monday"
    )


def test_a_delivery_manager_hears_of_an_overdue_call_for_as_long_as_nobody_makes_it(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    jo = world.delivery_manager("Jo")
    robin = contact(world, dana, acme)
    found = record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about="Checkout")
    clock.forward(timedelta(days=117))
    morning(office)
    clock.forward(timedelta(days=2))
    morning(office)
    told = "".join(call.text for call in office.messenger.calls if call.where == "U_JO")
    assert "*A dissatisfied client waits for our call*\n*ACME* · for 117 days" in told
    assert "Late twice" not in told
    home = Homes(world.database).of(dana, HomePages(), now=clock())
    assert home.calls.total == 0, "only delivery managers see them"
    home = Homes(world.database).of(jo, HomePages(), now=clock())
    assert [call.project_key for call in home.calls.first] == ["ACME"]
    assert "ACME's client needs a call* · dissatisfied, and waiting for 119 days" in str(
        home_views.view(home, HomePages())
    )
    clock.forward(timedelta(days=5))
    assert "for 124 days" in " ".join(morning(office))
    (action,) = world.actions.of_source(dana, ActionSource.CSAT, found.id)
    world.actions.settle(dana, action.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    assert "*All done for today.*" in " ".join(morning(office))


def test_a_project_that_owes_a_health_check_is_named_on_its_day_and_every_thirty_days(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    project = world.project(dana)
    profile = replace(profile_of(project), starts_on=TODAY - timedelta(days=120))
    world.profiles.edit(dana, project.id, profile, version=1, origin=world.origin(), now=NOW)
    inspect(office.database, dana, project)
    (said,) = morning(office)
    assert "*🩺 A delivery health check is due*" in said
    assert "ACME · 120 days in, and never checked · by 16 Jun 2027" in said
    days = []
    for day in range(1, 34):
        clock.forward(timedelta(days=1))
        days += [day] if morning(office) else []
    assert days == [30], "a Friday"
    checks = HealthChecks(office.database)
    checks.done(dana, project.id, "All is well.", origin=world.origin(), now=clock())
    before = len(office.messenger.calls)
    clock.forward(timedelta(days=40))
    assert morning(office) == []
    assert len(office.messenger.calls) == before


def test_what_a_manager_is_asked_comes_to_their_deputy_while_they_are_away(
    office: Office, world: World, dana: Actor
) -> None:
    project, lee = world.project(dana), world.person("Lee")
    world.give_role(lee, project, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    profile = replace(profile_of(project), starts_on=TODAY - timedelta(days=120))
    world.profiles.edit(dana, project.id, profile, version=1, origin=world.origin(), now=NOW)
    inspect(office.database, dana, project)
    Settings(world.database).change(dana, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    morning(office)
    assert [call.where for call in office.messenger.calls] == ["U_LEE"]


def test_a_scored_risk_that_is_nobodys_is_named_to_its_manager_until_it_has_an_owner(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    risk = world.log(world.person("Sam"), acme, "Designer leaves", probability=4, impact=3)
    said_on = []
    for _ in range(8):
        clock.forward(timedelta(days=1))
        said = morning(office)
        said_on += [clock().date().isoformat()] if said else []
        if len(said_on) == 1 and said:
            assert (
                "*One risk is nobody's: who owns it?*\n"
                "*ACME-R1* ⚠️ Designer leaves · High 12 (likely 4 × impact 3) · raised by Sam"
            ) in said
    assert said_on == ["2026-10-15", "2026-10-19", "2026-10-22"]
    owner = dana.person.id
    world.register.score(dana, risk.id, 4, 3, owner, version=1, origin=world.origin(), now=clock())
    assert "*All done for today.*\n✓ ACME-R1 has an owner." in morning(office)


def test_a_risk_is_named_to_its_owner_when_it_is_to_be_looked_at_again(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    risk = world.log(dana, acme, probability=4, impact=4, owner_id=dana.person.id)
    world.log(dana, acme, "Nobody's yet")
    morning(office)
    clock.forward(timedelta(days=7))
    said = next(text for text in morning(office) if "again" in text)
    assert said == (
        "*One risk to look at again*\n"
        "*ACME-R1* ⚠️ Vendor API may slip · Critical 16 (likely 4 × impact 4) · today"
    )
    said_on = []
    for _ in range(7):
        clock.forward(timedelta(days=1))
        said_on += [clock().date().isoformat()] if morning(office) else []
    # Three days on is Saturday, so Monday; and a week.
    assert said_on == ["2026-10-26", "2026-10-28"]
    world.register.review(dana, risk.id, origin=world.origin(), now=clock())
    assert "*All done for today.*\n✓ ACME-R1 is reviewed." in morning(office)
