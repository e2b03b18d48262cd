"""One risk as it is shown."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from handlers.risks import detail_views, views
from handlers.risks.forms import RiskForm
from handlers.risks.modals import review_modal
from models.read_models import ClientRef, ProjectView, RiskDetails, RiskPermissions, RoleHolder
from models.rules.access import ProjectRole
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import RiskStatus
from models.services.standing import turn_of
from models.value import replace
from tests.models.world import NOW, TODAY
from tests.scheduled.fake_readings import DANA, LEE, RISK, SAM

MANAGER = RoleHolder(DANA, ProjectRole.PROJECT_MANAGER)
DEPUTY = RoleHolder(LEE, ProjectRole.PROJECT_MANAGER, is_deputy=True)
AWAY = replace(MANAGER, away_until=TODAY + timedelta(days=5))
PROJECT = ProjectView(
    UUID(int=9), "ACME", "Acme shop", ClientRef(UUID(int=8), "Acme"), "C_ACME", None, "Europe/Berlin"
)
HEAR = ", and you'll hear what became of it."


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ((MANAGER, DEPUTY), f"Dana will score it{HEAR}"),
        ((AWAY, DEPUTY), f"Lee will score it while Dana is away{HEAR}"),
        ((AWAY,), f"Dana is away until 19 Oct and will score it then{HEAR}"),
        ((), f"A delivery manager will score it{HEAR}"),
        ((replace(MANAGER, person=SAM),), "It is yours to score: how likely, how bad, and who owns it?"),
        ((AWAY, replace(DEPUTY, person=SAM)), "It is yours to score:"),
    ],
    ids=["here", "a deputy stands in", "nobody stands in", "nobody leads", "their own", "their turn"],
)
def test_the_receipt_names_who_will_score_it_as_things_stand(
    roles: tuple[RoleHolder, ...], said: str
) -> None:
    risk = replace(RISK, status=RiskStatus.PROPOSED, probability=None, impact=None, owner=None, raised_by=SAM)
    receipt = views.logged(risk, PROJECT, turn_of(roles, TODAY), TODAY)
    assert said in str(receipt.blocks[0]["text"])
    assert ("'Score'" in str(receipt.blocks[-1])) is said.startswith("It is yours")


def test_the_receipt_names_the_owner_whom_its_raiser_named() -> None:
    risk = replace(RISK, status=RiskStatus.PROPOSED, probability=None, impact=None, owner=LEE, raised_by=SAM)
    others = views.logged(risk, PROJECT, turn_of((MANAGER,), TODAY), TODAY)
    assert f"\nLee owns it. Dana will score it{HEAR}" in str(others.blocks[0]["text"]["text"])
    own = views.logged(risk, PROJECT, turn_of((replace(MANAGER, person=SAM),), TODAY), TODAY)
    assert "Lee owns it. It is yours to score: how likely and how bad?" in str(own.blocks[0]["text"])


def test_a_manager_who_logs_a_scored_risk_is_asked_at_once_who_owns_it() -> None:
    risk = replace(RISK, status=RiskStatus.PROPOSED, owner=None, raised_by=SAM)
    own = views.logged(risk, PROJECT, turn_of((replace(MANAGER, person=SAM),), TODAY), TODAY)
    assert "It waits for an owner." in str(own.blocks[0]["text"])
    assert "'Give it an owner'" in str(own.blocks[-1])
    others = views.logged(risk, PROJECT, turn_of((MANAGER,), TODAY), TODAY)
    assert "'Give it an owner'" not in str(others.blocks[-1])


def test_a_late_risk_says_how_late_and_since_when() -> None:
    late = replace(RISK, due_on=TODAY - timedelta(days=2))
    found = RiskDetails(late, history=(), permissions=RiskPermissions())
    said = str(detail_views.details(found, NOW).blocks)
    assert "*2 days late*" in said
    assert "Was due 12 Oct" in said
    there = NOW.astimezone(ZoneInfo("Pacific/Auckland"))
    assert "raised by Sam 14 Oct" in said, "one style of days in a line"
    raised = replace(found, risk=replace(late, raised_at=NOW.replace(hour=13)))
    assert "raised by Sam 15 Oct" in str(detail_views.details(raised, there).blocks), "the reader's own day"
    over = str(detail_views.details(replace(found, risk=replace(late, status=RiskStatus.CLOSED)), NOW).blocks)
    assert "late" not in over, "what is over is never late"
    assert "Was due 12 Oct" in over
    on_time = replace(found, risk=replace(RISK, due_on=TODAY))
    assert "Was due" not in str(detail_views.details(on_time, NOW).blocks)


def test_what_a_line_says_already_no_other_line_repeats() -> None:
    left = RiskDetails(
        replace(RISK, residual_probability=RISK.probability, residual_impact=1),
        history=(),
        permissions=RiskPermissions(),
    )
    assert "before we did something about it" in str(detail_views.details(left, NOW).blocks)
    same = replace(left, risk=replace(left.risk, residual_impact=RISK.impact))
    assert "before we did something about it" not in str(detail_views.details(same, NOW).blocks)
    waits = replace(RISK, status=RiskStatus.PROPOSED, owner=None, due_on=TODAY, next_review_on=TODAY)
    shown = detail_views.details(RiskDetails(waits, history=(), permissions=RiskPermissions()), NOW)
    said = shown.blocks[0]["text"]["text"].splitlines()
    assert said[1].endswith("· waiting for an owner · due 14 Oct")
    assert said[2:] == ["Raised by Sam 14 Oct", "Review 14 Oct"]
    over = replace(waits, status=RiskStatus.REJECTED, probability=None, impact=None)
    assert views.changed(over, "not a risk").blocks[0]["text"]["text"].endswith("slip* · not a risk")


def test_what_is_late_offers_its_review_first_and_heads_its_dialog_with_its_name() -> None:
    allowed = RiskPermissions(may_review=True, moves=(RiskMove.CLOSE,))
    found = RiskDetails(RISK, history=(), permissions=allowed)
    calm = detail_views.details(found, NOW)
    assert calm.title == "ACME-R12"
    assert "'Close the risk'" in str(calm.blocks[-1])
    assert "risk_review" not in str(calm.blocks[-1])
    late = replace(found, risk=replace(RISK, due_on=TODAY - timedelta(days=2)))
    assert "risk_review" in str(detail_views.details(late, NOW).blocks[-1])
    asked = str(review_modal(RiskForm.of_risk(late.risk)))
    assert "Due 12 Oct 2026 has passed: by when now?" in asked
