"""Decides what a question and its answer say to whom; the outbox carries it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.read_models import AnswerView, InvitationView, PersonRef, SurveyView
from models.rules.delivery import NoticeKind, Operation
from models.rules.surveys.loop import LoopStep
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import posted_with

_K = NoticeKind
_WITH_CLIENT = frozenset({_K.SURVEY_QUESTION, _K.SURVEY_REMINDER})
"""What stands in the channel with the client."""
_LOOP = frozenset({_K.SURVEY_LOW_ANSWER, _K.SURVEY_NUDGE})
"""What says that somebody is to speak with a client."""
_AFTER_THE_FIRST = frozenset({LoopStep.SECOND_NUDGE, LoopStep.OVERDUE})
"""The steps of which each says what the first nudge said."""


def question_key(invitation_id: UUID) -> str:
    """Return the unique key of the message that puts a question."""
    return f"survey:{invitation_id.hex}:question"


def of_new_question(invitation: InvitationView, channel_id: str) -> Outgoing:
    """Return the question, as the channel with the client reads it."""
    key = question_key(invitation.id)
    return Outgoing(_K.SURVEY_QUESTION, Operation.POST, channel_id, key, _ids(invitation))


def of_changed_question(
    session: Session, invitation: InvitationView, name: str, *, is_removed: bool = False
) -> Iterator[Outgoing]:
    """Yield the change of a question that was put in a channel: it is answered, closed or taken back.

    Its reminder goes, for it asks for what is over.
    """
    key = question_key(invitation.id)
    # The reminder first: a message that has replies leaves a trace when it is deleted.
    for post in reversed(posted_with(session, invitation.workspace_id, f"survey:{invitation.id.hex}:")):
        is_reminder = post.kind is _K.SURVEY_REMINDER and not post.is_removed
        if is_reminder or post.unique_key == key:
            operation = Operation.DELETE if is_reminder or is_removed else Operation.UPDATE
            changed, ids = f"{post.unique_key}:{name}", _ids(invitation)
            yield Outgoing(post.kind, operation, post.channel_id, changed, ids, depends_on_id=post.id)


def of_reminder(session: Session, invitation: InvitationView) -> Iterator[Outgoing]:
    """Yield the reminder, in the question's thread."""
    key = question_key(invitation.id)
    for post in posted_with(session, invitation.workspace_id, key[:-1]):
        if post.unique_key == key:
            reminder = f"survey:{invitation.id.hex}:reminder"
            yield Outgoing(
                _K.SURVEY_REMINDER,
                Operation.REPLY,
                post.channel_id,
                reminder,
                _ids(invitation),
                depends_on_id=post.id,
            )


def of_answer(invitation: InvitationView, told: Iterable[PersonRef]) -> Iterator[Outgoing]:
    """Yield what a client answered, to each of those who look after them."""
    for person in told:
        key = f"survey:{invitation.id.hex}:answered:{person.slack_user_id}"
        yield Outgoing(_K.SURVEY_ANSWERED, Operation.POST, person.slack_user_id, key, _ids(invitation))


def of_unanswered(invitation: InvitationView, told: Iterable[PersonRef]) -> Iterator[Outgoing]:
    """Yield that a question is closed and nobody answered it."""
    for person in told:
        key = f"survey:{invitation.id.hex}:unanswered:{person.slack_user_id}"
        ids = _ids(invitation) | {"unanswered": True}
        yield Outgoing(_K.SURVEY_ANSWERED, Operation.POST, person.slack_user_id, key, ids)


def of_low_answer(
    invitation: InvitationView, answer: AnswerView, told: Sequence[PersonRef]
) -> Iterator[Outgoing]:
    """Yield a low answer to each, anew when it was corrected to be; the message names who else has it."""
    ids = _ids(invitation) | {"told": [str(person.id) for person in told]}
    for person in told:
        key = f"survey:{invitation.id.hex}:low:{answer.id.hex}:v{answer.version}:{person.slack_user_id}"
        yield Outgoing(_K.SURVEY_LOW_ANSWER, Operation.POST, person.slack_user_id, key, ids)


def of_changed_loop(
    session: Session,
    workspace_id: UUID,
    invitation_id: UUID,
    name: str,
    kinds: Collection[NoticeKind] = _LOOP,
) -> Iterator[Outgoing]:
    """Yield the corrections of what was said about a low answer, and of the nudges after it."""
    for post in posted_with(session, workspace_id, f"survey:{invitation_id.hex}:"):
        if post.kind not in kinds or post.is_removed:
            continue
        # The nudge after it says the same: of those that follow, only the first takes it away.
        is_over = post.ids.get("step") == LoopStep.FIRST_NUDGE and name in _AFTER_THE_FIRST
        operation = Operation.DELETE if is_over else Operation.UPDATE
        key, ids = f"{post.unique_key}:{name}", dict(post.ids)
        yield Outgoing(post.kind, operation, post.channel_id, key, ids, depends_on_id=post.id)


def of_forgotten(session: Session, invitation: InvitationView) -> Iterator[Outgoing]:
    """Yield the end of what the client's channel reads, and the correction of what we do, without a name."""
    # The reminder first: a message that has replies leaves a trace when it is deleted.
    for post in reversed(posted_with(session, invitation.workspace_id, f"survey:{invitation.id.hex}:")):
        if not post.is_removed:
            operation = Operation.DELETE if post.kind in _WITH_CLIENT else Operation.UPDATE
            key, ids = f"{post.unique_key}:forgotten", dict(post.ids)
            yield Outgoing(post.kind, operation, post.channel_id, key, ids, depends_on_id=post.id)


def of_step(invitation: InvitationView, step: LoopStep, told: Iterable[PersonRef]) -> Iterator[Outgoing]:
    """Yield what time brings while nobody has spoken with the client."""
    answer = invitation.answer
    if answer is None:
        return
    for person in told:
        key = f"survey:{invitation.id.hex}:{step}:{answer.id.hex}:{person.slack_user_id}"
        ids = _ids(invitation) | {"step": step.value}
        yield Outgoing(_K.SURVEY_NUDGE, Operation.POST, person.slack_user_id, key, ids)


def _ids(invitation: InvitationView) -> dict[str, Any]:
    return {"invitation_id": str(invitation.id)}


def of_request(survey_id: UUID, told: Iterable[PersonRef]) -> Iterator[Outgoing]:
    """Yield the question to whoever runs the project whether they ask the client now."""
    for person in told:
        key = f"{_request(survey_id)}{person.slack_user_id}"
        ids = {"survey_id": str(survey_id)}
        yield Outgoing(_K.SURVEY_REQUESTED, Operation.POST, person.slack_user_id, key, ids)


def of_changed_request(session: Session, survey: SurveyView, name: str = "") -> Iterator[Outgoing]:
    """Yield the change of what was said about an occasion; ``name`` says which, where its version doesn't."""
    for post in posted_with(session, survey.workspace_id, _request(survey.id)):
        key = f"{post.unique_key}:{name or f'v{survey.version}'}"
        yield Outgoing(
            post.kind, Operation.UPDATE, post.channel_id, key, dict(post.ids), depends_on_id=post.id
        )


def _request(survey_id: UUID) -> str:
    return f"survey_request:{survey_id.hex}:"
