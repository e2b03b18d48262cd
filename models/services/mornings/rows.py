"""Mornings in the database: whose is due, and what was said in it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from models.rules.mornings.paces import Morning, may_come, morning_of
from models.rules.rituals.workdays import USUAL, WorkingWeek
from models.services.projects.rows import IS_ACTIVE, IS_OF_THE_TEAM
from models.tables import days_off as _days_off
from models.tables import morning_items, mornings, people, person_settings
from models.tables import organisation_roles as _organisation_roles
from models.value import Value

_later = mornings.alias("later_mornings")
IS_OVER = exists().where(_later.c.person_id == mornings.c.person_id, _later.c.day > mornings.c.day)
"""Of a morning: the person's next one has come."""
DIGEST = "week_digest"
"""The contribution that stays, when its day is over, until the person's next one of its kind comes."""
_later_items = morning_items.alias("later_items")
IS_FOLLOWED = exists().where(
    _later.c.person_id == mornings.c.person_id,
    _later.c.day > mornings.c.day,
    _later_items.c.morning_id == _later.c.id,
    _later_items.c.contribution == DIGEST,
)
"""Of a morning: one with the next digest has come."""

their_week: ColumnElement[Any] = func.coalesce(person_settings.c.week, USUAL).label("week")
"""When a person works."""

DaysOff = Mapping[UUID, frozenset[date]]
"""Everybody's days off, by workspace."""


class Place(Value):
    """A workspace's people in one zone who work on the same days."""

    workspace_id: UUID
    zone: ZoneInfo
    week: WorkingWeek


def message_key(morning_id: UUID, part: str = "") -> str:
    """Return the unique key of a morning's message, or of another one about it."""
    return f"morning:{morning_id}:{part}" if part else f"morning:{morning_id}"


def nudge_key(person_id: UUID, due_at: datetime) -> str:
    """Return the unique key of a person's nudge about all that is due at an instant."""
    return f"nudge:{person_id}:{due_at:%Y-%m-%dT%H:%M}"


def places(session: Session) -> Sequence[Place]:
    """Return in which zones there are people."""
    found = session.connection().execute(
        select(people.c.workspace_id, people.c.timezone, their_week)
        .outerjoin(person_settings, person_settings.c.person_id == people.c.id)
        .where(IS_ACTIVE, IS_OF_THE_TEAM)
        .distinct()
    )
    return [place_of(row) for row in found]


def place_of(row: Any) -> Place:  # noqa: ANN401 - a person's row.
    """Return whose morning comes together with a person's."""
    return Place(row.workspace_id, ZoneInfo(row.timezone), WorkingWeek(row.week))


def everybodys_days_off(session: Session, workspace_ids: Iterable[UUID]) -> DaysOff:
    """Return the days on which nobody works."""
    found: defaultdict[UUID, set[date]] = defaultdict(set)
    rows = session.connection().execute(
        select(_days_off.c.workspace_id, _days_off.c.day).where(
            _days_off.c.workspace_id.in_(set(workspace_ids)), _days_off.c.project_id.is_(None)
        )
    )
    for row in rows:
        found[row.workspace_id].add(row.day)
    return defaultdict(frozenset, {workspace: frozenset(days) for workspace, days in found.items()})


def due_now(found: Iterable[Place], days_off: DaysOff, now: datetime) -> Mapping[Place, Morning]:
    """Return the mornings that may come now."""
    due = {}
    for place in found:
        day, days = now.astimezone(place.zone).date(), days_off[place.workspace_id]
        morning = morning_of(day, place.zone, days, place.week)
        if morning is not None and may_come(morning, now, place.zone):
            due[place] = morning
    return due


def waiting(session: Session, due: Mapping[Place, Morning], limit: int) -> Sequence[Any]:
    """Return some of the people whose morning it is, who are there, and whose day was not looked at yet."""
    groups: defaultdict[tuple[UUID, date, WorkingWeek], list[str]] = defaultdict(list)
    for place, morning in due.items():
        groups[place.workspace_id, morning.day, place.week].append(place.zone.key)
    rows = session.connection().execute(
        select(
            people.c.id,
            people.c.workspace_id,
            people.c.slack_user_id,
            people.c.name,
            people.c.timezone,
            person_settings.c.pace,
            person_settings.c.away_until,
            their_week,
        )
        .outerjoin(person_settings, person_settings.c.person_id == people.c.id)
        .where(
            IS_ACTIVE, IS_OF_THE_TEAM, or_(*(_is_waiting(*group, zones) for group, zones in groups.items()))
        )
        .order_by(people.c.workspace_id, people.c.id)
        .limit(limit)
    )
    return rows.all()


def _is_waiting(
    workspace_id: UUID, day: date, week: WorkingWeek, zones: Collection[str]
) -> ColumnElement[bool]:
    looked_at = exists().where(mornings.c.person_id == people.c.id, mornings.c.day == day)
    return and_(
        people.c.workspace_id == workspace_id,
        people.c.timezone.in_(sorted(zones)),
        their_week == week,
        or_(person_settings.c.away_until.is_(None), person_settings.c.away_until < day),
        not_(looked_at),
    )


def erase_mornings(session: Session, person_id: UUID) -> None:
    """Delete all that a person was told of in the mornings, with the mornings."""
    theirs = select(mornings.c.id).where(mornings.c.person_id == person_id)
    session.connection().execute(delete(morning_items).where(morning_items.c.morning_id.in_(theirs)))
    session.connection().execute(delete(mornings).where(mornings.c.person_id == person_id))


def organisation_roles(session: Session, person_ids: Collection[UUID]) -> Mapping[UUID, frozenset[Any]]:
    """Return the roles that these people have in the organisation."""
    found: defaultdict[UUID, set[Any]] = defaultdict(set)
    rows = session.connection().execute(
        select(_organisation_roles.c.person_id, _organisation_roles.c.role).where(
            _organisation_roles.c.person_id.in_(person_ids)
        )
    )
    for row in rows:
        found[row.person_id].add(row.role)
    return defaultdict(frozenset, {person: frozenset(roles) for person, roles in found.items()})


def selected_items() -> Any:  # noqa: ANN401 - a SELECT.
    """Return the SELECT of a morning with all it names, in order."""
    return (
        select(
            mornings.c.id,
            mornings.c.workspace_id,
            mornings.c.day,
            mornings.c.planned_at,
            mornings.c.later_at,
            mornings.c.is_unfolded,
            IS_OVER.label("is_over"),
            IS_FOLLOWED.label("is_followed"),
            person_settings.c.away_until,
            people.c.id.label("person_id"),
            people.c.slack_user_id,
            people.c.name,
            people.c.timezone,
            morning_items.c.contribution,
            morning_items.c.entity_id,
            morning_items.c.detail,
        )
        .join(people, people.c.id == mornings.c.person_id)
        .join(morning_items, morning_items.c.morning_id == mornings.c.id)
        .outerjoin(person_settings, person_settings.c.person_id == people.c.id)
        .order_by(morning_items.c.place)
    )
