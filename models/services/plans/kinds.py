"""How each kind of what is planned is kept."""

from typing import Any

from sqlalchemy import Select, and_, func

from models.read_models import DeliverableView, MeasureView, MilestoneView
from models.rules.access import Capability
from models.services.plans.rows import Kind
from models.tables import deliverables, milestones, people, success_measures

MEASURES = Kind(
    what="success measure",
    table=success_measures,
    view=MeasureView,
    fields=("title", "target", "outcome"),
    capability=Capability.CHANGE_MEASURE,
)


MILESTONES = Kind(
    what="milestone",
    table=milestones,
    view=MilestoneView,
    fields=("title", "baseline_on", "forecast_on", "done_on", "accepted_on", "accepted_by"),
    capability=Capability.CHANGE_MILESTONE,
)

_milestones = MILESTONES.table
_submitters = people.alias("submitters")
_deciders = people.alias("deciders")


def _with_names(wanted: Select[Any]) -> Select[Any]:
    """Read along whose it was, and the milestone unless it was removed."""
    is_theirs = and_(_milestones.c.id == deliverables.c.milestone_id, _milestones.c.removed_at.is_(None))
    return (
        wanted.add_columns(
            _milestones.c.number.label("milestone_number"),
            func.coalesce(_milestones.c.done_on, _milestones.c.forecast_on).label("milestone_on"),
            _submitters.c.name.label("submitted_by"),
            _deciders.c.name.label("decided_by"),
        )
        .outerjoin(_milestones, is_theirs)
        .outerjoin(_submitters, _submitters.c.id == deliverables.c.submitted_by_id)
        .outerjoin(_deciders, _deciders.c.id == deliverables.c.decided_by_id)
    )


DELIVERABLES = Kind(
    what="deliverable",
    table=deliverables,
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
