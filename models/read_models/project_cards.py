"""A project at a glance, as services return it."""

from collections.abc import Mapping
from dataclasses import field

from models.read_models.plans import DeliverableView, MeasureView, MilestoneView, PhaseStay
from models.read_models.projects import ProjectPermissions, ProjectView
from models.read_models.surveys import InvitationView, Satisfaction
from models.rules.projects.health_check import WeekAtColour
from models.rules.risks.scoring import SeverityBand
from models.value import Value


class ProjectCard(Value):
    """A project at a glance, with what the person asking may do with it."""

    project: ProjectView
    permissions: ProjectPermissions
    per_band: Mapping[SeverityBand | None, int] = field(default_factory=dict)
    """How many open risks fall in each band; None counts those not scored yet."""
    stay: PhaseStay | None = None
    """The phase it is in, and since when."""
    measures: tuple[MeasureView, ...] = ()
    milestones: tuple[MilestoneView, ...] = ()
    deliverables: tuple[DeliverableView, ...] = ()
    weeks: tuple[WeekAtColour, ...] = ()
    """How it stood since its last delivery health check, where it has these."""
    satisfaction: Satisfaction = Satisfaction()
    """How satisfied its client is; nothing where the person may not see that."""
    latest_answer: InvitationView | None = None
    """The client's newest answer, where the person may read single ones."""
