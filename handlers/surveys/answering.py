"""A client answers what was put to them: five buttons, one sentence, Send. Nobody else can."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from handlers.access import whoever
from handlers.answers import Answer, ClickAnswer, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Click, Submission
from handlers.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    escape,
    modal,
    notice,
    option,
    section,
)
from handlers.callback_ids import CallbackId
from handlers.forms import beside_fields, identifier, metadata, pack, raw_values, reading
from handlers.ids import ActionId
from handlers.inputs import field, radio, text_input
from handlers.kit import Kit
from handlers.origins import origin
from handlers.surveys import words
from models.commands.surveys import REASON_LENGTH
from models.errors import Invalid, NotAllowed
from models.read_models import InvitationView, QuestionReading
from models.rules.surveys.csat import RATINGS, is_low
from models.value import Value

RATES = {ActionId(f"survey_rate_{rating}"): rating for rating in RATINGS}
"""Each of the five buttons."""

_NOT_YOURS = "This question is for {}. Thank you for wanting to help!"
_OPT_OUT = confirmation(
    "Never ask you again?",
    "Then nobody asks you through Drumbeat how satisfied you are, on any project.",
    "Don't ask me again",
)


class _Form(Value):
    invitation_id: UUID
    rating: int | None
    reason: str

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "_Form":
        values = raw_values(view)
        rating = values.get("rating")
        return cls(
            UUID(metadata(view)["invitation"]), int(rating) if rating else None, values.get("reason") or ""
        )


def rate(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form with the pressed answer chosen."""
    actor = whoever(kit, click)
    try:
        found = kit.client_answers.question(actor, identifier(click.value), now=kit.clock())
    except NotAllowed as refused:
        return _not_yours(refused)
    return OpenModal(_modal(found, RATES[ActionId(click.action_id)]))


def _modal(found: QuestionReading, rating: int) -> Block:
    about = escape(found.invitation.about)
    ratings = radio(
        "rating", [option(words.choice(value), str(value)) for value in RATINGS], chosen=str(rating)
    )
    reason = text_input("reason", max_length=REASON_LENGTH, placeholder="One sentence is plenty")
    blocks = [
        section(f"Overall, how satisfied are you with our delivery of *{about}*?", block_id="question"),
        field("rating", "Your answer", ratings, optional=False),
        field("reason", "What is the main reason?", reason),
        context(_who_sees_it(found)),
    ]
    carried = pack({"invitation": str(found.invitation.id)})
    return modal(CallbackId.SURVEY_ANSWER, "One question", blocks, submit="Send", metadata=carried)


def _who_sees_it(found: QuestionReading) -> str:
    """Promise the same as the message in the channel does."""
    named = ", ".join(escape(name) for name in found.draft.seen_by) if found.draft else ""
    theirs = f"{named} and our" if named else "Our"
    return (
        f"Nothing is sent before you press *Send*. {theirs} delivery managers see it, with your name; "
        "others of us see only how many are satisfied."
    )


def answered(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Take the answer, and say thank you; to a low one, also what happens next."""
    actor, form = whoever(kit, sent), _Form.read(sent.view)
    came_from, now = origin(kit, sent), kit.clock()
    try:
        found = kit.client_answers.answer(
            actor, form.invitation_id, form.rating, form.reason, origin=came_from, now=now
        )
    except NotAllowed as refused:
        return UpdateModal(notice("One question", _not_yours(refused).blocks))
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    return UpdateModal(notice("Thank you", [section(_thanks(found))]))


def _thanks(invitation: InvitationView) -> str:
    answer = invitation.answer
    if answer is None or not is_low(answer.rating) or answer.owner is None:
        return "*Thank you.* That helps us, and nobody reads it but those whom the question names."
    who = escape(answer.owner.name)
    return f"*Thank you for telling us.* {who} would like to hear more, and gets in touch within two days."


def declined(kit: Kit, click: Click) -> ClickAnswer:
    """Ask no further this time, and offer never to ask again."""
    actor = whoever(kit, click)
    came_from, now = origin(kit, click), kit.clock()
    try:
        kit.client_answers.decline(actor, identifier(click.value), origin=came_from, now=now)
    except NotAllowed as refused:
        return _not_yours(refused)
    never = button("Don't ask me again", ActionId.SURVEY_OPT_OUT, click.value, confirm=_OPT_OUT)
    return say("That's fine, and nobody will ask you about this one again.", actions([never]))


def opted_out(kit: Kit, click: Click) -> ClickAnswer:
    """Never ask this person again; Slack has asked before."""
    actor = whoever(kit, click)
    came_from, now = origin(kit, click), kit.clock()
    try:
        kit.client_answers.opt_out(actor, identifier(click.value), origin=came_from, now=now)
    except NotAllowed as refused:
        return _not_yours(refused)
    text = "✓ Nobody will ask you again. If you change your mind, tell whoever you work with."
    return say(text, replaces=True)


def _not_yours(refused: NotAllowed) -> Answer:
    whose = escape(refused.ask[0]) if refused.ask else "somebody else"
    return say(_NOT_YOURS.format(whose))
