"""How projects stood when somebody last said so, and whether that is too long ago."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, repeat
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from models.read_models import Actor
from models.read_models.home import HomeColour
from models.rules.access import Capability, may
from models.rules.statuses.periods import CADENCES, Period, is_stale
from models.rules.statuses.rag import Colour
from models.services.standing import standing
from models.services.statuses.unexplained import is_flagged, is_unexplained

LOOKS_BACK = timedelta(days=366)
PERIODS_BACK = 12
"""Periods that the arrow and the count of weeks at a colour look at."""


def colours_of(
    actor: Actor, rows: Sequence[Any], submitted: Sequence[Any], now: datetime
) -> Mapping[UUID, HomeColour]:
    """Return the last colour of each project, of those where there is any, by what was submitted."""
    may_see_inside = may(standing(actor), Capability.SEE_INSIDE_STATUS)
    return dict(_colours(rows, submitted, now, may_see_inside=may_see_inside))


def _colours(
    rows: Sequence[Any], submitted: Sequence[Any], now: datetime, *, may_see_inside: bool
) -> Iterator[tuple[UUID, HomeColour]]:
    for row in rows:
        cadence = CADENCES[row.kind]
        found = {
            Period(each.starts_on, cadence): each
            for each in submitted
            if (each.project_id, each.cadence) == (row.id, cadence)
        }
        if not found:
            continue
        theirs: dict[Period, Colour] = {period: each.declared for period, each in found.items()}
        latest = max(found)
        yield (
            row.id,
            HomeColour(
                latest,
                theirs[latest],
                _earlier(latest, theirs),
                is_stale=is_stale(latest, ZoneInfo(row.timezone), now),
                is_flagged=is_flagged(found[latest], with_restricted=may_see_inside),
                is_unexplained=is_unexplained(found[latest], with_restricted=may_see_inside),
            ),
        )


def _earlier(latest: Period, theirs: Mapping[Period, Colour]) -> tuple[Colour | None, ...]:
    back = accumulate(repeat(latest, PERIODS_BACK + 1), lambda period, _: period.previous)
    return tuple(theirs.get(period) for period in list(back)[1:])
