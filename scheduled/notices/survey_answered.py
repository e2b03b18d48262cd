"""What a client answered, or that they did not, to whoever asked and whoever looks after them."""

from models.rules.delivery import NoticeKind
from models.rules.surveys.asking import InvitationState
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import reading, spoken
from scheduled.posts import Button, Intent, Post, Text
from scheduled.wording import plain_day


def render(occasion: Occasion) -> Post | None:
    """Say who answered what, or that nobody did, and by when somebody is to speak with them."""
    found = reading(occasion)
    answer = found.invitation.answer if found else None
    if found is None or (answer is None and not occasion.ids.get("unanswered")):
        return None
    show = Button("Satisfaction", Intent.SURVEY_SHOW, found.project.id)
    if answer is None:
        words = occasion.words(
            project=found.project.key,
            contact=found.invitation.contact_name,
            about=found.invitation.about,
            rating=None,
            is_declined=found.invitation.state is InvitationState.DECLINED,
            asked=plain_day(found.invitation.asked_on, occasion.day_at(found.invitation.timezone)),
        )
        return Post(words.summary, (Text(words.text),), (show,))
    owner = answer.owner
    words = occasion.words(
        project=found.project.key,
        contact=found.invitation.contact_name,
        about=found.invitation.about,
        rating=spoken(answer.rating),
        reason=answer.reason or None,
        owner=owner.name if owner else None,
        is_yours=owner is not None and owner.slack_user_id == occasion.channel_id,
        is_late=answer.due_on is not None and answer.due_on < occasion.day_at(found.invitation.timezone),
        due=plain_day(answer.due_on, occasion.day_at(found.invitation.timezone)) if answer.due_on else None,
    )
    return Post(words.summary, (Text(words.text),), (show,))


NOTICE = Notice(NoticeKind.SURVEY_ANSWERED, confidential=True, render=render)
