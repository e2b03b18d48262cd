"""What a channel reads of a meeting's minutes: one message in a thread, kept to what is written by now."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.read_models import ActionView, MinutesView
from models.rules.actions import ActionSource
from models.rules.delivery import NoticeKind, Operation
from models.services.agendas.steps import ask_message, posted_message
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import Posted, posted_with


def told(session: Session, minutes: MinutesView) -> Iterator[Outgoing]:
    """Yield the minutes in the agenda's thread, what corrects or removes them, and corrects the question."""
    agenda = minutes.agenda
    channel_id, workspace_id = agenda.ritual.channel_id, agenda.ritual.workspace_id
    about = posted_message(session, workspace_id, agenda.time.occurrence_id)
    if channel_id is None or about is None:
        return
    kind, ids = NoticeKind.MEETING_MINUTES, {"agenda_id": str(agenda.id)}
    change = uuid4().hex
    key = f"minutes:{agenda.id}:said:{change}"
    earlier = next((each for each in _posted(session, workspace_id, agenda.id) if not each.is_removed), None)
    if earlier is not None:
        operation = Operation.UPDATE if minutes.points else Operation.DELETE
        correction = f"minutes:{agenda.id}:{change}"
        yield Outgoing(kind, operation, channel_id, correction, ids, depends_on_id=earlier.id)
    elif minutes.points:
        yield Outgoing(kind, Operation.REPLY, channel_id, key, ids, depends_on_id=about)
    yield from ask_message(session, agenda.ritual, agenda.time.occurrence_id, change)


def of_changed_action(session: Session, action: ActionView) -> Iterator[Outgoing]:
    """Yield the correction of what a meeting's minutes say of one of its actions."""
    if action.source.kind is not ActionSource.MEETING:
        return
    for post in _posted(session, action.workspace_id, action.source.id):
        if not post.is_removed:
            key = f"minutes:{action.source.id}:{action.id}:v{action.version}"
            ids = dict(post.ids)
            yield Outgoing(post.kind, Operation.UPDATE, post.channel_id, key, ids, depends_on_id=post.id)


def _posted(session: Session, workspace_id: UUID, agenda_id: UUID | None) -> tuple[Posted, ...]:
    return posted_with(session, workspace_id, f"minutes:{agenda_id}:said:")
