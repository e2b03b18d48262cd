"""Clients, their projects, and who does what on them."""

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from models.rules.access import ProjectRole
from models.rules.plans.phases import Phase
from models.rules.projects.kinds import LINK_LENGTH, DeliveryMode, ProjectKind
from models.tables.base import (
    SlackId,
    UtcDateTime,
    closed_set,
    key,
    metadata,
    optional,
    own_id,
    required,
    workspace_id,
)

clients = Table(
    "clients",
    metadata,
    own_id(),
    workspace_id(),
    required("name", String(80)),
    required("created_at", UtcDateTime),
    UniqueConstraint("workspace_id", "name"),
)
"""A company that Drumbeat's users work for."""


projects = Table(
    "projects",
    metadata,
    own_id(),
    workspace_id(),
    required("client_id", ForeignKey("clients.id"), index=True),
    required("key", String(10)),
    required("name", String(80)),
    required("internal_channel_id", SlackId),
    optional("client_channel_id", SlackId),
    required("timezone", String(60)),
    required("risks_logged", Integer, default=0),
    required("raid_logged", Integer, default=0),
    required("created_by", ForeignKey("people.id")),
    required("created_at", UtcDateTime),
    optional("archived_at", UtcDateTime),
    required("version", Integer, default=1),
    required("kind", closed_set(ProjectKind), default=ProjectKind.MANAGED),
    required("delivery_mode", closed_set(DeliveryMode), default=DeliveryMode.ITERATIVE),
    optional("phase", closed_set(Phase)),
    optional("starts_on", Date),
    optional("planned_end_on", Date),
    required("board_url", String(LINK_LENGTH), default=""),
    required("jira_url", String(LINK_LENGTH), default=""),
    required("notes_url", String(LINK_LENGTH), default=""),
    required("archiving_reason", Text, default=""),
    # The day of the last delivery health check, where the project is.
    optional("health_checked_on", Date),
    UniqueConstraint("workspace_id", "key"),
    UniqueConstraint("workspace_id", "internal_channel_id"),
)
"""A piece of work for a client.

``risks_logged`` counts the risks ever numbered, ``raid_logged`` all else that is numbered.
``version`` grows with every change of what a person may set on it, and with its archiving.
"""


memberships = Table(
    "memberships",
    metadata,
    key("project_id", ForeignKey("projects.id")),
    key("person_id", ForeignKey("people.id"), index=True),
    key("role", closed_set(ProjectRole)),
    required("is_deputy", Boolean, default=False),
    workspace_id(index=True),
    required("created_at", UtcDateTime),
)
"""A person's role on a project; a deputy may do the same as the holder."""


project_colleagues = Table(
    "project_colleagues",
    metadata,
    key("project_id", ForeignKey("projects.id")),
    key("person_id", ForeignKey("people.id"), index=True),
    workspace_id(index=True),
    required("marked_by_id", ForeignKey("people.id")),
    required("marked_at", UtcDateTime),
)
"""A guest whom a project marks as a colleague: nothing is held back because they read along."""
