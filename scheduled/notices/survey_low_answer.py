"""A client's low answer, to the few whom it concerns, kept to what became of it."""

from uuid import UUID

from models.read_models import AnswerView, InvitationView
from models.rules.csat import is_low
from models.rules.csat_loop import LoopState
from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import reading, spoken
from scheduled.posts import Button, ButtonStyle, Intent, Post, Small, Text
from scheduled.wording import plain_day


def render(occasion: Occasion) -> Post | None:
    """Say who is dissatisfied and why, who speaks with them by when, and who else knows."""
    found = reading(occasion)
    answer = found.invitation.answer if found else None
    is_low_still = answer is not None and is_low(answer.rating)
    if found is None or (not is_low_still and occasion.operation is Operation.POST):
        return None
    words = occasion.words(
        project=found.project.key,
        contact=found.invitation.contact_name,
        about=found.invitation.about,
        state=_state(answer),
        rating=spoken(answer.rating) if answer else None,
        reason=answer.reason or None if answer else None,
        owner=answer.owner.name if answer and answer.owner else None,
        is_yours=bool(answer and answer.owner and answer.owner.slack_user_id == occasion.channel_id),
        caller=answer.contacted_by.name if answer and answer.contacted_by else None,
        due=plain_day(answer.due_on, occasion.today) if answer and answer.due_on else None,
        everybody=_everybody(occasion),
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), _buttons(found.invitation, answer))


def _state(answer: AnswerView | None) -> str:
    """Return what became of it, for the template to say."""
    if answer is None:
        return "gone"
    if not is_low(answer.rating):
        return "corrected"
    return answer.loop.value if answer.loop else "open"


def _everybody(occasion: Occasion) -> str:
    """Return who was told, by their names of today: "you, Dana and Jo"."""
    ids = [UUID(str(each)) for each in occasion.ids["told"]]
    people = occasion.desk.people.names(occasion.workspace_id, ids)
    names = [
        people[each].name
        for each in ids
        if each in people and people[each].slack_user_id != occasion.channel_id
    ]
    *most, last = ["you", *names]
    return " and ".join(filter(None, [", ".join(most), last]))


def _buttons(invitation: InvitationView, answer: AnswerView | None) -> tuple[Button, ...]:
    show = Button("Satisfaction", Intent.SURVEY_SHOW, invitation.project_id)
    if answer is None or answer.loop is None or not is_low(answer.rating) or answer.action_id is None:
        return (show,)
    done = Button("Settled", Intent.ACTION_DONE, answer.action_id)
    if answer.loop is LoopState.OPEN:
        spoke = Button("I've spoken with them", Intent.SURVEY_CONTACTED, invitation.id, ButtonStyle.PRIMARY)
        return (spoke, done, show)
    return (done, show) if answer.loop is LoopState.CONTACTED else (show,)


NOTICE = Notice(NoticeKind.SURVEY_LOW_ANSWER, confidential=True, render=render)
