"""What all projects lack that are asked how they stand: what is alike for many is worked out once."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from heapq import nsmallest
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Text, and_, case, cast, exists, select, type_coerce
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.rules.projects.kinds import ProjectKind
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import RitualState
from models.rules.statuses.periods import Period, longest_silence_first
from models.services.projects.rows import projects
from models.services.rituals.rows import rituals
from models.services.rituals.switched_on import Running, changed, followed, followed_id, is_on, running_of
from models.services.rituals.timetables import Followed, timetables
from models.services.statuses.deadlines import KIND, Deadline, Deadlines
from models.services.statuses.owed import MOST, asked_by, present_of, silent_since
from models.services.statuses.rows import statuses
from models.tables import DayOff
from models.tables.base import table_of
from models.value import Value

_ALWAYS = datetime.min.replace(tzinfo=UTC)
_days_off = table_of(DayOff)
IS_ASKED = rituals.c.id.is_not(None)
"""The condition that a ritual asks for the project's status."""


class AskedProject(NamedTuple):
    """A project as far as its statuses go."""

    id: UUID
    key: str
    name: str
    timezone: str
    kind: ProjectKind
    is_theirs: bool
    """Whether the person submits in its name."""
    is_asked: bool
    """Whether the person is the one who is asked today."""
    last_on: date | None
    """When the last period began for which it said how it stands."""


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


class _Alike(Value):
    """What tells when projects are asked, but for since when each is: many have it in common."""

    ritual: Running | None
    timezone: str
    kind: ProjectKind
    latest: tuple[Period, Deadline] | None
    """What was due last, if they were asked by then."""


_Group = list[Any]
"""A project's rows: one for each ritual that asks for its status."""


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column's values as the database has them: of ten thousand, few are looked at."""
    return type_coerce(column, String)


def _id(raw: object) -> UUID:
    """Return an id of a column that was read raw."""
    return UUID(str(raw))


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
    rows = session.connection().execute(_select(actor, now).where(wanted)).all()
    alike = _alike(session, actor.workspace_id, rows, now)
    groups: dict[object, _Group] = {}
    for row in rows:
        groups.setdefault(row.id, []).append(row)
    asked = [each for each in groups.values() if each[0].ritual_id is not None]
    latest = [(each, *found) for each in asked if (found := _latest(each, alike, now)) is not None]
    lacking = [each for each in _without_status(session, latest) if not (but_asked and each[0][0].is_asked)]
    first = nsmallest(most, lacking, key=_urgency)
    own = sorted((each for each in groups.values() if each[0].is_theirs), key=_key)[:MOST]
    return AtLarge(
        tuple(_project(each[0], alike) for each in own),
        len(asked),
        tuple(Lacking(_project(each[0], alike), period, deadline) for each, _, period, deadline in first),
        len(lacking),
        _deadlines([*own, *(each for each, *_ in first)], alike),
    )


def _select(actor: Actor, now: datetime) -> Select[Any]:
    """Return each project with each of its rituals, as the database has them; what many share comes last."""
    is_theirs, is_asked, last_on = asked_by(actor, now)
    days = exists().where(_days_off.c.project_id == projects.c.id)
    return (
        select(
            _raw(projects.c.id),
            projects.c.key,
            projects.c.name,
            is_theirs,
            is_asked,
            last_on,
            _raw(rituals.c.id).label("ritual_id"),
            _raw(rituals.c.owner_id),
            rituals.c.created_at,
            *_SHARED,
            case((days, projects.c.key)).label("days_off"),
        )
        .outerjoin(rituals, and_(rituals.c.project_id == projects.c.id, is_on(actor.workspace_id, [KIND])))
        .outerjoin(followed, followed.c.id == followed_id())
        .where(projects.c.workspace_id == actor.workspace_id, projects.c.archived_at.is_(None))
    )


_SHARED = (
    projects.c.timezone.label("zone"),
    _raw(projects.c.kind).label("project_kind"),
    _raw(rituals.c.state).label("state"),
    rituals.c.resumes_on,
    rituals.c.timezone,
    cast(rituals.c.recurrence, Text).label("recurrence"),
    _raw(rituals.c.on_holiday).label("on_holiday"),
    rituals.c.country,
    rituals.c.duration_minutes,
    changed().label("changed"),
    _raw(followed.c.id).label("followed_id"),
    cast(followed.c.recurrence, Text).label("followed_recurrence"),
    _raw(followed.c.on_holiday).label("followed_on_holiday"),
)
_OWN = 9
"""Columns before those."""


def _alike(
    session: Session, workspace_id: UUID, rows: Sequence[Any], now: datetime
) -> Mapping[tuple[Any, ...], _Alike]:
    """Return what rows have in common, by their last columns."""
    firsts = {row[_OWN:]: row for row in rows}
    read = {same: _read(row, workspace_id) for same, row in firsts.items() if row.ritual_id is not None}
    others = {
        each.followed_id: Followed(json.loads(each.followed_recurrence), OnHoliday(each.followed_on_holiday))
        for each in read.values()
        if each.followed_id is not None
    }
    tables = timetables(session, read.values(), now, others)
    return {
        same: _with_latest(row, running_of(read[same], tables[read[same].id]) if same in read else None, now)
        for same, row in firsts.items()
    }


def _with_latest(row: Any, ritual: Running | None, now: datetime) -> _Alike:  # noqa: ANN401 - one of ours.
    """Return what a row has in common with others, with what was due last."""
    alike = _Alike(ritual, row.zone, ProjectKind(row.project_kind), None)
    if ritual is None:
        return alike
    always = Deadlines({row.id: (replace(ritual, created_at=_ALWAYS),)})
    return replace(alike, latest=always.latest(row.id, present_of(alike, now), now))


def _read(row: Any, workspace_id: UUID) -> Any:  # noqa: ANN401 - stands for a row of ``rituals``.
    """Return a ritual as it is read elsewhere."""
    return SimpleNamespace(
        id=_id(row.ritual_id),
        workspace_id=workspace_id,
        kind=KIND,
        project_id=_id(row.id),
        owner_id=_id(row.owner_id),
        created_at=row.created_at,
        state=RitualState(row.state),
        resumes_on=row.resumes_on,
        timezone=row.timezone,
        recurrence=json.loads(row.recurrence),
        on_holiday=OnHoliday(row.on_holiday),
        country=row.country,
        duration_minutes=row.duration_minutes,
        changed=row.changed,
        followed_id=_id(row.followed_id) if row.followed_id is not None else None,
        followed_recurrence=row.followed_recurrence,
        followed_on_holiday=row.followed_on_holiday,
    )


_Found = tuple[_Group, date, Period, Deadline]
"""A project, since when it is silent, and what was due last."""


def _latest(
    group: _Group, alike: Mapping[tuple[Any, ...], _Alike], now: datetime
) -> tuple[date, Period, Deadline] | None:
    """Return since when a project is silent, and the latest period that was due."""
    row, *others = group
    same = alike[row[_OWN:]]
    if others:
        project_id, due = _id(row.id), _deadlines([group], alike)
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
        (_id(group[0].id), period)
        for group, _, period, _ in latest
        if group[0].last_on is not None and group[0].last_on >= period.starts_on
    ]
    rows = session.connection().execute(
        select(statuses.c.project_id, statuses.c.cadence, statuses.c.starts_on).where(
            statuses.c.project_id.in_([each for each, _ in doubtful]),
            statuses.c.starts_on.in_({period.starts_on for _, period in doubtful}),
        )
    )
    are_in = {(row.project_id, Period(row.starts_on, row.cadence)) for row in rows}
    return [
        each
        for each in latest
        if each[0][0].last_on is None
        or each[0][0].last_on < each[2].starts_on
        or (_id(each[0][0].id), each[2]) not in are_in
    ]


def _key(group: _Group) -> str:
    return str(group[0].key)


def _urgency(found: _Found) -> tuple[bool, tuple[date, int], datetime, str]:
    (row, *_), since, period, deadline = found
    return not row.is_theirs, longest_silence_first(since, period), deadline.due_at, row.key


def _project(row: Any, alike: Mapping[tuple[Any, ...], _Alike]) -> AskedProject:  # noqa: ANN401 - one of ours.
    same = alike[row[_OWN:]]
    return AskedProject(
        _id(row.id),
        row.key,
        row.name,
        same.timezone,
        same.kind,
        bool(row.is_theirs),
        bool(row.is_asked),
        row.last_on,
    )


def _deadlines(groups: Collection[_Group], alike: Mapping[tuple[Any, ...], _Alike]) -> Deadlines:
    """Return the deadlines of a few projects."""
    found = {}
    for group in groups:
        asking = [
            replace(ritual, id=_id(row.ritual_id), project_id=_id(row.id), created_at=row.created_at)
            for row in group
            if (ritual := alike[row[_OWN:]].ritual) is not None
        ]
        if asking:
            found[_id(group[0].id)] = tuple(asking)
    return Deadlines(found)
