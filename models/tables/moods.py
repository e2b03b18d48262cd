"""How clients are: readings, what was heard along with them, and the alerts that follow."""

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from models.commands import CLIENT_ROLE_LENGTH
from models.rules.moods.alerts import AlertCause
from models.rules.moods.words import AlertOutcome, HeardKind, MoodSource
from models.rules.risks.words import Visibility
from models.tables.base import (
    UtcDateTime,
    closed_set,
    key,
    metadata,
    optional,
    own_id,
    required,
    workspace_id,
)

_OPEN = text("ended_at IS NULL")


mood_readings = Table(
    "mood_readings",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("version", Integer, default=1),
    required("value", Integer),
    required("observed_on", Date),
    required("insight", Text),
    optional("source", closed_set(MoodSource)),
    required("client_role", String(CLIENT_ROLE_LENGTH)),
    required("follow_up", Text),
    required("visibility", closed_set(Visibility)),
    required("author_id", ForeignKey("people.id"), index=True),
    required("logged_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("withdrawn_at", UtcDateTime),
    Index("ix_mood_readings_project_id_observed_on", "project_id", "observed_on"),
)
"""How a client was on a day, as one person saw it; the audit trail keeps what it said before.

``observed_on`` is a day where the project is. A reading that was deleted stays, with ``withdrawn_at``.
"""


heard_items = Table(
    "heard_items",
    metadata,
    own_id(),
    workspace_id(),
    required("reading_id", ForeignKey("mood_readings.id")),
    required("kind", closed_set(HeardKind)),
    required("text", Text),
    UniqueConstraint("reading_id", "kind"),
)
"""A request or an opportunity that the client let fall; it goes where its reading goes."""


mood_alerts = Table(
    "mood_alerts",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("version", Integer, default=1),
    required("cause", closed_set(AlertCause)),
    # The day of the reading that opened it, where the project is.
    required("opened_on", Date),
    required("opened_at", UtcDateTime),
    optional("taken_by_id", ForeignKey("people.id")),
    optional("taken_at", UtcDateTime),
    optional("ended_at", UtcDateTime),
    optional("outcome", closed_set(AlertOutcome)),
    Index("ix_mood_alerts_open", "project_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
)
"""A client's mood needs somebody. A project has one open alert at most, whatever runs twice."""


mood_alert_recipients = Table(
    "mood_alert_recipients",
    metadata,
    key("alert_id", ForeignKey("mood_alerts.id")),
    key("person_id", ForeignKey("people.id")),
    workspace_id(),
)
"""Somebody whom an alert was told to."""
