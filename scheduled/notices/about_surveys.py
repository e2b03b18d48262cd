"""What all messages about a client's question share."""

from uuid import UUID

from models.read_models import AnswerView, InvitationView, QuestionReading
from models.rules.surveys.csat import RATING_WORDS, is_low
from models.rules.surveys.loop import LoopState
from scheduled.notices import Occasion
from scheduled.posts import Button, ButtonStyle, Intent


def reading(occasion: Occasion) -> QuestionReading | None:
    """Return the question that the message is about."""
    invitation_id = UUID(str(occasion.ids["invitation_id"]))
    return occasion.desk.surveys.for_notice(occasion.workspace_id, invitation_id)


def spoken(rating: int) -> str:
    """Return "2, dissatisfied"."""
    return f"{rating}, {RATING_WORDS[rating].lower()}"


def state_of(answer: AnswerView | None) -> str:
    """Return what became of it, for the template to say."""
    if answer is None:
        return "gone"
    if not is_low(answer.rating):
        return "corrected"
    return answer.loop.value if answer.loop else "open"


def loop_buttons(invitation: InvitationView, answer: AnswerView | None) -> tuple[Button, ...]:
    """Return what is left to do about a low answer, and how to take back that somebody has called."""
    show = Button("Satisfaction", Intent.SURVEY_SHOW, invitation.project_id)
    if answer is None or answer.loop is None or not is_low(answer.rating) or answer.action_id is None:
        return (show,)
    done = Button("Settled", Intent.ACTION_DONE, answer.action_id)
    if answer.loop is LoopState.OPEN:
        spoke = Button("I've spoken with them", Intent.SURVEY_CONTACTED, invitation.id, ButtonStyle.PRIMARY)
        return (spoke, done, show)
    if answer.loop is LoopState.CONTACTED:
        return (done, Button("Not yet, after all", Intent.SURVEY_NOT_CONTACTED, invitation.id), show)
    return (show,)
