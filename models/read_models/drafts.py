"""Lines that wait, as services return them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class DraftView:
    """A line that somebody wrote to the bot and that is not yet anything."""

    id: UUID
    text: str
