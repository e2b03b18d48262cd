"""Reads what screens show of clients' moods; the number of queries does not grow with the number of rows."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from models.read_models import (
    Actor,
    MoodFilter,
    MoodPage,
    MoodState,
    MoodTrendView,
    MoodView,
)
from models.rules.access import Capability, may
from models.services import sight
from models.services.moods.alert_rows import open_of
from models.services.moods.days import days_of
from models.services.moods.rows import NEWEST_FIRST, SELECT, is_kept, mood_of, newest, visible_to
from models.services.projects.rows import required_project
from models.services.standing import require, standing
from models.tables import heard_items, mood_alerts, mood_readings, projects
from models.value import replace

PAGE_SIZE = 10
SHOWN_FOR = timedelta(days=365)
"""How far back charts and averages look; older days decide nothing any more."""


def page(session: Session, actor: Actor, wanted: MoodFilter) -> MoodPage:
    """Return one page of the readings that are wanted, newest first; beyond the last page, the last one."""
    project = wanted.project_id and required_project(session, actor.workspace_id, wanted.project_id)
    listed = _listed(actor, wanted)
    total = session.connection().execute(
        select(func.count())
        .select_from(mood_readings.join(projects, projects.c.id == mood_readings.c.project_id))
        .where(listed)
    )
    count = int(total.scalar_one())
    pages = max(1, -(-count // PAGE_SIZE))
    number = min(max(1, wanted.page), pages)
    rows = session.connection().execute(
        SELECT.where(listed).order_by(*NEWEST_FIRST).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    )
    return MoodPage(
        readings=tuple(mood_of(row) for row in rows),
        filter=replace(wanted, page=number),
        total=count,
        pages=pages,
        project=project or None,
    )


def _listed(actor: Actor, wanted: MoodFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [
        mood_readings.c.workspace_id == actor.workspace_id,
        is_kept(),
        projects.c.archived_at.is_(None),
        visible_to(actor),
    ]
    if wanted.project_id is not None:
        conditions.append(mood_readings.c.project_id == wanted.project_id)
    if wanted.mine:
        conditions.append(mood_readings.c.author_id == actor.person.id)
    if wanted.heard:
        conditions.append(exists().where(heard_items.c.reading_id == mood_readings.c.id))
    return and_(*conditions)


def before(session: Session, actor: Actor, mood: MoodView) -> MoodView | None:
    """Return the reading before this one, of those that the person may see."""
    earlier = [
        mood_readings.c.workspace_id == mood.workspace_id,
        mood_readings.c.project_id == mood.project_id,
        mood_readings.c.id != mood.id,
        is_kept(),
        visible_to(actor),
        (mood_readings.c.observed_on < mood.observed_on)
        | ((mood_readings.c.observed_on == mood.observed_on) & (mood_readings.c.logged_at <= mood.logged_at)),
    ]
    return newest(session, and_(*earlier))


def trend(session: Session, actor: Actor, project_id: UUID, now: datetime) -> MoodTrendView:
    """Return how the project's client is, as far as the person may know. Raises NotFound, NotAllowed."""
    require(standing(actor), Capability.SEE_MOOD)
    project = required_project(session, actor.workspace_id, project_id)
    today = now.astimezone(ZoneInfo(project.timezone)).date()
    days = days_of(session, actor.workspace_id, [project.id], actor=actor, since=today - SHOWN_FOR)[
        project.id
    ]
    theirs = and_(
        mood_readings.c.workspace_id == actor.workspace_id,
        mood_readings.c.project_id == project.id,
        is_kept(),
        visible_to(actor),
    )
    may_know = may(standing(actor, project), Capability.SEE_MOOD_ALERT)
    alert = open_of(session, actor.workspace_id, project.id) if may_know else None
    state = MoodState(days, today, has_alert=alert is not None)
    return MoodTrendView(project, state, newest(session, theirs), alert)


def states(
    session: Session,
    workspace_id: UUID,
    project_ids: Collection[UUID],
    today: date,
    *,
    actor: Actor | None = None,
) -> Mapping[UUID, MoodState]:
    """Return how each project's client is, in two statements; without a person, all that is known."""
    days = days_of(session, workspace_id, project_ids, actor=actor, since=today - SHOWN_FOR)
    conditions = [
        mood_alerts.c.workspace_id == workspace_id,
        mood_alerts.c.project_id.in_(project_ids),
        mood_alerts.c.ended_at.is_(None),
    ]
    if actor is not None:
        conditions.append(sight.through_role(actor, Capability.SEE_MOOD_ALERT, mood_alerts.c.project_id))
    alarmed = set(session.connection().execute(select(mood_alerts.c.project_id).where(*conditions)).scalars())
    return {
        project_id: MoodState(days[project_id], today, has_alert=project_id in alarmed)
        for project_id in project_ids
    }
