"""Closing the loop, shown: who speaks with a client about an answer, who has, and how to take that back."""

from collections.abc import Iterator
from datetime import datetime

from handlers.answers import Answer, again, say
from handlers.blocks import Block, Element, actions, button, escape, section
from handlers.ids import ActionId
from handlers.surveys import words
from models.read_models import AnswerView, InvitationView, PersonRef
from models.rules.surveys.loop import LoopState
from models.value import replace


def to_close(invitation: InvitationView, now: datetime) -> Iterator[Block]:
    """Yield an answer that somebody has yet to speak about or to settle, with what is left to do."""
    answer = invitation.answer
    if answer is None:
        return
    first = f"{words.who_and_what(invitation)}: *{words.rating(answer.rating)}* {words.sentence(answer)}"
    yield section(f"{first.strip()}\n{words.loop(answer, now)}")
    yield actions(list(_steps(invitation, answer)))


def _steps(invitation: InvitationView, answer: AnswerView) -> Iterator[Element]:
    value = str(invitation.id)
    if answer.loop is LoopState.OPEN:
        yield button("I've spoken with them", ActionId.SURVEY_CONTACTED, value, style="primary")
    yield button("Settled", ActionId.ACTION_DONE, str(answer.action_id))
    if answer.loop is LoopState.CONTACTED:
        yield button("Not yet, after all", ActionId.SURVEY_NOT_CONTACTED, value)


def spoken_with(invitation: InvitationView, you: PersonRef) -> Answer:
    """Confirm who has spoken with a client; who was first stays."""
    answer = invitation.answer
    caller = answer.contacted_by if answer else None
    if answer is not None and answer.loop is LoopState.RESOLVED:
        return say("It is settled already.")
    if answer is not None and answer.loop is LoopState.ERASED:
        return say(f"{words.ERASED}.")
    if answer is None or caller is None:
        return say("There is no answer left to speak about.")
    who = "You have" if caller.id == you.id else f"{escape(caller.name)} has"
    text = f"✓ {who} spoken with {escape(invitation.contact_name)}, and the others know. Settled altogether?"
    told = say(text, actions(list(_steps(invitation, answer))))
    return replace(told, again=again(ActionId.SURVEY_SHOW, invitation.project_id))


def not_spoken_with(invitation: InvitationView, you: PersonRef, now: datetime) -> Answer:
    """Confirm that a client still waits to be spoken with."""
    answer = invitation.answer
    if answer is None or answer.loop is not LoopState.OPEN:
        is_erased = answer is not None and answer.loop is LoopState.ERASED
        return say(f"There is nothing left to take back{'.' if is_erased else ': it is settled.'}")
    name = escape(invitation.contact_name)
    return say(f"Taken back: {name} still waits. {words.loop(answer, now, you)}.")
