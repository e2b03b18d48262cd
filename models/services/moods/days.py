"""What readings come to, day by day; one statement, however many projects and readings there are."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.read_models import Actor
from models.rules.moods.mood import MoodDay
from models.rules.risks.words import Visibility
from models.services.moods.rows import is_kept, visible_to
from models.tables import mood_readings


def days_of(
    session: Session,
    workspace_id: UUID,
    project_ids: Collection[UUID],
    *,
    actor: Actor | None = None,
    since: date | None = None,
    for_team: bool = False,
) -> Mapping[UUID, tuple[MoodDay, ...]]:
    """Return each project's days, oldest first, of what the person may see; without a person, of all.

    ``for_team`` leaves out what not everybody of the team may see.
    """
    conditions = [
        mood_readings.c.workspace_id == workspace_id,
        mood_readings.c.project_id.in_(project_ids),
        is_kept(),
        visible_to(actor),
    ]
    if since is not None:
        conditions.append(mood_readings.c.observed_on >= since)
    if for_team:
        conditions.append(mood_readings.c.visibility == Visibility.TEAM)
    in_order = (
        select(
            mood_readings.c.project_id,
            mood_readings.c.observed_on,
            mood_readings.c.value,
            func.first_value(mood_readings.c.value)
            .over(
                partition_by=(mood_readings.c.project_id, mood_readings.c.observed_on),
                order_by=(mood_readings.c.logged_at.desc(), mood_readings.c.id),
            )
            .label("latest"),
        )
        .where(*conditions)
        .subquery()
    )
    rows = session.connection().execute(
        select(
            in_order.c.project_id,
            in_order.c.observed_on,
            func.sum(in_order.c.value).label("total"),
            func.count().label("readings"),
            func.min(in_order.c.value).label("lowest"),
            func.max(in_order.c.latest).label("latest"),
        )
        .group_by(in_order.c.project_id, in_order.c.observed_on)
        .order_by(in_order.c.observed_on)
    )
    found: dict[UUID, list[MoodDay]] = {project_id: [] for project_id in project_ids}
    for row in rows:
        day = MoodDay(row.observed_on, Fraction(int(row.total), row.readings), row.lowest, row.latest)
        found[row.project_id].append(day)
    return {project_id: tuple(days) for project_id, days in found.items()}
