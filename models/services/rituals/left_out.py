"""Which times of rituals fell on days off: their rule leaves them out, so that no row has them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.rituals.recurrence import OnHoliday, occurrences
from models.rules.rituals.steps import Timetable
from models.rules.rituals.workdays import is_working_day
from models.services.rituals.setups import RITUAL, Row
from models.tables import audit_entries

_TIMING = frozenset({"timing", "timezone", "on_holiday", "country"})
"""The fields whose change makes another rule."""


def on_days_off(
    session: Session, rows: Sequence[Row], tables: Mapping[UUID, Timetable], since: datetime, now: datetime
) -> Mapping[UUID, Sequence[datetime]]:
    """Return when these rituals would have taken place on days off, by id; it takes one statement at most.

    That is known since their rule is as it is, and of when they were not paused.
    """
    skipping = [row for row in rows if tables[row.id].on_holiday is OnHoliday.SKIP]
    if not skipping:
        return {}
    changes: defaultdict[UUID, list[Any]] = defaultdict(list)
    for entry in session.connection().execute(
        select(audit_entries.c.entity_id, audit_entries.c.action, audit_entries.c.at, audit_entries.c.changes)
        .where(audit_entries.c.entity == RITUAL, audit_entries.c.entity_id.in_([row.id for row in skipping]))
        .order_by(audit_entries.c.id)
    ):
        changes[entry.entity_id].append(entry)
    return {
        row.id: list(_times(tables[row.id], max(since, row.created_at), now, changes[row.id]))
        for row in skipping
    }


def _times(table: Timetable, since: datetime, now: datetime, changes: Sequence[Any]) -> Iterator[datetime]:
    edits = [each.at for each in changes if any(item["field"] in _TIMING for item in each.changes)]
    since = max([since, *edits])
    pauses = list(_pauses(table, changes))
    here = since.astimezone(table.zone).replace(tzinfo=None)
    for each in occurrences(table.rule, here, holidays=table.days_off):
        at = table.instant(each.wall)
        if at >= now:
            return
        is_paused = any(first <= at and (last is None or at < last) for first, last in pauses)
        if at >= since and not is_paused and not is_working_day(each.wall.date(), table.days_off):
            yield at


def _pauses(table: Timetable, changes: Sequence[Any]) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield from when to when a ritual was paused, as the audit trail tells."""
    since: datetime | None = None
    until: datetime | None = None
    for each in changes:
        if each.action in {"paused", "resumed", "ended"} and since is not None:
            yield since, min(until, each.at) if until else each.at
            since = None
        if each.action in {"paused", "ended"}:
            named = next((item["after"] for item in each.changes if item["field"] == "resumes_on"), None)
            day = datetime.combine(date.fromisoformat(named), time()) if named else None
            since, until = each.at, table.instant(day) if day else None
    if since is not None:
        yield since, until
