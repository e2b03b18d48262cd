"""Which risks people's mornings name: those they own that are to be looked at again, and nobody's."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.rules.mornings.paces import Stage, stage_of
from models.rules.risks.states import JUDGED
from models.services.mornings.contributions import MOST_OF_ONE, Batch, Item, Recipient, left_out
from models.services.risks.rows import BAND_RANK, LACKS_OWNER, is_kept
from models.services.statuses.asking import asked_among
from models.tables import projects, risks

KIND = "risk_review"

SAID_AGAIN_AFTER = (3, 7, 14, 21, 28)
"""Days after a review was due on which its owner is reminded; later it is once a week."""

_DAY = timedelta(days=1)


def gather(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the risks of each of these people that are to be looked at, the gravest first."""
    recipients = batch.people
    latest = max(each.today for each in batch.recipients)
    place = func.row_number().over(
        partition_by=risks.c.owner_id,
        order_by=(func.coalesce(BAND_RANK, -1).desc(), risks.c.next_review_on.desc(), risks.c.id),
    )
    wanted = (
        select(
            risks.c.id,
            risks.c.owner_id,
            risks.c.project_id,
            risks.c.next_review_on,
            place.label("place"),
            func.count().over(partition_by=risks.c.owner_id).label("total"),
        )
        .join(projects, projects.c.id == risks.c.project_id)
        .where(
            risks.c.workspace_id == batch.workspace_id,
            risks.c.owner_id.in_(recipients),
            risks.c.status.in_(sorted(JUDGED)),
            risks.c.next_review_on <= latest,
            is_kept(),
        )
        .subquery()
    )
    rows = session.connection().execute(
        select(wanted).where(wanted.c.place <= MOST_OF_ONE).order_by(wanted.c.place)
    )
    return [item for row in rows if (item := _item(row, batch, recipients[row.owner_id])) is not None]


def gather_unowned(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the scored risks that nobody owns, to who looks after their projects, the gravest first."""
    asked = defaultdict[UUID, list[Recipient]](list)
    for recipient, project_id in asked_among(session, batch):
        asked[project_id].append(recipient)
    place = func.row_number().over(
        partition_by=risks.c.project_id, order_by=(BAND_RANK.desc(), risks.c.raised_at.desc(), risks.c.id)
    )
    wanted = (
        select(risks.c.id, risks.c.project_id, risks.c.raised_at, place.label("place"))
        .join(projects, projects.c.id == risks.c.project_id)
        .where(
            risks.c.workspace_id == batch.workspace_id,
            risks.c.project_id.in_(list(asked)),
            LACKS_OWNER,
            is_kept(),
        )
        .subquery()
    )
    rows = session.connection().execute(
        select(wanted).where(wanted.c.place <= MOST_OF_ONE).order_by(wanted.c.place)
    )
    found = (_unowned(row, batch, recipient) for row in rows for recipient in asked[row.project_id])
    return [item for item in found if item is not None]


def _unowned(row: Any, batch: Batch, recipient: Recipient) -> Item | None:  # noqa: ANN401 - a risk's row.
    """Return that nobody owns it: from the morning after it was raised, as often as a review is."""
    if not batch.switched_on.covers(KIND, row.project_id, recipient.ritual_day):
        return None
    stage = _stage(row.raised_at.astimezone(recipient.zone).date() + _DAY, recipient, batch)
    return None if stage is None else Item(recipient.person.id, row.id, stage)


def _item(row: Any, batch: Batch, recipient: Recipient) -> Item | None:  # noqa: ANN401 - a risk's row.
    stage = _stage(row.next_review_on, recipient, batch)
    if stage is None or not batch.switched_on.covers(KIND, row.project_id, recipient.ritual_day):
        return None
    detail = {"review_on": row.next_review_on.isoformat()} | left_out(row.total)
    return Item(recipient.person.id, row.id, stage, detail)


def _stage(review_on: date, recipient: Recipient, batch: Batch) -> Stage | None:
    """Return how near a review is. One that falls on a day off is due on the working day after."""
    today = recipient.today
    if recipient.morning.since.astimezone(recipient.zone).date() < review_on <= today:
        return Stage.TODAY
    stage = stage_of(review_on, today, SAID_AGAIN_AFTER, batch.days_off, recipient.week)
    if stage in (Stage.SOON, Stage.AHEAD, None):
        return None
    return Stage.LATE if recipient.is_back else stage
