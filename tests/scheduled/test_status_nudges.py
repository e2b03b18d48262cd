"""Nudges about a status that is not in: whom they reach, when, and whom they leave in peace."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.read_models import Actor
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.delivery import Operation
from models.rules.mornings.paces import Pace
from models.rules.mornings.quiet import QuietHours
from models.services.mornings.answers import Mornings
from models.services.settings import Settings, Wishes
from models.tables import mornings
from tests.conftest import SetClock
from tests.models.world import NOW, World
from tests.scheduled.office import Office
from tests.scheduled.status_asking import THURSDAY, project, said, submit


def test_a_nudge_goes_as_soon_as_what_it_asks_for_is_in(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    acme = project(world, dana, "ACME")
    clock.forward(timedelta(days=1))
    said(office)
    clock.forward(timedelta(hours=4))
    assert said(office) == ["U_DANA: *Due in two hours, at 17:00*\n*ACME* ACME shop"]
    nudge = next(call for call in office.messenger.calls if "two hours" in call.text)
    ts = office.messenger.there[nudge.key or ""].ts
    submit(world, dana, acme, weeks_ago=0, now=clock())
    said(office)
    assert [call.about for call in office.messenger.calls if call.what is Operation.DELETE] == [ts]


def test_who_sent_all_is_not_nudged_and_a_light_pace_never(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    lee = world.person("Lee")
    submit(world, dana, project(world, dana, "ACME"))
    project(world, lee, "DELTA")
    Settings(world.database).change(lee, Wishes(None, None, Pace.LIGHT), origin=world.origin(), now=NOW)
    clock.forward(timedelta(days=1, hours=4))
    said(office)
    clock.forward(timedelta(hours=1))
    assert not any("two hours" in text for text in office.messenger.texts)


def test_whoever_stands_in_is_asked_while_the_manager_is_away(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    acme, sam, ines = project(world, dana, "ACME"), world.person("Sam"), world.person("Ines")
    world.give_role(ines, acme, ProjectRole.PRODUCT_OWNER)
    world.give_role(sam, acme, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    world.delivery_manager("Jo")
    nils = world.person("Nils")
    world.people.grant(world.workspace_id, nils.person.id, OrganisationRole.LEADER, now=NOW)
    away = Wishes(None, THURSDAY.date() + timedelta(days=1))
    Settings(world.database).change(dana, away, origin=world.origin(), now=NOW)
    clock.forward(timedelta(days=1))
    assert [line.partition(":")[0] for line in said(office)] == ["U_SAM"]
    clock.forward(timedelta(hours=4))
    assert said(office) == ["U_SAM: *Due in two hours, at 17:00*\n*ACME* ACME shop"]
    clock.forward(timedelta(hours=18))
    told, summed_up, asked = said(office)
    assert asked.startswith("U_SAM: *One update late*")
    assert summed_up.endswith("⚪ Not in: ACME · ACME: Dana is away until 16 Oct, Sam stands in")
    assert "was due Thu 15 Oct · *more than ten in a row* · Dana is away until 16 Oct, Sam st" in told
    assert "How week 42 ended" not in told, "what isn't in stands there once"
    clock.forward(timedelta(days=3))
    kept = [line for line in said(office) if "How week 42 ended" in line]
    assert [line.partition(":")[0] for line in kept] == ["U_JO", "U_NILS"], "theirs stay until the next"


def test_each_of_two_leads_puts_off_their_own_morning_and_a_deputy_has_none(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    acme, lee, sam = project(world, dana, "ACME"), world.person("Lee"), world.person("Sam")
    world.give_role(lee, acme, ProjectRole.PROJECT_MANAGER)
    world.give_role(sam, acme, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    clock.forward(timedelta(days=1))
    for_dana, for_lee = said(office)
    assert for_dana.startswith("U_DANA: *One update due today, 17:00*")
    assert for_lee.startswith("U_LEE: *One update due today, 17:00*")
    with world.database.read() as session:
        hers = session.scalar(select(mornings.c.id).where(mornings.c.person_id == dana.person.id))
    assert hers is not None
    Mornings(world.database).put_off(dana, hers, origin=world.origin(), now=clock())
    assert said(office) == ["U_DANA: ⏰ I'll bring you this again at 15:00."], "Lee's stays as it is"

    clock.forward(timedelta(hours=4))
    again, nudged = said(office)
    assert again.startswith("U_DANA: ⏰ *You asked me to come back to this.*\n*One update due today, 17:00*")
    assert nudged.startswith("U_LEE: *Due in two hours, at 17:00*"), "who put nothing off is told once more"
    assert said(office) == [], "the one that was put off goes"
    submit(world, lee, acme, now=clock())
    assert [line.splitlines()[0] for line in said(office)] == [
        "U_DANA: *All done for today.*",
        "U_LEE: *All done for today.*",
    ]
    assert not any(call.where == "U_SAM" for call in office.messenger.calls)


def test_who_is_away_in_los_angeles_on_the_day_it_is_due_is_not_nudged_for_the_day_it_is_in_london(
    office: Office, world: World, clock: SetClock
) -> None:
    kim, lee = (world.person(name, timezone="America/Los_Angeles") for name in ("Kim", "Lee"))
    west = project(world, kim, "WEST", timezone="America/Los_Angeles")
    world.give_role(lee, west, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    Settings(world.database).change(kim, Wishes(None, THURSDAY.date()), origin=world.origin(), now=NOW)
    for hours in (24 + 7, 6):
        clock.forward(timedelta(hours=hours))
        said(office)
    assert [call.where for call in office.messenger.calls if "two hours" in call.text] == ["U_LEE"]


def test_nobody_is_nudged_while_they_are_away_though_nobody_stands_in(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    submit(world, dana, project(world, dana, "ACME"), weeks_ago=1)
    away = Wishes(None, THURSDAY.date() + timedelta(days=1))
    Settings(world.database).change(dana, away, origin=world.origin(), now=NOW)
    for hours in (24, 5):
        clock.forward(timedelta(hours=hours))
        assert said(office) == []


@pytest.mark.parametrize("why", ["put off", "quiet"])
def test_whose_morning_comes_shortly_before_is_not_nudged_as_well(
    office: Office, world: World, dana: Actor, clock: SetClock, why: str
) -> None:
    submit(world, dana, project(world, dana, "ACME"), weeks_ago=1)
    if why == "quiet":
        quiet = Wishes(QuietHours(20 * 60, 14 * 60), None)
        Settings(world.database).change(dana, quiet, origin=world.origin(), now=NOW)
    clock.forward(timedelta(days=1))
    said(office)
    if why == "put off":
        with world.database.read() as session:
            [morning_id] = session.scalars(mornings.select().where(mornings.c.person_id == dana.person.id))
        Mornings(world.database).put_off(dana, morning_id, origin=world.origin(), now=clock())
        said(office)
    for hours in (3, 1, 1):
        clock.forward(timedelta(hours=hours))
        said(office)
    told = [
        call.text for call in office.messenger.calls if "two hours" in call.text or "due today" in call.text
    ]
    asked_once_more = [text for text in told if "asked me to come back" in text]
    assert (len(told), len(asked_once_more)) == ((2, 1) if why == "put off" else (1, 0))
