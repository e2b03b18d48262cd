"""Brings what is planned into line with rituals that change: no time is lost, and none comes twice."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.rules.rituals.steps import Rest, RitualSort
from models.services.rituals.realigned import Realigned
from models.services.rituals.records import Writes, times_on_record
from models.services.rituals.resting import Stranger
from models.services.rituals.setups import Row, followed_by, followers_of, rest_of, rows_of
from models.services.rituals.timetables import timetables
from models.tables import rituals


@contextmanager
def realigning(
    session: Session,
    sorts: Mapping[str, RitualSort],
    wanted: ColumnElement[bool],
    now: datetime,
    *,
    through: datetime | None = None,
) -> Iterator[Sequence[Row]]:
    """Change these rituals, or what they depend on, within the block; then bring what is planned into line.

    Those that go by one of them follow. They are locked, and yielded as they were. Times up to the naive
    local time ``through`` are planned ahead of their time.
    """
    before = _locked(session, wanted)
    if not before:
        yield before
        return
    old_rules = timetables(session, before, now)
    old_rests = _rests(session, before, now)
    yield before
    after = rows_of(session, rituals.c.id.in_([row.id for row in before]))
    rules, rests = timetables(session, after, now), _rests(session, after, now)
    known = times_on_record(session, after, now)
    writes = Writes()
    for row in after:
        if row.kind in sorts:
            was = (old_rules[row.id], old_rests[row.id])
            one = Realigned(row, sorts[row.kind], rules[row.id], rests[row.id], known[row.id], now)
            one.run(writes, *was, through)
        else:
            stranger = Stranger(row, rules[row.id], rests[row.id], known[row.id], now)
            stranger.run(writes, old_rests[row.id])
    writes.write(session)


def _locked(session: Session, wanted: ColumnElement[bool]) -> Sequence[Row]:
    """Return the rituals and those that go by them, locked in one order."""
    found = rows_of(session, wanted)
    if not found:
        return ()
    ids = [row.id for row in found]
    either = or_(rituals.c.id.in_(ids), followers_of(found[0].workspace_id, ids))
    session.connection().execute(
        select(rituals.c.id).where(either).order_by(rituals.c.id).with_for_update()
    ).all()
    return rows_of(session, either)


def _rests(session: Session, rows: Sequence[Row], now: datetime) -> Mapping[UUID, Rest | None]:
    followed = followed_by(session, rows)
    return {row.id: rest_of(row, followed, now) for row in rows}
