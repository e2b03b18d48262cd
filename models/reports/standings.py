"""How projects stand, as a list or a card says it beside them: their last colour, and how their client is."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.database import Database
from models.read_models import Actor
from models.read_models.home import ProjectStanding
from models.reports.colours import LOOKS_BACK, colours_of
from models.rules.access import Capability
from models.services.moods.screens import states
from models.services.standing import require, standing
from models.services.statuses.came_in import is_since, submitted_where
from models.tables import projects


class ProjectStandings:
    """Looks at how projects stand, as far as the person may know, and changes nothing."""

    def __init__(self, database: Database) -> None:
        """Take where it is all kept."""
        self._database = database

    def of(
        self, actor: Actor, project_ids: Collection[UUID], *, now: datetime
    ) -> Mapping[UUID, ProjectStanding]:
        """Return how each of these projects stands, in four statements. Raises NotAllowed."""
        require(standing(actor), Capability.SEE_PROJECT)
        if not project_ids:
            return {}
        today = now.astimezone(ZoneInfo(actor.timezone)).date()
        wanted = select(projects.c.id, projects.c.kind, projects.c.timezone).where(
            projects.c.workspace_id == actor.workspace_id, projects.c.id.in_(project_ids)
        )
        with self._database.read() as session:
            rows = session.connection().execute(wanted).all()
            ids = [row.id for row in rows]
            since = is_since(ids, (now - LOOKS_BACK).date())
            submitted = submitted_where(session, actor.workspace_id, since)
            moods = states(session, actor.workspace_id, ids, today, actor=actor)
        colours = colours_of(actor, rows, submitted, now)
        return {each: ProjectStanding(colours.get(each), moods[each]) for each in ids}
