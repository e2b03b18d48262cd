"""Decides what each event in an action's life says to whom; the outbox carries it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.read_models import ActionView, PersonRef
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import Posted, posted_with


def of_new_action(action: ActionView, by: PersonRef) -> Iterator[Outgoing]:
    """Yield what is said of a new action: to its owner, unless they made it themselves."""
    if action.owner.id != by.id:
        yield _given(action)


def of_changed_action(
    session: Session, before: ActionView, after: ActionView, by: PersonRef, *, quietly: bool = False
) -> Iterator[Outgoing]:
    """Yield what is said when an action changed; ``quietly`` corrects what was said, and says nothing new."""
    for post in posted_with(session, after.workspace_id, _key(after.id, "given", "")):
        yield _corrected(after, post)
    if quietly:
        return
    if after.owner != before.owner and after.owner.id != by.id:
        yield _given(after)
    if before.is_open and not after.is_open and by.id != after.raised_by.id:
        key = _key(after.id, "settled", f"v{after.version}")
        ids = _ids(after) | {"by_id": str(by.id)}
        yield Outgoing(NoticeKind.ACTION_SETTLED, Operation.POST, after.raised_by.slack_user_id, key, ids)


def removals(session: Session, action: ActionView) -> Iterator[Outgoing]:
    """Yield the removal of what was said of an action whose source was taken back."""
    for post in posted_with(session, action.workspace_id, _key(action.id, "given", "")):
        if not post.is_removed:
            yield _about(Operation.DELETE, action, post)


def _given(action: ActionView) -> Outgoing:
    person = action.owner.slack_user_id
    key = _key(action.id, "given", person, f"v{action.version}")
    return Outgoing(NoticeKind.ACTION_GIVEN, Operation.POST, person, key, _ids(action) | {"owner": person})


def _corrected(action: ActionView, post: Posted) -> Outgoing:
    return _about(Operation.UPDATE, action, post)


def _about(operation: Operation, action: ActionView, post: Posted) -> Outgoing:
    key = f"{post.unique_key}:{operation}:v{action.version}"
    ids = _ids(action) | {"owner": post.channel_id}
    return Outgoing(post.kind, operation, post.channel_id, key, ids, depends_on_id=post.id)


def _ids(action: ActionView) -> dict[str, Any]:
    return {"action_id": str(action.id), "version": action.version}


def _key(action_id: UUID, *parts: str) -> str:
    return ":".join(("action", str(action_id), *parts))
