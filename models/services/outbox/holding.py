"""Which messages wait until a person's quiet hours, or their absence, are over."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from models.rules.delivery import UNSETTLED, NoticeKind
from models.rules.mornings.quiet import MAY_WAIT, NEWS, QuietHours, back_at, next_working, quiet_until
from models.rules.rituals.workdays import USUAL
from models.tables import outbox_messages, people, person_settings
from models.value import Value

PEOPLE = ("U", "W")
"""How the ids of people begin, and no channel's."""
RESTING_ON = "resting_on"

_HOURS = (
    select(
        people.c.slack_user_id,
        people.c.timezone,
        person_settings.c.quiet_from,
        person_settings.c.quiet_until,
        person_settings.c.away_until,
        person_settings.c.week,
    )
    .join(person_settings, person_settings.c.person_id == people.c.id)
    .where(
        people.c.workspace_id == bindparam("workspace"),
        or_(person_settings.c.quiet_from.is_not(None), person_settings.c.away_until.is_not(None)),
    )
)
_QUIET = _HOURS.where(people.c.slack_user_id.in_(bindparam("asked", expanding=True)))


class Rest(Value):
    """Until when somebody wants quiet, and until when they are away; None where that is not so now."""

    quiet_until: datetime | None = None
    news_until: datetime | None = None
    """Until when news wait that the quiet holds: for a day on which the person works."""
    away_until: datetime | None = None

    def due_at(self, kind: NoticeKind, now: datetime) -> datetime:
        """Return when a message of that kind reaches them."""
        waits = ((self.quiet_until, MAY_WAIT), (self.news_until, NEWS), (self.away_until, NEWS))
        return max((until for until, kinds in waits if until and kind in kinds), default=now)


def quiet_people(
    session: Session, workspace_id: UUID, slack_ids: Iterable[str], now: datetime
) -> Mapping[str, Rest]:
    """Return who of these people wants quiet now, or is away, and until when."""
    asked = {slack_id for slack_id in slack_ids if slack_id.startswith(PEOPLE)}
    if not asked:
        return {}
    rows = session.connection().execute(_QUIET, {"workspace": workspace_id, "asked": sorted(asked)})
    return _quiet_among(rows, now)


def may_rest(workspace_id: ColumnElement[UUID], slack_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Return whether somebody has quiet hours, whatever the hour, or is away; takes ``RESTING_ON``."""
    is_away = person_settings.c.away_until >= bindparam(RESTING_ON, type_=Date())
    return exists().where(
        people.c.workspace_id == workspace_id,
        people.c.slack_user_id == slack_id,
        person_settings.c.person_id == people.c.id,
        or_(person_settings.c.quiet_from.is_not(None), is_away),
    )


def resting_on(now: datetime) -> dict[str, Any]:
    """Return the value that ``may_rest`` takes: a day that has passed by now wherever somebody may be."""
    return {RESTING_ON: (now - timedelta(days=1)).date()}


def _quiet_among(rows: Iterable[Any], now: datetime) -> Mapping[str, Rest]:
    found = {row.slack_user_id: _rest(row, now) for row in rows}
    return {slack_id: rest for slack_id, rest in found.items() if rest != Rest()}


def _rest(row: Any, now: datetime) -> Rest:  # noqa: ANN401 - a person's row.
    zone = ZoneInfo(row.timezone)
    hours = None if row.quiet_from is None else QuietHours(row.quiet_from, row.quiet_until)
    week = row.week or USUAL
    ends = quiet_until(now, zone, hours) if hours else None
    return Rest(
        quiet_until=ends,
        news_until=next_working(ends, zone, week) if ends else None,
        away_until=back_at(row.away_until, now, zone, week) if row.away_until else None,
    )


def still_to_come(session: Session, ids: Iterable[int]) -> frozenset[int]:
    """Return which of these messages have not been sent: what changes them waits as long as they do."""
    wanted = set(ids)
    if not wanted:
        return frozenset()
    rows = session.connection().execute(
        select(outbox_messages.c.id).where(
            outbox_messages.c.id.in_(wanted), outbox_messages.c.state.in_(UNSETTLED)
        )
    )
    return frozenset(row.id for row in rows)
