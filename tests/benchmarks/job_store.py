"""APScheduler's own way: jobs in its SQLAlchemy store, all due at once, run by its scheduler."""

import pickle
import threading
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, insert

PATIENCE = 600.0
"""Seconds for all to run."""


class _Count:
    """Counts what ran, in whatever thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.wanted = 0
        self.all_ran = threading.Event()

    def one_more(self) -> None:
        with self._lock:
            self.wanted -= 1
            if self.wanted <= 0:
                self.all_ran.set()


_count = _Count()


def job() -> None:
    """Do what a ritual that is only planned does: nothing."""
    _count.one_more()


def seconds_to_run(engine: Engine, count: int) -> float:
    """Return how long its scheduler takes to run so many jobs that are due. Raises TimeoutError."""
    store = SQLAlchemyJobStore(engine=engine)
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        timezone=UTC,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    scheduler.start(paused=True)
    try:
        made: Job = scheduler.add_job(job, "interval", weeks=2, next_run_time=_due())
        _copy(store, made, count)
        _count.wanted = count
        _count.all_ran.clear()
        began = datetime.now(UTC)  # noqa: TID251 - the scheduler goes by the machine's clock.
        scheduler.resume()
        if not _count.all_ran.wait(PATIENCE):
            raise TimeoutError
        return (datetime.now(UTC) - began).total_seconds()  # noqa: TID251 - as above.
    finally:
        scheduler.shutdown()


def _due() -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=1)


def _copy(store: SQLAlchemyJobStore, made: Job, count: int) -> None:
    """Put all jobs but the first into the store at once; one by one would take longer than running them."""
    rows = []
    for number in range(1, count):
        state = {**made.__getstate__(), "id": f"{made.id}-{number}"}
        rows.append(
            {
                "id": state["id"],
                "next_run_time": made.next_run_time.timestamp(),
                "job_state": pickle.dumps(state, store.pickle_protocol),
            }
        )
    with store.engine.begin() as connection:
        connection.execute(insert(store.jobs_t), rows)
