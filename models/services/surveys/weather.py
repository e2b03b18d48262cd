"""Whether it is a bad time to ask a client: the project is red, or there is a mood alert."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.rules.statuses.rag import Colour
from models.services.moods.alert_rows import alerts
from models.tables import StatusUpdate, StatusVersion
from models.tables.base import table_of
from models.value import Value

_updates = table_of(StatusUpdate).c
_versions = table_of(StatusVersion).c


class Weather(Value):
    """What speaks against asking just now."""

    is_red: bool
    has_alert: bool


def weather_of(session: Session, workspace_id: UUID, project_id: UUID) -> Weather:
    """Return it for a project, as it last said how it stands."""
    declared = session.scalar(
        select(_versions.declared)
        .join(
            _updates.id.table, (_updates.id == _versions.status_id) & (_updates.version == _versions.number)
        )
        .where(_updates.workspace_id == workspace_id, _updates.project_id == project_id)
        .order_by(_updates.starts_on.desc())
        .limit(1)
    )
    alarmed = session.scalar(
        select(func.count()).where(
            alerts.c.workspace_id == workspace_id,
            alerts.c.project_id == project_id,
            alerts.c.ended_at.is_(None),
        )
    )
    return Weather(declared is Colour.RED, bool(alarmed))
