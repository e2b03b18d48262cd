"""Dissatisfied clients whom nobody has called in time, to delivery managers."""

from collections.abc import Sequence
from itertools import groupby

from models.read_models import MoodAlertView
from models.read_models.home import LateCall
from models.services.mornings.planning import Contribution
from models.services.surveys.overdue_calls import gather
from scheduled.clients_to_call import standing_alerts
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent
from scheduled.wording import plain_day


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show who waits and for how long, each client once, and name the projects whose client was called."""
    message = occasion.message
    ids = [item.entity_id for item in occasion.items]
    calls = sorted(
        message.desk.surveys.late_calls(message.workspace_id, ids), key=lambda call: call.project_key
    )
    found = [list(those) for _, those in groupby(calls, key=lambda call: call.project_id)]
    waiting = [still for those in found if (still := [call for call in those if call.is_open])]
    waiting.sort(key=lambda those: those[0].answered_at)
    done = [those[0].project_key for those in found if not any(call.is_open for call in those)]
    heading = occasion.words("heading", count=len(waiting)).text if waiting else ""
    alerts = standing_alerts(occasion) if waiting else {}
    return MorningPart(
        heading,
        tuple(_line(occasion, those, alerts.get(those[0].project_id)) for those in waiting),
        occasion.words("done", keys=done).text if done else "",
    )


def _line(occasion: MorningOccasion, calls: Sequence[LateCall], alert: MoodAlertView | None) -> MorningLine:
    """Draw a client with all that they wait about; the longest wait says for how long."""
    first = calls[0]
    words = occasion.words(
        "line",
        project=first.project_key,
        days=(occasion.message.now - first.answered_at).days,
        answers=len(calls),
        owner=first.owner.name if first.owner else None,
        is_yours=first.owner is not None and first.owner.id == occasion.morning.person.id,
        alert_since=plain_day(alert.opened_on, occasion.today) if alert else None,
        taker=alert.taken_by.name if alert and alert.taken_by else None,
    )
    return MorningLine(words.text, Button("Show", Intent.SURVEY_SHOW, first.project_id))


MORNING = MorningPiece(Contribution("overdue_calls", gather), rank=15, draw=draw)
