"""Records as others mention them."""

from dataclasses import dataclass
from uuid import UUID

from models.rules.references import Reference


@dataclass(frozen=True)
class LinkedRecord:
    """Another record that belongs to one, as far as a line about it goes."""

    id: UUID
    reference: Reference
    title: str
