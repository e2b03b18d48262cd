"""How satisfied clients say that they are: whom we may ask, what they were asked, and what they answered."""

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from models.commands.surveys import (
    ABOUT_LENGTH,
    CONTACT_NAME_LENGTH,
    COUNTRY_LENGTH,
    EMAIL_LENGTH,
)
from models.rules.surveys.asking import InvitationState, LawfulBasis, SurveyState, SurveyTrigger, Way
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

DIGEST_LENGTH = 64
"""Hexadecimal digits of a SHA-256, and of its key."""

_HAS_EMAIL = text("removed_at IS NULL AND email <> ''")
_HAS_PERSON = text("removed_at IS NULL AND person_id IS NOT NULL")
_KEPT = text("withdrawn_at IS NULL")
_TO_COME = text("next_due_at IS NOT NULL")


client_contacts = Table(
    "client_contacts",
    metadata,
    own_id(),
    workspace_id(),
    required("client_id", ForeignKey("clients.id")),
    required("version", Integer, default=1),
    required("name", String(CONTACT_NAME_LENGTH)),
    required("role", String(CONTACT_NAME_LENGTH)),
    required("email", String(EMAIL_LENGTH)),
    optional("person_id", ForeignKey("people.id")),
    optional("basis", closed_set(LawfulBasis)),
    required("evidence", Text),
    optional("basis_on", Date),
    required("country", String(COUNTRY_LENGTH)),
    required("added_by_id", ForeignKey("people.id")),
    required("added_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("removed_at", UtcDateTime),
    optional("forgotten_at", UtcDateTime),
    Index(
        "ix_client_contacts_email",
        "client_id",
        "email",
        unique=True,
        postgresql_where=_HAS_EMAIL,
        sqlite_where=_HAS_EMAIL,
    ),
    Index(
        "ix_client_contacts_person_id",
        "client_id",
        "person_id",
        unique=True,
        postgresql_where=_HAS_PERSON,
        sqlite_where=_HAS_PERSON,
    ),
    Index("ix_client_contacts_workspace_id_client_id", "workspace_id", "client_id"),
)
"""Somebody at a client, with why we may ask them. One who is removed stays.

Of one who is forgotten, an empty row stays.

``person_id`` is who they are in Slack; ``basis`` is null until somebody has looked.
"""


survey_opt_outs = Table(
    "survey_opt_outs",
    metadata,
    key("workspace_id", ForeignKey("workspaces.id")),
    key("digest", String(DIGEST_LENGTH)),
    required("opted_out_on", Date),
)
"""Somebody does not want to be asked any more, and is known by nothing but keyed hashes.

There is one row for each way to know them: their address, their Slack account, their contact. It outlives
the contact, and tells nobody who has only this table whom it is about.
"""


survey_opt_out_keys = Table(
    "survey_opt_out_keys",
    metadata,
    key("workspace_id", ForeignKey("workspaces.id")),
    required("key", String(DIGEST_LENGTH)),
)
"""The key of a workspace's hashes, made when the first of them is; it is for nothing else."""


surveys = Table(
    "surveys",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("trigger", closed_set(SurveyTrigger)),
    required("subject", String(40)),
    required("about", String(ABOUT_LENGTH)),
    required("version", Integer, default=1),
    required("state", closed_set(SurveyState)),
    required("held_because", Text, default=""),
    required("made_at", UtcDateTime),
    UniqueConstraint("project_id", "trigger", "subject"),
)
"""An occasion to ask a project's client: one for each trigger and what it is about, whatever runs twice.

``subject`` tells the occasions of one trigger apart: a milestone's id, a day. ``state`` says whether it
waits for whoever runs the project.
"""


survey_invitations = Table(
    "survey_invitations",
    metadata,
    own_id(),
    workspace_id(),
    required("survey_id", ForeignKey("surveys.id")),
    required("contact_id", ForeignKey("client_contacts.id")),
    required("version", Integer, default=1),
    required("way", closed_set(Way)),
    required("state", closed_set(InvitationState)),
    required("sender_id", ForeignKey("people.id")),
    required("asked_on", Date),
    optional("closes_at", UtcDateTime),
    optional("next_due_at", UtcDateTime),
    required("made_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    UniqueConstraint("survey_id", "contact_id"),
    Index("ix_survey_invitations_contact_id_asked_on", "contact_id", "asked_on"),
    Index(
        "ix_survey_invitations_next_due_at",
        "next_due_at",
        postgresql_where=_TO_COME,
        sqlite_where=_TO_COME,
    ),
)
"""One question to one contact; there is one for each occasion, whatever runs twice.

``sender_id`` is in whose name it was put; ``next_due_at`` when time brings its reminder or its closing.
"""


survey_answers = Table(
    "survey_answers",
    metadata,
    own_id(),
    workspace_id(),
    required("invitation_id", ForeignKey("survey_invitations.id")),
    required("version", Integer, default=1),
    required("rating", Integer),
    required("reason", Text),
    required("answered_on", Date),
    required("answered_at", UtcDateTime),
    optional("recorded_by_id", ForeignKey("people.id")),
    optional("action_id", ForeignKey("action_items.id")),
    optional("contacted_at", UtcDateTime),
    optional("contacted_by_id", ForeignKey("people.id")),
    optional("next_due_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("withdrawn_at", UtcDateTime),
    CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    Index(
        "ix_survey_answers_invitation_id",
        "invitation_id",
        unique=True,
        postgresql_where=_KEPT,
        sqlite_where=_KEPT,
    ),
    Index("ix_survey_answers_recorded_by_id_answered_at", "recorded_by_id", "answered_at"),
    Index(
        "ix_survey_answers_next_due_at",
        "next_due_at",
        postgresql_where=_TO_COME,
        sqlite_where=_TO_COME,
    ),
)
"""What a contact answered; a question has one answer at most that was not taken back.

``recorded_by_id`` is null where they answered themselves. ``action_id`` is what is done about it, and
``contacted_at`` when somebody has spoken with them; ``next_due_at`` when the next nudge comes.
"""
