"""What the bot says, without any chat program's vocabulary: text, quotations, small print and buttons."""

from enum import StrEnum
from uuid import UUID

from models.value import Value

MOST_TEXT = 9000
"""Slack refuses a message whose blocks hold some 11,000 characters in all; it does not say where exactly."""


class Intent(StrEnum):
    """What a button asks for; ``handlers/ids.py`` has an action of the same value for each."""

    RISK_EDIT = "risk_edit"
    RISK_SCORE = "risk_score"
    RISK_REJECT = "risk_reject"
    RISK_DETAILS = "risk_details"
    RISK_UNDO = "risk_undo"
    RISK_RESPOND = "risk_respond"
    RISK_APPROVE = "risk_approve"
    RISK_NOT_YET = "risk_not_yet"
    RAID_EDIT = "raid_edit"
    RAID_DETAILS = "raid_details"
    RAID_UNDO = "raid_undo"
    RAID_RESOLVE = "raid_resolve"
    RAID_CONFIRM = "raid_confirm"
    RAID_MET = "raid_met"
    RAID_DECIDE = "raid_decide"
    MOOD_EDIT = "mood_edit"
    MOOD_DELETE = "mood_delete"
    MOOD_TREND = "mood_trend"
    MOOD_ALERT_TAKE = "mood_alert_take"
    MOOD_ALERT_HAND_BACK = "mood_alert_hand_back"
    ACTION_DONE = "action_done"
    ACTION_CHANGE = "action_change"
    PROJECT_MAKE = "project_make"
    PROJECT_SHOW = "project_show"
    DRAFT_RISK = "draft_risk"
    HEALTH_CHECK = "health_check"
    STATUS_SHOW = "status_show"
    STATUS_OPEN = "status_open"
    MORNING_UNFOLD = "morning_unfold"
    MORNING_LATER = "morning_later"
    MORNING_NOW = "morning_now"
    MORNING_AWAY = "morning_away"
    TOPIC_ADD = "topic_add"
    MEETING_MISS = "meeting_miss"
    MEETING_SKIP = "meeting_skip"
    MEETING_HOLD = "meeting_hold"
    RITUAL_SHOW = "ritual_show"
    RETRO_ADD = "retro_add"
    RETRO_HOW = "retro_how"
    RETRO_SHOW = "retro_show"
    RETRO_ACTION = "retro_action"
    SURVEY_SHOW = "survey_show"
    SURVEY_RATE_1 = "survey_rate_1"
    SURVEY_RATE_2 = "survey_rate_2"
    SURVEY_RATE_3 = "survey_rate_3"
    SURVEY_RATE_4 = "survey_rate_4"
    SURVEY_RATE_5 = "survey_rate_5"
    SURVEY_DECLINE = "survey_decline"
    SURVEY_ASK_NOW = "survey_ask_now"
    SURVEY_MAILED = "survey_mailed"
    SURVEY_HOLD = "survey_hold"
    SURVEY_RESUME = "survey_resume"
    SURVEY_CONTACTED = "survey_contacted"
    SURVEY_NOT_CONTACTED = "survey_not_contacted"
    MINUTES_WRITE = "minutes_write"


class ButtonStyle(StrEnum):
    """How much a button draws the eye."""

    PLAIN = "plain"
    PRIMARY = "primary"


class Button(Value):
    """A button that names an intent and the record it is about."""

    label: str
    intent: Intent
    entity_id: UUID | None = None
    """None where the button is about the place it stands in."""
    style: ButtonStyle = ButtonStyle.PLAIN
    detail: str = ""
    """What it says beside the record, such as a day."""


class Text(Value):
    """Marked-up text; whatever people typed was escaped where it was put in."""

    text: str


class Quote(Value):
    """Somebody's own words, as typed: many lines perhaps, and never marked up."""

    text: str


class Small(Value):
    """Marked-up small print below the text."""

    text: str


class Line(Value):
    """Marked-up text with a button of its own beside it."""

    text: str
    button: Button


Section = Text | Quote | Small | Line


class Post(Value):
    """A message. ``summary`` is what a notification and a screen reader say; it is escaped as ``Text`` is."""

    summary: str
    sections: tuple[Section, ...]
    buttons: tuple[Button, ...] = ()


class Picture(Value):
    """A picture to hand over as a file.

    ``comment`` is marked-up text beside it. ``title`` and ``alt_text`` are plain; the latter says the same in
    words, for whoever cannot see the picture.
    """

    title: str
    alt_text: str
    comment: str
    png: bytes


class Document(Value):
    """A file to hand over that is no picture. ``suffix`` says what it is, such as "ics"."""

    title: str
    comment: str
    suffix: str
    content: bytes


File = Picture | Document


class Gone(Value):
    """What an update draws where nothing of the message is worth keeping: it is removed."""
