"""Logging a risk: a title is enough, the number is the project's next, and a replay makes nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from models.commands import TEXT_LENGTH, TITLE_LENGTH, NewProject, RiskFields
from models.errors import Invalid, NotAllowed, NotFound
from models.rules.access import Capability
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import ResponseStrategy, RiskCategory, RiskKind, Visibility
from models.tables import audit_entries, outbox_messages, projects, risks
from tests.models.world import NOW, World, statements_of


def test_a_title_is_enough_to_propose_a_risk(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    risk = world.log(sam, project, "  Staging certs\n expire in March ")
    assert (str(risk.reference), risk.title) == ("ACME-R1", "Staging certs expire in March")
    assert risk.status is RiskStatus.PROPOSED
    assert risk.owner is None
    assert risk.next_review_on is None
    assert world.register.details(sam, risk.id, in_project=None).risk == risk


def test_a_complete_risk_is_open_and_everything_said_of_it_is_kept(world: World) -> None:
    sam, dana = world.person("Sam"), world.person("Dana")
    risk = world.log(
        sam,
        world.project(dana),
        probability=4,
        impact=3,
        cause="Their staging is down.\nAgain.",
        effect="We cannot test.",
        category=RiskCategory.SUPPLIER,
        owner_id=dana.person.id,
        strategy=ResponseStrategy.MITIGATE,
        due_on=date(2026, 10, 30),
    )
    assert (risk.status, risk.band, risk.score) == (RiskStatus.OPEN, SeverityBand.HIGH, 12)
    assert risk.owner == dana.person
    assert risk.next_review_on == date(2026, 10, 28)
    assert world.register.details(dana, risk.reference, in_project=None).risk == risk


def test_the_review_is_counted_from_the_day_it_is_at_the_project(world: World) -> None:
    dana = world.person("Dana")
    far_east = NewProject("Kiwi", "KIWI", "Kiwi", "C_KIWI", "Pacific/Auckland")
    project = world.projects.create(dana, far_east, origin=world.origin(), now=NOW)
    late = datetime(2026, 10, 14, 12, tzinfo=UTC)
    assert world.log(dana, project, probability=5, impact=5, now=late).next_review_on == date(2026, 10, 22)


def test_a_replay_makes_nothing_and_returns_what_the_first_made(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    first = world.log(sam, project, origin=world.origin("trigger-1"))
    kinds = (risks, audit_entries, outbox_messages)
    before = [world.count(kind) for kind in kinds]
    assert world.log(sam, project, origin=world.origin("trigger-1")) == first
    assert [world.count(kind) for kind in kinds] == before
    assert world.log(sam, project).number == 2


def test_the_same_receipt_in_another_workspace_is_another_delivery(world: World) -> None:
    other = World(world.database, "T_OTHER")
    world.log(world.person("Sam"), world.project(world.person("Dana")), origin=world.origin("trigger-1"))
    elsewhere = other.log(
        other.person("Sam"), other.project(other.person("Dana")), origin=other.origin("trigger-1")
    )
    assert elsewhere.workspace_id == other.workspace_id


def test_a_refused_delivery_may_come_again_corrected(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    with pytest.raises(Invalid):
        world.log(sam, project, owner_id=project.id, origin=world.origin("view-1"))
    assert world.log(sam, project, origin=world.origin("view-1")).number == 1


def test_risks_logged_at_once_get_consecutive_numbers_and_none_is_lost(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    with ThreadPoolExecutor(max_workers=10) as pool:
        logged = list(pool.map(lambda n: world.log(sam, project, f"Risk {n}"), range(20)))
    assert sorted(risk.number for risk in logged) == list(range(1, 21))
    assert world.count(risks) == 20
    assert {risk.title for risk in logged} == {f"Risk {n}" for n in range(20)}


def test_a_delivery_that_comes_twice_at_once_makes_one_risk(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    with ThreadPoolExecutor(max_workers=8) as pool:
        logged = list(pool.map(lambda _: world.log(sam, project, origin=world.origin("same")), range(8)))
    assert len(set(logged)) == 1
    assert world.count(risks) == 1


def test_the_number_is_taken_last(world: World) -> None:
    sam, dana = world.person("Sam"), world.person("Dana")
    project = world.project(dana)
    world.log(sam, project, probability=4, impact=4, owner_id=dana.person.id)
    with statements_of(world.database) as statements:
        world.log(sam, project, probability=4, impact=3, owner_id=dana.person.id)
    said = " ".join(statements)
    order = ["INSERT INTO handled_deliveries", "INSERT INTO outbox_messages", "INSERT INTO audit_entries"]
    places = [said.rindex(words) for words in [*order, "UPDATE projects SET", "INSERT INTO risks"]]
    assert places == sorted(places)
    # One to read: the owner. To write: receipt, two messages, history, number and risk.
    expected = {"sqlite": 7, "postgresql": 2}
    assert len([each for each in statements if "BEGIN" not in each]) == expected[world.database.dialect]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": ""}),
        ("title", {"title": " \n "}),
        ("title", {"title": "\x00\ud800"}),
        ("title", {"title": "x" * (TITLE_LENGTH + 1)}),
        ("cause", {"cause": "x" * (TEXT_LENGTH + 1)}),
        ("effect", {"effect": "x" * (TEXT_LENGTH + 1)}),
        ("probability", {"probability": 0}),
        ("impact", {"impact": 6}),
        ("strategy", {"strategy": ResponseStrategy.EXPLOIT}),
        ("strategy", {"strategy": ResponseStrategy.AVOID, "kind": RiskKind.OPPORTUNITY}),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    world: World, field: str, wrong: dict[str, object]
) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    fields = RiskFields(**({"title": "Vendor API may slip"} | wrong))  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refusal:
        world.register.log(sam, project, fields, confirm_in=None, origin=world.origin(), now=NOW)
    assert list(refusal.value.problems) == [field]
    assert refusal.value.problems[field].endswith((".", "?"))
    assert world.count(risks) == 0


def test_too_much_text_is_told_by_how_much(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    with pytest.raises(Invalid, match="Keep it to 200 characters; this has 231"):
        world.log(sam, project, "x" * 231)


def test_unseen_characters_are_dropped_and_the_rest_is_kept(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    risk = world.log(sam, project, "Cafe\u0301 \x00burns\ud83d 🔥", cause="one\x00\r\ntwo\ttabs")
    assert (risk.title, risk.cause) == ("Café burns 🔥", "one\ntwo\ttabs")
    assert world.register.details(sam, risk.id, in_project=None).risk == risk
    family = "👩\u200d👩\u200d👧 leaves"
    assert world.log(sam, project, family).title == family
    with pytest.raises(Invalid, match="Say in a few words"):
        world.log(sam, project, "\u200b \u2060\u202e\U000e0001")


@pytest.mark.parametrize(
    "profile",
    [{"is_guest": True}, {"is_bot": True}, {"is_deleted": True}, {"team_id": "T_CLIENT"}],
    ids=["guest", "bot", "gone", "other team"],
)
def test_only_a_colleague_can_own_a_risk(world: World, profile: dict[str, object]) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    outsider = world.person("Olga", **profile)
    with pytest.raises(Invalid) as refusal:
        world.log(sam, project, owner_id=outsider.person.id)
    assert list(refusal.value.problems) == ["owner_id"]


def test_somebody_of_another_workspace_cannot_own_a_risk(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    stranger = World(world.database, "T_OTHER").person("Stranger")
    with pytest.raises(Invalid) as refusal:
        world.log(sam, project, owner_id=stranger.person.id)
    assert list(refusal.value.problems) == ["owner_id"]


def test_another_workspace_s_project_does_not_exist(world: World) -> None:
    other = World(world.database, "T_OTHER")
    with pytest.raises(NotFound):
        world.log(world.person("Sam"), other.project(other.person("Dana")))


@pytest.mark.parametrize(
    "profile", [{"is_guest": True}, {"team_id": "T_CLIENT"}], ids=["guest", "other team"]
)
def test_outsiders_may_not_log_risks(world: World, profile: dict[str, object]) -> None:
    project = world.project(world.person("Dana"))
    with pytest.raises(NotAllowed) as refusal:
        world.log(world.person("Olga", **profile), project)
    assert refusal.value.capability is Capability.LOG_RISK


def test_an_archived_project_takes_no_more_risks(world: World) -> None:
    sam, project = world.person("Sam"), world.project(world.person("Dana"))
    with world.database.write() as session:
        session.execute(update(projects).values(archived_at=NOW))
    with pytest.raises(Invalid) as refusal:
        world.log(sam, project)
    assert list(refusal.value.problems) == ["project_id"]


def test_logging_is_in_the_history_with_all_that_was_said(world: World) -> None:
    sam, dana = world.person("Sam"), world.person("Dana")
    risk = world.log(sam, world.project(dana), probability=2, owner_id=dana.person.id)
    (entry,) = world.history(sam, risk)
    assert (entry.person, entry.action, entry.at, entry.version) == (sam.person, "logged", NOW, 1)
    assert {change.field: (change.before, change.after) for change in entry.changes} == {
        "status": (None, "proposed"),
        "title": (None, "Vendor API may slip"),
        "kind": (None, "threat"),
        "probability": (None, "2"),
        "owner_id": (None, "Dana"),
        "visibility": (None, Visibility.TEAM.value),
    }
