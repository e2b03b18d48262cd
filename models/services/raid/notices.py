"""Decides what each event in a record's life says to whom; the outbox carries it."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.read_models import PersonRef, RaidView
from models.rules.delivery import NoticeKind, Operation
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.services.outbox.enqueue import Outgoing
from models.services.outbox.posted import Posted, posted_with
from models.value import replace

_TOLD_DIRECTLY = frozenset({NoticeKind.RAID_RAISED, NoticeKind.RAID_OWNED})


def posted_about(session: Session, item: RaidView) -> tuple[Posted, ...]:
    """Return the posts about a record that were enqueued so far, oldest first."""
    return posted_with(session, item.workspace_id, _key(item.id, ""))


def of_new_item(item: RaidView, leads: Sequence[PersonRef], confirm_in: str | None) -> Iterator[Outgoing]:
    """Yield what is said when a record is logged; ``leads`` are those whom the project's news is for."""
    if _is_announced(item):
        yield _post(NoticeKind.RAID_ANNOUNCED, item, item.channel_id, _key(item.id, "announced"))
    if item.is_live and (item.owner is None or item.visibility is Visibility.RESTRICTED):
        for lead in leads:
            if item.raised_by.id not in {each.id for each in leads} and lead != item.owner:
                key = _key(item.id, "raised", lead.slack_user_id)
                yield _post(NoticeKind.RAID_RAISED, item, lead.slack_user_id, key)
    yield from _to_new_owner(None, item, item.raised_by)
    if confirm_in is not None:
        yield _confirmation(item, confirm_in)


def of_changed_item(
    before: RaidView, after: RaidView, by: PersonRef, posted: Sequence[Posted]
) -> Iterator[Outgoing]:
    """Yield what is said when a record changed, given what was said before."""
    is_hidden = after.is_withdrawn or after.visibility is Visibility.RESTRICTED
    kept = [post for post in posted if not post.is_removed]
    announced = [post for post in kept if post.kind is NoticeKind.RAID_ANNOUNCED]
    for post in announced:
        yield _about(Operation.DELETE if is_hidden else Operation.UPDATE, after, post)
    if not announced and _is_announced(after):
        # A name is used once: what was removed keeps it.
        key = _key(after.id, "announced", f"v{after.version}")
        yield _post(NoticeKind.RAID_ANNOUNCED, after, after.channel_id, key)
    for post in kept:
        if post.kind in _TOLD_DIRECTLY and after.is_withdrawn:
            yield _about(Operation.DELETE, after, post)
        elif post.kind is NoticeKind.RAID_RAISED:
            yield _about(Operation.UPDATE, after, post)
        elif post.kind is NoticeKind.RAID_OWNED and before.status is not after.status:
            # Its buttons follow; it stays about the change that caused it.
            yield replace(_about(Operation.UPDATE, after, post), ids=dict(post.ids))
    if after.is_withdrawn:
        return
    yield from _to_new_owner(before.owner, after, by)
    if before.status is not after.status and by.id != after.raised_by.id:
        key = _key(after.id, "outcome", f"v{after.version}")
        yield _post(NoticeKind.RAID_OUTCOME, after, after.raised_by.slack_user_id, key)


def _to_new_owner(before: PersonRef | None, after: RaidView, by: PersonRef) -> Iterator[Outgoing]:
    """Yield what somebody is told who now owns the record, or decides, unless they made themselves so."""
    owner = after.owner
    if owner is None or owner == before or owner.id == by.id:
        return
    key = _key(after.id, "owned", f"v{after.version}")
    ids = _ids(after) | {"owner": owner.slack_user_id}
    yield Outgoing(NoticeKind.RAID_OWNED, Operation.POST, owner.slack_user_id, key, ids)


def _is_announced(item: RaidView) -> bool:
    """Tell whether the whole project should hear of it: a bad issue, and what was decided."""
    if item.visibility is Visibility.RESTRICTED or item.is_withdrawn:
        return False
    if item.kind is RaidKind.DECISION:
        return item.status is RaidStatus.DECIDED
    return item.is_bad and item.is_live


def _confirmation(item: RaidView, channel_id: str) -> Outgoing:
    """Return the confirmation; in the raiser's own direct messages nobody else could see it anyway."""
    raiser, key = item.raised_by.slack_user_id, _key(item.id, "confirmed")
    if channel_id == raiser:
        return _post(NoticeKind.RAID_CONFIRMED, item, channel_id, key)
    return Outgoing(
        NoticeKind.RAID_CONFIRMED, Operation.EPHEMERAL, channel_id, key, _ids(item), recipient_id=raiser
    )


def _post(kind: NoticeKind, item: RaidView, channel_id: str, key: str) -> Outgoing:
    return Outgoing(kind, Operation.POST, channel_id, key, _ids(item))


def _about(operation: Operation, item: RaidView, post: Posted) -> Outgoing:
    key = f"{post.unique_key}:{operation}:v{item.version}"
    return Outgoing(post.kind, operation, post.channel_id, key, _ids(item), depends_on_id=post.id)


def _ids(item: RaidView) -> dict[str, Any]:
    return {"item_id": str(item.id), "version": item.version}


def _key(item_id: UUID, *parts: str) -> str:
    return ":".join(("raid", str(item_id), *parts))
