"""Decides what a retrospective says to its channel; the outbox carries it."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from models.read_models import ActionView, RetroView
from models.rules.actions import ActionSource
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import Posted, posted_with

_FOLLOW = (
    NoticeKind.RETRO_OPENED,
    NoticeKind.RETRO_REMINDED,
    NoticeKind.RETRO_CLOSED,
    NoticeKind.RETRO_WITHHELD,
)
"""Messages that are kept to how things stand."""


def opened(retro: RetroView) -> Outgoing:
    """Return the prompt."""
    return _post(retro, NoticeKind.RETRO_OPENED)


def changed(session: Session, retro: RetroView) -> Iterator[Outgoing]:
    """Yield the corrections of what was said of a retrospective so far."""
    for post in _posts(session, retro.workspace_id, retro.id, *_FOLLOW):
        yield _about(post, f"v{retro.version}")


def reminded(session: Session, retro: RetroView) -> Iterator[Outgoing]:
    """Yield the reminder, in the prompt's thread."""
    for post in _posts(session, retro.workspace_id, retro.id, NoticeKind.RETRO_OPENED):
        yield _reply(retro, NoticeKind.RETRO_REMINDED, post, "")


def came_round(session: Session, retro: RetroView, step_id: UUID) -> Iterator[Outgoing]:
    """Yield that it still collects cards, in the prompt's thread, where the next was to begin."""
    for post in _posts(session, retro.workspace_id, retro.id, NoticeKind.RETRO_OPENED):
        yield _reply(retro, NoticeKind.RETRO_REMINDED, post, f":{step_id}")


def closed(retro: RetroView) -> Outgoing:
    """Return what says that collecting is over."""
    return _post(retro, NoticeKind.RETRO_CLOSED)


def cards(session: Session, retro: RetroView, pages: int) -> Iterator[Outgoing]:
    """Yield the cards, in the thread of what says that collecting is over."""
    for post in _posts(session, retro.workspace_id, retro.id, NoticeKind.RETRO_CLOSED):
        for page in range(pages):
            yield _reply(retro, NoticeKind.RETRO_CARDS, post, f":{page}", page=page)


def of_changed_action(session: Session, action: ActionView) -> Iterator[Outgoing]:
    """Yield the correction of what a retrospective's messages say of one of its actions.

    That is what says how it ended: where nobody wrote, its prompt.
    """
    if action.source.kind is not ActionSource.RETROSPECTIVE:
        return
    ends = NoticeKind.RETRO_OPENED, NoticeKind.RETRO_CLOSED
    for post in list(_posts(session, action.workspace_id, action.source.id, *ends))[-1:]:
        yield _about(post, f"{action.id}:v{action.version}")


def _posts(session: Session, workspace_id: UUID, retro_id: UUID, *kinds: NoticeKind) -> Iterator[Posted]:
    for post in posted_with(session, workspace_id, f"retro:{retro_id}:"):
        if post.kind in kinds:
            yield post


def _post(retro: RetroView, kind: NoticeKind) -> Outgoing:
    return Outgoing(kind, Operation.POST, retro.channel_id, _key(retro, kind), {"retro_id": str(retro.id)})


def _reply(retro: RetroView, kind: NoticeKind, post: Posted, part: str, **more: int) -> Outgoing:
    ids = {"retro_id": str(retro.id), **more}
    key = f"{_key(retro, kind)}{part}"
    return Outgoing(kind, Operation.REPLY, post.channel_id, key, ids, depends_on_id=post.id)


def _about(post: Posted, part: str) -> Outgoing:
    key = f"{post.unique_key}:{part}"
    return Outgoing(post.kind, Operation.UPDATE, post.channel_id, key, dict(post.ids), depends_on_id=post.id)


def _key(retro: RetroView, part: str) -> str:
    return f"retro:{retro.id}:{part}"
