"""What becomes of the times that somebody put off or skipped when the rule of their ritual changes."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from models.rules.rituals.steps import STILL_TAKES_PLACE, OccurrenceState, RitualSort, Timetable
from models.services.rituals.realigned import Realigned
from models.services.rituals.records import Writes, times_on_record
from models.services.rituals.rows import name_of
from models.services.rituals.setups import Row, followed_by, rest_of
from models.services.rituals.timetables import timetables
from models.value import Value


class PutOff(Value):
    """Those that are still to come, under another rule."""

    stays: Mapping[str, datetime]
    """By the name that each has then, when it takes place."""
    falls_away: tuple[datetime, ...]
    """The times to which others were put off."""
    skipped: frozenset[str] = frozenset()
    """The names that those have then which stay skipped."""


def put_off_under(
    session: Session, row: Row, sort: RitualSort, timetable: Timetable, now: datetime
) -> PutOff:
    """Return what would become of them if the ritual took place by that timetable; nothing is written."""
    known = times_on_record(session, [row], now, locks=False)[row.id]
    coming = [each for each in known if each.starts_at > now]
    ours = [each for each in coming if each.put_off_to is not None and each.state in STILL_TAKES_PLACE]
    left_out = [each for each in coming if each.state is OccurrenceState.SKIPPED]
    if not ours and not left_out:
        return PutOff({}, ())
    writes, old = Writes(), timetables(session, [row], now)[row.id]
    rest = rest_of(row, followed_by(session, [row]), now)
    Realigned(row, sort, timetable, rest, known, now).run(writes, old, rest, None)
    became = {each["its_id"]: each for each in writes.times}
    stays, falls_away = dict[str, datetime](), list[datetime]()
    for each in ours:
        then = became.get(each.id)
        if then is None:
            stays[name_of(each.name)] = each.starts_at
        elif then["put_off"] and then["became"] in STILL_TAKES_PLACE:
            stays[then["new_name"]] = then["at"]
        else:
            falls_away.append(each.starts_at)
    skipped = frozenset(
        became[each.id]["new_name"] if each.id in became else name_of(each.name)
        for each in left_out
        if each.id not in became or became[each.id]["became"] is OccurrenceState.SKIPPED
    )
    return PutOff(stays, tuple(sorted(falls_away)), skipped)
