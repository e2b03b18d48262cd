"""Which records belong to which, as far as whoever asks may see them; one statement each."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from models.read_models import Actor, LinkedRecord, RaidView
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.services.raid import rows as raid_rows
from models.services.raid.rows import SELECT, item_of
from models.services.risks import sight as risk_sight
from models.services.risks.rows import find_risk
from models.tables import raid_items, risks

Links = tuple[tuple[LinkedRecord, ...], tuple[LinkedRecord, ...]]
"""What a record came from, and what it led to."""


def of_item(session: Session, actor: Actor | None, item: RaidView) -> Links:
    """Return a record's links; without a person, those that the whole team may see."""
    wanted = or_(raid_items.c.id == item.follows_id, raid_items.c.follows_id == item.id)
    found = _items(session, item.workspace_id, wanted, actor)
    before = [_link(each) for each in found if each.id == item.follows_id]
    after = [_link(each) for each in found if each.follows_id == item.id]
    (before if item.kind is RaidKind.ISSUE else after).extend(_risk_of(session, actor, item))
    return tuple(before), tuple(after)


def of_risk(session: Session, actor: Actor | None, workspace_id: UUID, risk_id: UUID) -> Links:
    """Return the assumption that a risk came from, and the issues that it became."""
    found = _items(session, workspace_id, raid_items.c.risk_id == risk_id, actor)
    before = tuple(_link(each) for each in found if each.kind is RaidKind.ASSUMPTION)
    return before, tuple(_link(each) for each in found if each.kind is RaidKind.ISSUE)


def _items(
    session: Session, workspace_id: UUID, wanted: ColumnElement[bool], actor: Actor | None
) -> Sequence[RaidView]:
    is_seen = raid_items.c.visibility == Visibility.TEAM if actor is None else raid_rows.visible_to(actor)
    rows = session.connection().execute(
        SELECT.where(
            raid_items.c.workspace_id == workspace_id, wanted, raid_items.c.withdrawn_at.is_(None), is_seen
        ).order_by(raid_items.c.raised_at, raid_items.c.id)
    )
    return [item_of(row) for row in rows]


def _risk_of(session: Session, actor: Actor | None, item: RaidView) -> Sequence[LinkedRecord]:
    if item.risk_id is None:
        return ()
    is_seen = risks.c.visibility == Visibility.TEAM if actor is None else risk_sight.visible_to(actor)
    risk = find_risk(session, item.workspace_id, (risks.c.id == item.risk_id) & is_seen)
    return (LinkedRecord(risk.id, risk.reference, risk.title),) if risk and not risk.is_withdrawn else ()


def _link(item: RaidView) -> LinkedRecord:
    return LinkedRecord(item.id, item.reference, item.title)
