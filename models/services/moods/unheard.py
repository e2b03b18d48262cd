"""Calls to unhappy clients that somebody took on, of which nobody has said how they went."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, not_

from models.rules.surveys.loop import CONTACT_WITHIN
from models.tables import mood_alerts, mood_readings


def is_unheard_of(now: datetime) -> ColumnElement[bool]:
    """Return the condition on alerts that somebody took two days ago, and nobody knows what came of it."""
    is_said = exists().where(
        mood_readings.c.project_id == mood_alerts.c.project_id,
        mood_readings.c.withdrawn_at.is_(None),
        mood_readings.c.logged_at > mood_alerts.c.taken_at,
    )
    return and_(mood_alerts.c.taken_at <= now - CONTACT_WITHIN, not_(is_said))
