"""What is measured of rituals is what it is said to be: all are planned, once, and all jobs run."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from models.database import Database
from models.tables import outbox_messages
from tests.benchmarks.job_store import seconds_to_run
from tests.benchmarks.rituals import FAR_AHEAD, NOW, filled, planner_of, require_planned


def test_what_is_due_is_planned_once_and_said_and_what_is_not_costs_a_look(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/due.db"
    with filled(url, 3, NOW - timedelta(hours=1)) as database:
        assert planner_of(database).run_once() == 6, "three planned, three carried out"
        assert planner_of(database).run_once() == 0
        require_planned(database, 3)
        with database.read() as session:
            assert session.scalar(select(func.count()).select_from(outbox_messages)) == 3
    with filled(f"sqlite:///{tmp_path}/idle.db", 3, FAR_AHEAD) as database:
        assert planner_of(database).run_once() == 0


def test_the_other_store_runs_them_all(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/jobs.db")
    assert seconds_to_run(database.engine, 5) > 0
    database.dispose()
