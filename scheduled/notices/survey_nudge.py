"""Nobody has spoken with a dissatisfied client yet: to whoever is to, and in the end to delivery managers."""

from models.rules.csat_loop import LoopState, LoopStep
from models.rules.delivery import NoticeKind
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import reading, spoken
from scheduled.posts import Button, ButtonStyle, Intent, Post, Text


def render(occasion: Occasion) -> Post | None:
    """Say how long it has been; nothing once somebody has spoken with them."""
    found = reading(occasion)
    answer = found.invitation.answer if found else None
    if found is None or answer is None or answer.loop is not LoopState.OPEN or answer.owner is None:
        return None
    step = LoopStep(str(occasion.ids["step"]))
    words = occasion.words(
        project=found.project.key,
        contact=found.invitation.contact_name,
        about=found.invitation.about,
        rating=spoken(answer.rating),
        owner=answer.owner.name,
        hours=int((occasion.now - answer.answered_at).total_seconds() // 3600),
        is_overdue=step is LoopStep.OVERDUE,
    )
    spoke = Button("I've spoken with them", Intent.SURVEY_CONTACTED, found.invitation.id, ButtonStyle.PRIMARY)
    show = Button("Satisfaction", Intent.SURVEY_SHOW, found.project.id)
    return Post(words.summary, (Text(words.text),), (spoke, show))


NOTICE = Notice(NoticeKind.SURVEY_NUDGE, confidential=True, render=render)
