"""One risk as it is shown."""

from dataclasses import replace
from datetime import timedelta

from handlers.risks import views
from models.read_models import RiskDetails, RiskPermissions
from tests.models.world import NOW, TODAY
from tests.scheduled.fakes import RISK


def test_a_late_risk_says_how_late_and_since_when() -> None:
    late = replace(RISK, due_on=TODAY - timedelta(days=2))
    found = RiskDetails(late, history=(), permissions=RiskPermissions())
    said = str(views.details(found, TODAY, NOW).blocks)
    assert "*2 days late*" in said
    assert "was due 12 Oct" in said
    on_time = replace(found, risk=replace(RISK, due_on=TODAY))
    assert "was due" not in str(views.details(on_time, TODAY, NOW).blocks)
