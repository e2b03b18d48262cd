"""When statuses are due of several projects that are asked at the same hour in the same place."""

from datetime import UTC, date, datetime

from sqlalchemy import insert

from models.rules.rituals.recurrence import OnHoliday
from models.rules.statuses.periods import Period
from models.services.statuses.deadlines import deadlines
from models.tables import days_off
from tests.models.rituals import ask_weekly
from tests.models.world import World

NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
WEEK = Period(date(2026, 2, 2))
THURSDAY = date(2026, 2, 5)
FRIDAY_MORNING = datetime(2026, 2, 6, 9, tzinfo=UTC)


def test_projects_share_what_their_deadlines_come_to_but_for_what_is_their_own(world: World) -> None:
    dana = world.person("Dana")
    acme, borealis, cobalt, delta = (
        world.project(dana, key=key, channel=f"C_{key}") for key in ("ACME", "BOREALIS", "COBALT", "DELTA")
    )
    for each in (acme, borealis, delta):
        ask_weekly(world.database, dana, each, on_holiday=OnHoliday.PREVIOUS)
    ask_weekly(world.database, dana, cobalt, on_holiday=OnHoliday.PREVIOUS, created_at=FRIDAY_MORNING)
    off = {"workspace_id": world.workspace_id, "project_id": delta.id, "day": THURSDAY, "name": "Move"}
    with world.database.write() as session:
        session.execute(insert(days_off).values(off))
    with world.database.read() as session:
        due = deadlines(session, world.workspace_id, NOW)
    found = {each.key: due.of(each.id, WEEK) for each in (acme, borealis, cobalt, delta)}
    assert found["ACME"] is not None
    assert found["ACME"].due_at == datetime(2026, 2, 5, 16, tzinfo=UTC)
    assert found["BOREALIS"] is found["ACME"], "it is worked out once"
    assert found["COBALT"] is None, "nobody asked for it by then"
    assert found["DELTA"] is not None
    assert found["DELTA"].due_on == date(2026, 2, 4), "its day off is its own"
    assert found["DELTA"].missing_from == datetime(2026, 2, 9, 16, tzinfo=UTC), "and no working day"
