"""When the steps of a ritual are due, and rules that are written down and read again."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.rituals.recurrence import LAST, MonthlyByDay, MonthlyByWeekday, Once, Regular, Weekly
from models.rules.rituals.recurrence_data import as_data, as_rule
from models.rules.rituals.steps import StepRule, Timetable

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
WEDNESDAY = datetime.combine(date(2026, 11, 4), time(15))
MEETING = Timetable(
    Weekly(frozenset({2}), time(15), date(2026, 1, 14), 2), LOS_ANGELES, length=timedelta(minutes=25)
)

times = st.times().map(lambda each: each.replace(second=0, microsecond=0))
rules = st.one_of(
    st.builds(Weekly, st.frozensets(st.integers(0, 6), min_size=1), times, st.dates(), st.integers(1, 9)),
    st.builds(
        MonthlyByWeekday,
        st.sampled_from([1, 2, 3, 4, LAST]),
        st.integers(0, 6),
        times,
        st.dates(),
        st.integers(1, 9),
    ),
    st.builds(MonthlyByDay, st.integers(1, 31), times, st.dates(), st.integers(1, 9)),
    st.builds(Once, st.datetimes().map(lambda each: each.replace(second=0, microsecond=0))),
)


@given(rules)
def test_a_rule_is_the_same_after_it_was_written_down(rule: Regular) -> None:
    assert as_rule(as_data(rule)) == rule


def test_what_is_no_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        as_rule({"every": "fortnight", "at": "15:00", "anchor": "2026-01-14", "interval": 1})


@pytest.mark.parametrize(
    ("step", "due"),
    [
        pytest.param(StepRule("refresh"), datetime(2026, 11, 4, 23, tzinfo=UTC), id="at the start"),
        # The clocks went back on 1 November: three in the afternoon was an hour earlier in UTC before.
        pytest.param(
            StepRule("collect", -3), datetime(2026, 10, 30, 22, tzinfo=UTC), id="before the clocks change"
        ),
        pytest.param(
            StepRule("post", -1, time(9)), datetime(2026, 11, 3, 17, tzinfo=UTC), id="another time of day"
        ),
        pytest.param(
            StepRule("nudge", after=timedelta(hours=-2)), datetime(2026, 11, 4, 21, tzinfo=UTC), id="hours"
        ),
        pytest.param(
            StepRule("minutes", at_end=True), datetime(2026, 11, 4, 23, 25, tzinfo=UTC), id="at the end"
        ),
        pytest.param(StepRule("missing", 3), datetime(2026, 11, 9, 23, tzinfo=UTC), id="over a weekend"),
    ],
)
def test_a_step_is_due_by_working_days_and_the_wall_clock(step: StepRule, due: datetime) -> None:
    assert MEETING.due(step, WEDNESDAY) == due


def test_a_day_off_is_no_working_day() -> None:
    timetable = Timetable(MEETING.rule, LOS_ANGELES, days_off={date(2026, 11, 3)})
    assert timetable.due(StepRule("post", -1), WEDNESDAY) == datetime(2026, 11, 2, 23, tzinfo=UTC)
