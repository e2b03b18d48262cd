"""Which messages wait until a person's quiet hours are over."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import String, bindparam, select
from sqlalchemy.orm import Session

from models.database import Database
from models.direct import Statement, in_places
from models.rules.delivery import UNSETTLED
from models.rules.quiet import QuietHours, quiet_until
from models.tables import OutboxMessage, Person, PersonSettings
from models.tables.base import table_of

PEOPLE = ("U", "W")
"""How the ids of people begin, and no channel's."""

_messages = table_of(OutboxMessage)
_people = table_of(Person)
_settings = table_of(PersonSettings)
_HOURS = (
    select(_people.c.slack_user_id, _people.c.timezone, _settings.c.quiet_from, _settings.c.quiet_until)
    .join(_settings, _settings.c.person_id == _people.c.id)
    .where(
        _people.c.workspace_id == bindparam("workspace"),
        _settings.c.quiet_from.is_not(None),
    )
)
_QUIET = _HOURS.where(_people.c.slack_user_id.in_(bindparam("asked", expanding=True)))


def quiet_people(
    session: Session, workspace_id: UUID, slack_ids: Iterable[str], now: datetime
) -> Mapping[str, datetime]:
    """Return who of these people wants quiet now, and until when."""
    asked = {slack_id for slack_id in slack_ids if slack_id.startswith(PEOPLE)}
    if not asked:
        return {}
    rows = session.connection().execute(_QUIET, {"workspace": workspace_id, "asked": sorted(asked)})
    return _quiet_among(rows, now)


def quiet_people_outside(
    database: Database, workspace_id: UUID, slack_ids: Iterable[str], now: datetime
) -> Mapping[str, datetime]:
    """Return the same as ``quiet_people``, outside any transaction."""
    asked = sorted({slack_id for slack_id in slack_ids if slack_id.startswith(PEOPLE)})
    if not asked:
        return {}
    places = in_places("asked", asked)
    rows = database.look_directly(_quiet_of(tuple(places)), {"workspace": workspace_id, **places})
    return _quiet_among(rows, now)


@lru_cache(maxsize=16)
def _quiet_of(places: tuple[str, ...]) -> Statement:
    """Return the statement for people in these places."""
    wanted = _people.c.slack_user_id.in_([bindparam(place, type_=String()) for place in places])
    return Statement(lambda _dialect: _HOURS.where(wanted))


def _quiet_among(rows: Iterable[Any], now: datetime) -> Mapping[str, datetime]:
    found = {
        row.slack_user_id: quiet_until(
            now, ZoneInfo(row.timezone), QuietHours(row.quiet_from, row.quiet_until)
        )
        for row in rows
    }
    return {slack_id: until for slack_id, until in found.items() if until is not None}


def still_to_come(session: Session, ids: Iterable[int]) -> frozenset[int]:
    """Return which of these messages have not been sent: what changes them waits as long as they do."""
    wanted = set(ids)
    if not wanted:
        return frozenset()
    rows = session.connection().execute(
        select(_messages.c.id).where(_messages.c.id.in_(wanted), _messages.c.state.in_(UNSETTLED))
    )
    return frozenset(row.id for row in rows)
