"""Statuses as messages about them need them: read when a message is drawn, whoever will read it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from models.database import Database
from models.read_models import RoleHolder, StatusInRow, StoodProject, Turn
from models.rules.statuses.periods import Period
from models.services.projects.role_holders import holders_of
from models.services.projects.rows import required_project
from models.services.standing import turn_of
from models.services.statuses.deadlines import deadlines
from models.services.statuses.nudging import waiting_at
from models.services.statuses.owed import SUBMITTING, looked_at_since
from models.services.statuses.rows import find_status, in_row
from models.services.statuses.silences import Silence, silences
from models.services.statuses.stood import stood
from models.tables import status_updates


class StatusReadings:
    """Read-only and without a person: who may see a message is checked where it is sent to."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def for_notice(self, workspace_id: UUID, status_id: UUID) -> StatusInRow | None:
        """Return the status in the version that stands."""
        with self._database.read() as session:
            found = find_status(session, workspace_id, status_updates.c.id == status_id)
            return in_row(session, found) if found else None

    def roles(self, workspace_id: UUID, project_id: UUID) -> tuple[RoleHolder, ...]:
        """Return who does what on the project."""
        with self._database.read() as session:
            return required_project(session, workspace_id, project_id).roles

    def stood(self, workspace_id: UUID, project_ids: Collection[UUID], since: date) -> Sequence[StoodProject]:
        """Return how these projects stood from that day on, without those that are over, by key."""
        with self._database.read() as session:
            return stood(session, workspace_id, project_ids, since)

    def silences(
        self, workspace_id: UUID, periods: Mapping[UUID, Period], *, now: datetime
    ) -> Mapping[UUID, Silence]:
        """Return for how long nobody has said how these projects stand, up to a period of each."""
        with self._database.read() as session:
            return silences(session, workspace_id, periods, now)

    def turns(self, project_ids: Collection[UUID], on: date) -> Mapping[UUID, Turn]:
        """Return of each of these projects whose turn it is on that day to say how it stands."""
        with self._database.read() as session:
            holders = holders_of(session, project_ids, SUBMITTING)
            return {each: turn_of(holders.get(each, ()), on) for each in project_ids}

    def waiting_at(
        self, workspace_id: UUID, person_id: UUID, due_at: datetime, *, now: datetime
    ) -> Mapping[UUID, Period]:
        """Return what is due at that instant and asked of that person still: the period by project."""
        with self._database.read() as session:
            found = waiting_at(session, workspace_id, person_id, due_at, now)
            return {each.project_id: each.period for each in found}

    def week(self, workspace_id: UUID, period: Period, *, now: datetime) -> Sequence[StoodProject]:
        """Return how the projects stood that were asked for a period, then and before, by key."""
        with self._database.read() as session:
            due = deadlines(session, workspace_id, now)
            asked = [each for each in due.project_ids if due.of(each, period)]
            since = min(looked_at_since(now), period.previous.starts_on)
            found = stood(session, workspace_id, asked, since)
            return [each for each in found if each.cadence is period.cadence]
