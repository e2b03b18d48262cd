"""Decides what a status says to whom; the outbox carries it."""

from collections.abc import Sequence
from typing import Any

from models.read_models import StatusView
from models.rules.delivery import NoticeKind, Operation
from models.services.changes import Change
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.outbox.posted import Posted, posted_with


def tell(change: Change, status: StatusView) -> None:
    """Post the status in its project's channel, or correct what was posted; details go to its thread."""
    beginning = _key(status, "")
    posted = posted_with(change.session, status.workspace_id, beginning)
    post = _of_kind(posted, NoticeKind.STATUS_POSTED)
    if post is None:
        key = _key(status, "posted")
        _say(
            change, [Outgoing(NoticeKind.STATUS_POSTED, Operation.POST, status.channel_id, key, _ids(status))]
        )
        post = _of_kind(posted_with(change.session, status.workspace_id, beginning), NoticeKind.STATUS_POSTED)
    else:
        _say(change, [_about(status, post)])
    _say(change, [_about(status, each) for each in posted if each.kind is NoticeKind.STATUS_WITHHELD])
    if post is None:
        return
    details = _of_kind(posted, NoticeKind.STATUS_DETAILS)
    if details is not None:
        _say(change, [_about(status, details)])
    elif status.done or status.coming:
        key = _key(status, "details")
        reply = Outgoing(
            NoticeKind.STATUS_DETAILS,
            Operation.REPLY,
            post.channel_id,
            key,
            _ids(status),
            depends_on_id=post.id,
        )
        _say(change, [reply])


def _say(change: Change, messages: Sequence[Outgoing]) -> None:
    correlation_id = change.origin.correlation_id
    enqueue(
        change.session, change.actor.workspace_id, messages, correlation_id=correlation_id, now=change.now
    )


def _of_kind(posted: Sequence[Posted], kind: NoticeKind) -> Posted | None:
    return next((each for each in posted if each.kind is kind), None)


def _about(status: StatusView, post: Posted) -> Outgoing:
    key = f"{post.unique_key}:v{status.version}"
    return Outgoing(post.kind, Operation.UPDATE, post.channel_id, key, dict(post.ids), depends_on_id=post.id)


def _ids(status: StatusView) -> dict[str, Any]:
    return {"status_id": str(status.id)}


def _key(status: StatusView, part: str) -> str:
    return f"status:{status.id}:{part}"
