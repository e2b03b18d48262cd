"""What a project says of itself: changed by its leads, safe from a second editor, archived, reopened."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models.commands import ProjectProfile
from models.errors import AlreadyExists, Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, FieldChange, ProjectView
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.projects.kinds import DeliveryMode, ProjectKind, ProjectScope
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.words import Visibility
from models.services.projects.fields import profile_of
from models.tables import audit_entries
from models.value import replace
from tests.models.world import NOW, World, statements_of


def edit(
    world: World,
    actor: Actor,
    project: ProjectView,
    receipt: str | None = None,
    **changed: Any,  # noqa: ANN401 - any field of a profile.
) -> ProjectView:
    """Change some of what a project says, from the version at hand."""
    profile = replace(profile_of(project), **changed)
    return world.profiles.edit(
        actor, project.id, profile, version=project.version, origin=world.origin(receipt), now=NOW
    )


def archive(world: World, actor: Actor, project: ProjectView, reason: str = "Delivered") -> ProjectView:
    """Archive a project."""
    return world.profiles.archive(actor, project.id, reason, origin=world.origin(), now=NOW)


def reopen(world: World, actor: Actor, project: ProjectView) -> ProjectView:
    """Bring it back."""
    return world.profiles.reopen(actor, project.id, origin=world.origin(), now=NOW)


def test_everything_that_a_person_may_set_is_kept(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    wanted = ProjectProfile(
        name="Acme web shop",
        key="SHOP",
        client_name="Acme Holding",
        internal_channel_id="C_SHOP",
        timezone="America/Los_Angeles",
        client_channel_id="C_SHARED",
        kind=ProjectKind.TALENT_ON_DEMAND,
        delivery_mode=DeliveryMode.PULL,
        starts_on=date(2026, 9, 1),
        planned_end_on=date(2026, 12, 18),
        board_url="https://example.org/board",
        jira_url="https://example.org/jira",
        notes_url="https://example.org/notes",
    )
    changed = world.profiles.edit(dana, project.id, wanted, version=1, origin=world.origin(), now=NOW)
    assert profile_of(changed) == wanted
    assert changed.version == 2
    assert world.projects.in_channel(dana, "C_SHOP") == changed
    assert world.projects.in_channel(dana, project.internal_channel_id) is None


def test_the_history_tells_what_was_written_down_late_on_its_day(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    project = world.project(dana)
    edit(world, dana, project, name="Acme store")
    weeks_ago = NOW - timedelta(weeks=3)
    world.teams.assign(
        dana, project.id, lee.person.id, ProjectRole.MEMBER, origin=world.origin(), now=weeks_ago
    )
    actions = [entry.action for entry in world.profiles.history(dana, project.id).entries]
    assert actions == ["edited", "created", "assigned"]


def test_what_changed_is_in_the_history_and_nothing_else_is(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    edit(world, dana, project, name="Acme web shop", starts_on=date(2026, 9, 1))
    entry, made = world.profiles.history(dana, project.id).entries
    assert made.action == "created"
    assert (entry.action, entry.person, entry.version) == ("edited", dana.person, 2)
    assert entry.changes == (
        FieldChange("name", "ACME shop", "Acme web shop"),
        FieldChange("starts_on", None, "2026-09-01"),
    )


def test_nothing_changed_leaves_no_trace(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    before = world.count(audit_entries)
    assert edit(world, dana, project) == project
    assert world.count(audit_entries) == before


def test_a_second_editor_loses_nothing_and_is_told(world: World) -> None:
    dana, lee = world.person("Dana"), world.delivery_manager("Lee")
    project = world.project(dana)
    edit(world, dana, project, name="Acme web shop")
    with pytest.raises(Conflict) as conflict:
        edit(world, lee, project, client_name="Acme Holding")
    assert conflict.value.changes == (FieldChange("name", "ACME shop", "Acme web shop"),)
    assert conflict.value.by == dana.person
    assert world.projects.get(dana, project.id).client.name == "ACME Inc"


def test_a_replay_changes_it_once(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    first = edit(world, dana, project, "view", name="Acme web shop")
    assert edit(world, dana, project, "view", name="Acme web shop") == first
    assert first.version == 2


def test_a_key_stays_once_a_risk_is_numbered_after_it(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    project = edit(world, dana, project, key="SHOP")
    assert project.key == "SHOP"
    world.log(dana, project)
    with pytest.raises(Invalid) as refusal:
        edit(world, dana, project, key="STORE")
    assert list(refusal.value.problems) == ["key"]


def test_key_and_channel_of_another_project_are_refused(world: World) -> None:
    dana = world.person("Dana")
    world.project(dana, key="BORE", channel="C_BORE")
    project = world.project(dana)
    for field, changed in (
        ("key", {"key": "BORE"}),
        ("internal_channel_id", {"internal_channel_id": "C_BORE"}),
    ):
        with pytest.raises(AlreadyExists) as refusal:
            edit(world, dana, project, **changed)
        assert refusal.value.field == field
    assert world.projects.get(dana, project.id) == project


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"timezone": "GMT+1"}, "timezone"),
        ({"internal_channel_id": ""}, "internal_channel_id"),
        ({"client_channel_id": "C_ACME"}, "client_channel_id"),
        ({"board_url": "http://example.org"}, "board_url"),
        ({"notes_url": "the wiki"}, "notes_url"),
        ({"starts_on": date(2026, 9, 2), "planned_end_on": date(2026, 9, 1)}, "planned_end_on"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    world: World, changed: dict[str, Any], field: str
) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    with pytest.raises(Invalid) as refusal:
        edit(world, dana, project, **changed)
    assert list(refusal.value.problems) == [field]


def test_members_are_told_whom_to_ask_and_other_workspaces_find_nothing(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    world.give_role(sam, project, ProjectRole.MEMBER)
    for act in (
        lambda: edit(world, sam, project, name="Mine"),
        lambda: archive(world, sam, project),
        lambda: world.profiles.editable(sam, project.id),
        lambda: world.profiles.archivable(sam, project.id),
    ):
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert refusal.value.ask == ("Dana",)
    other = World(world.database, "T_OTHER")
    stranger = other.delivery_manager("Stranger")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: edit(other, stranger, project, name="Theirs"),
        lambda: archive(other, stranger, project),
        lambda: other.profiles.card(stranger, project.id),
        lambda: other.profiles.history(stranger, project.id),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    assert other.profiles.page(stranger, ProjectScope.ALL).total == 0


@pytest.mark.parametrize("profile", [{"is_guest": True}, {"team_id": "T_CLIENT"}])
def test_outsiders_see_nothing(world: World, profile: dict[str, object]) -> None:
    project = world.project(world.person("Dana"))
    outsider = world.person("Olga", **profile)
    for ask in (
        lambda: world.profiles.card(outsider, project.id),
        lambda: world.profiles.page(outsider),
        lambda: world.profiles.history(outsider, project.id),
        lambda: edit(world, outsider, project, name="Mine"),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_an_archived_project_leaves_the_lists_takes_no_risks_and_comes_back(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    world.log(dana, project, probability=4, impact=3, owner_id=dana.person.id)
    gone = archive(world, dana, project)
    assert gone.is_archived
    assert gone.archiving_reason == "Delivered"
    assert world.projects.choices(dana) == ()
    assert world.profiles.page(dana, ProjectScope.ALL).total == 0
    assert [line.key for line in world.profiles.page(dana, ProjectScope.ARCHIVED).lines] == ["ACME"]
    with pytest.raises(Invalid) as refusal:
        world.log(dana, project, "One more")
    assert "archived" in refusal.value.problems["project_id"]
    with pytest.raises(Invalid):
        edit(world, dana, gone, name="Changed")
    with pytest.raises(Invalid):
        archive(world, dana, gone)

    back = reopen(world, dana, gone)
    assert not back.is_archived
    assert world.projects.choices(dana)
    assert world.profiles.card(dana, project.id).per_band == {SeverityBand.HIGH: 1}
    with pytest.raises(Invalid):
        reopen(world, dana, back)
    actions = [entry.action for entry in world.profiles.history(dana, project.id).entries]
    assert actions == ["reopened", "archived", "created"]


def test_archiving_needs_a_reason(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    for reason in ("", " \n"):
        with pytest.raises(Invalid) as refusal:
            archive(world, dana, project, reason)
        assert list(refusal.value.problems) == ["reason"]


def test_admins_may_archive_what_has_lost_its_manager(world: World) -> None:
    project = world.project(world.person("Dana"))
    ada = world.person("Ada")
    world.people.grant(world.workspace_id, ada.person.id, OrganisationRole.ADMIN, now=NOW)
    assert archive(world, world.person("Ada"), project).is_archived


def test_the_card_counts_what_its_reader_may_see(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    scored = {"probability": 4, "impact": 3, "owner_id": dana.person.id}
    world.log(dana, project, "One", **scored)
    world.log(dana, project, "Two", visibility=Visibility.RESTRICTED, **scored)
    world.log(sam, project, "Three")
    assert world.profiles.card(dana, project.id).per_band == {SeverityBand.HIGH: 2, None: 1}
    assert world.profiles.card(sam, project.id).per_band == {SeverityBand.HIGH: 1, None: 1}


def test_the_card_says_what_its_reader_may_do(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    may = world.profiles.card(dana, project.id).permissions
    assert (may.may_edit, may.may_archive) == (True, True)
    may = world.profiles.card(sam, project.id).permissions
    assert (may.may_edit, may.may_archive) == (False, False)
    archive(world, dana, project)
    may = world.profiles.card(dana, project.id).permissions
    assert (may.may_edit, may.may_archive) == (False, True)


def test_a_list_is_mine_first_by_name_and_turns_its_pages(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    for number in range(12):
        world.project(dana, key=f"P{number:02}", channel=f"C_{number}")
    mine = world.project(sam, key="ZZZ", channel="C_Z")
    page = world.profiles.page(sam)
    assert (page.scope, [line.key for line in page.lines]) == (ProjectScope.MINE, ["ZZZ"])
    assert page.lines[0].manager == sam.person
    page = world.profiles.page(sam, ProjectScope.ALL, 99)
    assert (page.total, page.page, page.pages) == (13, 2, 2)
    assert [line.key for line in page.lines] == ["P10", "P11", mine.key]
    assert world.profiles.page(world.person("Tom")).scope is ProjectScope.ALL


def test_card_and_list_ask_as_often_for_one_project_as_for_ten(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    world.log(dana, project)

    def asked() -> list[int]:
        counts = []
        for look in (
            lambda: world.profiles.card(dana, project.id),
            lambda: world.profiles.page(dana, ProjectScope.ALL),
        ):
            with statements_of(world.database) as seen:
                look()
            counts.append(len(seen))
        return counts

    few = asked()
    for number in range(9):
        other = world.project(dana, key=f"P{number}", channel=f"C_{number}")
        world.log(dana, other)
        world.give_role(world.person(f"Member{number}"), project, ProjectRole.MEMBER)
    assert asked() == few
