"""Mood alerts: told once, to those whom they concern and nobody else, and ended by better readings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.errors import Invalid, NotFound
from models.read_models import Actor, MoodAlertView, ProjectView
from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind, Operation
from models.rules.moods.alerts import Alert, AlertCause
from models.rules.moods.words import AlertOutcome
from models.rules.risks.words import Visibility
from models.services.moods.alert_rows import NewAlert, insert_alert
from models.services.moods.readings import MoodReadings
from models.services.settings import Settings, Wishes
from models.tables import mood_alerts
from tests.models.services.test_logging_moods import delete, edit
from tests.models.world import NOW, TODAY, Said, World

ALERTED = ["U_DANA", "U_JO", "U_PRIYA"]


@pytest.fixture
def project(world: World) -> ProjectView:
    """Return a project with everybody on it who must, and who must not, hear of an alert."""
    dana, alex, mina = (world.person(name) for name in ("Dana", "Alex", "Mina"))
    priya = world.person("Priya")
    world.delivery_manager("Jo")
    project = world.project(dana)
    world.give_role(priya, project, ProjectRole.ACCOUNT_MANAGER)
    world.give_role(alex, project, ProjectRole.ENGINEERING_LEAD)
    world.give_role(alex, project, ProjectRole.PRODUCT_OWNER)
    world.give_role(mina, project, ProjectRole.MEMBER)
    return project


def alarms(said: list[Said], operation: Operation = Operation.POST) -> list[str]:
    """Return to whom alerts were told."""
    return sorted(
        each.channel for each in said if each.kind is NoticeKind.MOOD_ALERT and each.operation is operation
    )


def the_alert(world: World) -> MoodAlertView:
    """Return the only alert that there ever was."""
    with world.database.read() as session:
        (row,) = session.execute(select(mood_alerts)).all()
        alert_id = row.id
    found = MoodReadings(world.database).alert(world.workspace_id, alert_id)
    assert found is not None
    return found.alert


def open_alerts(world: World, project: ProjectView) -> bool:
    (state,) = MoodReadings(world.database).states(world.workspace_id, [project.id], TODAY).values()
    return state.has_alert


def test_a_slide_is_told_to_the_right_three_and_nobody_else(
    world: World, sam: Actor, project: ProjectView
) -> None:
    world.mood(sam, project, 4, 12)
    said = world.said_by(lambda: world.mood(sam, project, 2))
    assert alarms(said) == ALERTED
    assert [each.channel for each in said if each.kind is not NoticeKind.MOOD_ALERT] == []
    assert {person.name for person in the_alert(world).told} == {"Dana", "Priya", "Jo"}


def test_it_is_told_once_however_low_it_stays(world: World, sam: Actor, project: ProjectView) -> None:
    world.mood(sam, project, 1, 3)
    said = world.said_by(lambda: [world.mood(sam, project, 1, 2), world.mood(sam, project, 2, 1)])
    assert alarms(said) == []
    assert open_alerts(world, project)


def test_deputies_hear_it_where_nobody_else_has_the_role(world: World, sam: Actor) -> None:
    dana, deputy, other = (world.person(name) for name in ("Dana", "Tom", "Ines"))
    project = world.project(dana)
    world.give_role(deputy, project, ProjectRole.ACCOUNT_MANAGER, is_deputy=True)
    world.give_role(other, project, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    assert alarms(world.said_by(lambda: world.mood(sam, project, 1))) == ["U_DANA", "U_TOM"]


def test_deputies_stand_in_for_who_is_away(world: World, sam: Actor, project: ProjectView) -> None:
    priya, deputy = world.person("Priya"), world.person("Tom")
    world.give_role(deputy, project, ProjectRole.ACCOUNT_MANAGER, is_deputy=True)
    away = Wishes(None, TODAY + timedelta(days=3))
    Settings(world.database).change(priya, away, origin=world.origin(), now=NOW)
    assert alarms(world.said_by(lambda: world.mood(sam, project, 1))) == ["U_DANA", "U_JO", "U_TOM"]


@pytest.mark.parametrize(
    ("history", "cause"),
    [
        ([(5, 9), (3, 0)], AlertCause.DROP),
        ([(4, 9), (3, 0)], None),
        ([(3, 20), (2, 9), (2, 0)], AlertCause.LOW_TWICE),
        ([(5, 46), (3, 0)], None),
        ([(1, 0)], AlertCause.LOWEST),
    ],
)
def test_the_rule_decides(
    world: World,
    sam: Actor,
    project: ProjectView,
    history: list[tuple[int, int]],
    cause: AlertCause | None,
) -> None:
    for value, days_ago in history:
        world.mood(sam, project, value, days_ago)
    if cause is None:
        assert world.count(mood_alerts) == 0
    else:
        assert the_alert(world).cause is cause


def test_two_better_readings_end_it_and_correct_what_was_said(
    world: World, sam: Actor, project: ProjectView
) -> None:
    world.mood(sam, project, 1, 3)
    said = world.said_by(lambda: world.mood(sam, project, 3, 2))
    assert alarms(said, Operation.UPDATE) == ALERTED, "whoever was told reads how the client is since"
    assert the_alert(world).ended_at is None
    said = world.said_by(lambda: world.mood(sam, project, 4, 1))
    assert alarms(said, Operation.UPDATE) == ALERTED
    assert the_alert(world).outcome is AlertOutcome.CLEARED
    assert not open_alerts(world, project)


def test_the_next_slide_is_an_alert_of_its_own(world: World, sam: Actor, project: ProjectView) -> None:
    for value, days_ago in ((1, 9), (3, 8), (3, 7)):
        world.mood(sam, project, value, days_ago)
    assert alarms(world.said_by(lambda: world.mood(sam, project, 1, 1))) == ALERTED
    assert world.count(mood_alerts) == 2


def test_deleting_its_cause_ends_it(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 1).reading
    said = world.said_by(lambda: delete(world, sam, mood))
    assert alarms(said, Operation.UPDATE) == ALERTED
    assert the_alert(world).outcome is AlertOutcome.TAKEN_BACK


def test_a_slip_that_is_corrected_ends_it_and_the_other_way_round(
    world: World, sam: Actor, project: ProjectView
) -> None:
    mood = edit(world, sam, world.mood(sam, project, 1).reading, value=4)
    assert the_alert(world).outcome is AlertOutcome.TAKEN_BACK
    assert alarms(world.said_by(lambda: edit(world, sam, mood, value=1))) == ALERTED


def test_a_better_sentence_corrects_what_was_said(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 1).reading
    said = world.said_by(lambda: edit(world, sam, mood, insight="They miss a name for decisions."))
    assert alarms(said, Operation.UPDATE) == ALERTED


def test_the_same_delivery_alarms_once(world: World, sam: Actor, project: ProjectView) -> None:
    origin = world.origin("same")
    said = world.said_by(lambda: [world.mood(sam, project, 1, origin=origin) for _ in range(2)])
    assert alarms(said) == ALERTED


def test_a_restricted_reading_alarms_too(world: World, sam: Actor, project: ProjectView) -> None:
    said = world.said_by(lambda: world.mood(sam, project, 1, visibility=Visibility.RESTRICTED))
    assert alarms(said) == ALERTED


def test_the_database_itself_keeps_a_project_to_one_open_alert(
    world: World, sam: Actor, project: ProjectView
) -> None:
    world.mood(sam, project, 1)
    present = the_alert(world)
    second = NewAlert(world.workspace_id, project.id, Alert(AlertCause.LOWEST, TODAY), ())
    with pytest.raises(IntegrityError), world.database.write() as session:
        insert_alert(session, world.workspace_id, second, NOW)
    assert the_alert(world) == present


def take(world: World, who: Actor) -> MoodAlertView:
    return world.moods.take(who, the_alert(world).id, origin=world.origin(), now=NOW)


def hand_back(world: World, who: Actor) -> MoodAlertView:
    return world.moods.hand_back(who, the_alert(world).id, origin=world.origin(), now=NOW)


def test_one_takes_the_call_and_the_others_see_it(world: World, sam: Actor, project: ProjectView) -> None:
    world.mood(sam, project, 1)
    priya, jo = world.person("Priya"), world.person("Jo")
    said = world.said_by(lambda: take(world, priya))
    assert alarms(said, Operation.UPDATE) == ALERTED
    assert world.said_by(lambda: take(world, jo)) == []
    assert the_alert(world).taken_by == priya.person
    assert the_alert(world).taken_at == NOW


def test_only_who_took_it_can_hand_it_back(world: World, sam: Actor, project: ProjectView) -> None:
    world.mood(sam, project, 1)
    priya, jo = world.person("Priya"), world.person("Jo")
    take(world, priya)
    assert hand_back(world, jo).taken_by == priya.person
    assert hand_back(world, priya).taken_by is None
    assert take(world, jo).taken_by == jo.person


def test_one_that_is_over_cannot_be_taken(world: World, sam: Actor, project: ProjectView) -> None:
    delete(world, sam, world.mood(sam, project, 1).reading)
    with pytest.raises(Invalid):
        take(world, world.person("Dana"))


@pytest.mark.parametrize("act", [take, hand_back])
def test_everybody_else_knows_of_no_alert(
    world: World, sam: Actor, project: ProjectView, act: Callable[[World, Actor], MoodAlertView]
) -> None:
    world.mood(sam, project, 1)
    kofi = world.person("Kofi")
    for who in (sam, world.person("Alex"), world.person("Mina"), kofi):
        with pytest.raises(NotFound):
            act(world, who)
        seen = world.moods.trend(who, project.id, now=NOW)
        assert (seen.alert, seen.state.has_alert) == (None, False)
    for name in ("Dana", "Priya", "Jo"):
        alert = world.moods.trend(world.person(name), project.id, now=NOW).alert
        assert alert is not None


def test_who_left_is_told_nothing_more_and_not_named(world: World, sam: Actor, project: ProjectView) -> None:
    world.mood(sam, project, 1)
    world.person("Priya", is_deleted=True)
    assert {person.name for person in the_alert(world).told} == {"Dana", "Jo"}


def test_what_the_alert_shows_is_the_lowest_of_its_day_and_the_one_before(
    world: World, sam: Actor, project: ProjectView
) -> None:
    before = world.mood(sam, project, 5, 12).reading
    world.mood(sam, project, 4, insight="Fine in chat.")
    low = world.mood(sam, project, 2, insight="Tense call.").reading
    world.mood(sam, project, 3, insight="Better.", now=NOW + timedelta(hours=1))
    found = MoodReadings(world.database).alert(world.workspace_id, the_alert(world).id)
    assert found is not None
    assert (found.reading, found.before) == (low, before)
