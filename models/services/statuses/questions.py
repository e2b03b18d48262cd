"""Questions that statuses ask: each waits until it is decided, or a newer status asks it no more."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.commands import TITLE_LENGTH
from models.read_models import StatusView
from models.rules.raid.states import RAID_LIVE
from models.rules.raid.words import RaidKind
from models.rules.risks.words import Visibility
from models.rules.statuses.periods import Period
from models.tables import people, raid_items, status_updates
from models.value import Value


class OpenQuestion(Value):
    """What is to be decided, who asked first and on which day there."""

    text: str
    asked_by: str
    asked_on: date
    record_id: UUID | None = None
    """The decision that waits under the same words."""


class Decisions(Value):
    """The decisions that are on record for some projects."""

    rows: Sequence[Any]

    def is_settled(self, project_id: UUID, asked: str, since: date) -> bool:
        """Tell whether the question was decided or dropped since that day; it may be asked anew later."""
        found = (row for row in self._about(project_id, asked) if row.status not in RAID_LIVE)
        return any(row.settled_on and row.settled_on >= since for row in found)

    def waiting(self, project_id: UUID, asked: str) -> UUID | None:
        """Return the decision that waits under these words, where the whole team may know of it."""
        found = (row for row in self._about(project_id, asked) if row.status in RAID_LIVE)
        return next((row.id for row in found if row.visibility is Visibility.TEAM), None)

    def _about(self, project_id: UUID, asked: str) -> Sequence[Any]:
        return [row for row in self.rows if row.project_id == project_id and _same(row.title, asked)]


def still_asked(session: Session, last: StatusView | None) -> str:
    """Return what the status asked and nobody has decided yet, "" where there is nothing."""
    if last is None or not last.decision:
        return ""
    since = last.period.starts_on
    known = _decisions(session, [last.project_id], since)
    return "" if known.is_settled(last.project_id, last.decision, since) else last.decision


def open_questions(
    session: Session, projects: Sequence[Any], stood: Mapping[UUID, Mapping[Period, Any]]
) -> Mapping[UUID, OpenQuestion]:
    """Return what each project's newest status asks and nobody has decided; ``stood`` are its statuses."""
    asking = {each.id: newest for each in projects if (newest := _asking(stood[each.id]))}
    if not asking:
        return {}
    known = _decisions(session, asking, min(each.starts_on for each in asking.values()))
    open_ones = {
        each: period
        for each, period in asking.items()
        if not known.is_settled(each, stood[each][period].decision, period.starts_on)
    }
    firsts = {each: _first(stood[each], period) for each, period in open_ones.items()}
    names = _askers(session, [first.id for first in firsts.values()])
    zones = {each.id: ZoneInfo(each.timezone) for each in projects}
    return {
        each: OpenQuestion(
            text=(asked := stood[each][period].decision),
            asked_by=names[firsts[each].id],
            asked_on=firsts[each].submitted_at.astimezone(zones[each]).date(),
            record_id=known.waiting(each, asked),
        )
        for each, period in open_ones.items()
    }


def _asking(theirs: Mapping[Period, Any]) -> Period | None:
    newest = max(theirs, default=None)
    return newest if newest is not None and theirs[newest].decision else None


def _first(theirs: Mapping[Period, Any], newest: Period) -> Any:  # noqa: ANN401 - a row.
    """Return the status that asked first, of those that have asked the same ever since."""
    first = theirs[newest]
    for period in sorted(theirs, reverse=True):
        if not _same(theirs[period].decision, first.decision):
            break
        first = theirs[period]
    return first


def _same(one: str, other: str) -> bool:
    return _heart(one) == _heart(other)


def _heart(asked: str) -> str:
    """Return what tells a question from others: not whom it is for and by when, which stand behind it."""
    return asked[:TITLE_LENGTH].partition("?")[0].strip(" .!").casefold()


def _decisions(session: Session, project_ids: Collection[UUID], since: date) -> Decisions:
    wanted = select(
        raid_items.c.id,
        raid_items.c.project_id,
        raid_items.c.title,
        raid_items.c.status,
        raid_items.c.visibility,
        raid_items.c.settled_on,
    ).where(
        raid_items.c.project_id.in_(project_ids),
        raid_items.c.kind == RaidKind.DECISION,
        raid_items.c.withdrawn_at.is_(None),
        or_(raid_items.c.status.in_(sorted(RAID_LIVE)), raid_items.c.settled_on >= since),
    )
    return Decisions(session.connection().execute(wanted.order_by(raid_items.c.number)).all())


def _askers(session: Session, status_ids: Collection[UUID]) -> Mapping[UUID, str]:
    wanted = select(status_updates.c.id, people.c.name).join(
        people, people.c.id == status_updates.c.submitted_by_id
    )
    rows = session.connection().execute(wanted.where(status_updates.c.id.in_(status_ids)))
    return {row.id: row.name for row in rows}
