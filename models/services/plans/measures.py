"""Measures of success: what tells whether a project did well."""

from datetime import datetime
from uuid import UUID

from models.commands import TARGET_LENGTH, MeasureFields
from models.database import Database
from models.read_models import Actor, MeasureView, Origin
from models.services.plans.kinds import MEASURES
from models.services.plans.records import Change, Records
from models.services.plans.words import checked_line, checked_title
from models.services.projects.changing import FoundProject
from models.value import replace


class SuccessMeasures(Records[MeasureView]):
    """What projects' success is measured by."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        super().__init__(database, MEASURES)

    def add(
        self, actor: Actor, project_id: UUID, fields: MeasureFields, *, origin: Origin, now: datetime
    ) -> MeasureView:
        """Add a measure to a project. Raises NotFound, NotAllowed, Invalid."""
        fields = _checked(fields)

        def make(found: FoundProject, record_id: UUID, number: int) -> MeasureView:
            return MeasureView(
                id=record_id,
                workspace_id=actor.workspace_id,
                project_id=project_id,
                project_key=found.project.key,
                number=number,
                title=fields.title,
                target=fields.target,
                outcome=fields.outcome,
                added_by=actor.person,
                added_at=now,
                updated_at=now,
            )

        return self._add(actor, project_id, make, origin=origin, now=now)

    def edit(
        self,
        actor: Actor,
        record_id: UUID,
        fields: MeasureFields,
        *,
        version: int | None,
        origin: Origin,
        now: datetime,
    ) -> MeasureView:
        """Change a measure. Raises NotFound, NotAllowed, Invalid, Conflict if it is past ``version``."""
        fields = _checked(fields)

        def decide(_found: FoundProject, measure: MeasureView) -> MeasureView:
            return replace(measure, title=fields.title, target=fields.target, outcome=fields.outcome)

        what = Change("edited", decide, version)
        return self._change(actor, record_id, what, origin=origin, now=now)


def _checked(fields: MeasureFields) -> MeasureFields:
    """Return the fields as they are kept. Raises Invalid."""
    title = checked_title(fields.title, "Say in a few words what you will look at.")
    return MeasureFields(title, checked_line(fields.target, "target", TARGET_LENGTH), fields.outcome)
