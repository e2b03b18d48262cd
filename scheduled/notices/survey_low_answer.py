"""A client's low answer, to the few whom it concerns, kept to what became of it."""

from uuid import UUID

from models.rules.delivery import NoticeKind, Operation
from models.rules.sentences import listed
from models.rules.surveys.csat import is_low
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_surveys import loop_buttons, reading, spoken, state_of
from scheduled.posts import Post, Small, Text


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
        state=state_of(answer),
        rating=spoken(answer.rating) if answer else None,
        reason=answer.reason or None if answer else None,
        owner=answer.owner.name if answer and answer.owner else None,
        is_yours=bool(answer and answer.owner and answer.owner.slack_user_id == occasion.channel_id),
        caller=answer.contacted_by.name if answer and answer.contacted_by else None,
        until=answer.call_by if answer else None,
        is_late=bool(answer and answer.call_by and answer.call_by <= occasion.now),
        everybody=_everybody(occasion),
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), loop_buttons(found.invitation, answer))


def _everybody(occasion: Occasion) -> str:
    """Return who was told, by their names of today: "you, Dana and Jo"."""
    ids = [UUID(str(each)) for each in occasion.ids["told"]]
    people = occasion.desk.people.names(occasion.workspace_id, ids)
    names = [
        people[each].name
        for each in ids
        if each in people and people[each].slack_user_id != occasion.channel_id
    ]
    return listed(["you", *names])


NOTICE = Notice(NoticeKind.SURVEY_LOW_ANSWER, confidential=True, render=render)
