"""A change under way, as the functions that make parts of it share it."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.read_models import Actor, Origin
from models.value import Value


class Change(Value):
    """Who changes something, in which transaction, from where, and when."""

    session: Session
    actor: Actor
    origin: Origin
    now: datetime
