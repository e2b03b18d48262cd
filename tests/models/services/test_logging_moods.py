"""Logging, changing and deleting clients' moods, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from models.commands import INSIGHT_LENGTH, MoodFields
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, MoodFilter, MoodView, ProjectView
from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind, Operation
from models.rules.moods.words import HeardKind, MoodSource
from models.rules.risks.words import Visibility
from models.services import audit
from models.tables import heard_items, mood_readings, projects
from models.value import replace
from tests.models.world import CHANNEL, NOW, TODAY, World

LATER = NOW + timedelta(hours=1)


def fields_of(mood: MoodView, **changed: object) -> MoodFields:
    """Return the fields of a reading as its form would send them back, but for those given."""
    same = MoodFields(
        value=mood.value,
        insight=mood.insight,
        observed_on=mood.observed_on,
        source=mood.source,
        client_role=mood.client_role,
        request=mood.request,
        opportunity=mood.opportunity,
        follow_up=mood.follow_up,
        visibility=mood.visibility,
    )
    return replace(same, **changed)  # type: ignore[arg-type]


def edit(world: World, actor: Actor, mood: MoodView, **changed: object) -> MoodView:
    fields = fields_of(mood, **changed)
    return world.moods.edit(
        actor, mood.id, fields, version=mood.version, origin=world.origin(), now=LATER
    ).reading


def delete(world: World, actor: Actor, mood: MoodView) -> MoodView:
    return world.moods.delete(actor, mood.id, origin=world.origin(), now=LATER).reading


def listed(world: World, actor: Actor, **wanted: object) -> list[MoodView]:
    return list(world.moods.page(actor, MoodFilter(**wanted)).readings)  # type: ignore[arg-type]


def actions(world: World, mood: MoodView) -> list[str]:
    with world.database.read() as session:
        return [entry.action for entry in audit.history(session, world.workspace_id, mood.id)]


def problems(act: object) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        act()  # type: ignore[operator]
    return caught.value.problems


def test_a_reading_is_kept_with_all_that_was_said(world: World, sam: Actor, project: ProjectView) -> None:
    logged = world.mood(
        sam,
        project,
        4,
        insight="  Likes the \n new checkout. ",
        source=MoodSource.CALL,
        client_role="Sponsor",
        request="A dark theme",
        opportunity="Their second market",
        follow_up="Send the prices",
    )
    (read,) = listed(world, sam)
    assert read == logged.reading
    assert read.insight == "Likes the new checkout."
    assert read.heard == {HeardKind.REQUEST: "A dark theme", HeardKind.OPPORTUNITY: "Their second market"}
    assert (read.source, read.client_role, read.follow_up) == (MoodSource.CALL, "Sponsor", "Send the prices")
    assert (read.author, read.observed_on, logged.before) == (sam.person, TODAY, None)
    assert actions(world, read) == ["logged"]


def test_without_a_day_it_is_today_where_the_project_is(
    world: World, sam: Actor, project: ProjectView
) -> None:
    late = datetime(2026, 10, 14, 23, tzinfo=UTC)
    logged = world.mood(sam, project, 4, observed_on=None, now=late)
    assert logged.reading.observed_on == TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": 0}, "value"),
        ({"value": 6}, "value"),
        ({"observed_on": TODAY + timedelta(days=1)}, "observed_on"),
        ({"observed_on": TODAY - timedelta(days=366)}, "observed_on"),
        ({"insight": "x" * (INSIGHT_LENGTH + 1)}, "insight"),
        ({"request": "x" * (INSIGHT_LENGTH + 1)}, "request"),
        ({"client_role": "x" * 81}, "client_role"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(
    world: World, sam: Actor, project: ProjectView, wrong: dict[str, object], field: str
) -> None:
    fields = replace(MoodFields(4), **wrong)  # type: ignore[arg-type]

    def log() -> object:
        return world.moods.log(sam, project, fields, confirm_in=None, origin=world.origin(), now=NOW)

    assert list(problems(log)) == [field]
    assert world.count(mood_readings) == 0


@pytest.mark.parametrize("value", [1, 2])
def test_a_low_value_wants_a_sentence(world: World, sam: Actor, project: ProjectView, value: int) -> None:
    assert "in one sentence why" in problems(lambda: world.mood(sam, project, value, insight=" "))["insight"]


def test_a_great_change_wants_a_sentence(world: World, sam: Actor, project: ProjectView) -> None:
    world.mood(sam, project, 5, 3, insight="")
    said = problems(lambda: world.mood(sam, project, 3, insight=""))["insight"]
    assert "it was 5, delighted" in said
    assert world.mood(sam, project, 4, insight="").before is not None


def test_a_change_from_what_one_may_not_see_gives_nothing_away(
    world: World, sam: Actor, project: ProjectView
) -> None:
    dana = world.person("Dana")
    world.mood(dana, project, 5, 3, visibility=Visibility.RESTRICTED)
    logged = world.mood(sam, project, 3, insight="")
    assert logged.before is None


def test_the_same_delivery_logs_once(world: World, sam: Actor, project: ProjectView) -> None:
    origin = world.origin("same")
    world.mood(sam, project, 5, 7)
    first = world.mood(sam, project, 4, origin=origin)
    again = world.mood(sam, project, 4, origin=origin)
    assert again == first
    assert world.count(mood_readings) == 2


def test_an_archived_project_takes_none(world: World, sam: Actor, project: ProjectView) -> None:
    with world.database.write() as session:
        session.execute(update(projects).values(archived_at=NOW))
    assert list(problems(lambda: world.mood(sam, project, 4))) == ["project_id"]


def test_the_author_may_change_it(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 4, request="A dark theme").reading
    changed = edit(world, sam, mood, value=3, request="", opportunity="More work")
    (read,) = listed(world, sam)
    assert read == changed
    assert (read.value, read.version) == (3, 2)
    assert read.heard == {HeardKind.OPPORTUNITY: "More work"}
    assert actions(world, read) == ["edited", "logged"]


def test_nothing_changed_is_no_change(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 4).reading
    assert edit(world, sam, mood) == mood
    assert actions(world, mood) == ["logged"]


def test_a_change_needs_its_sentence_too(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 4, insight="").reading
    assert list(problems(lambda: edit(world, sam, mood, value=2))) == ["insight"]


def test_nobody_else_may_change_it(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 4).reading
    for other in (world.person("Dana"), world.delivery_manager("Jo"), world.person("Mina")):
        with pytest.raises(NotAllowed) as refused:
            edit(world, other, mood, value=5)
        assert refused.value.ask == ("Sam",)
        with pytest.raises(NotAllowed):
            delete(world, other, mood)


def test_two_windows_conflict_visibly(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 4).reading
    edit(world, sam, mood, value=5)
    with pytest.raises(Conflict) as conflict:
        edit(world, sam, mood, insight="From the other window.")
    assert [change.field for change in conflict.value.changes] == ["value"]


def test_a_deleted_reading_is_gone_but_its_history_stays(
    world: World, sam: Actor, project: ProjectView
) -> None:
    mood = world.mood(sam, project, 4, request="A dark theme").reading
    delete(world, sam, mood)
    assert listed(world, sam) == []
    assert listed(world, sam, heard=True) == []
    assert actions(world, mood) == ["deleted", "logged"]
    with pytest.raises(NotFound):
        delete(world, sam, mood)


def test_the_same_delivery_deletes_once(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 4).reading
    origin = world.origin("same")
    for _ in range(2):
        done = world.moods.delete(sam, mood.id, origin=origin, now=LATER)
        assert done.reading.is_withdrawn
    assert actions(world, mood) == ["deleted", "logged"]


def test_what_was_heard_belongs_to_its_workspace(world: World, sam: Actor, project: ProjectView) -> None:
    world.mood(sam, project, 4, request="A dark theme")
    with world.database.read() as session:
        assert set(session.scalars(select(heard_items.c.workspace_id))) == {world.workspace_id}


def test_guests_and_strangers_may_nothing(world: World, project: ProjectView) -> None:
    for outsider in (world.person("Yuki", is_guest=True), world.person("Robin", team_id="T_OTHER")):
        for act in (
            lambda who: world.mood(who, project, 4),
            lambda who: world.moods.page(who, MoodFilter()),
            lambda who: world.moods.trend(who, project.id, now=NOW),
            lambda who: world.moods.overview(who, (), today=TODAY),
            lambda who: world.moods.newest_of_mine(who, None),
        ):
            with pytest.raises(NotAllowed):
                act(outsider)


def test_another_workspace_finds_nothing(world: World, sam: Actor, project: ProjectView) -> None:
    mood = world.mood(sam, project, 4).reading
    other = World(world.database, team="T_ELSEWHERE")
    peter = other.person("Peter")
    assert listed(other, peter) == []
    with pytest.raises(NotFound):
        other.moods.own(peter, mood.id)
    with pytest.raises(NotFound):
        other.moods.trend(peter, project.id, now=NOW)
    with pytest.raises(NotFound):
        other.moods.log(peter, project, MoodFields(4), confirm_in=None, origin=other.origin(), now=NOW)


def test_what_one_logged_last_is_found_by_project_or_anywhere(
    world: World, sam: Actor, project: ProjectView
) -> None:
    second = world.project(world.person("Lee"), key="BOR", channel="C_BOR")
    here = world.mood(sam, project, 4, now=NOW).reading
    there = world.mood(sam, second, 3, 5, now=LATER).reading
    world.mood(world.person("Dana"), project, 5, now=LATER)
    assert world.moods.newest_of_mine(sam, project.id) == here
    assert world.moods.newest_of_mine(sam, None) == there
    with pytest.raises(NotFound):
        world.moods.newest_of_mine(world.person("Mina"), None)


@pytest.mark.parametrize(
    ("confirm_in", "operation", "recipient"),
    [(CHANNEL, Operation.EPHEMERAL, "U_SAM"), ("U_SAM", Operation.POST, None)],
)
def test_only_the_author_is_told_that_it_was_logged(
    world: World,
    sam: Actor,
    project: ProjectView,
    confirm_in: str,
    operation: Operation,
    recipient: str | None,
) -> None:
    (said,) = world.said_by(lambda: world.mood(sam, project, 4, confirm_in=confirm_in))
    assert (said.kind, said.operation, said.channel, said.recipient) == (
        NoticeKind.MOOD_CONFIRMED,
        operation,
        confirm_in,
        recipient,
    )


def test_a_restricted_reading_is_for_its_author_and_the_leads(
    world: World, sam: Actor, project: ProjectView
) -> None:
    mood = world.mood(sam, project, 4, visibility=Visibility.RESTRICTED).reading
    lead, member = world.person("Alex"), world.person("Mina")
    world.give_role(lead, project, ProjectRole.ENGINEERING_LEAD)
    world.give_role(member, project, ProjectRole.MEMBER)
    for who in (sam, world.person("Dana"), lead, world.delivery_manager("Jo")):
        assert listed(world, who) == [mood]
        assert world.moods.trend(who, project.id, now=NOW).last == mood
    for who in (member, world.person("Kofi")):
        assert listed(world, who) == []
        seen = world.moods.trend(who, project.id, now=NOW)
        assert (seen.last, seen.state.days) == (None, ())
        with pytest.raises(NotFound):
            world.moods.own(who, mood.id)
