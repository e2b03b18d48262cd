"""How each kind of what is planned is kept."""

from typing import Any

from sqlalchemy import Select, and_, func

from models.read_models import DeliverableView, MeasureView, MilestoneView
from models.rules.access import Capability
from models.services.plans.rows import Kind
from models.tables import Deliverable, Milestone, Person, SuccessMeasure
from models.tables.base import table_of

MEASURES = Kind(
    what="success measure",
    table=table_of(SuccessMeasure),
    view=MeasureView,
    fields=("title", "target", "outcome"),
    capability=Capability.CHANGE_MEASURE,
)


MILESTONES = Kind(
    what="milestone",
    table=table_of(Milestone),
    view=MilestoneView,
    fields=("title", "baseline_on", "forecast_on", "done_on", "accepted_on", "accepted_by"),
    capability=Capability.CHANGE_MILESTONE,
)

_deliverables = table_of(Deliverable)
_milestones = MILESTONES.table
_submitters = table_of(Person).alias("submitters")
_deciders = table_of(Person).alias("deciders")


def _with_names(wanted: Select[Any]) -> Select[Any]:
    """Read along whose it was, and the milestone unless it was removed."""
    is_theirs = and_(_milestones.c.id == _deliverables.c.milestone_id, _milestones.c.removed_at.is_(None))
    return (
        wanted.add_columns(
            _milestones.c.number.label("milestone_number"),
            func.coalesce(_milestones.c.done_on, _milestones.c.forecast_on).label("milestone_on"),
            _submitters.c.name.label("submitted_by"),
            _deciders.c.name.label("decided_by"),
        )
        .outerjoin(_milestones, is_theirs)
        .outerjoin(_submitters, _submitters.c.id == _deliverables.c.submitted_by_id)
        .outerjoin(_deciders, _deciders.c.id == _deliverables.c.decided_by_id)
    )


DELIVERABLES = Kind(
    what="deliverable",
    table=_deliverables,
    view=DeliverableView,
    fields=(
        "title",
        "due_on",
        "milestone_id",
        "state",
        "evidence",
        "submitted_on",
        "submitted_by_id",
        "decided_on",
        "decided_by_id",
        "accepted_by",
        "rejection",
        "rejections",
    ),
    capability=Capability.CHANGE_DELIVERABLE,
    also=_with_names,
    beside=("milestone_number", "milestone_on", "submitted_by", "decided_by"),
    audited=("title", "due_on", "milestone_number", "state", "evidence", "decided_on", "accepted_by"),
)
