"""What may be wrong with projects, as columns by which the database ranks them."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, and_, case, exists, func, or_, select

from models.read_models import Actor
from models.rules.access import Capability
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import LIVE
from models.rules.statuses.periods import Cadence
from models.rules.statuses.rag import Colour
from models.services import sight
from models.services.risks.rows import BAND_RANK
from models.services.risks.sight import visible_to
from models.tables import mood_alerts, projects, risks, status_updates, status_versions
from models.value import Value

STALE_AFTER = {Cadence.WEEKLY: timedelta(days=14), Cadence.MONTHLY: timedelta(days=60)}
"""So long after the last period with a status began, another one is missing: that is never green."""


class Gravity(Value):
    """What may be wrong with a project, as columns; each is 0 where it is not."""

    colour: ColumnElement[int]
    """How bad the last overall colour is, by its rank."""
    critical: ColumnElement[int]
    high: ColumnElement[int]
    alarmed: ColumnElement[int]
    """Whether a mood alert is open, for who may know of it."""


def gravity_of(actor: Actor, graves: FromClause, today: date) -> Gravity:
    """Return what is wrong with a project, as far as the person may know; ``graves`` are joined to it."""
    alarmed = exists().where(
        mood_alerts.c.project_id == projects.c.id,
        mood_alerts.c.ended_at.is_(None),
        sight.through_role(actor, Capability.SEE_MOOD_ALERT, mood_alerts.c.project_id),
    )
    return Gravity(
        colour=func.coalesce(_last_colour(today), 0),
        critical=func.coalesce(graves.c.critical, 0),
        high=func.coalesce(graves.c.high, 0),
        alarmed=case((alarmed, 1), else_=0),
    )


def graves_of(actor: Actor) -> Select[Any]:
    """Return how many critical and high risks that the person may see are open, project by project."""
    return (
        select(
            risks.c.project_id,
            _number_of(SeverityBand.CRITICAL).label("critical"),
            _number_of(SeverityBand.HIGH).label("high"),
        )
        .where(
            risks.c.workspace_id == actor.workspace_id,
            risks.c.status.in_(sorted(LIVE)),
            risks.c.withdrawn_at.is_(None),
            visible_to(actor),
        )
        .group_by(risks.c.project_id)
    )


def _number_of(band: SeverityBand) -> ColumnElement[int]:
    is_of_band: ColumnElement[bool] = BAND_RANK.op("=")(band.rank)
    return func.sum(case((is_of_band, 1), else_=0))


def _last_colour(today: date) -> ScalarSelect[int]:
    """Return how bad the last overall colour of a project is, by its rank; what is stale is amber at best.

    It is looked up project by project: joined, it would be searched through for each of them on SQLite, which
    makes no index of a ranked list.
    """
    is_stale = or_(
        *(
            and_(status_updates.c.cadence == cadence, status_updates.c.starts_on < today - after)
            for cadence, after in STALE_AFTER.items()
        )
    )
    rank = case(
        (status_versions.c.declared == Colour.RED, Colour.RED.rank),
        (or_(status_versions.c.declared == Colour.AMBER, is_stale), Colour.AMBER.rank),
        else_=Colour.GREEN.rank,
    )
    return (
        select(rank)
        .select_from(status_updates)
        .join(
            status_versions,
            and_(
                status_versions.c.status_id == status_updates.c.id,
                status_versions.c.number == status_updates.c.version,
            ),
        )
        .where(status_updates.c.project_id == projects.c.id)
        .order_by(status_updates.c.starts_on.desc(), status_updates.c.id)
        .limit(1)
        .correlate(projects)
        .scalar_subquery()
    )
