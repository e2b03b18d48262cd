"""The statuses of a home: what its person is asked for, greens to explain, and what others have not sent."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Session

from models.read_models import Actor, OwedStatus
from models.read_models.home import Owed
from models.reports.colours import LOOKS_BACK
from models.rules.access import OrganisationRole
from models.services.statuses.asked_rows import IS_ASKED
from models.services.statuses.at_large import at_large
from models.services.statuses.came_in import is_since, submitted_where
from models.services.statuses.deadlines import deadlines
from models.services.statuses.missing import missing_lines
from models.services.statuses.owed import looked_at_since, owed_of, submitted_by, theirs
from models.tables import projects
from models.value import Value


class HomeStatuses(Value):
    """What a home says of statuses; ``submitted`` are those that the colours of its projects go by."""

    submitted: Sequence[Any]
    asked: Owed[OwedStatus]
    unexplained: Owed[OwedStatus]
    missing: Owed[OwedStatus]


def home_statuses(
    session: Session, actor: Actor, shown: Collection[UUID], most: int, now: datetime
) -> HomeStatuses:
    """Return what waits for a person; delivery managers read of all that isn't in, in two statements more."""
    if OrganisationRole.DELIVERY_MANAGER in actor.organisation_roles:
        wanted = or_(IS_ASKED, projects.c.id.in_(theirs(actor)))
        found = at_large(session, actor, now, wanted, most, but_asked=True)
        own: Sequence[Any] = found.own
        named, lacking, due = found.lacking, found.total, found.due
    else:
        own, named, lacking = submitted_by(session, actor, now), (), 0
        due = deadlines(session, actor.workspace_id, now, [row.id for row in own])
    looked_at = {row.id for row in own} | {each.row.id for each in named}
    submitted = _submitted(session, actor, shown, looked_at, now)
    owed = owed_of(own, submitted, due, now)
    lines = missing_lines(session, actor, named, submitted, due, now) if named else ()
    return HomeStatuses(
        submitted,
        _first([each for each in owed if each.waits(now) and each.is_asked], most),
        _first([each for each in owed if each.unexplained_id], most),
        Owed(lacking, lines),
    )


def _submitted(
    session: Session, actor: Actor, shown: Collection[UUID], owed: Collection[UUID], now: datetime
) -> Sequence[Any]:
    """Return the statuses that the colours of what is shown go by, and those that tell what is owed."""
    if not shown and not owed:
        return ()
    wanted = or_(is_since(shown, (now - LOOKS_BACK).date()), is_since(owed, looked_at_since(now)))
    return submitted_where(session, actor.workspace_id, wanted)


def _first(found: Sequence[OwedStatus], most: int) -> Owed[OwedStatus]:
    return Owed(len(found), tuple(found[:most]), sum(each.is_late for each in found))
