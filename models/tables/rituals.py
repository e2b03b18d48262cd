"""Rituals, each time they come round, and the steps of each time."""

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.steps import OccurrenceState, RitualState, StepState
from models.tables.base import (
    Json,
    SlackId,
    UtcDateTime,
    closed_set,
    metadata,
    optional,
    own_id,
    required,
    workspace_id,
)

_HAS_NEXT = text("next_due_at IS NOT NULL")
_IS_WAITING = text("state = 'waiting'")
_IS_EVERYBODYS = text("project_id IS NULL")


rituals = Table(
    "rituals",
    metadata,
    own_id(),
    workspace_id(),
    required("kind", String(40)),
    required("name", String(80)),
    optional("project_id", ForeignKey("projects.id")),
    optional("channel_id", SlackId),
    required("owner_id", ForeignKey("people.id")),
    required("timezone", String(60)),
    required("recurrence", Json),
    required("on_holiday", closed_set(OnHoliday)),
    optional("country", String(10)),
    required("duration_minutes", Integer, default=0),
    required("settings", Json),
    required("state", closed_set(RitualState)),
    # The end of a pause that has one: the first day on which it comes round again.
    optional("resumes_on", Date),
    required("version", Integer, default=1),
    optional("next_due_at", UtcDateTime),
    required("planned_through", String(16)),
    required("created_by", ForeignKey("people.id")),
    required("created_at", UtcDateTime),
    Index(
        "ix_rituals_next_due_at",
        "next_due_at",
        postgresql_where=_HAS_NEXT,
        sqlite_where=_HAS_NEXT,
    ),
    Index("ix_rituals_workspace_id_kind", "workspace_id", "kind"),
    Index("ix_rituals_project_id", "project_id"),
)
"""Something that comes round by wall time in a place.

``kind`` names a file in ``scheduled/rituals``. ``recurrence`` is a rule as data, or {"around": another
ritual's id, "working_days", "at"}. ``next_due_at`` is when the first step of the next time that is not
planned yet is due, null where none comes; ``planned_through`` the name of the last planned time.
``settings`` are the kind's own.
"""


ritual_occurrences = Table(
    "ritual_occurrences",
    metadata,
    own_id(),
    workspace_id(),
    required("ritual_id", ForeignKey("rituals.id")),
    required("name", String(16)),
    required("starts_at", UtcDateTime),
    optional("put_off_to", String(16)),
    required("state", closed_set(OccurrenceState)),
    required("version", Integer, default=1),
    # Whether a person asked for it besides what the rule says.
    required("is_extra", Boolean, default=False),
    UniqueConstraint("ritual_id", "name"),
    Index("ix_ritual_occurrences_workspace_id_starts_at", "workspace_id", "starts_at"),
)
"""One time that a ritual comes round, named by the naive local time that its rule says.

The name changes with the rule only, so that new time zone data or another list of holidays neither
doubles nor loses one. ``starts_at`` is derived from it, or from ``put_off_to``, the naive local time to
which somebody put it off.
"""


ritual_steps = Table(
    "ritual_steps",
    metadata,
    own_id(),
    workspace_id(),
    required("occurrence_id", ForeignKey("ritual_occurrences.id")),
    required("kind", String(40)),
    required("due_at", UtcDateTime),
    # The end of its grace: later than this it is missed.
    required("expires_at", UtcDateTime),
    required("state", closed_set(StepState)),
    optional("settled_at", UtcDateTime),
    UniqueConstraint("occurrence_id", "kind"),
    Index(
        "ix_ritual_steps_due_at",
        "due_at",
        postgresql_where=_IS_WAITING,
        sqlite_where=_IS_WAITING,
    ),
)
"""One thing to be done for one time of a ritual; ``kind`` names one of its ritual's steps."""


days_off = Table(
    "days_off",
    metadata,
    own_id(),
    workspace_id(),
    optional("project_id", ForeignKey("projects.id")),
    required("day", Date),
    required("name", String(80)),
    # A null defeats UNIQUE, so days that are everybody's have an index of their own.
    Index(
        "uq_days_off_workspace_id_day",
        "workspace_id",
        "day",
        unique=True,
        postgresql_where=_IS_EVERYBODYS,
        sqlite_where=_IS_EVERYBODYS,
    ),
    Index("uq_days_off_project_id_day", "project_id", "day", unique=True),
)
"""A day on which nobody works: on one project, or everywhere where ``project_id`` is null."""
