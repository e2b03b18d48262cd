"""The weekly status by itself: asked for in the morning, nudged once, told when late, the week summed up."""

from datetime import timedelta

from sqlalchemy import insert

from handlers.statuses.forms import StatusForm
from handlers.statuses.modals import status_modal
from handlers.statuses.views import missing
from handlers.statuses.words import owed as waiting_line
from models.read_models import Actor
from models.rules.access import OrganisationRole
from models.rules.delivery import Operation
from models.rules.mornings.paces import Pace
from models.rules.rituals.recurrence import OnHoliday
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour
from models.services.mornings.planning import MorningPlanner
from models.services.rituals.times import RitualTimes
from models.services.settings import Settings, Wishes
from models.services.statuses.book import Statuses
from models.tables import days_off
from scheduled.mornings import contributions
from scheduled.rituals import sorts
from tests.conftest import SetClock
from tests.models.rituals import ask_weekly
from tests.models.world import NOW, World, statements_of
from tests.scheduled.office import Office
from tests.scheduled.status_asking import LONG_AGO, THURSDAY, project, said, submit

THIS_WEEK = Period.containing(NOW.date())


def test_a_week_from_the_request_to_the_digest(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    world.delivery_manager("Jo")
    acme, cobalt = project(world, dana, "ACME"), project(world, dana, "COBALT")
    for each in (acme, cobalt):
        submit(world, dana, each, weeks_ago=1)
    assert said(office) == []
    clock.forward(timedelta(days=1))
    [asked] = said(office)
    assert asked == (
        "U_DANA: *2 updates due today, 17:00*\n"
        "*ACME*, week 42 · last week 🟢 Green\n"
        "*COBALT*, week 42 · last week 🟢 Green"
    )
    submit(world, dana, cobalt, Colour.RED, weeks_ago=0, now=clock())
    [asked] = said(office)
    assert asked == (
        "U_DANA: *One update due today, 17:00*\n*ACME*, week 42 · last week 🟢 Green\n✓ COBALT is in."
    )
    # It is eleven; the nudge comes at three.
    clock.forward(timedelta(hours=3, minutes=59))
    assert said(office) == []
    clock.forward(timedelta(minutes=1))
    assert said(office) == ["U_DANA: *Due in two hours, at 17:00*\n*ACME* ACME shop"]
    assert said(office) == []
    # On Friday it is late, and the week is summed up; the nudge goes.
    clock.forward(timedelta(hours=18))
    late, told = said(office)
    assert said(office) == said(office) == []
    nudge = next(call for call in office.messenger.calls if "two hours" in call.text)
    assert [call.about for call in office.messenger.calls if call.what is Operation.DELETE] == [
        office.messenger.there[nudge.key or ""].ts
    ]
    assert late == "U_DANA: *One update late*\n*ACME*, week 42 · *was due Thu 15 Oct* · last week 🟢 Green"
    assert told == (
        "U_JO: *One status isn't in*\n*ACME*, week 42 · was due Thu 15 Oct · last 🟢 Green · Dana\n"
        "*How week 42 ended: 1 red, 1 not in*\n🔴 Red *COBALT* COBALT shop · ↓ from Green"
    )
    # From Monday at five it is missing, which Tuesday's morning says; the manager is asked every morning.
    clock.forward(timedelta(days=3))
    asked, stays = said(office)
    assert asked == "U_DANA: *One update late*\n*ACME*, week 42 · *was due Thu 15 Oct* · week 41 🟢 Green"
    assert stays == (
        "U_JO: *How week 42 ended: 1 red, 1 not in*\n🔴 Red *COBALT* COBALT shop · ↓ from Green\n"
        "⚪ Not in: ACME (last 🟢 Green)"
    )
    clock.forward(timedelta(days=1))
    assert [line.partition(":")[0] for line in said(office)] == ["U_DANA", "U_JO"]
    clock.forward(timedelta(days=1))
    assert [line.partition(":")[0] for line in said(office)] == ["U_DANA"]
    # On the day on which the next ones are due, each project is asked for once.
    clock.forward(timedelta(days=1))
    assert said(office)[0] == (
        "U_DANA: *2 updates due today, 17:00*\n"
        "*ACME*, week 43 · week 41 🟢 Green · *week 42 isn't in either*\n"
        "*COBALT*, week 43 · last week 🔴 Red"
    )
    # The week's digest goes with the next one, in which nobody has said that COBALT is better.
    summed_up = next(call for call in office.messenger.calls if "How week 42 ended" in call.text)
    ts = office.messenger.there[summed_up.key or ""].ts
    assert (Operation.DELETE, ts) not in [(call.what, call.about) for call in office.messenger.calls]
    clock.forward(timedelta(days=1))
    [told] = [line for line in said(office) if line.startswith("U_JO: *2 statuses aren't in*")]
    assert "How week 43 ended" not in told, "nothing more is to be told of it"
    said(office)
    assert (Operation.DELETE, ts) in [(call.what, call.about) for call in office.messenger.calls]
    # The clocks go back on the Sunday.
    clock.forward(timedelta(days=3, hours=1))
    assert said(office)[-1].endswith("⚪ Not in: COBALT (last 🔴 Red), ACME (last 🟢 Green, week 41)")


def test_one_that_is_due_in_the_minute_of_the_morning_is_not_late_yet(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    world.delivery_manager("Jo")
    submit(world, dana, project(world, dana, "ACME", timezone="Australia/Brisbane"), weeks_ago=1)
    said(office)
    clock.now = THURSDAY.replace(hour=7)
    assert said(office) == ["U_DANA: *One update due today, 09:00*\n*ACME*, week 42 · last week 🟢 Green"]
    clock.forward(timedelta(days=1))
    late, told = said(office)
    assert late == "U_DANA: *One update late*\n*ACME*, week 42 · *was due Thu 15 Oct* · last week 🟢 Green"
    assert told.startswith("U_JO: *One status isn't in*")
    assert "How week 42 ended" not in told


def test_one_that_is_put_off_is_asked_for_nudged_and_late_by_its_new_time(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    jo = world.delivery_manager("Jo")
    acme = world.project(dana)
    ritual_id = ask_weekly(
        world.database, dana, acme, created_at=LONG_AGO, planned_through="2026-10-14T00:00"
    )
    submit(world, dana, acme, weeks_ago=1)
    assert said(office) == []
    friday = THURSDAY.replace(hour=12) + timedelta(days=1)
    RitualTimes(world.database, sorts()).put_off(dana, ritual_id, friday, origin=world.origin(), now=clock())
    clock.forward(timedelta(days=1))
    assert said(office) == []
    clock.forward(timedelta(hours=9))
    page = Statuses(world.database).missing(jo, only_mine=False, now=clock())
    assert page.total == 0
    clock.now = friday - timedelta(hours=5)
    assert said(office) == [
        "U_DANA: *One update due today, 14:00*\n*ACME*, week 42 · last week 🟢 Green",
    ]
    clock.forward(timedelta(hours=3))
    assert said(office) == ["U_DANA: *Due in two hours, at 14:00*\n*ACME* ACME shop"]
    clock.forward(timedelta(hours=3))
    assert Statuses(world.database).missing(jo, only_mine=False, now=clock()).total == 1


def test_a_delivery_manager_hears_of_all_that_is_not_in(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    world.delivery_manager("Jo")
    project(world, dana, "ACME")
    project(world, dana, "KIWI", timezone="Pacific/Auckland")
    # At five on Monday both are missing; in Auckland that is before Monday's morning here.
    for days in (5, 1):
        clock.forward(timedelta(days=days))
        [told] = [line for line in said(office) if line.startswith("U_JO")]
        assert told.startswith("U_JO: *2 statuses aren't in*\n*KIWI*")
        assert "\n*ACME*" in told


def test_a_day_off_is_no_missing_status_and_a_long_silence_is_said_loudly(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    jo = world.delivery_manager("Jo")
    acme = project(world, dana, "ACME", on_holiday=OnHoliday.SKIP)
    submit(world, dana, acme, Colour.AMBER, weeks_ago=4)
    off = THURSDAY.date() - timedelta(weeks=2)
    with world.database.write() as session:
        session.execute(insert(days_off).values(workspace_id=world.workspace_id, day=off, name="Picnic"))
    for weeks, in_a_row in ((0, "3 in a row"), (16, "more than ten in a row")):
        clock.now = NOW + timedelta(days=2, weeks=weeks)
        [told] = [line for line in said(office) if line.startswith("U_JO")]
        assert f"· last 🟠 Amber, stale · *{in_a_row}* · Dana" in told
        page = Statuses(world.database).missing(jo, only_mine=False, now=clock())
        assert f"{in_a_row} · last 🟠 Amber, stale" in str(missing(page, only_mine=False))


def test_a_status_was_due_on_one_day_for_everybody(office: Office, world: World, clock: SetClock) -> None:
    kim = world.person("Kim", timezone="Asia/Seoul")
    jo = world.delivery_manager("Jo")
    west = project(world, kim, "WEST", timezone="America/Los_Angeles")
    submit(world, kim, west, weeks_ago=1)
    told = []
    for hours in (24, 17, 8):
        clock.forward(timedelta(hours=hours))
        told += [line for line in said(office) if "was due" in line]
    assert {line.partition(":")[0] for line in told} == {"U_JO", "U_KIM"}
    assert all("was due Thu 15 Oct" in line for line in told)
    page = Statuses(world.database).missing(jo, only_mine=False, now=clock())
    assert " · was due Thu 15 Oct · " in str(missing(page, only_mine=False))
    [owed] = [each for each in Statuses(world.database).owed(kim, now=clock()) if each.is_late]
    assert "*was due Thu 15 Oct*" in waiting_line(owed)
    begun = Statuses(world.database).start(kim, west.id, owed.period, now=clock())
    form = StatusForm(west.id, owed.period)
    assert "was due Thu 15 Oct" in str(status_modal(form, begun, kim.person.slack_user_id))


def test_the_longest_silence_stands_first(office: Office, world: World, dana: Actor, clock: SetClock) -> None:
    jo = world.delivery_manager("Jo")
    for key, weeks, zone in (
        ("ACME", 1, "Europe/Berlin"),
        ("BRIM", 5, "Europe/Berlin"),
        ("CORE", 2, "Asia/Seoul"),
    ):
        submit(world, dana, project(world, dana, key, timezone=zone), weeks_ago=weeks)
    clock.now = NOW + timedelta(days=2)
    [told] = [line for line in said(office) if line.startswith("U_JO")]
    assert [line[1:5] for line in told.splitlines()[1:4]] == ["BRIM", "CORE", "ACME"]
    page = Statuses(world.database).missing(jo, only_mine=False, now=clock())
    assert [each.project_key for each in page.lines] == ["BRIM", "CORE", "ACME"]


def test_a_morning_asks_for_what_is_due_before_the_next_wherever_the_project_is(
    office: Office, world: World, clock: SetClock
) -> None:
    kim = world.person("Kim", timezone="America/Los_Angeles")
    submit(world, kim, project(world, kim, "TOKYO", timezone="Asia/Tokyo"), weeks_ago=1)
    # Thursday at five in Tokyo is one in the night of Thursday in Los Angeles: Wednesday's morning asks.
    clock.forward(timedelta(hours=7))
    [line] = said(office)
    assert (
        line == "U_KIM: *One update due soon*\n*TOKYO*, week 42 · due Thu 15 Oct, 01:00 · last week 🟢 Green"
    )


def test_a_leader_hears_how_the_week_ended_unless_their_pace_is_light(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    submit(world, dana, project(world, dana, "ACME"))
    for name in ("Nils", "Priya"):
        leader = world.person(name)
        world.people.grant(world.workspace_id, leader.person.id, OrganisationRole.LEADER, now=NOW)
    light = Wishes(None, None, Pace.LIGHT)
    Settings(world.database).change(world.person("Nils"), light, origin=world.origin(), now=NOW)
    clock.forward(timedelta(days=2))
    assert said(office) == ["U_PRIYA: *How week 42 ended: 1 green*\nAll are green."]


def test_asking_takes_as_many_statements_for_two_projects_as_for_twenty(
    office: Office, world: World, clock: SetClock
) -> None:
    world.delivery_manager("Jo")

    def taken(projects: int) -> int:
        for number in range(projects):
            key = f"P{clock().day}X{number}"
            project(world, world.person(key), key)
        planner = MorningPlanner(office.database, contributions())
        with statements_of(world.database) as statements:
            assert planner.plan(now=clock())
        return len(statements)

    clock.forward(timedelta(days=1))
    taken(1)  # Each later day closes the messages of the one before.
    clock.forward(timedelta(days=1))
    few = taken(2)
    clock.forward(timedelta(days=3))
    assert taken(20) == few
