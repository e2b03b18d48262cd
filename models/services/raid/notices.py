"""Decides what each event in a record's life says to whom; the outbox carries it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from models.read_models import RaidView
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing


def of_new_item(item: RaidView, confirm_in: str | None) -> Iterator[Outgoing]:
    """Yield what is said when a record is logged."""
    if confirm_in is not None:
        yield _confirmation(item, confirm_in)


def _confirmation(item: RaidView, channel_id: str) -> Outgoing:
    """Return the confirmation; in the raiser's own direct messages nobody else could see it anyway."""
    raiser, key, ids = item.raised_by.slack_user_id, _key(item.id, "confirmed"), _ids(item)
    if channel_id == raiser:
        return Outgoing(NoticeKind.RAID_CONFIRMED, Operation.POST, channel_id, key, ids)
    return Outgoing(NoticeKind.RAID_CONFIRMED, Operation.EPHEMERAL, channel_id, key, ids, recipient_id=raiser)


def _ids(item: RaidView) -> dict[str, Any]:
    return {"item_id": str(item.id), "version": item.version}


def _key(item_id: UUID, *parts: str) -> str:
    return ":".join(("raid", str(item_id), *parts))
