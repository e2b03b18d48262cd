"""Projects: made of channels by any colleague, unique by key and by channel, found again."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import update

from models.commands import NewProject
from models.errors import AlreadyExists, Invalid, NotAllowed, NotFound
from models.read_models import Actor, ProjectView
from models.rules.access import ProjectRole
from models.tables import audit_entries, clients, projects
from models.value import replace
from tests.models.world import NOW, World

ACME = NewProject("Acme shop", "ACME", "Acme Inc", "C_ACME", "Europe/Berlin")


def create(world: World, actor: Actor, command: NewProject = ACME, receipt: str | None = None) -> ProjectView:
    """Make a project."""
    return world.projects.create(actor, command, origin=world.origin(receipt), now=NOW)


def assign(
    world: World,
    actor: Actor,
    project: ProjectView,
    colleague: Actor,
    role: ProjectRole,
    receipt: str | None = None,
) -> ProjectView:
    """Give a colleague a role."""
    return world.teams.assign(
        actor, project.id, colleague.person.id, role, origin=world.origin(receipt), now=NOW
    ).project


def test_whoever_makes_a_project_manages_it_unless_another_is_named(world: World) -> None:
    sam, dana = world.person("Sam"), world.person("Dana")
    assert create(world, sam).project_manager == sam.person
    other = replace(ACME, key="BORE", internal_channel_id="C_BORE", manager_id=dana.person.id)
    assert create(world, sam, other).project_manager == dana.person


def test_a_project_is_found_by_channel_key_and_id(world: World) -> None:
    sam = world.person("Sam")
    project = create(world, sam)
    assert (project.key, project.name, project.client.name) == ("ACME", "Acme shop", "Acme Inc")
    assert world.projects.in_channel(sam, "C_ACME") == project
    assert world.projects.by_key(sam, "ACME") == project
    assert world.projects.get(sam, project.id) == project


def test_what_is_not_there_is_not_found(world: World) -> None:
    sam = world.person("Sam")
    assert world.projects.in_channel(sam, "C_NONE") is None
    for key in ("NONE", "", "acme", "\x00"):
        with pytest.raises(NotFound):
            world.projects.by_key(sam, key)
    with pytest.raises(NotFound):
        world.projects.get(sam, uuid4())


def test_text_is_tidied_and_the_key_is_put_in_capitals(world: World) -> None:
    command = replace(ACME, name=" Acme\x00  shop\n", key=" acme ")
    project = create(world, world.person("Sam"), command)
    assert (project.name, project.key) == ("Acme shop", "ACME")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 81),
        ("client_name", ""),
        ("client_name", "x" * 81),
        ("key", "A"),
        ("key", "1ABC"),
        ("key", "TOO-LONG-KEY"),
        ("timezone", "Middle/Earth"),
        ("timezone", "../etc/passwd"),
        ("timezone", ""),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(world: World, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create(world, world.person("Sam"), replace(ACME, **{field: value}))  # type: ignore[arg-type]
    assert list(refusal.value.problems) == [field]
    assert world.count(projects) == 0


def test_only_a_colleague_can_manage(world: World) -> None:
    sam = world.person("Sam")
    stranger = World(world.database, "T_OTHER").person("Stranger")
    for manager in (world.person("Gus", is_guest=True), world.person("Cleo", team_id="T_C"), stranger):
        with pytest.raises(Invalid) as refusal:
            create(world, sam, replace(ACME, manager_id=manager.person.id))
        assert list(refusal.value.problems) == ["manager_id"]
    assert world.count(clients) == 0


def test_a_key_and_a_channel_belong_to_one_project(world: World) -> None:
    sam = world.person("Sam")
    create(world, sam)
    with pytest.raises(AlreadyExists) as refusal:
        create(world, sam, replace(ACME, internal_channel_id="C_TWO"))
    assert (refusal.value.field, refusal.value.value) == ("key", "ACME")
    with pytest.raises(AlreadyExists) as refusal:
        create(world, sam, replace(ACME, key="TWO"))
    assert (refusal.value.field, refusal.value.value) == ("internal_channel_id", "C_ACME")


def test_workspaces_do_not_share_keys_channels_or_projects(world: World) -> None:
    project = create(world, world.person("Sam"))
    other = World(world.database, "T_OTHER")
    stranger = other.person("Sam")
    assert other.projects.in_channel(stranger, "C_ACME") is None
    assert other.projects.choices(stranger) == ()
    with pytest.raises(NotFound):
        other.projects.get(stranger, project.id)
    with pytest.raises(NotFound):
        other.projects.by_key(stranger, "ACME")
    assert create(other, stranger).id != project.id


def test_a_client_is_made_once_however_it_is_capitalised(world: World) -> None:
    sam = world.person("Sam")
    first = create(world, sam)
    second = create(world, sam, replace(ACME, key="TWO", internal_channel_id="C_TWO", client_name="ACME inc"))
    assert second.client == first.client


def test_a_replay_makes_one_project_and_returns_it(world: World) -> None:
    sam = world.person("Sam")
    first = create(world, sam, receipt="view-1")
    assert create(world, sam, receipt="view-1") == first
    assert (world.count(projects), world.count(audit_entries)) == (1, 1)


def test_two_people_at_once_make_one_project_of_a_channel(world: World) -> None:
    people = [world.person(name) for name in ("Sam", "Dana", "Lee", "Priya")]

    def attempt(actor: Actor) -> ProjectView | None:
        try:
            return create(world, actor)
        except AlreadyExists:
            return None

    with ThreadPoolExecutor(max_workers=4) as pool:
        made = [project for project in pool.map(attempt, people) if project]
    assert len(made) == 1
    assert world.count(projects) == world.count(clients) == 1


@pytest.mark.parametrize(
    "profile", [{"is_guest": True}, {"team_id": "T_CLIENT"}], ids=["guest", "other team"]
)
def test_outsiders_are_refused_everything(world: World, profile: dict[str, object]) -> None:
    project = create(world, world.person("Sam"))
    outsider = world.person("Olga", **profile)
    for ask in (
        lambda: create(world, outsider),
        lambda: world.projects.in_channel(outsider, "C_ACME"),
        lambda: world.projects.by_key(outsider, "ACME"),
        lambda: world.projects.get(outsider, project.id),
        lambda: world.projects.choices(outsider),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_of_very_many_projects_some_are_offered_and_any_is_found(world: World) -> None:
    sam, dana = world.person("Sam"), world.person("Dana")
    for number in range(103):
        name = f"Shop {number:03}"
        create(world, dana, replace(ACME, name=name, key=f"P{number}", internal_channel_id=f"C{number}"))
    mine = create(world, sam, replace(ACME, name="Zoo", key="ZOO", internal_channel_id="C_ZOO"))
    last = world.projects.by_key(sam, "P102")

    assert [each.id for each in world.projects.choices(sam)][:1] == [mine.id]
    assert last.id not in {each.id for each in world.projects.choices(sam)}
    with_last = world.projects.choices(sam, last.id)
    assert (len(with_last), with_last[0].id, with_last[-1].id) == (101, mine.id, last.id)

    def found(*words: str) -> list[str]:
        return [each.key for each in world.projects.choices(sam, words=words, limit=3)]

    assert found("shop", "102") == found("p102") == ["P102"]
    assert found("o") == ["ZOO", "P0", "P1"]
    assert found("%") == found("shop", "zoo") == []


def test_choices_are_mine_first_then_by_name_without_archived_ones(world: World) -> None:
    sam, dana = world.person("Sam"), world.person("Dana")
    for name, key, manager in (("beta", "BETA", dana), ("Alpha", "ALPHA", dana), ("zeta", "ZETA", sam)):
        create(world, manager, NewProject(name, key, "Acme", f"C_{key}", "UTC"))
    gone = create(world, sam, NewProject("Gone", "GONE", "Acme", "C_GONE", "UTC"))
    with world.database.write() as session:
        session.execute(update(projects).where(projects.c.id == gone.id).values(archived_at=NOW))
    choices = world.projects.choices(sam)
    assert [(choice.key, choice.is_mine) for choice in choices] == [
        ("ZETA", True),
        ("ALPHA", False),
        ("BETA", False),
    ]
    assert len(world.projects.choices(sam, limit=2)) == 2
    assert world.projects.get(sam, gone.id).is_archived


def test_people_who_left_hold_no_role_any_more(world: World) -> None:
    sam, lee = world.person("Sam"), world.person("Lee")
    project = create(world, sam)
    world.give_role(lee, project, ProjectRole.ENGINEERING_LEAD)
    world.person("Sam", is_deleted=True)
    found = world.projects.get(lee, project.id)
    assert found.project_manager is None
    assert [holder.person for holder in found.roles] == [lee.person]


def test_a_role_is_given_beside_whoever_has_it_and_once(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    project = create(world, dana)
    entries = world.count(audit_entries)
    for receipt in ("click", "click", None):
        given = assign(world, dana, project, lee, ProjectRole.PROJECT_MANAGER, receipt)
        assert [holder.person for holder in given.roles] == [dana.person, lee.person]
    assert world.count(audit_entries) == entries + 1


@pytest.mark.parametrize("role", [None, ProjectRole.MEMBER], ids=["no role", "member"])
def test_only_leads_and_delivery_managers_give_roles(world: World, role: ProjectRole | None) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = create(world, dana)
    if role is not None:
        world.give_role(sam, project, role)
    with pytest.raises(NotAllowed) as refusal:
        assign(world, sam, project, sam, ProjectRole.PRODUCT_OWNER)
    assert refusal.value.ask == ("Dana",)
    priya = world.delivery_manager("Priya")
    assert assign(world, priya, project, sam, ProjectRole.PRODUCT_OWNER).roles


def test_roles_stay_in_the_workspace(world: World) -> None:
    dana = world.person("Dana")
    project = create(world, dana)
    other = World(world.database, "T_OTHER")
    stranger = other.delivery_manager("Stranger")
    with pytest.raises(NotFound):
        assign(other, stranger, project, stranger, ProjectRole.PRODUCT_OWNER)
    for outsider in (stranger, world.person("Gus", is_guest=True)):
        with pytest.raises(Invalid) as refusal:
            assign(world, dana, project, outsider, ProjectRole.PRODUCT_OWNER)
        assert list(refusal.value.problems) == ["person_id"]
