"""A client's mood that needs somebody at once, to those whom it concerns, kept to what became of it."""

from uuid import UUID

from models.read_models import MoodAlertView, PersonRef
from models.rules.delivery import NoticeKind, Operation
from models.rules.sentences import listed
from models.services.moods.readings import AlertReading
from scheduled.notices import Notice, Occasion
from scheduled.posts import Button, ButtonStyle, Intent, Post, Small, Text
from scheduled.wording import plain_day
from scheduled.wording.moods import mood_words, was


def render(occasion: Occasion) -> Post | None:
    """Say how the client is, who said so, who else knows, and who calls; nothing once it is over unsaid."""
    found = occasion.desk.moods.alert(occasion.workspace_id, UUID(str(occasion.ids["alert_id"])))
    if found is None or (found.alert.ended_at is not None and occasion.operation is Operation.POST):
        return None
    alert = found.alert
    you = next((person for person in alert.told if person.slack_user_id == occasion.channel_id), None)
    if you is None:
        return None
    words = occasion.words(
        project=alert.project_key,
        mood=mood_words(found.reading, occasion.now, stays=True) if found.reading else None,
        was=_was(found),
        since=mood_words(found.since, occasion.now, stays=True) if found.since else None,
        opened=plain_day(alert.opened_on, occasion.today),
        outcome=alert.outcome.value if alert.outcome else None,
        caller=alert.taken_by.name if alert.taken_by else None,
        is_yours=alert.taken_by == you,
        everybody=listed(["you", *(person.name for person in alert.told if person != you)]),
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), _buttons(alert, you))


def _was(found: AlertReading) -> str | None:
    if found.reading is None or found.before is None:
        return None
    return was(found.before, found.reading)


def _buttons(alert: MoodAlertView, you: PersonRef) -> tuple[Button, ...]:
    trend = Button("Trend", Intent.MOOD_TREND, alert.project_id)
    if alert.ended_at is not None:
        return (trend,)
    if alert.taken_by is None:
        return (Button("I'll call them", Intent.MOOD_ALERT_TAKE, alert.id, ButtonStyle.PRIMARY), trend)
    if alert.taken_by == you:
        return (trend, Button("I can't after all", Intent.MOOD_ALERT_HAND_BACK, alert.id))
    return (trend,)


NOTICE = Notice(NoticeKind.MOOD_ALERT, confidential=True, render=render)
