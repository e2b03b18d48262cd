"""Which retrospectives people's mornings name: those that close soon, to whoever has not taken part.

And to whoever runs the project those for which nobody is left to write: they need not wait for the end.

What a morning names is no news of a card: it is looked at once a day, and never follows what somebody writes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import and_, exists, false, or_, select
from sqlalchemy.orm import Session

from models.rules.access import LEADING_ROLES
from models.rules.mornings.paces import Stage, stage_of
from models.rules.retros.life import RetroState
from models.services.mornings.contributions import Batch, Item
from models.services.retros.rows import all_in
from models.tables import memberships, projects, retro_participations, retrospectives


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the retrospectives of these people's projects that wait for a card of theirs, or of nobody."""
    took_part = exists().where(
        retro_participations.c.retro_id == retrospectives.c.id,
        retro_participations.c.person_id == memberships.c.person_id,
    )
    runs = and_(memberships.c.role.in_(sorted(LEADING_ROLES)), memberships.c.is_deputy == false(), all_in())
    rows = session.connection().execute(
        select(retrospectives.c.id, retrospectives.c.closes_at, memberships.c.person_id)
        .distinct()
        .join(memberships, memberships.c.project_id == retrospectives.c.project_id)
        .join(projects, projects.c.id == retrospectives.c.project_id)
        .where(
            projects.c.archived_at.is_(None),
            retrospectives.c.workspace_id == batch.workspace_id,
            retrospectives.c.state == RetroState.COLLECTING,
            retrospectives.c.closes_at > batch.now,
            memberships.c.person_id.in_(batch.people),
            or_(~took_part, runs),
        )
        .order_by(retrospectives.c.closes_at, retrospectives.c.id)
    )
    return list(_items(rows.all(), batch))


def _items(rows: Iterable[Any], batch: Batch) -> Iterator[Item]:
    for row in rows:
        recipient = batch.people[row.person_id]
        closes_on = row.closes_at.astimezone(recipient.zone).date()
        stage = stage_of(closes_on, recipient.today, (), batch.days_off, recipient.week)
        if stage in (Stage.TODAY, Stage.SOON):
            yield Item(row.person_id, row.id, stage)
