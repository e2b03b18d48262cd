"""What the pictures share: who asked for one, and what they may see of what."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from models.errors import NotAllowed, NotFound
from models.read_models import Actor
from scheduled.notices import Occasion

T = TypeVar("T")


def asked_for(occasion: Occasion, read: Callable[[Actor, UUID | None], T]) -> T | None:
    """Return the report for whoever asked, as they may see it now; None where they may no longer."""
    actor = occasion.desk.people.find(occasion.workspace_id, str(occasion.ids["person"]))
    if actor is None:
        return None
    project = occasion.ids["project_id"]
    try:
        return read(actor, UUID(project) if project else None)
    except (NotAllowed, NotFound):
        return None
