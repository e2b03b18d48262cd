"""What the pictures share: who asked for one, and what they may see of what."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from models.errors import NotAllowed, NotFound
from models.read_models import Actor
from scheduled.notices import Occasion

T = TypeVar("T")


def day_there(occasion: Occasion) -> date:
    """Return the day it is where the person is who asked."""
    actor = _asker(occasion)
    return occasion.now.astimezone(ZoneInfo(actor.timezone)).date() if actor else occasion.today


def _asker(occasion: Occasion) -> Actor | None:
    return occasion.desk.people.find(occasion.workspace_id, str(occasion.ids["person"]))


def asked_for(occasion: Occasion, read: Callable[[Actor, UUID | None], T]) -> T | None:
    """Return the report for whoever asked, as they may see it now; None where they may no longer."""
    actor = _asker(occasion)
    if actor is None:
        return None
    project = occasion.ids["project_id"]
    try:
        return read(actor, UUID(project) if project else None)
    except (NotAllowed, NotFound):
        return None
