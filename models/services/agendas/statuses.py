"""What statuses ask of a meeting: red and amber projects, greens that hide something, projects in silence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, repeat
from typing import Any
from zoneinfo import ZoneInfo

from models.rules.agendas.entries import Cause, Reason
from models.rules.agendas.reasons import colour_reason, no_status_reason
from models.rules.statuses.inside import Inside, Look, verdict
from models.rules.statuses.periods import CADENCES, Period, is_stale
from models.rules.statuses.rag import Colour, periods_at
from models.rules.statuses.words import finding_words
from models.services.statuses.deadlines import Deadlines
from models.services.statuses.owed import missed, present_of

LOOKS_BACK = timedelta(weeks=30)
IN_A_ROW = 2
"""Statuses that have to be missing before a meeting asks why."""
PERIODS_BACK = 12
"""Periods that the count of weeks at a colour looks at."""


def statuses_of(project: Any, submitted: Sequence[Any]) -> Mapping[Period, Any]:  # noqa: ANN401 - rows.
    """Return the project's own statuses by their periods."""
    cadence = CADENCES[project.kind]
    return {
        Period(each.starts_on, cadence): each
        for each in submitted
        if (each.project_id, each.cadence) == (project.id, cadence)
    }


def status_reasons(
    project: Any,  # noqa: ANN401 - a row.
    theirs: Mapping[Period, Any],
    due: Deadlines,
    now: datetime,
) -> Iterator[Reason]:
    """Yield what the project's statuses, and the lack of them, ask of the meeting."""
    newest = max(theirs, default=None)
    last: Colour | None = theirs[newest].declared if newest else None
    missing = _missing(project, theirs, due, now)
    if missing >= IN_A_ROW:
        yield no_status_reason(missing, last)
    if newest is None or last is None:
        return
    said, zone = theirs[newest], ZoneInfo(project.timezone)
    since = newest.name if missing or is_stale(newest, zone, now) else ""
    if last.wants_plan:
        earlier = accumulate(repeat(newest, PERIODS_BACK + 1), lambda period, _: period.previous)
        colours = [theirs[each].declared if each in theirs else None for each in list(earlier)[1:]]
        periods = periods_at(last, colours)
        yield colour_reason(last, periods, newest.cadence, said.headline, stale_since=since)
    elif (inside := _inside(said, since)) is not None:
        yield inside


def _missing(
    project: Any,  # noqa: ANN401 - a row.
    theirs: Mapping[Period, Any],
    due: Deadlines,
    now: datetime,
) -> int:
    """Return how many of the last periods that the project was asked for are not in, in a row."""
    latest = due.latest(project.id, present_of(project, now), now)
    if latest is None or latest[0] in theirs:
        return 0
    return missed(due, project.id, latest[0], {each.starts_on for each in theirs}, now)


def _inside(said: Any, stale_since: str) -> Reason | None:  # noqa: ANN401 - a row.
    """Return what speaks against a green, of what the whole team may know; an old one says so."""
    told = {Look(each["look"]): each for each in said.findings if each["data"] and not each["restricted"]}
    if verdict(told) is not Inside.FLAGGED:
        return None
    words = "; ".join(
        finding_words(look, each["figure"], tuple(each["names"])) for look, each in told.items()
    )
    green = f"green in {stale_since}, stale" if stale_since else "green"
    return Reason(Cause.WATERMELON, f"{green}, but {words}")
