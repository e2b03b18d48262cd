"""Reads rituals as they are set up, with what they rest for, whatever their number in two statements."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from models.errors import NotFound
from models.read_models import RitualSetup
from models.rules.rituals.recurrence_data import as_data, as_rule
from models.rules.rituals.steps import AroundRitual, Rest, RestReason, RitualState, Timing
from models.services.rituals.rows import view_of
from models.services.rituals.timetables import AROUND
from models.tables import people, projects, rituals

RITUAL = "ritual"
"""What the audit trail and refusals call it."""


Row = Any
"""A row of ``selected_setups``: SQLAlchemy's rows have no type of their own."""


def selected_setups() -> Select[Any]:
    """Return the SELECT of rituals with all that ``setup_of`` reads."""
    return (
        select(
            rituals,
            people.c.slack_user_id.label("owner_slack_id"),
            people.c.name.label("owner_name"),
            projects.c.key.label("project_key"),
            projects.c.archived_at,
        )
        .join(people, people.c.id == rituals.c.owner_id)
        .outerjoin(projects, projects.c.id == rituals.c.project_id)
    )


def rows_of(session: Session, *wanted: ColumnElement[bool]) -> list[Row]:
    """Return the rows of which all of that is true, by name."""
    found = session.connection().execute(
        selected_setups().where(*wanted).order_by(rituals.c.name, rituals.c.id)
    )
    return list(found)


def followed_by(session: Session, rows: Iterable[Row]) -> Mapping[UUID, Row]:
    """Return the rituals that some of these go by, by id."""
    wanted = {UUID(row.recurrence[AROUND]) for row in rows if AROUND in row.recurrence}
    return {row.id: row for row in rows_of(session, rituals.c.id.in_(wanted))} if wanted else {}


def followers_of(workspace_id: UUID, ritual_ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Return what is true of the rituals that go by one of these."""
    other = rituals.c.recurrence[AROUND].as_string()
    return (rituals.c.workspace_id == workspace_id) & or_(*(other == str(each) for each in ritual_ids))


def required_row(session: Session, workspace_id: UUID, ritual_id: UUID) -> Row:
    """Return the workspace's ritual of that id. Raises NotFound."""
    found = rows_of(session, rituals.c.workspace_id == workspace_id, rituals.c.id == ritual_id)
    if not found:
        raise NotFound(RITUAL, str(ritual_id))
    return found[0]


def required_setup(session: Session, workspace_id: UUID, ritual_id: UUID, now: datetime) -> RitualSetup:
    """Return the workspace's ritual as it is set up. Raises NotFound."""
    row = required_row(session, workspace_id, ritual_id)
    return setup_of(row, followed_by(session, [row]), now)


def setup_of(row: Row, followed: Mapping[UUID, Row], now: datetime) -> RitualSetup:
    """Return what a row says."""
    timing = timing_of(row.recurrence)
    other = followed.get(timing.ritual_id) if isinstance(timing, AroundRitual) else None
    return RitualSetup(
        ritual=view_of(row),
        project_key=row.project_key or "",
        timing=timing,
        followed=other.name if other is not None else "",
        on_holiday=row.on_holiday,
        country=row.country or "",
        resumes_on=row.resumes_on,
        rest=rest_of(row, followed, now),
    )


def timing_of(data: Mapping[str, Any]) -> Timing:
    """Return when a ritual comes round, from what its row keeps."""
    if AROUND not in data:
        return as_rule(data)
    return AroundRitual(UUID(data[AROUND]), int(data["working_days"]), time.fromisoformat(data["at"]))


def timing_data(timing: Timing) -> dict[str, Any]:
    """Return what a row keeps."""
    if not isinstance(timing, AroundRitual):
        return as_data(timing)
    return {
        AROUND: str(timing.ritual_id),
        "working_days": timing.working_days,
        "at": timing.at.isoformat(timespec="minutes"),
    }


def rest_of(row: Row, followed: Mapping[UUID, Row], now: datetime) -> Rest | None:
    """Return why a ritual does not come round, if it does not; one that goes by another rests with it."""
    own = _own_rest(row, now)
    if own is not None or AROUND not in row.recurrence:
        return own
    other = followed.get(UUID(row.recurrence[AROUND]))
    theirs = _own_rest(other, now) if other is not None else None
    return Rest(RestReason.FOLLOWED, theirs.until) if theirs is not None else None


def _own_rest(row: Row, now: datetime) -> Rest | None:
    if row.state is RitualState.ENDED:
        return Rest(RestReason.ENDED)
    if row.archived_at is not None:
        return Rest(RestReason.ARCHIVED)
    return Rest(RestReason.PAUSED, row.resumes_on) if is_paused(row, now) else None


def is_paused(row: Row, now: datetime) -> bool:
    """Tell whether somebody paused it, and the day on which it comes back is still to come."""
    if row.state is not RitualState.PAUSED:
        return False
    return row.resumes_on is None or row.resumes_on > now.astimezone(ZoneInfo(row.timezone)).date()
