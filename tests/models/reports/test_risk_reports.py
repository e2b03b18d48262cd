"""The matrix and the burn-down, read from the register: right, kept apart, and in a few queries always."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from models.commands import NewAction, RiskResponse
from models.database import Database
from models.errors import NotAllowed, NotFound
from models.read_models import CellRisks
from models.reports.risks import NAMED_IN_A_CELL, RiskReports
from models.rules.access import Capability
from models.rules.actions import ActionStatus
from models.rules.references import Reference
from models.rules.risks.ageing import AgeBucket
from models.rules.risks.moves import RiskMove
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.words import ResponseStrategy, RiskKind, Visibility
from models.services.actions.items import ActionItems
from models.services.risks.responses import RiskResponses
from models.tables import audit_entries, risks
from tests.models.world import NOW, World, statements_of

WEEK = timedelta(weeks=1)


@pytest.fixture
def reports(database: Database) -> RiskReports:
    return RiskReports(database)


def many_risks(world: World, number: int) -> None:
    """Write so many scored risks, with the history of each, beside those that are there."""
    dana = world.person("Dana")
    template = world.log(
        dana, world.projects.by_key(dana, "ACME"), probability=4, impact=3, owner_id=dana.person.id
    )
    with world.database.write() as session:
        row = dict(session.execute(risks.select().where(risks.c.id == template.id)).one()._mapping)
        entry = dict(
            session.execute(audit_entries.select().where(audit_entries.c.entity_id == template.id))
            .one()
            ._mapping
        )
        entry.pop("id")
        rows = [row | {"id": uuid4(), "number": row["number"] + place} for place in range(1, number)]
        session.execute(insert(risks), rows)
        session.execute(insert(audit_entries), [entry | {"entity_id": made["id"]} for made in rows])


def test_the_matrix_counts_and_names_what_stands_in_each_cell(world: World, reports: RiskReports) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    me = dana.person.id
    for number in range(NAMED_IN_A_CELL + 2):
        later = NOW + timedelta(minutes=number)
        world.log(dana, acme, f"Worry {number}", probability=4, impact=3, owner_id=me, now=later)
    world.log(dana, acme, "Lead dev leaves", probability=2, impact=5)
    world.log(dana, acme, "New market", probability=4, impact=3, kind=RiskKind.OPPORTUNITY)
    world.log(dana, acme, "No idea")
    world.log(dana, acme, "Half an idea", probability=3)

    found = reports.matrix(dana, acme.id)

    names = tuple(Reference(number, "ACME") for number in (6, 5, 4, 3))
    assert found.of(RiskKind.THREAT) == {
        (4, 3): CellRisks(6, names),
        (2, 5): CellRisks(1, (Reference(7, "ACME"),)),
    }
    assert found.of(RiskKind.OPPORTUNITY) == {(4, 3): CellRisks(1, (Reference(8, "ACME"),))}
    assert (found.total(RiskKind.THREAT), found.in_band(RiskKind.THREAT, SeverityBand.HIGH)) == (7, 7)
    assert found.not_scored == 2


def test_the_matrix_leaves_out_what_is_over_happened_or_was_taken_back(
    world: World, reports: RiskReports
) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    scored = {"probability": 4, "impact": 3, "owner_id": dana.person.id}
    gone = [world.log(dana, acme, title, **scored) for title in ("Closed", "Happened", "Taken back")]
    for risk, move in zip(gone, (RiskMove.CLOSE, RiskMove.HAPPENED), strict=False):
        world.register.move(dana, risk.id, move, "so it is", origin=world.origin(), now=NOW)
    world.register.undo(dana, gone[2].id, origin=world.origin(), now=NOW)
    assert reports.matrix(dana, acme.id).is_empty
    assert reports.burn_down(dana, acme.id, now=NOW).weeks[-1].points == 0


def test_the_burn_down_tells_how_long_what_weighs_has_been_carried(
    world: World, reports: RiskReports
) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    scored = {"probability": 4, "impact": 3, "owner_id": dana.person.id}
    for days in (0, 30, 31, 91, 400):
        world.log(dana, acme, f"{days} days old", **scored, now=NOW - timedelta(days=days))
    over = world.log(dana, acme, "Closed", **scored, now=NOW - timedelta(days=70))
    world.register.move(dana, over.id, RiskMove.CLOSE, "it is over", origin=world.origin(), now=NOW)
    world.log(dana, acme, "Not scored", now=NOW - timedelta(days=70))
    ages = reports.burn_down(dana, acme.id, now=NOW).ages
    assert list(ages.items()) == [(AgeBucket.NEW, 2), (AgeBucket.MONTH, 1), (AgeBucket.OLD, 2)]


def test_a_restricted_risk_shows_only_to_who_may_see_it(world: World, reports: RiskReports) -> None:
    dana, sam, lee = world.person("Dana"), world.person("Sam"), world.person("Lee")
    acme = world.project(dana)
    world.log(sam, acme, probability=5, impact=5, owner_id=dana.person.id, visibility=Visibility.RESTRICTED)
    assert [reports.matrix(who, None).total(RiskKind.THREAT) for who in (dana, sam, lee)] == [1, 1, 0]
    assert [reports.burn_down(who, None, now=NOW).weeks[-1].points for who in (dana, sam, lee)] == [25, 25, 0]


def test_another_workspace_and_a_guest_see_nothing(
    world: World, reports: RiskReports, database: Database
) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    world.log(dana, acme, probability=5, impact=5, owner_id=dana.person.id)
    stranger = World(database, "T_OTHER").person("Peter")
    assert reports.matrix(stranger, None).is_empty
    assert reports.burn_down(stranger, None, now=NOW).is_empty
    for read in (
        lambda: reports.matrix(stranger, acme.id),
        lambda: reports.burn_down(stranger, acme.id, now=NOW),
    ):
        with pytest.raises(NotFound):
            read()
    guest = world.person("Yuki", is_guest=True)
    with pytest.raises(NotAllowed) as refused:
        reports.matrix(guest, None)
    assert refused.value.capability is Capability.SEE_RISK


def test_the_burn_down_is_rebuilt_from_history(world: World, reports: RiskReports) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    me = dana.person.id
    scored = {"probability": 4, "impact": 3, "owner_id": me}
    first = world.log(dana, acme, "First", now=NOW - 4 * WEEK, **scored)
    world.log(dana, acme, "Ancient", now=NOW - 40 * WEEK, probability=1, impact=2, owner_id=me)
    world.log(dana, acme, "Helps", now=NOW - 4 * WEEK, kind=RiskKind.OPPORTUNITY, **scored)
    proposed = world.log(dana, acme, "Waits", now=NOW - 3 * WEEK)
    world.register.score(dana, proposed.id, 5, 5, me, version=1, origin=world.origin(), now=NOW - 2 * WEEK)
    world.register.move(
        dana, first.id, RiskMove.CLOSE, "done", origin=world.origin(), now=NOW - timedelta(hours=1)
    )

    weeks = reports.burn_down(dana, acme.id, now=NOW).weeks

    assert [week.points for week in weeks] == [2] * 7 + [14, 14, 39, 39, 27]
    world.log(world.person("Sam"), acme, "Guessed", probability=4, impact=5)
    world.log(world.person("Sam"), acme, "May help", kind=RiskKind.OPPORTUNITY, probability=4, impact=5)
    again = reports.burn_down(dana, acme.id, now=NOW)
    assert (again.weeks, again.waiting, again.waiting_points) == (weeks, 1, 20)
    assert [week.risks for week in weeks][-5:] == [2, 2, 3, 3, 2]
    assert [week.week for week in weeks] == list(range(31, 43))


def test_a_risk_counts_with_what_is_left_of_it_from_the_day_on_that_it_was_judged(
    world: World, reports: RiskReports, database: Database
) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    me = dana.person.id
    risk = world.log(dana, acme, probability=4, impact=3, owner_id=me, now=NOW - 2 * WEEK)
    responses, items = RiskResponses(database), ActionItems(database)
    plan = RiskResponse(ResponseStrategy.MITIGATE, NewAction("Ask for a date", me, NOW.date()))
    treated = responses.respond(dana, risk.id, plan, origin=world.origin(), now=NOW)
    (step,) = world.register.details(dana, risk.id, in_project=None).actions
    items.settle(dana, step.id, ActionStatus.DONE, origin=world.origin(), now=NOW)
    responses.reassess(dana, risk.id, 2, 1, version=treated.version, origin=world.origin(), now=NOW)

    assert set(reports.matrix(dana, acme.id).of(RiskKind.THREAT)) == {(2, 1)}
    weeks = reports.burn_down(dana, acme.id, now=NOW).weeks
    assert [week.points for week in weeks][-4:] == [0, 12, 12, 2]


@pytest.mark.parametrize("number", [10, 10_000])
def test_the_reports_ask_as_often_for_ten_thousand_risks_as_for_ten(
    world: World, reports: RiskReports, number: int
) -> None:
    dana = world.person("Dana")
    acme = world.project(dana)
    many_risks(world, number)
    with statements_of(world.database) as statements:
        found = reports.matrix(dana, acme.id)
    assert (found.total(RiskKind.THREAT), len(statements)) == (number, 2)
    with statements_of(world.database) as statements:
        weeks = reports.burn_down(dana, acme.id, now=NOW).weeks
    assert (weeks[-1].points, weeks[0].points, len(statements)) == (12 * number, 0, 3)
