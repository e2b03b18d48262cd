"""A question to a client, in the channel with them; it says there that it is over, and never how it ended."""

from models.read_models import QuestionReading
from models.rules.delivery import NoticeKind, Operation
from models.rules.surveys.asking import InvitationState
from models.value import replace
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import reading
from scheduled.posts import Post, Text
from scheduled.wording.surveys import question_post, question_words


def render(occasion: Occasion) -> Post | None:
    """Put the question while it is open, and say thank you afterwards; whatever was answered stays unsaid."""
    found = reading(occasion)
    if found is None or found.draft is None:
        return None
    invitation = found.invitation
    if invitation.is_open(occasion.now):
        return _open(occasion, found)
    if occasion.operation is Operation.POST:
        return None
    is_answered = invitation.state is InvitationState.ANSWERED
    state = "answered" if is_answered else "closed"
    words = occasion.words(state=state, **question_words(found.draft))
    return Post(words.summary, (Text(words.text),))


def _open(occasion: Occasion, found: QuestionReading) -> Post | None:
    if found.draft is None:
        return None
    post = question_post(occasion.desk.templates, found.draft)
    buttons = tuple(replace(button, entity_id=found.invitation.id) for button in post.buttons)
    return replace(post, buttons=buttons)


NOTICE = Notice(NoticeKind.SURVEY_QUESTION, confidential=False, render=render)
