"""When a morning comes: not to who is away, after quiet hours, and once more later that day."""

from datetime import timedelta

import pytest

from models.errors import Invalid, NotFound
from models.read_models import Actor, ProjectView
from models.rules.actions import ActionStatus
from models.rules.delivery import Operation
from models.rules.mornings.quiet import QuietHours
from models.rules.rituals.workdays import WorkingWeek
from models.services.mornings.answers import Mornings
from models.services.settings import Settings, Wishes
from models.tables import morning_items, mornings
from tests.conftest import SetClock
from tests.models.world import NOW, TODAY, World
from tests.scheduled.morning import asked, morning, only_morning, settle
from tests.scheduled.office import Office


def test_who_leaves_during_the_day_does_not_have_it_once_more(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    asked(world, dana, acme)
    morning(office)
    morning_id = only_morning(world)
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
    morning_id = only_morning(world)
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
    assert told == {"Fri": ["Dana"], "Sat": [], "Sun": ["Mina"], "Mon": ["Dana", "Mina"]}, "late, for both"


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
        [morning_id] = session.scalars(
            mornings.select().with_only_columns(morning_items.c.morning_id).distinct()
        )
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
    morning_id = only_morning(world)
    Mornings(world.database).put_off(dana, morning_id, origin=world.origin(), now=NOW)
    settle(world, dana, action)
    clock.forward(timedelta(hours=4))
    assert "come back" not in "".join(morning(office))


def test_nobodys_morning_is_looked_at_who_is_no_member_of_the_team(
    office: Office, world: World, dana: Actor, acme: ProjectView
) -> None:
    world.person("Robin", team_id="T_CLIENT")
    world.person("Yuki", is_guest=True)
    asked(world, dana, acme)
    morning(office)
    with world.database.read() as session:
        looked_at = session.scalars(mornings.select().with_only_columns(mornings.c.person_id)).all()
    assert looked_at == [dana.person.id]
