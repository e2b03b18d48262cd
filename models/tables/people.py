"""Workspaces, the people in them, and their roles in the organisation."""

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Table, UniqueConstraint

from models.rules.access import OrganisationRole
from models.rules.mornings.paces import Pace
from models.rules.rituals.workdays import WorkingWeek
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

workspaces = Table(
    "workspaces",
    metadata,
    own_id(),
    required("enterprise_id", SlackId),
    required("team_id", SlackId),
    required("name", String(200)),
    required("created_at", UtcDateTime),
    UniqueConstraint("enterprise_id", "team_id"),
)
"""One Slack installation. ``enterprise_id`` is "" outside Enterprise Grid, for a null defeats UNIQUE."""


people = Table(
    "people",
    metadata,
    own_id(),
    workspace_id(),
    required("slack_user_id", SlackId),
    required("team_id", SlackId),
    required("name", String(200)),
    required("timezone", String(60)),
    required("is_guest", Boolean),
    required("is_bot", Boolean),
    required("is_deleted", Boolean),
    required("is_workspace_admin", Boolean),
    required("checked_at", UtcDateTime),
    optional("forgotten_at", UtcDateTime),
    UniqueConstraint("workspace_id", "slack_user_id"),
)
"""Somebody seen in a workspace, as Slack described them at ``checked_at``.

Since ``forgotten_at``, name and zone stay as they are.
"""


person_settings = Table(
    "person_settings",
    metadata,
    key("person_id", ForeignKey("people.id")),
    workspace_id(index=True),
    required("version", Integer),
    optional("quiet_from", Integer),
    optional("quiet_until", Integer),
    optional("away_until", Date),
    optional("pace", closed_set(Pace)),
    optional("week", closed_set(WorkingWeek)),
)
"""What a person wishes of the bot. Without a row, they wish nothing in particular.

``quiet_from`` and ``quiet_until`` are minutes after midnight where the person is, both or neither;
``away_until`` is the last day of an absence, ``pace`` how much they want to hear and ``week`` when
they work, null for the usual.
"""


home_visits = Table(
    "home_visits",
    metadata,
    key("person_id", ForeignKey("people.id")),
    workspace_id(index=True),
    required("visited_at", UtcDateTime),
)
"""When a person last came to their home in Slack, which they may still have before them."""


organisation_roles = Table(
    "organisation_roles",
    metadata,
    key("person_id", ForeignKey("people.id")),
    key("role", closed_set(OrganisationRole)),
    workspace_id(index=True),
    required("granted_at", UtcDateTime),
)
"""A person holds a role in the whole workspace."""
