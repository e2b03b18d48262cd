"""Lists of what is planned: whatever people wrote, Slack takes each page, and no record is left out."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.demo.limits.messages import check_message
from handlers.answers import Answer
from handlers.plans import deliverable_views, measure_views, milestone_views
from handlers.plans.views import Showing
from models.read_models import (
    ClientRef,
    DeliverableView,
    MeasureView,
    MilestoneView,
    PersonRef,
    PlanPage,
    ProjectView,
)
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.measures import Outcome
from models.services.plans.records import MOST

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
TODAY = NOW.date()
DANA = PersonRef(UUID(int=1), "U_DANA", "Dana " + "O" * 80)
PROJECT = ProjectView(
    UUID(int=9), "TENLETTERS", "Shop", ClientRef(UUID(int=8), "Acme"), "C_ACME", None, "Europe/Berlin"
)
ADVICE = 10_000
"""Characters of all blocks together beyond which Slack may refuse a message."""


def common(number: int) -> dict[str, Any]:
    """Return what every record has, as long as it may be."""
    return {
        "id": UUID(int=100 + number),
        "workspace_id": UUID(int=7),
        "project_id": PROJECT.id,
        "project_key": PROJECT.key,
        "number": number,
        "title": f"{number} " + "&" * 196,
        "added_by": DANA,
        "added_at": NOW,
        "updated_at": NOW,
    }


def measures(showing: Showing) -> Answer:
    records = tuple(
        MeasureView(target="&" * 200, outcome=Outcome.SUSTAINABILITY, **common(number))
        for number in range(1, MOST + 1)
    )
    return measure_views.listed(PlanPage(PROJECT, records, may_change=True), showing)


def deliverables(showing: Showing) -> Answer:
    return deliverable_views.listed(PlanPage(PROJECT, parts(), may_change=True), TODAY, showing)


def milestones(showing: Showing) -> Answer:
    day = date(2025, 12, 30)
    records = tuple(
        MilestoneView(
            baseline_on=day,
            forecast_on=TODAY,
            done_on=TODAY,
            accepted_on=TODAY,
            accepted_by="&" * 80,
            **common(number),
        )
        for number in range(1, MOST + 1)
    )
    page = PlanPage(PROJECT, records, may_change=True, deliverables=parts())
    return milestone_views.listed(page, TODAY, showing)


def parts() -> tuple[DeliverableView, ...]:
    """Return as many deliverables as there may be, four for each of the first milestones."""
    return tuple(
        DeliverableView(
            state=DeliverableState.REJECTED,
            milestone_id=UUID(int=101 + number // 4),
            milestone_number=1 + number // 4,
            decided_on=date(2025, 12, 30),
            rejection="&" * 2000,
            evidence="&" * 500,
            **common(number),
        )
        for number in range(1, MOST + 1)
    )


def texts(answer: Answer) -> list[str]:
    """Return the text of each section."""
    return [block["text"]["text"] for block in answer.blocks if block["type"] == "section"]


@pytest.mark.parametrize("listed", [measures, milestones, deliverables])
def test_slack_takes_each_page_and_each_record_is_on_one(listed: Callable[[Showing], Answer]) -> None:
    seen = []
    for page in range(1, 4):
        answer = listed(Showing("A note above them", page))
        check_message(answer.text, list(answer.blocks))
        assert sum(map(len, texts(answer))) < ADVICE
        seen += texts(answer)[2:]
    assert len(seen) == MOST
    assert texts(listed(Showing("A note above them", 99))) == texts(listed(Showing("A note above them", 3)))
