"""The words of the outbox: what a message is about, what is done with it, and what became of it."""

from datetime import timedelta
from enum import StrEnum

GRACE = timedelta(hours=24)
"""How long a message may wait for its channel before it is given up; later it would only confuse."""


class NoticeKind(StrEnum):
    """What a message says; ``scheduled/notices`` has one file for each."""

    RISK_ANNOUNCED = "risk_announced"
    RISK_CHANGED = "risk_changed"
    RISK_PROPOSED = "risk_proposed"
    RISK_OUTCOME = "risk_outcome"
    RISK_OWNED = "risk_owned"
    RISK_CONFIRMED = "risk_confirmed"
    RISK_WITHHELD = "risk_withheld"
    RISK_ESCALATED = "risk_escalated"
    RISK_ACCEPTANCE = "risk_acceptance"
    RISK_ANSWERED = "risk_answered"
    RAID_CONFIRMED = "raid_confirmed"
    RAID_ANNOUNCED = "raid_announced"
    RAID_RAISED = "raid_raised"
    RAID_OWNED = "raid_owned"
    RAID_OUTCOME = "raid_outcome"
    RAID_WITHHELD = "raid_withheld"
    MOOD_CONFIRMED = "mood_confirmed"
    MOOD_ALERT = "mood_alert"
    ACTION_GIVEN = "action_given"
    ACTION_SETTLED = "action_settled"
    CHANNEL_JOINED = "channel_joined"
    CHANNEL_NOT_OFFERED = "channel_not_offered"
    LINE_ANSWERED = "line_answered"
    MANAGER_LEFT = "manager_left"
    MANAGER_NAMED = "manager_named"
    ROLE_GIVEN = "role_given"
    RISK_MATRIX = "risk_matrix"
    RISK_BURNDOWN = "risk_burndown"
    MOOD_TREND = "mood_trend"
    SURVEY_REQUESTED = "survey_requested"
    SURVEY_QUESTION = "survey_question"
    SURVEY_REMINDER = "survey_reminder"
    SURVEY_ANSWERED = "survey_answered"
    SURVEY_LOW_ANSWER = "survey_low_answer"
    SURVEY_NUDGE = "survey_nudge"
    STATUS_POSTED = "status_posted"
    STATUS_DETAILS = "status_details"
    STATUS_WITHHELD = "status_withheld"
    STATUS_GRID = "status_grid"
    RITUAL_STEP = "ritual_step"
    RITUAL_WITHHELD = "ritual_withheld"
    RITUAL_UNKNOWN = "ritual_unknown"
    MEETING_MINUTES = "meeting_minutes"
    CHANNEL_TROUBLE = "channel_trouble"
    MORNING = "morning"
    RETRO_OPENED = "retro_opened"
    RETRO_REMINDED = "retro_reminded"
    RETRO_CLOSED = "retro_closed"
    RETRO_CARDS = "retro_cards"
    RETRO_WITHHELD = "retro_withheld"
    RETRO_AT_CLOSE = "retro_at_close"
    RETRO_QUIET = "retro_quiet"
    STATUS_NUDGE = "status_nudge"


class Operation(StrEnum):
    """What is done in Slack, and so what can be promised.

    A post or a reply is made exactly once, by asking the channel's history after an unclear attempt, and so
    is a file, whose name carries the message's key; an update or a deletion may be repeated without harm; an
    ephemeral message is sent at most once.
    """

    POST = "post"
    REPLY = "reply"
    UPDATE = "update"
    DELETE = "delete"
    EPHEMERAL = "ephemeral"
    FILE = "file"


class MessageState(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    SENDING = "sending"
    """A call was begun, and nobody knows yet how it ended."""
    SENT = "sent"
    SKIPPED = "skipped"
    """There was nothing left to say when its turn came."""
    WITHHELD = "withheld"
    """The channel must not see it; the people concerned were told another way."""
    DEAD = "dead"
    """Given up, with the reason in ``last_error``."""


class Trouble(StrEnum):
    """Why a channel does not get its messages, as far as it makes a difference to what people do about it."""

    NOT_IN_CHANNEL = "not_in_channel"
    CHANNEL_NOT_FOUND = "channel_not_found"
    ARCHIVED = "archived"
    RESTRICTED = "restricted"
    """The channel's own settings keep the bot from posting."""
    UNCLEAR = "unclear"
    """Nobody knows whether it arrived, and the bot may not look."""
    EXPIRED = "expired"
    OTHER = "other"


_SIGNS = (
    ("unclear", Trouble.UNCLEAR),
    ("expired", Trouble.EXPIRED),
    ("not_in_channel", Trouble.NOT_IN_CHANNEL),
    ("channel_not_found", Trouble.CHANNEL_NOT_FOUND),
    ("archived", Trouble.ARCHIVED),
    ("restricted_action", Trouble.RESTRICTED),
)
"""What the reason for which a message was given up or withheld contains."""


def trouble_of(why: str) -> Trouble:
    """Return which trouble the reason tells of; the first sign counts."""
    return next((trouble for sign, trouble in _SIGNS if sign in why), Trouble.OTHER)


UNSETTLED = frozenset({MessageState.PENDING, MessageState.SENDING})
