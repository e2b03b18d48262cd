"""How projects stand, period by period: statuses with all their versions, plans back to green, drafts."""

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from models.commands.statuses import CRITERIA_LENGTH, HEADLINE_LENGTH, STEP_LENGTH
from models.rules.statuses.inside import Inside
from models.rules.statuses.periods import Cadence
from models.rules.statuses.rag import Colour, Dimension
from models.tables.base import (
    Json,
    UtcDateTime,
    closed_set,
    key,
    metadata,
    optional,
    own_id,
    required,
    workspace_id,
)

_OPEN = text("closed_at IS NULL")


status_updates = Table(
    "status_updates",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("cadence", closed_set(Cadence)),
    required("starts_on", Date),
    required("version", Integer),
    required("submitted_by_id", ForeignKey("people.id")),
    required("submitted_at", UtcDateTime),
    required("is_late", Boolean),
    UniqueConstraint("project_id", "cadence", "starts_on"),
    Index("ix_status_updates_workspace_id_starts_on", "workspace_id", "starts_on"),
)
"""A project's status of one period; ``version`` names the version that stands.

``submitted_at`` and ``is_late`` are of the first version, and stay as they are.
"""


status_versions = Table(
    "status_versions",
    metadata,
    own_id(),
    workspace_id(),
    required("status_id", ForeignKey("status_updates.id")),
    required("number", Integer),
    required("author_id", ForeignKey("people.id")),
    required("written_at", UtcDateTime),
    required("headline", String(HEADLINE_LENGTH)),
    required("done", Text),
    required("coming", Text),
    required("decision", Text),
    required("declared", closed_set(Colour)),
    required("computed", closed_set(Colour)),
    required("override_reason", Text),
    required("inside", closed_set(Inside)),
    # What the looks inside found when it was written.
    required("findings", Json),
    required("justification", Text),
    UniqueConstraint("status_id", "number"),
)
"""What a status said once; an edit adds a version, and the ones before stay."""


status_dimensions = Table(
    "status_dimensions",
    metadata,
    key("version_id", ForeignKey("status_versions.id")),
    key("dimension", closed_set(Dimension)),
    workspace_id(),
    required("colour", closed_set(Colour)),
    required("step", String(STEP_LENGTH)),
    optional("owner_id", ForeignKey("people.id")),
    optional("due_on", Date),
    required("criteria", String(CRITERIA_LENGTH)),
    optional("target_on", Date),
    required("slips", Integer),
)
"""One dimension as a version said it, with the plan as it was then."""


back_to_green_plans = Table(
    "back_to_green_plans",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("dimension", closed_set(Dimension)),
    required("step", String(STEP_LENGTH)),
    required("step_id", ForeignKey("action_items.id")),
    required("owner_id", ForeignKey("people.id")),
    required("due_on", Date),
    required("criteria", String(CRITERIA_LENGTH)),
    required("target_on", Date),
    required("slips", Integer),
    required("opened_at", UtcDateTime),
    optional("closed_at", UtcDateTime),
    Index(
        "ix_back_to_green_plans_open",
        "project_id",
        "dimension",
        unique=True,
        postgresql_where=_OPEN,
        sqlite_where=_OPEN,
    ),
)
"""How a dimension gets back to green; it goes on from status to status until the dimension is green.

A dimension has one open plan at most, whatever runs twice. ``step_id`` is the action that is under way.
"""


status_drafts = Table(
    "status_drafts",
    metadata,
    key("person_id", ForeignKey("people.id")),
    key("project_id", ForeignKey("projects.id")),
    key("starts_on", Date),
    workspace_id(),
    required("filled_in", Json),
    required("kept_at", UtcDateTime),
)
"""What somebody has filled in of a status and not sent yet."""
