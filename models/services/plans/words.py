"""Checks what people say of what is planned; touches no database."""

from datetime import date, datetime

from models.commands import EVIDENCE_LENGTH, TITLE_LENGTH
from models.errors import Invalid
from models.read_models import ProjectView
from models.rules.projects.kinds import is_link
from models.services.texts import clean_line, too_long
from models.services.zones import today_of

_NO_LINK = "A link begins with https://. Copy the whole address, or say in words where it is."
_TO_COME = "That day is still to come. Pick today or an earlier one."


def checked_title(title: str, missing: str) -> str:
    """Return a title as it is kept; ``missing`` is what to say where there is none. Raises Invalid."""
    cleaned = clean_line(title)
    if not cleaned:
        raise Invalid({"title": missing})
    return checked_line(cleaned, "title", TITLE_LENGTH)


def checked_line(text: str, field: str, longest: int) -> str:
    """Return a line as it is kept. Raises Invalid for that field where it is too long."""
    cleaned = clean_line(text)
    for problem in too_long(cleaned, longest):
        raise Invalid({field: problem})
    return cleaned


def checked_evidence(text: str) -> str:
    """Return a link, or words that prove it later. Raises Invalid for an address that can't be opened."""
    where = checked_line(text, "evidence", EVIDENCE_LENGTH)
    looks_like_one = " " not in where and ("://" in where or where.lower().startswith("www."))
    if looks_like_one and not is_link(where):
        raise Invalid({"evidence": _NO_LINK})
    return where


def past_day(project: ProjectView, on: date | None, field: str, now: datetime) -> date:
    """Return the day, today where there is none. Raises Invalid for that field where it is still to come."""
    today = today_of(project, now)
    if on is not None and on > today:
        raise Invalid({field: _TO_COME})
    return on or today
