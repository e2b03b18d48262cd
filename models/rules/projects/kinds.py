"""What a project is like: its kind, how it delivers, and what may be said of its dates and links.

Source: managed work and talent on demand are the two ways in which delivery organisations sell their time;
milestones for what has an end, a pull of tickets for maintenance.
"""

from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit


class ProjectKind(StrEnum):
    """How the work is sold, and so what is looked at."""

    MANAGED = "managed"
    """It has somebody who manages it, and deliverables."""
    TALENT_ON_DEMAND = "talent_on_demand"
    """People are lent: billing, staff health and success only."""


class DeliveryMode(StrEnum):
    """How the work comes and goes."""

    ITERATIVE = "iterative"
    """Towards milestones and goals."""
    PULL = "pull"
    """Ticket by ticket, as in maintenance."""


class ProjectScope(StrEnum):
    """Which projects a list shows."""

    MINE = "mine"
    ALL = "all"
    ARCHIVED = "archived"


LINK_LENGTH = 500
"""Characters of a link: more than any board's address takes."""


def is_link(text: str) -> bool:
    """Tell whether the text is an https address that can stand in a message as a link.

    A person and a password before the host are refused: everybody on the project would read them.
    """
    if len(text) > LINK_LENGTH or any(
        each.isspace() or each in '<>|"' or not each.isprintable() for each in text
    ):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and "@" not in parts.netloc


def ends_before_it_starts(starts_on: date | None, planned_end_on: date | None) -> bool:
    """Tell whether the planned end lies before the start; one that is not known yet never does."""
    return starts_on is not None and planned_end_on is not None and planned_end_on < starts_on


def may_change_key(numbered: int) -> bool:
    """Tell whether a project's key may still change: not once anything is numbered after it.

    ``ACME-R12`` stands in messages, minds and other people's documents, where nothing can be renamed.
    """
    return numbered == 0
