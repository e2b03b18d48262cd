"""How satisfied clients say that they are: whom we may ask, what they were asked, and what they answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands.surveys import (
    ABOUT_LENGTH,
    CONTACT_NAME_LENGTH,
    COUNTRY_LENGTH,
    EMAIL_LENGTH,
)
from models.rules.surveys.asking import InvitationState, LawfulBasis, SurveyState, SurveyTrigger, Way
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

DIGEST_LENGTH = 64
"""Hexadecimal digits of a SHA-256, and of its key."""

_HAS_EMAIL = text("removed_at IS NULL AND email <> ''")
_HAS_PERSON = text("removed_at IS NULL AND person_id IS NOT NULL")
_KEPT = text("withdrawn_at IS NULL")
_TO_COME = text("next_due_at IS NOT NULL")


class ClientContact(Base):
    """Somebody at a client, with why we may ask them. One who is removed stays.

    Of one who is forgotten, an empty row stays.

    ``person_id`` is who they are in Slack; ``basis`` is null until somebody has looked.
    """

    __tablename__ = "client_contacts"
    __table_args__ = (
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

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"))
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(CONTACT_NAME_LENGTH))
    role: Mapped[str] = mapped_column(String(CONTACT_NAME_LENGTH))
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    basis: Mapped[LawfulBasis | None] = mapped_column(closed_set(LawfulBasis))
    evidence: Mapped[str] = mapped_column(Text())
    basis_on: Mapped[date | None]
    country: Mapped[str] = mapped_column(String(COUNTRY_LENGTH))
    added_by_id: Mapped[PersonId]
    added_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]


class SurveyOptOut(Base):
    """Somebody does not want to be asked any more, and is known by nothing but keyed hashes.

    There is one row for each way to know them: their address, their Slack account, their contact. It outlives
    the contact, and tells nobody who has only this table whom it is about.
    """

    __tablename__ = "survey_opt_outs"

    workspace_id: Mapped[WorkspaceId] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    opted_out_on: Mapped[date]


class SurveyOptOutKey(Base):
    """The key of a workspace's hashes, made when the first of them is; it is for nothing else."""

    __tablename__ = "survey_opt_out_keys"

    workspace_id: Mapped[WorkspaceId] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(DIGEST_LENGTH))


class Survey(Base):
    """An occasion to ask a project's client: one for each trigger and what it is about, whatever runs twice.

    ``subject`` tells the occasions of one trigger apart: a milestone's id, a day. ``state`` says whether it
    waits for whoever runs the project.
    """

    __tablename__ = "surveys"
    __table_args__ = (UniqueConstraint("project_id", "trigger", "subject"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    trigger: Mapped[SurveyTrigger] = mapped_column(closed_set(SurveyTrigger))
    subject: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(ABOUT_LENGTH))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[SurveyState] = mapped_column(closed_set(SurveyState))
    held_because: Mapped[str] = mapped_column(Text(), default="")
    made_at: Mapped[datetime]


class SurveyInvitation(Base):
    """One question to one contact; there is one for each occasion, whatever runs twice.

    ``sender_id`` is in whose name it was put; ``next_due_at`` when time brings its reminder or its closing.
    """

    __tablename__ = "survey_invitations"
    __table_args__ = (
        UniqueConstraint("survey_id", "contact_id"),
        Index("ix_survey_invitations_contact_id_asked_on", "contact_id", "asked_on"),
        Index(
            "ix_survey_invitations_next_due_at",
            "next_due_at",
            postgresql_where=_TO_COME,
            sqlite_where=_TO_COME,
        ),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("surveys.id"))
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("client_contacts.id"))
    version: Mapped[int] = mapped_column(default=1)
    way: Mapped[Way] = mapped_column(closed_set(Way))
    state: Mapped[InvitationState] = mapped_column(closed_set(InvitationState))
    sender_id: Mapped[PersonId]
    asked_on: Mapped[date]
    closes_at: Mapped[datetime | None]
    next_due_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SurveyAnswer(Base):
    """What a contact answered; a question has one answer at most that was not taken back.

    ``recorded_by_id`` is null where they answered themselves. ``action_id`` is what is done about it, and
    ``contacted_at`` when somebody has spoken with them; ``next_due_at`` when the next nudge comes.
    """

    __tablename__ = "survey_answers"
    __table_args__ = (
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

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("survey_invitations.id"))
    version: Mapped[int] = mapped_column(default=1)
    rating: Mapped[int]
    reason: Mapped[str] = mapped_column(Text())
    answered_on: Mapped[date]
    answered_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action_items.id"))
    contacted_at: Mapped[datetime | None]
    contacted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    next_due_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
