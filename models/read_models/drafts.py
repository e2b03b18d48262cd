"""Lines that wait, as services return them."""

from uuid import UUID

from models.value import Value


class DraftView(Value):
    """A line that somebody wrote to the bot and that is not yet anything."""

    id: UUID
    text: str
