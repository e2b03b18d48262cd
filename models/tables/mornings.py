"""What a person was told in the morning: one row for each person and day, and one for each thing named."""

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint, Uuid

from models.tables.base import Json, UtcDateTime, key, metadata, optional, own_id, required, workspace_id

mornings = Table(
    "mornings",
    metadata,
    own_id(),
    workspace_id(),
    required("person_id", ForeignKey("people.id")),
    required("day", Date),
    required("planned_at", UtcDateTime),
    optional("later_at", UtcDateTime),
    required("is_unfolded", Boolean, default=False),
    UniqueConstraint("person_id", "day"),
    Index("ix_mornings_planned_at", "planned_at"),
)
"""A person's day, looked at once. Where there was nothing to say, it has no items and no message.

``later_at`` is when it comes once more because the person asked for that; ``is_unfolded`` is set once
they asked for all of its lines.
"""


morning_items = Table(
    "morning_items",
    metadata,
    key("morning_id", ForeignKey("mornings.id")),
    key("place", Integer),
    workspace_id(),
    required("contribution", String(40)),
    required("entity_id", Uuid),
    required("detail", Json),
    Index("ix_morning_items_entity_id", "entity_id"),
)
"""One thing that a morning names: what it is about, and which contribution draws it.

``detail`` holds ids and days, never a text.
"""
