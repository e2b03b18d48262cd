"""The ways in which a record comes to be and changes: written, kept in the history, and told, in one go."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.database import Database
from models.read_models import Actor, Origin, PersonRef, ProjectView, RaidView
from models.rules.raid.states import takes_actions
from models.services import audit
from models.services.actions.following import cancel_open
from models.services.actions.rows import show_to
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.projects.rows import delivery_managers
from models.services.raid import fields as raid_fields
from models.services.raid import notices as raid_notices
from models.services.raid.found import Found, find, promised_about, required_item
from models.services.raid.rows import RAID_ITEM, insert_item, update_item
from models.services.receipts import claim
from models.services.standing import leads
from models.services.zones import today_of
from models.value import Value, replace


class Doing(Value):
    """Who does something, in which transaction, from where, and when."""

    session: Session
    actor: Actor
    origin: Origin
    now: datetime

    def say(self, messages: Sequence[Outgoing]) -> None:
        """Put messages into the outbox."""
        correlation_id = self.origin.correlation_id
        enqueue(self.session, self.actor.workspace_id, messages, correlation_id=correlation_id, now=self.now)

    def told(self, project: ProjectView) -> tuple[PersonRef, ...]:
        """Return whom the project's news is for."""
        theirs = leads(project.roles, on=today_of(project, self.now))
        return theirs or delivery_managers(self.session, self.actor.workspace_id)


_OVER = "{} is over"


def nothing(_doing: Doing, _found: Found, after: RaidView, _reason: str) -> RaidView:
    """Lead to no other record."""
    return after


class Change(Value):
    """What a person does to a record. ``action`` is what the history calls it.

    ``decide`` returns what becomes of the record, or raises; ``lead_to`` writes the other record that it
    leads to, and returns this one with its name.
    """

    action: str
    decide: Callable[[Found], RaidView]
    lead_to: Callable[[Doing, Found, RaidView, str], RaidView] = nothing
    reason: str = ""
    is_ending: bool = False
    """Whether it only ends the record, as may be done although the project is over."""


def change(
    database: Database, actor: Actor, item_id: UUID, what: Change, *, origin: Origin, now: datetime
) -> RaidView:
    """Carry a change out in one transaction. Raises NotFound, NotAllowed, and what ``decide`` raises."""
    with database.write() as session:
        earlier = claim(session, actor.workspace_id, origin, item_id, now)
        if earlier is not None:
            return required_item(session, actor.workspace_id, earlier)
        found = find(session, actor, item_id)
        if not what.is_ending:
            found.require_active()
        decided = what.decide(found)
        if decided == found.item:
            return decided
        doing = Doing(session, actor, origin, now)
        # Another record takes the project's row, which is held to the end, so all that is said comes before.
        _tell(doing, found.item, replace(decided, version=decided.version + 1))
        _take_along(doing, found.item, decided)
        led = what.lead_to(doing, found, decided, what.reason)
        return write_changed(doing, found.item, led, what.action, what.reason)


def _take_along(doing: Doing, before: RaidView, after: RaidView) -> None:
    """Let what was promised follow: nobody does anything about what is over, or sees what they must not."""
    if after.visibility is not before.visibility:
        show_to(doing.session, promised_about(doing.session, before), after.visibility)
    if after.is_withdrawn or not takes_actions(after.kind, after.status):
        cancel_open(
            doing.session,
            doing.actor,
            promised_about(doing.session, before),
            _OVER.format(after.reference),
            is_removed=after.is_withdrawn,
            origin=doing.origin,
            now=doing.now,
        )


def write_new(
    doing: Doing, item: RaidView, project: ProjectView, *, confirm_in: str | None = None
) -> RaidView:
    """Write a new record with its history and what is said of it, and return it with its number.

    Comes last in its transaction. Raises NotFound, Invalid.
    """
    doing.say(tuple(raid_notices.of_new_item(item, doing.told(project), confirm_in)))
    entry = audit.Entry(RAID_ITEM, item.id, item.version, "logged", raid_fields.changes(None, item))
    audit.record(doing.session, doing.actor, entry, origin=doing.origin, now=doing.now)
    return replace(item, number=insert_item(doing.session, item))


def change_along(doing: Doing, before: RaidView, after: RaidView, action: str) -> None:
    """Change a record as part of what is done to another."""
    _tell(doing, before, replace(after, version=before.version + 1))
    _take_along(doing, before, after)
    write_changed(doing, before, after, action)


def write_changed(doing: Doing, before: RaidView, after: RaidView, action: str, reason: str = "") -> RaidView:
    """Write a changed record with its line of history, and return it in its new version."""
    after = replace(after, version=before.version + 1, updated_at=doing.now)
    update_item(doing.session, after)
    changes = raid_fields.changes(before, after)
    entry = audit.Entry(RAID_ITEM, after.id, after.version, action, changes, reason)
    audit.record(doing.session, doing.actor, entry, origin=doing.origin, now=doing.now)
    return after


def _tell(doing: Doing, before: RaidView, after: RaidView) -> None:
    posted = raid_notices.posted_about(doing.session, before)
    doing.say(tuple(raid_notices.of_changed_item(before, after, doing.actor.person, posted)))
