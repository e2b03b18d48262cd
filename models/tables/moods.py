"""How clients are: readings, what was heard along with them, and the alerts that follow."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands import CLIENT_ROLE_LENGTH
from models.rules.moods.alerts import AlertCause
from models.rules.moods.words import AlertOutcome, HeardKind, MoodSource
from models.rules.risks.words import Visibility
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

_OPEN = text("ended_at IS NULL")


class MoodReading(Base):
    """How a client was on a day, as one person saw it; the audit trail keeps what it said before.

    ``observed_on`` is a day where the project is. A reading that was deleted stays, with ``withdrawn_at``.
    """

    __tablename__ = "mood_readings"
    __table_args__ = (Index("ix_mood_readings_project_id_observed_on", "project_id", "observed_on"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    version: Mapped[int] = mapped_column(default=1)
    value: Mapped[int]
    observed_on: Mapped[date]
    insight: Mapped[str] = mapped_column(Text())
    source: Mapped[MoodSource | None] = mapped_column(closed_set(MoodSource))
    client_role: Mapped[str] = mapped_column(String(CLIENT_ROLE_LENGTH))
    follow_up: Mapped[str] = mapped_column(Text())
    visibility: Mapped[Visibility] = mapped_column(closed_set(Visibility))
    author_id: Mapped[PersonId] = mapped_column(index=True)
    logged_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class HeardItem(Base):
    """A request or an opportunity that the client let fall; it goes where its reading goes."""

    __tablename__ = "heard_items"
    __table_args__ = (UniqueConstraint("reading_id", "kind"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    reading_id: Mapped[UUID] = mapped_column(ForeignKey("mood_readings.id"))
    kind: Mapped[HeardKind] = mapped_column(closed_set(HeardKind))
    text: Mapped[str] = mapped_column(Text())


class MoodAlert(Base):
    """A client's mood needs somebody. A project has one open alert at most, whatever runs twice."""

    __tablename__ = "mood_alerts"
    __table_args__ = (
        Index("ix_mood_alerts_open", "project_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    version: Mapped[int] = mapped_column(default=1)
    cause: Mapped[AlertCause] = mapped_column(closed_set(AlertCause))
    opened_on: Mapped[date]
    """The day of the reading that opened it, where the project is."""
    opened_at: Mapped[datetime]
    taken_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[AlertOutcome | None] = mapped_column(closed_set(AlertOutcome))


class MoodAlertRecipient(Base):
    """Somebody whom an alert was told to."""

    __tablename__ = "mood_alert_recipients"

    alert_id: Mapped[UUID] = mapped_column(ForeignKey("mood_alerts.id"), primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId]
