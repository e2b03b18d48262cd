"""A plan that was made before Drumbeat knew the project: taken over as it stands, all in one go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from models.database import Database
from models.read_models import Actor, DeliverableView, MeasureView, MilestoneView, Origin, PhaseStay
from models.read_models.plans import RecordT
from models.rules.access import Capability
from models.services import audit
from models.services.plans import phase_rows
from models.services.plans.kinds import DELIVERABLES, MEASURES, MILESTONES
from models.services.plans.rows import Kind
from models.services.projects.changing import FoundProject, find_project
from models.services.receipts import claim
from models.value import Value


class PastPlan(Value):
    """What the project had: its phases, the earliest first, and all else in the order of its numbers."""

    stays: tuple[PhaseStay, ...] = ()
    measures: tuple[MeasureView, ...] = ()
    milestones: tuple[MilestoneView, ...] = ()
    deliverables: tuple[DeliverableView, ...] = ()


class PastPlans:
    """Takes plans over from elsewhere."""

    def __init__(self, database: Database) -> None:
        """Take where plans are kept."""
        self._database = database

    def take_over(
        self, actor: Actor, project_id: UUID, plan: PastPlan, *, origin: Origin, now: datetime
    ) -> None:
        """Write the plan of a project that has none yet. Raises NotFound, NotAllowed, Invalid."""
        with self._database.write() as session:
            if claim(session, actor.workspace_id, origin, project_id, now) is not None:
                return
            found = find_project(session, actor, project_id)
            found.require(Capability.CHANGE_PHASE)
            found.require_active()
            phase_rows.enter_all(session, actor.workspace_id, project_id, plan.stays, now)
            _insert_all(found, actor, MEASURES, plan.measures, origin)
            _insert_all(found, actor, MILESTONES, plan.milestones, origin)
            _insert_all(found, actor, DELIVERABLES, plan.deliverables, origin)


def _insert_all(
    found: FoundProject, actor: Actor, kind: Kind[RecordT], records: Sequence[RecordT], origin: Origin
) -> None:
    found.require(kind.capability)
    kind.insert(found.session, *records)
    for record in records:
        entry = audit.Entry(kind.what, record.id, record.version, "added", kind.changes(None, record))
        audit.record(found.session, actor, entry, origin=origin, now=record.added_at)
