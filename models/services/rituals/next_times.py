"""When rituals take place next, with what people did to those times; and whether a rule has any at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.read_models import Actor, ComingTime
from models.rules.rituals.recurrence import Once, upcoming
from models.rules.rituals.steps import (
    STILL_TAKES_PLACE,
    AroundRitual,
    OccurrenceState,
    RitualState,
    Timetable,
)
from models.services.rituals.fields import Checked, require_comes_round
from models.services.rituals.rows import name_of
from models.services.rituals.setups import Row, followed_by, required_row, rest_of, rows_of
from models.services.rituals.timetables import AROUND, timetables
from models.tables import ritual_occurrences, rituals

_LOOKED_AT = 20
"""Of how many of the next times it is looked up whether somebody skipped or moved them."""

_PASSED = "That has passed. Pick a time that is still to come."
_NO_OTHER = "Choose a ritual that comes round by its own rule."


def next_times(
    session: Session,
    rows: Sequence[Row],
    tables: Mapping[UUID, Timetable],
    now: datetime,
    count: int,
) -> Mapping[UUID, tuple[ComingTime, ...]]:
    """Return the next times of each of these; of one only, those that are skipped are left out."""
    if not rows:
        return {}
    followed = followed_by(session, rows)
    known: defaultdict[UUID, dict[str, Any]] = defaultdict(dict)
    for each in session.connection().execute(
        select(ritual_occurrences).where(
            ritual_occurrences.c.ritual_id.in_([row.id for row in rows]), ritual_occurrences.c.starts_at > now
        )
    ):
        known[each.ritual_id][each.name] = each
    found = {}
    for row in rows:
        rest = rest_of(row, followed, now)
        times = []
        for name, at in upcoming_by_rule(tables[row.id], now, _LOOKED_AT):
            if rest is None or not rest.holds_on(at.astimezone(tables[row.id].zone).date()):
                times.append(_coming_time(name, at, known[row.id].get(name)))
        times += [
            ComingTime(name, each.starts_at, is_put_off=True)
            for name, each in known[row.id].items()
            if name not in {time.name for time in times} and each.state in STILL_TAKES_PLACE
        ]
        times.sort(key=lambda time: time.starts_at)
        found[row.id] = tuple(islice((time for time in times if count > 1 or not time.is_skipped), count))
    return found


def upcoming_by_rule(timetable: Timetable, now: datetime, count: int) -> list[tuple[str, datetime]]:
    """Return the names of the next times that the rule says, each with when it takes place."""
    found = upcoming(
        timetable.rule,
        timetable.zone,
        now,
        count,
        holidays=timetable.days_off,
        on_holiday=timetable.on_holiday,
    )
    return [(name_of(each.name), at) for each, at in found]


def require_timing(
    session: Session,
    actor: Actor,
    wanted: Checked,
    project_id: UUID | None,
    now: datetime,
    but: UUID | None = None,
) -> Timetable:
    """Return when it takes place. Raises Invalid where it never does; ``but`` is the ritual itself."""
    fields = wanted.fields
    if isinstance(fields.timing, AroundRitual):
        _require_other(session, actor, fields.timing, but)
    row = SimpleNamespace(
        **wanted.values(), id=uuid4(), workspace_id=actor.workspace_id, project_id=project_id
    )
    timetable = timetables(session, [row], now)[row.id]
    rule = timetable.rule
    if isinstance(rule, Once) and timetable.instant(rule.on) <= now:
        raise Invalid({"on": _PASSED})
    require_comes_round(rule, timetable.on_holiday, frozenset(timetable.days_off), now)
    return timetable


def _require_other(session: Session, actor: Actor, timing: AroundRitual, but: UUID | None) -> None:
    """Raise Invalid or NotFound unless the ritual can go by that one: not by itself, nor in a chain."""
    other = required_row(session, actor.workspace_id, timing.ritual_id)
    is_followed = False
    if but is not None:
        found = rows_of(session, rituals.c.workspace_id == actor.workspace_id)
        is_followed = any(row.recurrence.get(AROUND) == str(but) for row in found)
    if other.id == but or AROUND in other.recurrence or is_followed or other.state is RitualState.ENDED:
        raise Invalid({"other": _NO_OTHER})


def _coming_time(name: str, at: datetime, known: Any) -> ComingTime:  # noqa: ANN401 - a row, or None.
    if known is None:
        return ComingTime(name, at)
    return ComingTime(
        name,
        known.starts_at,
        is_skipped=known.state is OccurrenceState.SKIPPED,
        is_put_off=known.put_off_to is not None,
        usually_at=at,
    )
