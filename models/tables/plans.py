"""What a project is to reach: its phases, measures of success, milestones and deliverables."""

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from models.commands import EVIDENCE_LENGTH, NAME_LENGTH, TARGET_LENGTH, TITLE_LENGTH
from models.rules.plans.deliverables import DeliverableState
from models.rules.plans.measures import Outcome
from models.rules.plans.phases import Phase
from models.tables.base import UtcDateTime, closed_set, metadata, optional, own_id, required, workspace_id

_IS_PRESENT = text("left_on IS NULL")


project_phases = Table(
    "project_phases",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("phase", closed_set(Phase)),
    required("entered_on", Date),
    required("entered_at", UtcDateTime),
    required("entered_by_id", ForeignKey("people.id")),
    # Why it went there, where somebody said so.
    required("reason", Text),
    optional("left_on", Date),
    optional("left_by_id", ForeignKey("people.id")),
    Index(
        "ix_project_phases_present",
        "project_id",
        unique=True,
        postgresql_where=_IS_PRESENT,
        sqlite_where=_IS_PRESENT,
    ),
    Index("ix_project_phases_project_id_entered_at", "project_id", "entered_at"),
)
"""A stay of a project in a phase. It is in one phase at most, whatever runs twice.

The days are days where the project is. A stay that was taken back is deleted; the audit trail has it.
"""


success_measures = Table(
    "success_measures",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("number", Integer),
    required("version", Integer, default=1),
    required("title", String(TITLE_LENGTH)),
    required("target", String(TARGET_LENGTH)),
    optional("outcome", closed_set(Outcome)),
    required("added_by_id", ForeignKey("people.id")),
    required("added_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("removed_at", UtcDateTime),
    UniqueConstraint("project_id", "number"),
)
"""What tells whether a project did well. ``number`` is never used again, also after a removal."""


milestones = Table(
    "milestones",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("number", Integer),
    required("version", Integer, default=1),
    required("title", String(TITLE_LENGTH)),
    required("baseline_on", Date),
    required("forecast_on", Date),
    optional("done_on", Date),
    optional("accepted_on", Date),
    # Who at the client accepted it, where somebody said so.
    required("accepted_by", String(NAME_LENGTH)),
    required("added_by_id", ForeignKey("people.id")),
    required("added_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("removed_at", UtcDateTime),
    UniqueConstraint("project_id", "number"),
)
"""Something to be reached: agreed for a day, expected on another, done, and accepted by the client.

The days are days where the project is.
"""


deliverables = Table(
    "deliverables",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("number", Integer),
    required("version", Integer, default=1),
    required("title", String(TITLE_LENGTH)),
    optional("milestone_id", ForeignKey("milestones.id")),
    optional("due_on", Date),
    required("state", closed_set(DeliverableState)),
    # Where it is, or what was handed over.
    required("evidence", String(EVIDENCE_LENGTH)),
    optional("submitted_on", Date),
    optional("submitted_by_id", ForeignKey("people.id")),
    optional("decided_on", Date),
    # Who of us wrote down that it was accepted or rejected.
    optional("decided_by_id", ForeignKey("people.id")),
    # Who at the client accepted it, where somebody said so.
    required("accepted_by", String(NAME_LENGTH)),
    # Why it was rejected last.
    required("rejection", Text),
    # How often it was rejected.
    required("rejections", Integer),
    required("added_by_id", ForeignKey("people.id")),
    required("added_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("removed_at", UtcDateTime),
    UniqueConstraint("project_id", "number"),
)
"""Something that the client gets, and accepts or rejects. The days are days where the project is.

``due_on`` is null where it is due with its milestone.
"""
