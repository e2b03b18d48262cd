"""Which projects wait for a status, and whose turn it is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.read_models import Actor, OwedStatus
from models.rules.access import POLICY, Capability, ProjectRole
from models.rules.rag import Colour
from models.rules.rag_periods import CADENCES, Period, timeliness
from models.services.projects.rows import memberships, projects
from models.services.statuses.rows import submitted_since

LOOKS_BACK = timedelta(weeks=13)
SUBMITTING = [role for role in POLICY[Capability.SUBMIT_STATUS] if isinstance(role, ProjectRole)]
"""The project roles that submit."""
MOST = 100


def owed_by(session: Session, actor: Actor, now: datetime) -> tuple[OwedStatus, ...]:
    """Return the projects in whose name the person submits, and how the present period of each stands."""
    theirs = select(memberships.c.project_id).where(
        memberships.c.person_id == actor.person.id, memberships.c.role.in_(SUBMITTING)
    )
    rows = (
        session.connection()
        .execute(
            select(projects.c.id, projects.c.key, projects.c.name, projects.c.timezone, projects.c.kind)
            .where(
                projects.c.workspace_id == actor.workspace_id,
                projects.c.archived_at.is_(None),
                projects.c.id.in_(theirs),
            )
            .order_by(projects.c.key)
            .limit(MOST)
        )
        .all()
    )
    since = (now - LOOKS_BACK).date()
    submitted = submitted_since(session, actor.workspace_id, [row.id for row in rows], since)
    return tuple(_owed(row, submitted, now) for row in rows)


def _owed(row: Any, submitted: Sequence[Any], now: datetime) -> OwedStatus:  # noqa: ANN401 - a row of the statement above.
    zone = ZoneInfo(row.timezone)
    period = Period.containing(now.astimezone(zone).date(), CADENCES[row.kind])
    theirs = [each for each in submitted if (each.project_id, each.cadence) == (row.id, period.cadence)]
    present = next((each for each in theirs if each.starts_on == period.starts_on), None)
    submitted_at = present.submitted_at if present else None
    return OwedStatus(
        project_id=row.id,
        project_key=row.key,
        project_name=row.name,
        timezone=row.timezone,
        period=period,
        state=timeliness(period, zone, submitted_at=submitted_at, now=now),
        last=_last(theirs, period.starts_on),
    )


def _last(theirs: Sequence[Any], until: date) -> Colour | None:
    found: list[Colour] = [each.declared for each in theirs if each.starts_on <= until]
    return found[-1] if found else None
