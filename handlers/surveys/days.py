"""Days of questions and answers as their reader counts them, who may live where it is tomorrow already."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.read_models import Actor, AnswerPage, InvitationView, RecordStart, SurveyOverview
from models.value import replace


def as_read(invitation: InvitationView, actor: Actor) -> InvitationView:
    """Return a question with the days on which it was put and answered where the reader is."""
    there, here = ZoneInfo(invitation.timezone), ZoneInfo(actor.timezone)
    answer = invitation.answer
    if answer is not None:
        answer = replace(answer, answered_on=_day(answer.answered_on, answer.answered_at, there, here))
    asked_on = _day(invitation.asked_on, invitation.made_at, there, here)
    return replace(invitation, asked_on=asked_on, answer=answer)


def _day(on: date, at: datetime, there: ZoneInfo, here: ZoneInfo) -> date:
    """Return the reader's day of what happened just then; what was written down of an earlier day stays."""
    return at.astimezone(here).date() if at.astimezone(there).date() == on else on


def overview_as_read(found: SurveyOverview, actor: Actor) -> SurveyOverview:
    """Return an overview with its reader's days."""
    return replace(
        found,
        waiting=tuple(as_read(each, actor) for each in found.waiting),
        to_close=tuple(as_read(each, actor) for each in found.to_close),
        latest=as_read(found.latest, actor) if found.latest else None,
    )


def page_as_read(page: AnswerPage, actor: Actor) -> AnswerPage:
    """Return a page of answers with its reader's days."""
    return replace(
        page,
        answers=tuple(as_read(each, actor) for each in page.answers),
        unanswered=tuple(as_read(each, actor) for each in page.unanswered),
    )


def start_as_read(start: RecordStart, actor: Actor) -> RecordStart:
    """Return what a form offers with its reader's days."""
    return replace(start, asked=tuple(as_read(each, actor) for each in start.asked))
