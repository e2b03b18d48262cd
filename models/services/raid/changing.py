"""The ways in which a record comes to be and changes: one transaction with its history each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import Actor, Origin, RaidView
from models.services import audit
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.raid import fields as raid_fields
from models.services.raid.found import Found, find, required_item
from models.services.raid.rows import RAID_ITEM, insert_item, update_item
from models.services.receipts import claim


@dataclass(frozen=True)
class Doing:
    """Who does something, in which transaction, from where, and when."""

    session: Session
    actor: Actor
    origin: Origin
    now: datetime


@dataclass(frozen=True)
class Change:
    """What a person does to a record. ``action`` is what the history calls it.

    ``decide`` returns what becomes of the record, or raises; ``also`` writes what belongs to the change
    beside the record itself.
    """

    action: str
    decide: Callable[[Found], RaidView]
    also: Callable[[Doing, RaidView], None] = lambda _doing, _after: None
    reason: str = ""


def change(
    database: Database, actor: Actor, item_id: UUID, what: Change, *, origin: Origin, now: datetime
) -> RaidView:
    """Carry a change out in one transaction. Raises NotFound, NotAllowed, and what ``decide`` raises."""
    with database.write() as session:
        earlier = claim(session, actor.workspace_id, origin, item_id, now)
        if earlier is not None:
            return required_item(session, actor.workspace_id, earlier)
        found = find(session, actor, item_id)
        decided = what.decide(found)
        if decided == found.item:
            return decided
        doing = Doing(session, actor, origin, now)
        after = write_changed(doing, found.item, decided, what.action, what.reason)
        what.also(doing, after)
    return after


def write_new(doing: Doing, item: RaidView, said: Sequence[Outgoing] = ()) -> RaidView:
    """Write a new record with its history and what is ``said`` of it, and return it with its number.

    Raises NotFound, Invalid.
    """
    workspace_id, correlation_id = item.workspace_id, doing.origin.correlation_id
    enqueue(doing.session, workspace_id, said, correlation_id=correlation_id, now=doing.now)
    entry = audit.Entry(RAID_ITEM, item.id, item.version, "logged", raid_fields.changes(None, item))
    audit.record(doing.session, doing.actor, entry, origin=doing.origin, now=doing.now)
    return replace(item, number=insert_item(doing.session, item))


def write_changed(doing: Doing, before: RaidView, after: RaidView, action: str, reason: str = "") -> RaidView:
    """Write a changed record with its line of history, and return it in its new version."""
    after = replace(after, version=before.version + 1, updated_at=doing.now)
    update_item(doing.session, after)
    changes = raid_fields.changes(before, after)
    entry = audit.Entry(RAID_ITEM, after.id, after.version, action, changes, reason)
    audit.record(doing.session, doing.actor, entry, origin=doing.origin, now=doing.now)
    return after
