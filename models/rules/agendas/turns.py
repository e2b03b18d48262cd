"""Whose turn it is to lead a meeting, and whose to take notes: fewest turns, then longest ago.

Source: meetings whose chair rotates; the order is our default.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from models.value import Value


class Turns(Value):
    """How often somebody did something at a meeting, and when last; None for never."""

    count: int = 0
    last_on: date | None = None


class Candidate(Value):
    """Somebody who comes to a meeting, with what they did at earlier ones."""

    person_id: UUID
    led: Turns = Turns()
    noted: Turns = Turns()


class Duties(Value):
    """Who leads, and who takes notes; None where nobody is left for it."""

    leads: UUID | None = None
    notes: UUID | None = None


def duties(candidates: Sequence[Candidate], absent: Collection[UUID] = ()) -> Duties:
    """Return who leads and who takes notes, two people; among equals, who comes first in ``candidates``."""
    here = [each for each in candidates if each.person_id not in absent]
    leads = min(here, key=lambda each: _order(each.led), default=None)
    others = [each for each in here if each is not leads]
    notes = min(others, key=lambda each: _order(each.noted), default=None)
    return Duties(leads.person_id if leads else None, notes.person_id if notes else None)


def _order(turns: Turns) -> tuple[int, date]:
    return turns.count, turns.last_on or date.min
