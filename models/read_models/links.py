"""Records as others mention them."""

from uuid import UUID

from models.rules.references import Reference
from models.value import Value


class LinkedRecord(Value):
    """Another record that belongs to one, as far as a line about it goes."""

    id: UUID
    reference: Reference
    title: str
