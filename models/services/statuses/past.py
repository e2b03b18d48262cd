"""Statuses from before Drumbeat knew the project: taken over as they stand, and not said again."""

from collections.abc import Sequence
from datetime import datetime

from models.database import Database
from models.read_models import Actor, Origin, ProjectView, StatusView
from models.rules.access import Capability
from models.services.changes import Change
from models.services.standing import require, standing
from models.services.statuses.plans import settle
from models.services.statuses.writing import insert_status


class PastStatuses:
    """Takes over how projects stood."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def take_over(
        self,
        actor: Actor,
        project: ProjectView,
        past: Sequence[StatusView],
        *,
        origin: Origin,
        now: datetime,
    ) -> None:
        """Write the project's statuses, oldest first, in one transaction; the newest one's plans go on.

        Raises NotAllowed.
        """
        require(standing(actor, project), Capability.SUBMIT_STATUS)
        with self._database.write() as session:
            for status in past:
                insert_status(session, status)
            if past:
                settle(Change(session, actor, origin, now), project, past[-1].dimensions)
