"""Which meetings there are, when they take place next, what they are about, and who is expected there."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, false, or_, select
from sqlalchemy.orm import Session

from models.read_models import Meeting, MeetingTime, PersonRef, RitualView
from models.rules.access import ProjectRole
from models.rules.rituals.recurrence import upcoming
from models.rules.rituals.steps import STILL_TAKES_PLACE, OccurrenceState, RitualState, Timetable
from models.services.projects.rows import IS_ACTIVE
from models.services.rituals.rows import name_of, occurrence_id_of, view_of
from models.services.rituals.timetables import timetables
from models.tables import memberships, projects, ritual_occurrences, rituals
from models.tables import people as _people

KIND = "meeting_agenda"
"""The kind of ritual that a meeting is: the name of its file."""
MEETING = "meeting"
"""What refusals call it."""

PROJECTS, PEOPLE, ROLES = "projects", "people", "roles"
"""A meeting's own settings: ids of the projects it is about, and of the people who come; without them all
projects, and whoever has one of the roles on them."""
DEFAULT_ROLES = (ProjectRole.PROJECT_MANAGER.value,)

_TIMES = 6
"""Times looked at to find the next one that nobody skipped."""


_SELECT: Select[Any] = select(
    rituals,
    _people.c.slack_user_id.label("owner_slack_id"),
    _people.c.name.label("owner_name"),
).join(_people, _people.c.id == rituals.c.owner_id)


def meetings(
    session: Session, workspace_id: UUID, now: datetime, *conditions: ColumnElement[bool]
) -> tuple[Meeting, ...]:
    """Return the workspace's meetings that go on, those first that take place soonest."""
    rows = (
        session.connection()
        .execute(
            _SELECT.where(
                rituals.c.workspace_id == workspace_id,
                rituals.c.kind == KIND,
                rituals.c.state != RitualState.ENDED,
                *conditions,
            )
        )
        .all()
    )
    tables = timetables(session, rows, now)
    known = _known(session, [row.id for row in rows], now)
    found = [Meeting(view_of(row), _next(row, tables[row.id], known[row.id], now)) for row in rows]
    return tuple(sorted(found, key=_soonest))


def day_after(session: Session, ritual: RitualView, time: MeetingTime, now: datetime) -> date | None:
    """Return the day, where the meeting is, of the next one after that time that nobody skipped."""
    row = session.connection().execute(select(rituals).where(rituals.c.id == ritual.id)).one()
    table = timetables(session, [row], now)[row.id]
    known = _known(session, [row.id], now)[row.id]
    following = (
        at
        for each, at in upcoming(
            table.rule,
            table.zone,
            time.starts_at,
            _TIMES,
            holidays=table.days_off,
            on_holiday=table.on_holiday,
        )
        if (it := known.get(occurrence_id_of(row.id, name_of(each.name)))) is None
        or it.state is not OccurrenceState.SKIPPED
    )
    at = next(following, None)
    return at.astimezone(table.zone).date() if at is not None else None


def ritual_of(session: Session, workspace_id: UUID, ritual_id: UUID) -> RitualView | None:
    """Return the workspace's meeting of that id, also one that has ended."""
    row = (
        session.connection()
        .execute(_SELECT.where(rituals.c.workspace_id == workspace_id, rituals.c.id == ritual_id))
        .one_or_none()
    )
    return view_of(row) if row else None


def yours(session: Session, found: Sequence[Meeting], person_id: UUID) -> Mapping[UUID, bool]:
    """Return of each meeting, by its ritual's id, whether the person is expected there."""
    coming = expected_at(session, [each.ritual for each in found])
    return {
        ritual_id: any(person.id == person_id for person in people) for ritual_id, people in coming.items()
    }


def expected(session: Session, ritual: RitualView) -> tuple[PersonRef, ...]:
    """Return who comes to a meeting, by name; where nobody would, whoever set it up."""
    return expected_at(session, [ritual])[ritual.id]


def expected_at(session: Session, found: Sequence[RitualView]) -> Mapping[UUID, tuple[PersonRef, ...]]:
    """Return who comes to each of a workspace's meetings, by its ritual's id."""
    named = {person_id for each in found for person_id in ids_in(each.settings.get(PEOPLE)) or ()}
    held = _held(found).subquery()
    wanted: Select[Any] = (
        select(_people.c.id, _people.c.slack_user_id, _people.c.name, held.c.project_id, held.c.role)
        .outerjoin(held, held.c.person_id == _people.c.id)
        .where(
            _people.c.workspace_id.in_({each.workspace_id for each in found}),
            IS_ACTIVE,
            or_(_people.c.id.in_(named), held.c.person_id.is_not(None)),
        )
        .order_by(_people.c.name, _people.c.id)
    )
    rows = session.connection().execute(wanted).all()
    return {each.id: _coming(each, rows) or (each.owner,) for each in found}


def _coming(ritual: RitualView, rows: Sequence[Row[Any]]) -> tuple[PersonRef, ...]:
    named, covered = ids_in(ritual.settings.get(PEOPLE)), ids_in(ritual.settings.get(PROJECTS))
    roles = _roles(ritual)

    def is_it(row: Row[Any]) -> bool:
        if named is not None:
            return row.id in named
        return row.role in roles and (covered is None or row.project_id in covered)

    # One row for each role that somebody has: whoever has several comes once.
    return tuple(dict.fromkeys(PersonRef(row.id, row.slack_user_id, row.name) for row in rows if is_it(row)))


def ids_in(setting: Collection[str] | None) -> tuple[UUID, ...] | None:
    """Return the ids that a setting holds; None where it is not set."""
    return tuple(map(UUID, setting)) if setting else None


def _held(found: Sequence[RitualView]) -> Select[Any]:
    """Return who has, on a project that goes on, a role for which people come to any of these meetings."""
    roles = {role for each in found if not each.settings.get(PEOPLE) for role in _roles(each)}
    return (
        select(memberships.c.person_id, memberships.c.project_id, memberships.c.role)
        .join(projects, projects.c.id == memberships.c.project_id)
        .where(
            projects.c.archived_at.is_(None),
            memberships.c.workspace_id.in_({each.workspace_id for each in found}),
            memberships.c.role.in_(roles),
            memberships.c.is_deputy == false(),
        )
    )


def _roles(ritual: RitualView) -> tuple[ProjectRole, ...]:
    return tuple(ProjectRole(role) for role in ritual.settings.get(ROLES) or DEFAULT_ROLES)


def _known(session: Session, ids: Collection[UUID], now: datetime) -> Mapping[UUID, Mapping[UUID, Any]]:
    """Return of each ritual the times that are planned or skipped, by their ids; none that are long over."""
    rows = session.connection().execute(
        select(
            ritual_occurrences.c.id,
            ritual_occurrences.c.ritual_id,
            ritual_occurrences.c.name,
            ritual_occurrences.c.starts_at,
            ritual_occurrences.c.state,
        ).where(
            ritual_occurrences.c.ritual_id.in_(ids),
            ritual_occurrences.c.is_extra == false(),
            ritual_occurrences.c.starts_at > now - timedelta(days=1),
        )
    )
    found: dict[UUID, dict[UUID, Any]] = defaultdict(dict)
    for row in rows:
        found[row.ritual_id][row.id] = row
    return found


def _next(
    row: Row[Any], timetable: Timetable, known: Mapping[UUID, Any], now: datetime
) -> MeetingTime | None:
    """Return the next time that takes place; one that has begun is the next until it ends."""
    if row.state is not RitualState.ACTIVE:
        return None
    by_rule = {each.occurrence_id: each for each in _times(row, timetable, now)}
    since = now - timedelta(minutes=row.duration_minutes)
    # One that was put off may still be to come although its time by the rule is over.
    put_off = {
        each.id: MeetingTime(each.id, datetime.fromisoformat(each.name), each.starts_at)
        for each in known.values()
        if each.starts_at > since and (each.id in by_rule or each.state in STILL_TAKES_PLACE)
    }
    skipped = {each.id for each in known.values() if each.state is OccurrenceState.SKIPPED}
    taking_place = [each for each in (by_rule | put_off).values() if each.occurrence_id not in skipped]
    return min(taking_place, key=lambda each: each.starts_at, default=None)


def _times(row: Row[Any], timetable: Timetable, now: datetime) -> Iterator[MeetingTime]:
    since = now - timedelta(minutes=row.duration_minutes)
    coming = upcoming(
        timetable.rule,
        timetable.zone,
        since,
        _TIMES,
        holidays=timetable.days_off,
        on_holiday=timetable.on_holiday,
    )
    for each, at in islice(coming, _TIMES):
        yield MeetingTime(occurrence_id_of(row.id, name_of(each.name)), each.name, at)


def _soonest(meeting: Meeting) -> tuple[bool, float, str]:
    at = meeting.next.starts_at.timestamp() if meeting.next else 0
    return meeting.next is None, at, meeting.ritual.name
