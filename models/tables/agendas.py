"""Meetings' agendas: topics that people bring, what was posted, who can't come, and what was agreed."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from models.commands import NAME_LENGTH, TITLE_LENGTH
from models.tables.base import Json, UtcDateTime, key, metadata, optional, own_id, required, workspace_id

_IS_WAITING = text("agenda_id IS NULL AND removed_at IS NULL")


meeting_topics = Table(
    "meeting_topics",
    metadata,
    own_id(),
    workspace_id(),
    required("ritual_id", ForeignKey("rituals.id")),
    optional("project_id", ForeignKey("projects.id")),
    required("author_id", ForeignKey("people.id")),
    required("version", Integer, default=1),
    required("title", String(TITLE_LENGTH)),
    # How many somebody asks for; 0 for whatever is left.
    required("minutes", Integer, default=0),
    required("added_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("agenda_id", ForeignKey("agendas.id"), index=True),
    optional("removed_at", UtcDateTime),
    Index(
        "ix_meeting_topics_waiting",
        "ritual_id",
        postgresql_where=_IS_WAITING,
        sqlite_where=_IS_WAITING,
    ),
    Index("ix_meeting_topics_author_id", "author_id"),
)
"""Something that somebody wants to talk about at a meeting.

It waits for the next time of the ritual; ``agenda_id`` is the one at which it was on the table.
"""


agendas = Table(
    "agendas",
    metadata,
    own_id(),
    workspace_id(),
    required("ritual_id", ForeignKey("rituals.id"), index=True),
    required("occurrence_id", ForeignKey("ritual_occurrences.id")),
    required("version", Integer, default=1),
    required("drawn_at", UtcDateTime),
    required("length", Integer),
    required("opening", Integer),
    required("closing", Integer),
    required("since", Date),
    # What changed since then, a ``{"text"}`` each.
    required("changes", Json),
    # The projects of which there was nothing to say, a ``{"key"}`` each.
    required("quiet", Json),
    optional("leader_id", ForeignKey("people.id")),
    optional("note_taker_id", ForeignKey("people.id")),
    UniqueConstraint("occurrence_id"),
)
"""An agenda as it was posted; until the meeting it is drawn up anew, then it stays.

Whose turn it was to lead and to take notes is told from these rows.
"""


agenda_entries = Table(
    "agenda_entries",
    metadata,
    own_id(),
    workspace_id(),
    required("agenda_id", ForeignKey("agendas.id")),
    required("position", Integer),
    # Tells the entry from the others of its agenda: the project, or the topic.
    required("matter_id", Uuid),
    # The project's short name; "" where it is about none.
    required("name", String(NAME_LENGTH)),
    required("minutes", Integer),
    required("reasons", Json),
    UniqueConstraint("agenda_id", "position"),
)
"""One entry: a project, or a topic that belongs to none. ``minutes`` is 0 where there was no room."""


meeting_absences = Table(
    "meeting_absences",
    metadata,
    key("occurrence_id", ForeignKey("ritual_occurrences.id")),
    key("person_id", ForeignKey("people.id")),
    workspace_id(),
    required("said_at", UtcDateTime),
)
"""Somebody said that they can't come to a meeting."""


minute_points = Table(
    "minute_points",
    metadata,
    own_id(),
    workspace_id(),
    required("agenda_id", ForeignKey("agendas.id")),
    required("position", Integer),
    optional("project_id", ForeignKey("projects.id")),
    required("text", Text),
    required("is_decision", Boolean),
    optional("decision_id", ForeignKey("raid_items.id")),
    optional("action_id", ForeignKey("action_items.id")),
    required("added_by_id", ForeignKey("people.id")),
    required("added_at", UtcDateTime),
    CheckConstraint("decision_id IS NULL OR is_decision", name="decision"),
    CheckConstraint("action_id IS NULL OR NOT is_decision", name="action"),
    Index("ix_minute_points_agenda_id_position", "agenda_id", "position"),
)
"""One thing that a meeting agreed: a decision, an action, or something else worth keeping.

Every action is a record of its own, and so is a decision about a project; another decision, and what
else is kept, is ``text`` alone.
"""
