"""Issues, assumptions, dependencies and decisions: one table, for they are logged, listed and ended alike."""

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

from models.commands import PARTY_LENGTH, TITLE_LENGTH
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import Direction, RaidKind
from models.rules.risks.words import Visibility
from models.tables.base import UtcDateTime, closed_set, metadata, optional, own_id, required, workspace_id

_OWNED = text("owner_id IS NOT NULL")
_FOLLOWING = text("follows_id IS NOT NULL")
_SUPERSEDING = text("kind = 'decision' AND withdrawn_at IS NULL")
_OF_RISK = text("risk_id IS NOT NULL")


raid_items = Table(
    "raid_items",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("kind", closed_set(RaidKind)),
    required("number", Integer),
    required("version", Integer, default=1),
    required("status", closed_set(RaidStatus)),
    required("visibility", closed_set(Visibility)),
    required("title", String(TITLE_LENGTH)),
    required("details", Text),
    optional("owner_id", ForeignKey("people.id")),
    required("raised_by_id", ForeignKey("people.id")),
    required("raised_at", UtcDateTime),
    required("updated_at", UtcDateTime),
    optional("due_on", Date),
    optional("impact", Integer),
    optional("direction", closed_set(Direction)),
    required("other_party", String(PARTY_LENGTH)),
    required("supplier", String(PARTY_LENGTH)),
    required("outcome", Text),
    required("rationale", Text),
    # The day on which it ended, where the project is.
    optional("settled_on", Date),
    optional("follows_id", ForeignKey("raid_items.id")),
    optional("risk_id", ForeignKey("risks.id")),
    optional("withdrawn_at", UtcDateTime),
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
"""A record as it stands now; ``version`` grows with every change, the audit trail keeps what it was.

``follows_id`` is the assumption that an issue came from, or the decision that a decision takes the place
of; ``risk_id`` the risk that happened, or the one that a doubtful assumption became.
"""
