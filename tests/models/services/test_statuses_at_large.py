"""All that isn't in, of many projects at once: the same that is found project by project."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from models.read_models import Actor, ProjectView
from models.read_models.home import HomePages
from models.reports.home import Homes
from models.rules.projects.kinds import ProjectKind
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.recurrence_data import as_data
from models.rules.rituals.steps import OccurrenceState, RitualState
from models.rules.statuses.periods import Period, longest_silence_first
from models.services.statuses.deadlines import deadlines
from models.services.statuses.owed import present_of, silent_since
from models.tables import days_off, projects, ritual_occurrences, status_updates
from models.value import replace
from tests.models.rituals import THURSDAYS, ask_weekly
from tests.models.world import NOW, TODAY, World, statements_of

LAST_WEEK = Period.containing(TODAY).previous
ON_THURSDAY = "2026-10-08T17:00"


class Company:
    """Projects of all sorts, each with its own reason to be looked at twice."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.jo = world.delivery_manager("Jo")
        self.dana = world.person("Dana")

    def project(self, key: str, manager: Actor | None = None, **ritual: Any) -> tuple[ProjectView, UUID]:  # noqa: ANN401 - any column.
        made = self.world.project(manager or self.dana, key=key, channel=f"C_{key}")
        return made, ask_weekly(self.world.database, self.jo, made, **ritual)

    def said(self, key: str, *periods: Period, **ritual: Any) -> None:  # noqa: ANN401 - any column.
        made, _ = self.project(key, **ritual)
        for each in periods:
            self.world.status(self.dana, made, period=each)

    def time(self, key: str, state: OccurrenceState, put_off_to: str | None = None) -> None:
        _, ritual_id = self.project(key)
        row = {"name": ON_THURSDAY, "starts_at": NOW, "state": state, "put_off_to": put_off_to}
        ids = {"id": uuid4(), "workspace_id": self.world.workspace_id, "ritual_id": ritual_id}
        with self.world.database.write() as session:
            session.execute(insert(ritual_occurrences).values(**ids, **row))

    def change(self, key: str, **values: Any) -> None:  # noqa: ANN401 - any column.
        with self.world.database.write() as session:
            session.execute(update(projects).where(projects.c.key == key).values(**values))


def company(world: World) -> Company:
    made = Company(world)
    present = LAST_WEEK.next
    made.project("PLAIN")
    made.project("ABROAD", timezone="Pacific/Auckland")
    made.project("OWN", made.jo)
    made.project("NEW", created_at=NOW - timedelta(days=1))
    made.project("YOUNG", created_at=NOW - timedelta(weeks=2))
    made.project("PAUSED", state=RitualState.PAUSED, resumes_on=TODAY + timedelta(days=9))
    made.project("RESUMED", state=RitualState.PAUSED, resumes_on=date(2026, 10, 5))
    made.project("OFF", state=RitualState.PAUSED)
    made.said("IN", LAST_WEEK)
    made.said("EARLY", present)
    made.said("WHOLE", LAST_WEEK, present)
    made.said("LONG", LAST_WEEK.previous.previous)
    made.time("SKIPPED", OccurrenceState.SKIPPED)
    made.time("LATER", OccurrenceState.PLANNED, "2026-10-09T12:00")
    twice, meeting = made.project("TWICE", created_at=NOW - timedelta(days=30))
    mondays, lately = as_data(replace(THURSDAYS, weekdays=frozenset({0}))), NOW - timedelta(days=3)
    ask_weekly(world.database, made.jo, twice, recurrence=mondays, created_at=lately)
    made.project("AROUND", recurrence={"around": str(meeting), "working_days": 1, "at": "09:00"})
    resting, _ = made.project("RESTING", on_holiday=OnHoliday.SKIP)
    with world.database.write() as session:
        ids = {"id": uuid4(), "workspace_id": world.workspace_id, "project_id": resting.id}
        session.execute(insert(days_off).values(**ids, day=date(2026, 10, 8), name="Retreat"))
    made.project("TALENT")
    made.change("TALENT", kind=ProjectKind.TALENT_ON_DEMAND)
    made.project("OVER")
    made.change("OVER", archived_at=NOW)
    return made


def one_by_one(world: World) -> list[tuple[str, Period]]:
    """Return what is missing as it is found for each project by itself, in order."""
    found = []
    with world.database.read() as session:
        due = deadlines(session, world.workspace_id, NOW)
        for row in session.execute(select(projects).where(projects.c.archived_at.is_(None))):
            said = session.execute(select(status_updates).where(status_updates.c.project_id == row.id)).all()
            latest = due.latest(row.id, present_of(row, NOW), NOW)
            if latest is None or latest[0] in {Period(each.starts_on, each.cadence) for each in said}:
                continue
            since = silent_since(
                due.asked_since(row.id), max((each.starts_on for each in said), default=None)
            )
            order = (row.key != "OWN", longest_silence_first(since, latest[0]), latest[1].due_at, row.key)
            found.append((order, row.key, latest[0]))
    return [(key, period) for _, key, period in sorted(found)]


def test_what_is_missing_of_many_is_what_is_missing_of_each(world: World) -> None:
    made = company(world)
    expected = one_by_one(world)
    found = world.statuses.missing(made.jo, only_mine=False, now=NOW)
    assert [(each.project_key, each.period) for each in found.lines] == expected
    assert (found.total, found.asked) == (len(expected), 17)
    keys = [key for key, _ in expected]
    assert keys[0] == "OWN"
    assert {"EARLY", "LONG", "RESUMED", "TWICE", "AROUND", "TALENT", "LATER", "SKIPPED", "RESTING"} < {*keys}
    assert keys.index("PLAIN") < keys.index("LONG") < keys.index("YOUNG")
    assert not {"IN", "WHOLE", "NEW", "PAUSED", "OFF", "OVER"} & {*keys}
    home = Homes(world.database).of(made.jo, HomePages(), now=NOW)
    others = [key for key in keys if key != "OWN"]
    assert home.missing.total == len(others)
    assert [each.project_key for each in home.missing.first] == others[: len(home.missing.first)]
    assert [each.project_key for each in home.statuses.first] == ["OWN", "OWN"]


def test_no_question_names_every_project(world: World) -> None:
    made = Company(world)
    lengths = []
    for numbers in (range(1), range(1, 40)):
        for number in numbers:
            made.project(f"P{number}")
        with statements_of(world.database) as seen:
            assert world.statuses.missing(made.jo, only_mine=False, now=NOW).total == numbers.stop
        lengths.append(max(map(len, seen)))
    assert lengths[0] == lengths[1]
