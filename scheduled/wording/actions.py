"""How actions read in messages; templates take these values as ``action``."""

from datetime import date

from models.read_models import ActionView
from models.rules.actions import ACTION_STATUS_WORDS
from models.value import Value
from scheduled.wording import brief, plain_day


class ActionWords(Value):
    """An action in words. None where something is not known, for the template to ask."""

    title: str
    status: str
    state: str
    is_open: bool
    owner: str
    raiser: str
    due: str
    is_late: bool
    """Whether that day has passed, and it is not done."""
    source: str | None
    """The name of the record it follows from, such as "ACME-R12"."""
    project: str | None
    reason: str | None


def action_words(action: ActionView, today: date) -> ActionWords:
    """Return the action in words."""
    return ActionWords(
        title=action.title,
        status=action.status.value,
        state=ACTION_STATUS_WORDS[action.status],
        is_open=action.is_open,
        owner=action.owner.name,
        raiser=action.raised_by.name,
        due=plain_day(action.due_on, today),
        is_late=action.days_late(today) > 0,
        source=action.source.reference or None,
        project=action.project_name or None,
        reason=brief(action.closing_reason) or None,
    )
