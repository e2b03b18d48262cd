"""The outbox: what was given up or withheld of late, what waits too long, and why."""

from collections.abc import Generator
from datetime import datetime, timedelta
from uuid import UUID

from bot.doctor.findings import Finding, Subject, ok, warning
from models.rules.delivery import MessageState
from models.services.diagnosis import Diagnosis, Undelivered

LATELY = timedelta(days=7)
TOO_LONG = timedelta(minutes=10)
"""A message goes out within seconds; one that waits longer waits for something to be mended."""

A_MOMENT = timedelta(minutes=1)
"""Since a channel took its last message: somebody is sending there."""

_OF_LATE = f"in the last {LATELY.days} days"
_IN_DETAIL = "See the bot's log, at the same time"

_MEND = (
    (
        "unclear",
        "Look into the channel whether they arrived; with the permissions to read histories the bot does",
    ),
    ("not_in_channel", "In the channel: `/invite @Drumbeat`"),
    (
        "channel_not_found",
        "In the channel: `/invite @Drumbeat`; if it was deleted, give the project another one",
    ),
    ("is_archived", "Unarchive the channel in Slack, or give the project another one"),
    ("restricted_action", "Let the app post there: the channel's settings → Posting permissions"),
    ("missing_scope", "See the lines on scopes"),
    (
        "could not be drawn",
        "That is a mistake in Drumbeat: please report it, with the bot's log of that time",
    ),
    ("invalid_auth", "See the line on the token"),
    ("token_revoked", "See the line on the token"),
)
"""By what the reason contains, what to do."""


def examine_messages(
    diagnosis: Diagnosis, now: datetime, workspace_id: UUID | None = None
) -> Generator[Finding, None, None]:
    """Yield a line for each state, reason and channel, of one workspace or of all.

    The texts themselves are not looked at.
    """
    found = diagnosis.undelivered(since=now - LATELY, overdue=now - TOO_LONG, workspace_id=workspace_id)
    for group in found:
        yield _finding(group, now)
    if not found:
        yield ok(Subject.MESSAGES, f"none given up or withheld {_OF_LATE}, and none waits")


def _finding(group: Undelivered, now: datetime) -> Finding:
    reason = group.reason or "no reason recorded"
    times = f"{group.number} for {group.channel_id}"
    when = f"last at {group.latest:%Y-%m-%d %H:%M} UTC"
    if group.state is MessageState.DEAD:
        return warning(Subject.MESSAGES, f"given up {_OF_LATE}: {times}, {reason} ({when})", _mend(reason))
    if group.state is MessageState.WITHHELD:
        return warning(
            Subject.MESSAGES,
            f"withheld {_OF_LATE}: {times}, {reason} ({when}); the project's leads were told instead",
            "Meant so where clients or guests read the channel; otherwise see the lines on channels",
        )
    if group.reason:
        return warning(Subject.MESSAGES, f"waiting: {times}, {reason}", _mend(reason))
    if group.next_send_at > now - A_MOMENT:
        return warning(
            Subject.MESSAGES,
            f"waiting: {times}, and on their way",
            "Nothing to do: Slack takes one a second in a channel",
        )
    return warning(
        Subject.MESSAGES, f"waiting: {times}", "Is `drumbeat serve` running on this database? Start it"
    )


def _mend(reason: str) -> str:
    return next((mend for sign, mend in _MEND if sign in reason), _IN_DETAIL)
