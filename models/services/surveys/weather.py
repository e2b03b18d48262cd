"""Whether it is a bad time to ask a client: the project is red, or there is a mood alert."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.rules.statuses.rag import Colour
from models.services.moods.alert_rows import open_of
from models.services.moods.screens import states
from models.tables import status_updates, status_versions
from models.value import Value


class Weather(Value):
    """What speaks against asking just now."""

    is_red: bool
    alert_since: date | None
    mood: int | None
    """By the newest reading, while somebody knows it."""

    @property
    def has_alert(self) -> bool:
        """Tell whether there is a mood alert."""
        return self.alert_since is not None


def weather_of(session: Session, workspace_id: UUID, project_id: UUID, today: date) -> Weather:
    """Return it for a project, as it last said how it stands."""
    declared = session.scalar(
        select(status_versions.c.declared)
        .join(
            status_updates,
            (status_updates.c.id == status_versions.c.status_id)
            & (status_updates.c.version == status_versions.c.number),
        )
        .where(status_updates.c.workspace_id == workspace_id, status_updates.c.project_id == project_id)
        .order_by(status_updates.c.starts_on.desc())
        .limit(1)
    )
    alert = open_of(session, workspace_id, project_id)
    state = states(session, workspace_id, [project_id], today)[project_id]
    mood = None if state.last is None or state.is_unknown else state.last.latest
    return Weather(declared is Colour.RED, alert.opened_on if alert else None, mood)
