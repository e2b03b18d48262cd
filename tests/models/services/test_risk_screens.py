"""The list and the details: gravest first, only what the person may see, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, update

from models.errors import NotAllowed, NotFound
from models.read_models import Actor, ProjectView, RiskFilter, RiskPage
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.references import Reference
from models.rules.risks.scoring import LEVELS, SeverityBand
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.tables import projects, risks
from models.value import replace
from tests.models.services.acts import close, edit, reject, score, undo
from tests.models.world import NOW, TODAY, World, statements_of

LEADS = [
    ProjectRole.PROJECT_MANAGER,
    ProjectRole.PRODUCT_OWNER,
    ProjectRole.ENGINEERING_LEAD,
    ProjectRole.ACCOUNT_MANAGER,
]


def add(
    world: World, actor: Actor, project: ProjectView, levels: Sequence[tuple[int | None, int | None]]
) -> None:
    """Write many risks at once, each a minute younger than the one before."""
    with world.database.write() as session:
        session.execute(
            insert(risks),
            [
                {
                    "workspace_id": world.workspace_id,
                    "project_id": project.id,
                    "number": number,
                    "kind": RiskKind.THREAT,
                    "status": RiskStatus.PROPOSED,
                    "visibility": Visibility.TEAM,
                    "title": f"Risk {number}",
                    "cause": "",
                    "effect": "",
                    "probability": probability,
                    "impact": impact,
                    "raised_by_id": actor.person.id,
                    "raised_at": NOW + timedelta(minutes=number),
                    "updated_at": NOW,
                    "closing_reason": "",
                }
                for number, (probability, impact) in enumerate(levels, start=1)
            ],
        )


def numbers(page: RiskPage) -> list[int]:
    """Return the numbers of a page's risks, in its order."""
    return [risk.number for risk in page.risks]


def test_the_database_puts_each_of_the_25_cells_in_the_band_of_the_rules(
    world: World, sam: Actor, project: ProjectView
) -> None:
    add(world, sam, project, [(probability, impact) for probability in LEVELS for impact in LEVELS])
    page = world.register.page(sam, RiskFilter(project_ids=(project.id,)), today=TODAY)
    assert page.per_band == {
        SeverityBand.LOW: 5,
        SeverityBand.MODERATE: 6,
        SeverityBand.HIGH: 8,
        SeverityBand.CRITICAL: 6,
    }
    listed = [
        risk
        for number in range(1, page.pages + 1)
        for risk in world.register.page(sam, RiskFilter(page=number), today=TODAY).risks
    ]
    ranks = [(risk.band.rank, risk.score) for risk in listed if risk.band]
    assert len(ranks) == 25
    assert ranks == sorted(ranks, reverse=True)


def test_the_gravest_come_first_then_the_newest_and_the_unscored_last(
    world: World, sam: Actor, project: ProjectView
) -> None:
    add(world, sam, project, [(None, None), (3, 3), (1, 5), (3, 3), (None, 5), (5, 5), (1, 1)])
    page = world.register.page(sam, RiskFilter(), today=TODAY)
    assert numbers(page) == [6, 4, 2, 3, 7, 5, 1]
    assert page.per_band[None] == 2


def test_a_page_has_ten_and_beyond_the_last_comes_the_last(
    world: World, sam: Actor, project: ProjectView
) -> None:
    add(world, sam, project, [(1, 1)] * 21)
    first = world.register.page(sam, RiskFilter(), today=TODAY)
    assert (len(first.risks), first.total, first.pages) == (10, 21, 3)
    beyond = world.register.page(sam, RiskFilter(page=99), today=TODAY)
    assert (numbers(beyond), beyond.filter.page) == ([1], 3)
    assert world.register.page(sam, RiskFilter(page=-1), today=TODAY).filter.page == 1


def test_an_empty_list_is_one_empty_page(world: World, sam: Actor, project: ProjectView) -> None:
    page = world.register.page(sam, RiskFilter(project_ids=(project.id,)), today=TODAY)
    assert (page.risks, page.total, page.pages, dict(page.per_band)) == ((), 0, 1, {})
    assert page.projects == (project,)


def test_a_list_shows_what_still_needs_somebody(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    kept = world.log(sam, project)
    reject(world, dana, world.log(sam, project))
    undo(world, sam, world.log(sam, project))
    close(world, dana, world.log(sam, project, probability=1, impact=1, owner_id=sam.person.id))
    assert world.register.page(sam, RiskFilter(), today=TODAY).risks == (kept,)


def test_archived_projects_are_off_the_lists(world: World, sam: Actor, project: ProjectView) -> None:
    world.log(sam, project)
    with world.database.write() as session:
        session.execute(update(projects).values(archived_at=NOW))
    assert world.register.page(sam, RiskFilter(), today=TODAY).total == 0


def test_mine_are_those_i_own_or_raised(world: World, sam: Actor, dana: Actor, project: ProjectView) -> None:
    raised = world.log(sam, project)
    owned = world.log(dana, project, owner_id=sam.person.id)
    world.log(dana, project)
    listed = world.register.page(sam, RiskFilter(mine=True), today=TODAY).risks
    assert set(listed) == {raised, owned}


def test_a_project_s_list_shows_no_other_project(world: World, dana: Actor, project: ProjectView) -> None:
    elsewhere = world.project(dana, key="BORE", channel="C_BORE")
    world.log(dana, project)
    risk = world.log(dana, elsewhere)
    assert world.register.page(dana, RiskFilter(project_ids=(elsewhere.id,)), today=TODAY).risks == (risk,)
    third = world.log(dana, world.project(dana, key="COBALT", channel="C_COBALT"))
    both = RiskFilter().of(third.project_id, elsewhere.id)
    with statements_of(world.database) as statements:
        page = world.register.page(dana, both, today=TODAY)
    assert set(page.risks) == {risk, third}
    assert [each.key for each in page.projects] == ["COBALT", "BORE"]
    assert len([each for each in statements if each.startswith("SELECT")]) == 3
    with pytest.raises(NotFound):
        world.register.page(dana, both.of(elsewhere.id, uuid4()), today=TODAY)


@pytest.mark.parametrize("rows", [10, 10_000])
@pytest.mark.parametrize("number", [1, 50])
def test_a_list_takes_three_queries_however_many_risks_there_are(
    world: World, sam: Actor, project: ProjectView, rows: int, number: int
) -> None:
    add(world, sam, project, [(1 + row % 5, 1 + row % 3) for row in range(rows)])
    with statements_of(world.database) as statements:
        page = world.register.page(sam, RiskFilter(project_ids=(project.id,), page=number), today=TODAY)
    assert page.total == rows
    assert len([each for each in statements if not each.startswith("BEGIN")]) == 3


@pytest.mark.parametrize("changes", [1, 30])
def test_details_take_six_queries_however_long_the_history(
    world: World, sam: Actor, dana: Actor, project: ProjectView, changes: int
) -> None:
    risk = world.log(sam, project, owner_id=dana.person.id)
    for number in range(changes):
        risk = edit(world, dana, risk, title=f"Title {number}")
    with statements_of(world.database) as statements:
        found = world.register.details(sam, risk.reference, in_project=None)
    assert len(found.history) == changes + 1
    assert len([each for each in statements if not each.startswith("BEGIN")]) == 6


def sees(world: World, actor: Actor, risk_id: UUID) -> bool:
    """Tell whether a person can see a risk; the list and the details must agree."""
    listed = any(risk.id == risk_id for risk in world.register.page(actor, RiskFilter(), today=TODAY).risks)
    counted = world.register.page(actor, RiskFilter(), today=TODAY).total == 1
    try:
        world.register.details(actor, risk_id, in_project=None)
    except NotFound:
        shown = False
    else:
        shown = True
    assert listed == shown == counted
    return shown


def test_a_restricted_risk_is_seen_by_its_raiser_its_owner_and_no_other_member(
    world: World, sam: Actor, project: ProjectView
) -> None:
    owner, member = world.person("Owen"), world.person("Mo")
    world.give_role(member, project, ProjectRole.MEMBER)
    hidden = world.log(sam, project, owner_id=owner.person.id, visibility=Visibility.RESTRICTED)
    assert sees(world, sam, hidden.id)
    assert sees(world, owner, hidden.id)
    assert not sees(world, member, hidden.id)
    assert not sees(world, world.person("Nia"), hidden.id)


@pytest.mark.parametrize("role", LEADS)
@pytest.mark.parametrize("is_deputy", [False, True], ids=["holder", "deputy"])
def test_a_restricted_risk_is_seen_by_who_leads_its_project_only(
    world: World, sam: Actor, dana: Actor, project: ProjectView, role: ProjectRole, *, is_deputy: bool
) -> None:
    elsewhere = world.project(dana, key="BORE", channel="C_BORE")
    lead, other = world.person("Lee"), world.person("Olga")
    world.give_role(lead, project, role, is_deputy=is_deputy)
    world.give_role(other, elsewhere, role)
    hidden = world.log(sam, project, visibility=Visibility.RESTRICTED)
    assert sees(world, lead, hidden.id)
    assert not sees(world, other, hidden.id)


@pytest.mark.parametrize("role", OrganisationRole)
def test_of_the_organisation_only_delivery_managers_see_restricted_risks(
    world: World, sam: Actor, project: ProjectView, role: OrganisationRole
) -> None:
    hidden = world.log(sam, project, visibility=Visibility.RESTRICTED)
    priya = replace(world.person("Priya"), organisation_roles=frozenset({role}))
    assert sees(world, priya, hidden.id) is (role is OrganisationRole.DELIVERY_MANAGER)


def test_a_bare_reference_means_the_project_at_hand(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    elsewhere = world.project(dana, key="BORE", channel="C_BORE")
    here, there = world.log(sam, project), world.log(sam, elsewhere)
    bare = Reference(1)
    assert world.register.details(sam, bare, in_project=project.id).risk == here
    assert world.register.details(sam, bare, in_project=elsewhere.id).risk == there
    assert world.register.details(sam, Reference(1, "BORE"), in_project=project.id).risk == there
    for nothing in (bare, Reference(2, "ACME"), Reference(1, "NONE"), uuid4()):
        with pytest.raises(NotFound):
            world.register.details(sam, nothing, in_project=None)


def test_outsiders_are_refused_whether_there_is_a_risk_or_not(
    world: World, sam: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project)
    guest = world.person("Gus", is_guest=True)
    for reference in (risk.id, uuid4()):
        with pytest.raises(NotAllowed):
            world.register.details(guest, reference, in_project=None)
    with pytest.raises(NotAllowed):
        world.register.page(guest, RiskFilter(), today=TODAY)


def test_another_workspace_sees_nothing_of_ours(world: World, sam: Actor, project: ProjectView) -> None:
    risk = world.log(sam, project)
    other = World(world.database, "T_OTHER")
    priya = other.delivery_manager("Priya")
    assert other.register.page(priya, RiskFilter(), today=TODAY).total == 0
    for reference in (risk.id, risk.reference):
        with pytest.raises(NotFound):
            other.register.details(priya, reference, in_project=project.id)
    with pytest.raises(NotFound):
        other.register.page(priya, RiskFilter(project_ids=(project.id,)), today=TODAY)


def test_details_offer_what_the_services_would_allow(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project)

    def offered(actor: Actor) -> set[str]:
        permissions = world.register.details(actor, risk.id, in_project=None).permissions
        named = {name.removeprefix("may_") for name, allowed in vars(permissions).items() if allowed is True}
        return named | {str(move) for move in permissions.moves}

    assert offered(sam) == {"edit", "undo"}
    assert offered(dana) == {"edit", "score", "reject"}
    assert offered(world.person("Nia")) == set()
    opened = score(world, dana, risk, 2, 3, dana)
    assert offered(sam) == {"edit"}
    assert offered(dana) == {"edit", "score", "review", "respond", "accept", "escalate", "happened", "close"}
    graver = score(world, dana, opened, 4, 4, dana)
    asks = {"ask_acceptance"}
    assert offered(dana) == {"edit", "score", "review", "respond", "escalate", "happened", "close"} | asks
    assert "accept" in offered(world.delivery_manager("Jo"))
    close(world, dana, graver)
    assert offered(dana) == {"edit", "reopen"}


def found(world: World, actor: Actor, **wanted: Any) -> list[str]:  # noqa: ANN401 - any field of a filter.
    """Return the titles of what a list with that filter shows."""
    today = wanted.pop("today", TODAY)
    return sorted(risk.title for risk in world.register.page(actor, RiskFilter(**wanted), today=today).risks)


def test_a_list_can_be_narrowed(world: World, sam: Actor, dana: Actor, project: ProjectView) -> None:
    world.log(sam, project, "Vendor API may slip", probability=4, impact=4, owner_id=dana.person.id)
    world.log(sam, project, "Lead leaves", cause="A better OFFER_1", probability=2, impact=5)
    closed = world.log(sam, project, "100% load", probability=1, impact=1, owner_id=sam.person.id)
    close(world, dana, closed)

    assert found(world, sam, band=SeverityBand.CRITICAL) == ["Vendor API may slip"]
    assert found(world, sam, band=SeverityBand.HIGH) == ["Lead leaves"]
    assert found(world, sam, status=RiskStatus.CLOSED) == ["100% load"]
    assert found(world, sam, status=RiskStatus.PROPOSED) == ["Lead leaves"]
    assert found(world, sam, owner_id=dana.person.id) == ["Vendor API may slip"]
    assert found(world, sam, words="slip VENDOR") == ["Vendor API may slip"]
    assert found(world, sam, words="offer_1") == ["Lead leaves"]
    assert found(world, sam, words="vendor leaves") == []
    assert found(world, sam, words="%") == []
    assert found(world, sam, words="%", status=RiskStatus.CLOSED) == ["100% load"]


def test_a_risk_is_stale_the_day_after_its_review_was_due(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    world.log(sam, project, "Critical", probability=5, impact=5, owner_id=dana.person.id)
    world.log(sam, project, "Low", probability=1, impact=1, owner_id=dana.person.id)
    world.log(sam, project, "Not scored")
    expected: dict[int, list[str]] = {7: [], 8: ["Critical"], 61: ["Critical", "Low"]}
    for days, stale in expected.items():
        day = TODAY + timedelta(days=days)
        assert found(world, sam, late=True, today=day) == stale
        page = world.register.page(sam, RiskFilter(), today=day)
        assert page.late == len(stale)
        assert sorted(risk.title for risk in page.risks if risk.is_stale(day)) == stale


def test_what_is_late_is_past_its_due_date_or_its_review(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    due = world.log(sam, project, "Due", probability=1, impact=1, owner_id=dana.person.id, due_on=TODAY)
    world.log(sam, project, "Review", probability=5, impact=5, owner_id=dana.person.id)
    day = TODAY + timedelta(days=8)
    assert found(world, sam, late=True, today=TODAY) == []
    assert found(world, sam, late=True, today=TODAY + timedelta(days=1)) == ["Due"]
    assert found(world, sam, late=True, today=day) == ["Due", "Review"]
    close(world, dana, due)
    assert found(world, sam, late=True, status=RiskStatus.CLOSED, today=day) == []


def test_a_narrowed_list_takes_three_queries_too(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    world.log(sam, project, owner_id=dana.person.id, probability=4, impact=4)
    wanted = RiskFilter(
        project_ids=(project.id,),
        band=SeverityBand.CRITICAL,
        status=RiskStatus.OPEN,
        owner_id=dana.person.id,
        late=True,
        words="vendor api",
    )
    with statements_of(world.database) as statements:
        page = world.register.page(sam, wanted, today=TODAY + timedelta(days=30))
    assert page.total == 1
    assert len([each for each in statements if each.startswith("SELECT")]) == 3


def test_no_filter_shows_what_is_restricted(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    world.log(dana, project, "Merger leaks", visibility=Visibility.RESTRICTED, probability=5, impact=5)
    assert found(world, sam, words="merger") == []
    assert found(world, sam, band=SeverityBand.CRITICAL) == []
    assert found(world, dana, words="merger") == ["Merger leaks"]
