"""What all projects lack that are asked how they stand: who is silent longest, and since when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from heapq import nsmallest

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.rules.statuses.periods import Period, longest_silence_first
from models.services.statuses.asked_rows import AskedProject, AskedRows, Group, id_of
from models.services.statuses.deadlines import Deadline, Deadlines
from models.services.statuses.owed import MOST, present_of, silent_since
from models.tables import status_updates
from models.value import Value


class Lacking(Value):
    """A project with the latest period that was due and has no status."""

    row: AskedProject
    period: Period
    deadline: Deadline


class AtLarge(Value):
    """What there is to say of many projects."""

    own: tuple[AskedProject, ...]
    """Those in whose name the person submits, whether they are asked or not."""
    asked: int
    lacking: tuple[Lacking, ...]
    """Those that come first: the person's own, then who is silent longest."""
    total: int
    """Of all that lack a status."""
    due: Deadlines
    """Of ``own`` and of what is ``lacking`` here."""


def at_large(
    session: Session,
    actor: Actor,
    now: datetime,
    wanted: ColumnElement[bool],
    most: int,
    *,
    but_asked: bool = False,
) -> AtLarge:
    """Return what the wanted projects lack, the first ``most`` by name, in three statements.

    Where ``but_asked``, what the person is asked for themselves is left out.
    """
    rows = AskedRows.read(session, actor, now, wanted)
    asked = [each for each in rows.groups if each[0].ritual_id is not None]
    latest = [(each, *found) for each in asked if (found := _latest(each, rows, now)) is not None]
    lacking = [each for each in _without_status(session, latest) if not (but_asked and each[0][0].is_asked)]
    first = nsmallest(most, lacking, key=_urgency)
    own = sorted((each for each in rows.groups if each[0].is_theirs), key=_key)[:MOST]
    return AtLarge(
        tuple(rows.project(each[0]) for each in own),
        len(asked),
        tuple(Lacking(rows.project(each[0]), period, deadline) for each, _, period, deadline in first),
        len(lacking),
        rows.deadlines([*own, *(each for each, *_ in first)]),
    )


_Found = tuple[Group, date, Period, Deadline]
"""A project, since when it is silent, and what was due last."""


def _latest(group: Group, rows: AskedRows, now: datetime) -> tuple[date, Period, Deadline] | None:
    """Return since when a project is silent, and the latest period that was due."""
    row, *others = group
    same = rows.alike(row)
    if others:
        project_id, due = id_of(row.id), rows.deadlines([group])
        latest, asked_since = (
            due.latest(project_id, present_of(same, now), now),
            due.asked_since(project_id),
        )
    else:
        latest, asked_since = same.latest, row.created_at.date()
        if latest is not None and latest[1].due_at < row.created_at:
            # It was not asked yet by then, and of what was due before even less.
            return None
    return None if latest is None else (silent_since(asked_since, row.last_on), *latest)


def _without_status(session: Session, latest: Sequence[_Found]) -> Iterable[_Found]:
    """Return those of them that have no status of that period; the last one tells it of most."""
    doubtful = [
        (id_of(group[0].id), period)
        for group, _, period, _ in latest
        if group[0].last_on is not None and group[0].last_on >= period.starts_on
    ]
    rows = session.connection().execute(
        select(status_updates.c.project_id, status_updates.c.cadence, status_updates.c.starts_on).where(
            status_updates.c.project_id.in_([each for each, _ in doubtful]),
            status_updates.c.starts_on.in_({period.starts_on for _, period in doubtful}),
        )
    )
    are_in = {(row.project_id, Period(row.starts_on, row.cadence)) for row in rows}
    return [
        each
        for each in latest
        if each[0][0].last_on is None
        or each[0][0].last_on < each[2].starts_on
        or (id_of(each[0][0].id), each[2]) not in are_in
    ]


def _key(group: Group) -> str:
    return str(group[0].key)


def _urgency(found: _Found) -> tuple[bool, tuple[date, int], datetime, str]:
    (row, *_), since, period, deadline = found
    return not row.is_theirs, longest_silence_first(since, period), deadline.due_at, row.key
