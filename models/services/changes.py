"""A change under way, as the functions that make parts of it share it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.read_models import Actor, Origin


@dataclass(frozen=True)
class Change:
    """Who changes something, in which transaction, from where, and when."""

    session: Session
    actor: Actor
    origin: Origin
    now: datetime
