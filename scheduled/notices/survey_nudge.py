"""Nobody has spoken with a dissatisfied client yet: to whoever is to, in the end to delivery managers.

Kept to what became of it.
"""

from models.rules.csat_loop import LoopState, LoopStep
from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import loop_buttons, reading, spoken, state_of
from scheduled.posts import Post, Text


def render(occasion: Occasion) -> Post | None:
    """Say how long it has been; nothing new once somebody has spoken with them."""
    found = reading(occasion)
    answer = found.invitation.answer if found else None
    state = state_of(answer)
    if found is None or (state != LoopState.OPEN and occasion.operation is Operation.POST):
        return None
    waited = occasion.now - answer.answered_at if answer else None
    words = occasion.words(
        project=found.project.key,
        contact=found.invitation.contact_name,
        about=found.invitation.about,
        state=state,
        rating=spoken(answer.rating) if answer else None,
        owner=answer.owner.name if answer and answer.owner else None,
        caller=answer.contacted_by.name if answer and answer.contacted_by else None,
        hours=int(waited.total_seconds() // 3600) if waited else None,
        until=answer.call_by if answer else None,
        is_overdue=LoopStep(str(occasion.ids["step"])) is LoopStep.OVERDUE,
    )
    return Post(words.summary, (Text(words.text),), loop_buttons(found.invitation, answer))


NOTICE = Notice(NoticeKind.SURVEY_NUDGE, confidential=True, render=render)
