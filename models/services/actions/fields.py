"""Checks what people say of an action, and works out the action that follows; touches no database."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.commands import TEXT_LENGTH, TITLE_LENGTH, NewAction
from models.errors import Invalid
from models.read_models import ActionView, FieldChange
from models.rules.actions import ACTION_STATUS_WORDS, NEEDS_REASON, ActionStatus, may_follow
from models.services.texts import clean, clean_line, too_long
from models.value import replace

AUDITED = ("status", "title", "owner_id", "due_on", "closing_reason")
"""The fields whose changes the audit trail keeps."""

_WEST_OF_ALL = timedelta(hours=12)
"""How far behind UTC the last place is in which a day has not passed yet."""

_PASSED = "That day has passed. Pick today or later."
_NO_REASON = "Say why it isn't needed any more, so that nobody wonders."


def checked(action: NewAction, now: datetime) -> NewAction:
    """Return the action as it is kept. Raises Invalid with a sentence for each field that can't stand."""
    cleaned = replace(action, title=clean_line(action.title))
    problems = dict(_problems(cleaned, now))
    if problems:
        raise Invalid(problems)
    return cleaned


def check_due(due_on: date, now: datetime) -> None:
    """Raise Invalid for a day that has passed everywhere; whoever picks it sees to their own zone."""
    for problem in _due_problems(due_on, now):
        raise Invalid({"due_on": problem})


def settled(action: ActionView, target: ActionStatus, reason: str, now: datetime) -> ActionView:
    """Return the action done, cancelled or open again. Raises Invalid."""
    if not may_follow(action.status, target):
        raise Invalid({"action": f"It is {ACTION_STATUS_WORDS[action.status]} already."})
    reason = clean(reason)
    for problem in too_long(reason, TEXT_LENGTH):
        raise Invalid({"reason": problem})
    if target in NEEDS_REASON and not reason:
        raise Invalid({"reason": _NO_REASON})
    is_open = target is ActionStatus.OPEN
    return replace(
        action,
        status=target,
        settled_at=None if is_open else now,
        closing_reason="" if is_open else reason,
    )


def changes(before: ActionView | None, after: ActionView) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it; ``before`` None means that the action is new."""
    old = _plain(before) if before is not None else dict.fromkeys(AUDITED)
    new = _plain(after)
    return tuple(FieldChange(name, old[name], new[name]) for name in AUDITED if old[name] != new[name])


def _problems(action: NewAction, now: datetime) -> Iterator[tuple[str, str]]:
    if not action.title:
        yield "title", "Say in a few words what is to be done."
    for problem in too_long(action.title, TITLE_LENGTH):
        yield "title", problem
    if action.owner_id is None:
        yield "owner_id", "Choose one person who does it."
    if action.due_on is None:
        yield "due_on", "Pick the day by which it is done."
    else:
        for problem in _due_problems(action.due_on, now):
            yield "due_on", problem


def _due_problems(due_on: date, now: datetime) -> Iterator[str]:
    if due_on < (now - _WEST_OF_ALL).date():
        yield _PASSED


def _plain(action: ActionView) -> dict[str, str | None]:
    values = {
        "status": action.status,
        "title": action.title,
        "owner_id": action.owner.id,
        "due_on": action.due_on,
        "closing_reason": action.closing_reason,
    }
    return {name: str(value) if value else None for name, value in values.items()}
