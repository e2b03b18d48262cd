"""Lines that people wrote to the bot, kept until they say what to make of them."""

from sqlalchemy import ForeignKey, Table, Text

from models.tables.base import UtcDateTime, metadata, own_id, required, workspace_id

drafts = Table(
    "drafts",
    metadata,
    own_id(),
    workspace_id(),
    required("person_id", ForeignKey("people.id")),
    required("text", Text),
    required("kept_at", UtcDateTime, index=True),
)
"""A line on its way to become a record; forgotten after a while whether it did or not."""
