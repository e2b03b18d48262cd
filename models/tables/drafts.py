"""Lines that people wrote to the bot, kept until they say what to make of them."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Id, PersonId, WorkspaceId


class Draft(Base):
    """A line on its way to become a record; forgotten after a while whether it did or not."""

    __tablename__ = "drafts"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    person_id: Mapped[PersonId]
    text: Mapped[str] = mapped_column(Text())
    kept_at: Mapped[datetime] = mapped_column(index=True)
