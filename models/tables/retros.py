"""Retrospectives, their cards, and who took part: the last two are tied to each other by nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands import CARD_LENGTH
from models.rules.retros.formats import RetroFormat
from models.rules.retros.life import RetroState
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

MARK_LENGTH = 64
"""Hexadecimal digits of a SHA-256."""

_IS_COLLECTING = text("state = 'collecting'")
_HAS_STEP = text("next_step_at IS NOT NULL")


class Retrospective(Base):
    """A team looks back. A project collects cards for one at most, whatever runs twice.

    ``edit_key`` makes the marks by which people find their own cards; it is destroyed when collecting closes.
    ``next_step_at`` is when time alone does something next. Nothing here changes when a card is written.
    """

    __tablename__ = "retrospectives"
    __table_args__ = (
        Index(
            "ix_retrospectives_collecting",
            "project_id",
            unique=True,
            postgresql_where=_IS_COLLECTING,
            sqlite_where=_IS_COLLECTING,
        ),
        Index("ix_retrospectives_project_id_started_at", "project_id", "started_at"),
        Index(
            "ix_retrospectives_next_step_at",
            "next_step_at",
            postgresql_where=_HAS_STEP,
            sqlite_where=_HAS_STEP,
        ),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[RetroState] = mapped_column(closed_set(RetroState))
    format: Mapped[RetroFormat] = mapped_column(closed_set(RetroFormat))
    is_anonymous: Mapped[bool]
    asks_safety: Mapped[bool] = mapped_column(default=False)
    """Whether people are asked first how free they feel to speak."""
    safety: Mapped[str] = mapped_column(String(60), default="")
    """How many gave each answer, from 1 to 5, once that is final; "" where nobody may know."""
    started_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    """Null where a ritual started it."""
    started_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    is_extended: Mapped[bool] = mapped_column(default=False)
    is_reminded: Mapped[bool] = mapped_column(default=False)
    next_step_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    contributors: Mapped[int | None]
    """How many took part, once that is final."""
    edit_key: Mapped[str | None] = mapped_column(String(MARK_LENGTH))


class Card(Base):
    """What somebody wrote. No name and no time stands with it, unless all agreed to write with names.

    ``mark`` tells its author under the retrospective's key, and nobody without it. When collecting closes,
    all cards are written anew in random order, under new ids and without marks. A card that was taken back
    stays until then, empty, so that a delivery that comes twice does not write it again.
    """

    __tablename__ = "retro_cards"
    # Kept in the order of its random ids: SQLite would otherwise number the rows as they come.
    __table_args__ = (
        Index("ix_retro_cards_retro_id", "retro_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    retro_id: Mapped[UUID] = mapped_column(ForeignKey("retrospectives.id"))
    column: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(CARD_LENGTH))
    version: Mapped[int] = mapped_column(default=1)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    """Null unless all write with names."""
    mark: Mapped[str | None] = mapped_column(String(MARK_LENGTH))
    place: Mapped[int | None]
    """Its place among the cards once collecting is closed, drawn by lot."""


class SafetyAnswer(Base):
    """How free somebody feels to speak. Its id is their mark; no name and no time stands with it.

    When collecting closes, the answers are counted and deleted.
    """

    __tablename__ = "retro_safety_answers"
    __table_args__ = (
        Index("ix_retro_safety_answers_retro_id", "retro_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    retro_id: Mapped[UUID] = mapped_column(ForeignKey("retrospectives.id"))
    value: Mapped[int]


class Participation(Base):
    """Somebody took part; neither when, nor with how many cards."""

    __tablename__ = "retro_participations"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads this class attribute.

    retro_id: Mapped[UUID] = mapped_column(ForeignKey("retrospectives.id"), primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(primary_key=True)
    workspace_id: Mapped[WorkspaceId]
