"""The burn-down: what weighed when, undone step by step from how things stand now."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.risks.burndown import CARRIED, Change, Weight, points_at, week_ends
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind
from models.value import replace

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
OPEN = Weight(RiskStatus.OPEN, RiskKind.THREAT, 4, 3)
UNBORN = Weight(None, None)


@pytest.mark.parametrize(
    ("weight", "points"),
    [
        (OPEN, 12),
        (replace(OPEN, status=RiskStatus.TREATING, residual_probability=2, residual_impact=2), 4),
        (replace(OPEN, residual_probability=2), 12),
        (replace(OPEN, status=RiskStatus.ACCEPTED), 12),
        (replace(OPEN, status=RiskStatus.ESCALATED), 12),
        (replace(OPEN, status=RiskStatus.PROPOSED), 0),
        (replace(OPEN, status=RiskStatus.OCCURRED), 0),
        (replace(OPEN, status=RiskStatus.CLOSED), 0),
        (replace(OPEN, kind=RiskKind.OPPORTUNITY), 0),
        (replace(OPEN, impact=None), 0),
        (UNBORN, 0),
    ],
)
def test_a_threat_weighs_its_active_score_while_it_is_carried(weight: Weight, points: int) -> None:
    assert weight.points == points


def test_a_risk_weighed_what_it_was_then() -> None:
    logged, scored, closed = (NOW - timedelta(days=days) for days in (30, 20, 5))
    closing = Change(closed, {"status": "open", "closing_reason": None})
    scoring = Change(scored, {"status": "proposed", "probability": None, "impact": None})
    logging = Change(logged, {"status": None, "kind": None, "title": None})
    now = replace(OPEN, status=RiskStatus.CLOSED)
    instants = [NOW - timedelta(days=days) for days in (31, 25, 20, 10, 5, 0)]
    assert points_at(now, [closing, scoring, logging], instants) == (0, 0, 12, 12, 0, 0)


_statuses = st.sampled_from(RiskStatus)
_levels = st.none() | st.integers(1, 5)
_weights = st.builds(Weight, _statuses, st.sampled_from(RiskKind), _levels, _levels, _levels, _levels)
_hours = st.lists(st.integers(0, 24 * 100), max_size=8)


@given(st.lists(_weights, min_size=1, max_size=6), st.data())
def test_undoing_finds_what_going_forward_would(states: list[Weight], data: st.DataObject) -> None:
    """Play a risk's life forward, look at each instant, and compare with what undoing its history says."""
    hours = data.draw(st.lists(st.integers(0, 2000), min_size=len(states), max_size=len(states)).map(sorted))
    times = [NOW + timedelta(hours=each) for each in hours]
    instants = sorted(NOW + timedelta(hours=each) for each in data.draw(_hours))
    history = [
        Change(at, _before(earlier, later))
        for at, earlier, later in zip(times, [UNBORN, *states], states, strict=False)
    ]
    forward = tuple(
        next(
            (
                state.points
                for at, state in zip(reversed(times), reversed(states), strict=True)
                if at <= instant
            ),
            0,
        )
        for instant in instants
    )
    assert points_at(states[-1], reversed(history), instants) == forward


def _before(earlier: Weight, later: Weight) -> dict[str, str | None]:
    values = (
        (field.name, getattr(earlier, field.name), getattr(later, field.name)) for field in fields(Weight)
    )
    return {name: None if old is None else str(old) for name, old, new in values if old != new}


def test_weeks_end_at_midnight_where_the_project_is_and_the_present_one_ends_now() -> None:
    weeks = week_ends(NOW, ZoneInfo("America/Los_Angeles"), weeks=3)
    assert weeks == (
        (date(2026, 9, 28), datetime(2026, 10, 5, 7, tzinfo=UTC)),
        (date(2026, 10, 5), datetime(2026, 10, 12, 7, tzinfo=UTC)),
        (date(2026, 10, 12), NOW),
    )


def test_a_week_in_which_clocks_change_ends_at_midnight_all_the_same() -> None:
    (_, end), _ = week_ends(datetime(2026, 10, 27, tzinfo=UTC), ZoneInfo("Europe/Berlin"), weeks=2)
    assert end == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_a_risk_is_carried_from_its_score_to_its_end() -> None:
    assert {RiskStatus.OPEN, RiskStatus.TREATING, RiskStatus.ACCEPTED, RiskStatus.ESCALATED} == CARRIED
