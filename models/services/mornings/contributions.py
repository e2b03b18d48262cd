"""What a ritual, or anything else, has to say in people's mornings: the shape that all of it shares."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.read_models import PersonRef
from models.rules.access import OrganisationRole
from models.rules.mornings.paces import PACES, Morning, Pace, Stage
from models.rules.rituals.workdays import USUAL, WorkingWeek, nearest_working_day
from models.services.rituals.switched_on import SwitchedOn
from models.value import Value, replace


class Recipient(Value):
    """Somebody whose morning it is. ``is_back`` on their first one after an absence."""

    person: PersonRef
    zone: ZoneInfo
    morning: Morning
    pace: Pace = Pace.STANDARD
    week: WorkingWeek = USUAL
    is_back: bool = False
    organisation_roles: frozenset[OrganisationRole] = frozenset()

    @property
    def today(self) -> date:
        """Return the day it is where they are."""
        return self.morning.day

    @property
    def ritual_day(self) -> date:
        """Return whose day's rituals are theirs: who works on Sundays has Friday's then."""
        return nearest_working_day(self.today, timedelta(days=-1))


class Batch(Value):
    """Whose mornings are planned together, all of one workspace, and what is switched on there."""

    workspace_id: UUID
    recipients: Sequence[Recipient]
    switched_on: SwitchedOn
    days_off: frozenset[date]
    """Everybody's days off there."""
    now: datetime

    @property
    def people(self) -> Mapping[UUID, Recipient]:
        """Return the recipients by the person's id."""
        return {each.person.id: each for each in self.recipients}


MOST_OF_ONE = 40
"""How many things of a kind a message names to one person."""
LEFT_OUT = "left_out"
"""In the detail of each item of a kind: how many more of them a person has than a message can name."""


class Item(Value):
    """One thing that somebody's morning names. ``detail`` holds ids and days to draw it with, no text."""

    person_id: UUID
    entity_id: UUID
    stage: Stage
    detail: Mapping[str, Any] = field(default_factory=dict)
    contribution: str = ""
    """Filled in by the planner."""


def left_out(total: int) -> dict[str, Any]:
    """Return the part of a detail that tells how many of so many are not named; nothing where all are."""
    return {LEFT_OUT: total - MOST_OF_ONE} if total > MOST_OF_ONE else {}


Gather = Callable[[Session, Batch], Iterable[Item]]
"""Returns what a batch of people is to be told, each person's in the order in which it is shown.

It takes a number of statements that does not grow with the people or the things, and may leave to the planner
what each person's pace leaves out.
"""


def heard(items: Iterable[Item], name: str, recipients: Mapping[UUID, Recipient]) -> Iterable[Item]:
    """Yield what the people want to hear, under the name of its contribution."""
    for item in items:
        recipient = recipients.get(item.person_id)
        if recipient is not None and item.stage in PACES[recipient.pace].stages:
            yield replace(item, contribution=name)
