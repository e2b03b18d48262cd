"""Issues, assumptions, dependencies and decisions: one table, for they are logged, listed and ended alike."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.commands import PARTY_LENGTH, TITLE_LENGTH
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import Direction, RaidKind
from models.rules.risks.words import Visibility
from models.tables.base import Base, Id, PersonId, WorkspaceId, closed_set

_OWNED = text("owner_id IS NOT NULL")
_FOLLOWING = text("follows_id IS NOT NULL")
_SUPERSEDING = text("kind = 'decision' AND withdrawn_at IS NULL")
_OF_RISK = text("risk_id IS NOT NULL")


class RaidItem(Base):
    """A record as it stands now; ``version`` grows with every change, the audit trail keeps what it was.

    ``follows_id`` is the assumption that an issue came from, or the decision that a decision takes the place
    of; ``risk_id`` the risk that happened, or the one that a doubtful assumption became.
    """

    __tablename__ = "raid_items"
    __table_args__ = (
        UniqueConstraint("project_id", "kind", "number"),
        CheckConstraint("kind = 'issue' OR impact IS NULL", name="impact"),
        CheckConstraint("(kind = 'dependency') = (direction IS NOT NULL)", name="direction"),
        CheckConstraint("kind = 'decision' OR rationale = ''", name="rationale"),
        Index("ix_raid_items_workspace_id_status", "workspace_id", "status"),
        Index("ix_raid_items_owner_id", "owner_id", postgresql_where=_OWNED, sqlite_where=_OWNED),
        Index("ix_raid_items_follows_id", "follows_id", postgresql_where=_FOLLOWING, sqlite_where=_FOLLOWING),
        Index("ix_raid_items_risk_id", "risk_id", postgresql_where=_OF_RISK, sqlite_where=_OF_RISK),
        Index(
            "ix_raid_items_superseding",
            "follows_id",
            unique=True,
            postgresql_where=_SUPERSEDING,
            sqlite_where=_SUPERSEDING,
        ),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("projects.id"))
    kind: Mapped[RaidKind] = mapped_column(closed_set(RaidKind))
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[RaidStatus] = mapped_column(closed_set(RaidStatus))
    visibility: Mapped[Visibility] = mapped_column(closed_set(Visibility))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    details: Mapped[str] = mapped_column(Text())
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    raised_by_id: Mapped[PersonId]
    raised_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    due_on: Mapped[date | None]
    impact: Mapped[int | None]
    direction: Mapped[Direction | None] = mapped_column(closed_set(Direction))
    other_party: Mapped[str] = mapped_column(String(PARTY_LENGTH))
    supplier: Mapped[str] = mapped_column(String(PARTY_LENGTH))
    outcome: Mapped[str] = mapped_column(Text())
    rationale: Mapped[str] = mapped_column(Text())
    settled_on: Mapped[date | None]
    """The day on which it ended, where the project is."""
    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("raid_items.id"))
    risk_id: Mapped[UUID | None] = mapped_column(ForeignKey("risks.id"))
    withdrawn_at: Mapped[datetime | None]
