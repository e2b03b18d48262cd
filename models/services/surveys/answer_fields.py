"""Checks what people say of a client's answer; touches no database."""

from collections.abc import Iterator
from datetime import date, timedelta

from models.commands import AnswerFields
from models.commands.surveys import ABOUT_LENGTH, REASON_LENGTH
from models.errors import Invalid
from models.read_models import AnswerView, FieldChange
from models.rules.surveys.csat import RATINGS
from models.services.texts import clean_line, too_long
from models.value import replace

AUDITED = ("rating", "reason", "answered_on")
"""The fields whose changes the audit trail keeps."""

REACHES_BACK = timedelta(days=730)
"""A day further back than this is more likely a slip than a memory."""


def checked(fields: AnswerFields, today: date) -> AnswerFields:
    """Return the fields as they are kept; ``today`` is where the project is. Raises Invalid."""
    cleaned = replace(
        fields,
        reason=clean_line(fields.reason),
        about=clean_line(fields.about),
        on=fields.on or today,
    )
    problems = dict(_problems(cleaned, today))
    if problems:
        raise Invalid(problems)
    return cleaned


def _problems(fields: AnswerFields, today: date) -> Iterator[tuple[str, str]]:
    if fields.contact_id is None and fields.invitation_id is None:
        yield "contact", "Choose who it was."
    if fields.rating is None and not fields.was_asked:
        yield "rating", "Choose one of the five."
    if fields.rating is not None and fields.rating not in RATINGS:
        yield "rating", "Choose one of the five."
    for problem in too_long(fields.reason, REASON_LENGTH):
        yield "reason", problem
    for problem in too_long(fields.about, ABOUT_LENGTH):
        yield "about", problem
    day = fields.on or today
    if day > today:
        yield "on", "That day is still to come. Pick today or an earlier one."
    elif day < today - REACHES_BACK:
        yield "on", "That is more than two years ago. Pick a later day."


def changes(before: AnswerView | None, after: AnswerView) -> tuple[FieldChange, ...]:
    """Return what differs, as the audit trail keeps it; ``before`` None means that the answer is new."""
    old = _plain(before) if before is not None else dict.fromkeys(AUDITED)
    new = _plain(after)
    return tuple(FieldChange(name, old[name], new[name]) for name in AUDITED if old[name] != new[name])


def _plain(answer: AnswerView) -> dict[str, str | None]:
    values = {name: getattr(answer, name) for name in AUDITED}
    return {name: str(value) if value else None for name, value in values.items()}
