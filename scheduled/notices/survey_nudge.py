"""Nobody has spoken with a dissatisfied client yet: to whoever is to, in the end to delivery managers.

Kept to what became of it.
"""

from datetime import datetime

from models.read_models import AnswerView
from models.rules.delivery import NoticeKind, Operation
from models.rules.surveys.loop import STEPS, LoopState, LoopStep
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import loop_buttons, reading, spoken, state_of
from scheduled.posts import Gone, Post, Text


def render(occasion: Occasion) -> Post | Gone | None:
    """Say since when they wait; nothing new once somebody has spoken with them, and one nudge at a time."""
    found = reading(occasion)
    answer = found.invitation.answer if found else None
    state, step = state_of(answer), LoopStep(str(occasion.ids["step"]))
    if found is None:
        return None
    if occasion.operation is Operation.POST and not _is_wanted(answer, step, occasion.now):
        return None
    if _is_replaced(answer, step, occasion.now):
        return Gone()
    words = occasion.words(
        project=found.project.key,
        contact=found.invitation.contact_name,
        about=found.invitation.about,
        state=state,
        rating=spoken(answer.rating) if answer else None,
        owner=answer.owner.name if answer and answer.owner else None,
        caller=answer.contacted_by.name if answer and answer.contacted_by else None,
        answered=answer.answered_at if answer else None,
        until=answer.call_by if answer else None,
        is_late=bool(answer and answer.call_by and answer.call_by <= occasion.now),
        is_overdue=step is LoopStep.OVERDUE,
    )
    return Post(words.summary, (Text(words.text),), loop_buttons(found.invitation, answer))


def _is_wanted(answer: AnswerView | None, step: LoopStep, now: datetime) -> bool:
    """Tell whether there is a point in it; over a weekend, the second nudge comes together with the first."""
    if answer is None or answer.loop is not LoopState.OPEN:
        return False
    return not _is_replaced(answer, step, now)


def _is_replaced(answer: AnswerView | None, step: LoopStep, now: datetime) -> bool:
    """Tell whether the second nudge has come, or comes with the next working hour."""
    if answer is None or step is not LoopStep.FIRST_NUDGE:
        return False
    return now >= answer.answered_at + STEPS[LoopStep.SECOND_NUDGE]


NOTICE = Notice(NoticeKind.SURVEY_NUDGE, confidential=True, render=render)
