"""What one part of a morning's message has to know of another, so that a client who waits is named once."""

from collections.abc import Collection, Mapping
from uuid import UUID

from models.read_models import MoodAlertView
from models.services.mornings.still_waiting import Waiting
from scheduled.mornings import MorningOccasion

_CALLS, _REST = "overdue_calls", "still_waiting"
"""The contributions that name clients who wait for a call: those of a day, and all others."""
_ALERTS = frozenset({Waiting.ALERT, Waiting.PROMISE})


def named_for_the_day(occasion: MorningOccasion) -> Collection[str]:
    """Return the projects of which the message names an overdue call that nobody has made yet."""
    ids = [item.entity_id for item in occasion.morning.items if item.contribution == _CALLS]
    calls = occasion.message.desk.surveys.late_calls(occasion.message.workspace_id, ids) if ids else ()
    return {call.project_key for call in calls if call.is_open}


def standing_alerts(occasion: MorningOccasion) -> Mapping[UUID, MoodAlertView]:
    """Return, by the project, the mood alerts for which the client waits as well."""
    sorts = {
        item.entity_id: Waiting(item.detail["sort"])
        for item in occasion.morning.items
        if item.contribution == _REST
    }
    ids = [alert_id for alert_id, sort in sorts.items() if sort in _ALERTS]
    alerts = occasion.message.desk.moods.alerts(occasion.message.workspace_id, ids) if ids else ()
    return {
        alert.project_id: alert
        for alert in alerts
        if alert.ended_at is None and (alert.taken_by is None or sorts[alert.id] is Waiting.PROMISE)
    }
