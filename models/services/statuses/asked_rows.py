"""Projects that are asked how they stand, with their rituals: what is alike for many is worked out once."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Text, and_, case, cast, exists, select, type_coerce
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.rules.projects.kinds import ProjectKind
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import RitualState
from models.rules.statuses.periods import Period
from models.services.rituals.switched_on import Running, changed, followed, followed_id, is_on, running_of
from models.services.rituals.timetables import Followed, timetables
from models.services.statuses.deadlines import KIND, Deadline, Deadlines
from models.services.statuses.owed import asked_by, present_of
from models.tables import days_off, projects, rituals
from models.value import Value, replace

_ALWAYS = datetime.min.replace(tzinfo=UTC)
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


class Alike(Value):
    """What tells when projects are asked, but for since when each is: many have it in common."""

    ritual: Running | None
    timezone: str
    kind: ProjectKind
    latest: tuple[Period, Deadline] | None
    """What was due last, if they were asked by then."""


Group = list[Any]
"""A project's rows: one for each ritual that asks for its status."""


class AskedRows:
    """Projects' rows, and what these have in common."""

    def __init__(self, rows: Sequence[Any], alike: Mapping[tuple[Any, ...], Alike]) -> None:
        """Take the rows, and what they have in common by their last columns."""
        self._alike = alike
        self._groups: dict[object, Group] = {}
        for row in rows:
            self._groups.setdefault(row.id, []).append(row)

    @classmethod
    def read(cls, session: Session, actor: Actor, now: datetime, wanted: ColumnElement[bool]) -> "AskedRows":
        """Read the wanted projects in two statements."""
        rows = session.connection().execute(_select(actor, now).where(wanted)).all()
        return cls(rows, _alike(session, actor.workspace_id, rows, now))

    @property
    def groups(self) -> Collection[Group]:
        """Return each project's rows."""
        return self._groups.values()

    def alike(self, row: Any) -> Alike:  # noqa: ANN401 - one of ours.
        """Return what a row has in common with others."""
        return self._alike[row[_OWN:]]

    def project(self, row: Any) -> AskedProject:  # noqa: ANN401 - as above.
        """Return the project of a row."""
        same = self.alike(row)
        return AskedProject(
            id_of(row.id),
            row.key,
            row.name,
            same.timezone,
            same.kind,
            bool(row.is_theirs),
            bool(row.is_asked),
            row.last_on,
        )

    def deadlines(self, groups: Iterable[Group]) -> Deadlines:
        """Return the deadlines of a few projects."""
        found = {}
        for group in groups:
            asking = [
                replace(ritual, id=id_of(row.ritual_id), project_id=id_of(row.id), created_at=row.created_at)
                for row in group
                if (ritual := self.alike(row).ritual) is not None
            ]
            if asking:
                found[id_of(group[0].id)] = tuple(asking)
        return Deadlines(found)


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column's values as the database has them: of ten thousand, few are looked at."""
    return type_coerce(column, String)


def id_of(raw: object) -> UUID:
    """Return an id of a column that was read raw."""
    return UUID(str(raw))


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


def _select(actor: Actor, now: datetime) -> Select[Any]:
    """Return each project with each of its rituals, as the database has them; what many share comes last."""
    is_theirs, is_asked, last_on = asked_by(actor, now)
    days = exists().where(days_off.c.project_id == projects.c.id)
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


def _alike(
    session: Session, workspace_id: UUID, rows: Sequence[Any], now: datetime
) -> Mapping[tuple[Any, ...], Alike]:
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


def _with_latest(row: Any, ritual: Running | None, now: datetime) -> Alike:  # noqa: ANN401 - one of ours.
    """Return what a row has in common with others, with what was due last."""
    alike = Alike(ritual, row.zone, ProjectKind(row.project_kind), None)
    if ritual is None:
        return alike
    always = Deadlines({row.id: (replace(ritual, created_at=_ALWAYS),)})
    return replace(alike, latest=always.latest(row.id, present_of(alike, now), now))


def _read(row: Any, workspace_id: UUID) -> Any:  # noqa: ANN401 - stands for a row of ``rituals``.
    """Return a ritual as it is read elsewhere."""
    return SimpleNamespace(
        id=id_of(row.ritual_id),
        workspace_id=workspace_id,
        kind=KIND,
        project_id=id_of(row.id),
        owner_id=id_of(row.owner_id),
        created_at=row.created_at,
        state=RitualState(row.state),
        resumes_on=row.resumes_on,
        timezone=row.timezone,
        recurrence=json.loads(row.recurrence),
        on_holiday=OnHoliday(row.on_holiday),
        country=row.country,
        duration_minutes=row.duration_minutes,
        changed=row.changed,
        followed_id=id_of(row.followed_id) if row.followed_id is not None else None,
        followed_recurrence=row.followed_recurrence,
        followed_on_holiday=row.followed_on_holiday,
    )
