"""Clients' moods as messages, the weekly status and reports need them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, select

from models.database import Database
from models.read_models import Actor, MoodAlertView, MoodState, MoodTrendView, MoodView
from models.services.moods.alert_rows import find_alert, find_alerts
from models.services.moods.rows import find_mood, is_kept, newest
from models.services.moods.screens import states, trend
from models.services.moods.unheard import is_unheard_of
from models.tables import mood_alerts, mood_readings
from models.value import Value


class AlertReading(Value):
    """An alert with the reading that shows why, and the one before that day; None where one is gone."""

    alert: MoodAlertView
    reading: MoodView | None
    before: MoodView | None
    since: MoodView | None = None
    """The newest reading, where it came after the one that shows why."""


class MoodReadings:
    """Read-only. Where no person is given, whoever shows it checks who will see it."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def states(
        self, workspace_id: UUID, project_ids: Collection[UUID], today: date
    ) -> Mapping[UUID, MoodState]:
        """Return how each project's client is, restricted readings and open alerts included.

        The number of queries does not grow with the number of projects.
        """
        with self._database.read() as session:
            return states(session, workspace_id, project_ids, today)

    def trend(self, actor: Actor, project_id: UUID, *, now: datetime) -> MoodTrendView:
        """Return how a project's client is, as far as the person may know. Raises NotFound, NotAllowed."""
        with self._database.read() as session:
            return trend(session, actor, project_id, now)

    def reading(self, workspace_id: UUID, reading_id: UUID) -> MoodView | None:
        """Return a reading, also a deleted one."""
        with self._database.read() as session:
            return find_mood(session, workspace_id, reading_id)

    def alerts(self, workspace_id: UUID, alert_ids: Collection[UUID]) -> Sequence[MoodAlertView]:
        """Return these alerts as they stand, the oldest first."""
        with self._database.read() as session:
            return find_alerts(session, workspace_id, alert_ids)

    def unheard(self, workspace_id: UUID, alert_ids: Collection[UUID], now: datetime) -> Collection[UUID]:
        """Return of which of these alerts somebody took the call, and nobody has said how it went."""
        is_it = and_(
            mood_alerts.c.workspace_id == workspace_id, mood_alerts.c.id.in_(alert_ids), is_unheard_of(now)
        )
        with self._database.read() as session:
            return set(
                session.scalars(select(mood_alerts.c.id).where(is_it, mood_alerts.c.ended_at.is_(None)))
            )

    def alert(self, workspace_id: UUID, alert_id: UUID) -> AlertReading | None:
        """Return an alert with the lowest reading of the day that opened it."""
        with self._database.read() as session:
            alert = find_alert(session, workspace_id, alert_id)
            if alert is None:
                return None
            theirs = and_(
                mood_readings.c.workspace_id == workspace_id,
                mood_readings.c.project_id == alert.project_id,
                is_kept(),
            )
            of_the_day = and_(theirs, mood_readings.c.observed_on == alert.opened_on)
            earlier = and_(theirs, mood_readings.c.observed_on < alert.opened_on)
            reading, latest = (
                newest(session, of_the_day, first=mood_readings.c.value),
                newest(session, theirs),
            )
            return AlertReading(
                alert,
                reading=reading,
                before=newest(session, earlier),
                since=None if reading is None or latest == reading else latest,
            )
