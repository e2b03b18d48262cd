"""Measures of success: added, changed, removed and brought back by a project's leads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from models.commands import MeasureFields
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, FieldChange, MeasureView, ProjectView
from models.rules.access import ProjectRole
from models.rules.plans.measures import Outcome
from models.services.plans.records import MOST
from models.tables import audit_entries, success_measures
from tests.models.world import NOW, World, statements_of

FIELDS = MeasureFields("Checkout conversion", "2.1 % to 2.6 %", Outcome.REVENUE)


def add(
    world: World,
    actor: Actor,
    project: ProjectView,
    fields: MeasureFields = FIELDS,
    receipt: str | None = None,
) -> MeasureView:
    """Add a measure."""
    return world.measures.add(actor, project.id, fields, origin=world.origin(receipt), now=NOW)


def edit(
    world: World, actor: Actor, measure: MeasureView, fields: MeasureFields, version: int | None = None
) -> MeasureView:
    """Change a measure, as it was seen unless told otherwise."""
    return world.measures.edit(
        actor, measure.id, fields, version=version or measure.version, origin=world.origin(), now=NOW
    )


def test_a_measure_is_kept_numbered_and_on_the_card(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    assert world.profiles.card(dana, project.id).measures == ()
    first = add(world, dana, project, MeasureFields("  Checkout\nconversion ", " 2.6 % ", Outcome.REVENUE))
    second = add(world, dana, project, MeasureFields("Calls to the hotline"))
    assert (first.title, first.target, first.number, second.number) == ("Checkout conversion", "2.6 %", 1, 2)
    page = world.measures.page(dana, project.id)
    assert page.records == (first, second) == world.profiles.card(dana, project.id).measures
    other = world.project(dana, key="BORE", channel="C_BORE")
    assert add(world, dana, other).number == 1


def test_a_change_is_in_the_history_and_nothing_changed_leaves_no_trace(world: World) -> None:
    dana = world.person("Dana")
    measure = add(world, dana, world.project(dana))
    changed = edit(world, dana, measure, MeasureFields(FIELDS.title, "2.7 %", FIELDS.outcome))
    assert changed.version == 2
    entry, added = world.measures.history(dana, measure.id).entries
    assert (added.action, entry.action) == ("added", "edited")
    assert entry.changes == (FieldChange("target", "2.1 % to 2.6 %", "2.7 %"),)
    before = world.count(audit_entries)
    assert edit(world, dana, changed, MeasureFields(FIELDS.title, "2.7 %", FIELDS.outcome)) == changed
    assert world.count(audit_entries) == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (MeasureFields(" "), "title"),
        (MeasureFields("x" * 201), "title"),
        (MeasureFields("Conversion", "x" * 201), "target"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    world: World, fields: MeasureFields, field: str
) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    measure = add(world, dana, project)
    acts: tuple[Callable[[], object], ...] = (
        lambda: add(world, dana, project, fields),
        lambda: edit(world, dana, measure, fields),
    )
    for act in acts:
        with pytest.raises(Invalid) as refusal:
            act()
        assert list(refusal.value.problems) == [field]


def test_what_is_removed_is_gone_until_it_is_brought_back_and_its_number_stays_taken(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    measure = add(world, dana, project)
    gone = world.measures.remove(dana, measure.id, origin=world.origin(), now=NOW)
    assert world.measures.page(dana, project.id).records == ()
    with pytest.raises(NotFound):
        edit(world, dana, gone, FIELDS)
    with pytest.raises(NotFound):
        world.measures.editable(dana, measure.id)
    assert add(world, dana, project).number == 2
    back = world.measures.restore(dana, measure.id, origin=world.origin(), now=NOW)
    assert [each.number for each in world.measures.page(dana, project.id).records] == [1, 2]
    assert world.measures.restore(dana, measure.id, origin=world.origin(), now=NOW) == back
    assert [entry.action for entry in world.measures.history(dana, measure.id).entries] == [
        "restored",
        "removed",
        "added",
    ]


def test_replays_do_it_once_and_a_second_editor_is_told(world: World) -> None:
    dana, lee = world.person("Dana"), world.delivery_manager("Lee")
    project = world.project(dana)
    measure = add(world, dana, project, receipt="view")
    assert add(world, dana, project, receipt="view") == measure
    assert world.count(success_measures) == 1
    edit(world, dana, measure, MeasureFields("Conversion", FIELDS.target, FIELDS.outcome))
    with pytest.raises(Conflict) as conflict:
        edit(world, lee, measure, MeasureFields(FIELDS.title, "3 %"))
    assert conflict.value.changes == (FieldChange("title", "Checkout conversion", "Conversion"),)
    assert conflict.value.by == dana.person


def test_leads_change_members_look_and_others_see_nothing(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    measure = add(world, dana, project)
    world.give_role(sam, project, ProjectRole.MEMBER)
    assert world.measures.page(dana, project.id).may_change
    assert not world.measures.page(sam, project.id).may_change
    acts: tuple[Callable[[], object], ...] = (
        lambda: add(world, sam, project),
        lambda: edit(world, sam, measure, FIELDS),
        lambda: world.measures.remove(sam, measure.id, origin=world.origin(), now=NOW),
        lambda: world.measures.editable(sam, measure.id),
        lambda: world.measures.addable(sam, project.id),
    )
    for act in acts:
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert refusal.value.ask == ("Dana",)
    for outsider in (world.person("Olga", is_guest=True), world.person("Robin", team_id="T_CLIENT")):
        for look in (
            lambda who: world.measures.page(who, project.id),
            lambda who: world.measures.history(who, measure.id),
            lambda who: world.measures.numbered(who, project.id, 1),
            lambda who: add(world, who, project),
        ):
            with pytest.raises(NotAllowed):
                look(outsider)
    other = World(world.database, "T_OTHER")
    stranger = other.delivery_manager("Stranger")
    foreign: tuple[Any, ...] = (
        lambda: other.measures.page(stranger, project.id),
        lambda: other.measures.history(stranger, measure.id),
        lambda: other.measures.numbered(stranger, project.id, 1),
        lambda: add(other, stranger, project),
        lambda: edit(other, stranger, measure, FIELDS),
    )
    for attempt in foreign:
        with pytest.raises(NotFound):
            attempt()


def test_an_archived_project_is_left_as_it_was(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    measure = add(world, dana, project)
    world.profiles.archive(dana, project.id, "Delivered", origin=world.origin(), now=NOW)
    assert world.measures.page(dana, project.id).records == (measure,)
    acts: tuple[Callable[[], object], ...] = (
        lambda: add(world, dana, project),
        lambda: edit(world, dana, measure, FIELDS),
    )
    for act in acts:
        with pytest.raises(Invalid) as refusal:
            act()
        assert "Reopen it first" in refusal.value.problems["project"]


def test_nobody_reads_more_than_forty_and_screens_ask_as_often_for_one_as_for_forty(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    add(world, dana, project)

    def asked() -> list[int]:
        counts = []
        for look in (
            lambda: world.measures.page(dana, project.id),
            lambda: world.profiles.card(dana, project.id),
        ):
            with statements_of(world.database) as seen:
                look()
            counts.append(len(seen))
        return counts

    few = asked()
    for number in range(MOST - 1):
        add(world, dana, project, MeasureFields(f"Measure {number}"))
    assert asked() == few
    with pytest.raises(Invalid) as refusal:
        add(world, dana, project)
    assert "40 of them already" in refusal.value.problems["title"]


def test_whoever_adds_at_the_same_time_gets_a_number_of_their_own(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    with ThreadPoolExecutor(max_workers=6) as pool:
        added = list(pool.map(lambda _: add(world, dana, project), range(6)))
    assert sorted(measure.number for measure in added) == list(range(1, 7))
