"""What people's mornings say of statuses: whose is due, whose is late, and how the week ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.rules.access import OrganisationRole
from models.rules.mornings.paces import Stage
from models.rules.statuses.periods import Period
from models.services.mornings.contributions import Batch, Item, Recipient
from models.services.projects.role_holders import holders_of
from models.services.statuses.asking import Asked, asked_in, asked_of
from models.services.statuses.deadlines import deadlines_of
from models.services.statuses.owed import SUBMITTING

_MANAGERS = frozenset({OrganisationRole.DELIVERY_MANAGER})
_TOLD_OF_ALL = _MANAGERS | {OrganisationRole.LEADER}


def requests(session: Session, batch: Batch) -> Iterable[Item]:
    """Return the statuses that each of these people is asked for, the earliest due first.

    A morning is for what is due before the person's next one, whatever the project's zone. On the day on
    which a project's next one is due, the late one is said along with it.
    """
    asked = [each for each in _asked(session, batch) if not each.is_in]
    holders = holders_of(session, {each.project_id for each in asked}, SUBMITTING)
    days = {recipient.today for recipient in batch.recipients}
    found: dict[tuple[UUID, UUID], Item] = {}
    for each in asked:
        theirs = {(day, person.id) for day in days for person in asked_of(holders, each.project_id, day)}
        for recipient in batch.recipients:
            stage = _stage(each, recipient)
            if stage is not None and (recipient.today, recipient.person.id) in theirs:
                key = (recipient.person.id, each.project_id)
                late = found.get(key)
                if late is None or stage is Stage.TODAY:
                    found[key] = _item(recipient, each, stage, late)
    return sorted(found.values(), key=lambda item: str(item.detail["due_at"]))


def late_ones(session: Session, batch: Batch) -> Iterable[Item]:
    """Return to delivery managers all that was due and isn't in, when one of it becomes late, or missing."""
    managers = _with_role(batch, _MANAGERS)
    asked = [each for each in _asked(session, batch) if not each.is_in] if managers else []
    found: list[Item] = []
    for manager in managers:
        late = [each for each in asked if each.deadline.due_at < manager.morning.at]
        if any(_is_new(each, manager) for each in late):
            found += [_item(manager, each, Stage.LATE) for each in late]
    return found


def digests(session: Session, batch: Batch) -> Iterable[Item]:
    """Return to leaders how the week ended: one item, on the morning after the last project was due."""
    readers = _with_role(batch, _TOLD_OF_ALL)
    last: dict[Period, datetime] = {}
    for each in _asked(session, batch) if readers else ():
        last[each.period] = max(each.deadline.due_at, last.get(each.period, each.deadline.due_at))
    return [
        Item(reader.person.id, batch.workspace_id, Stage.NEWS, _detail(period))
        for reader in readers
        for period, due_at in sorted(last.items(), key=lambda one: one[0].starts_on)
        if _has_passed(due_at, reader)
    ]


def _asked(session: Session, batch: Batch) -> Sequence[Asked]:
    return asked_in(session, batch.workspace_id, deadlines_of(batch.switched_on), batch.now)


def _item(recipient: Recipient, asked: Asked, stage: Stage, late: Item | None = None) -> Item:
    due_at = asked.deadline.due_at.astimezone(UTC).isoformat()
    also = {"also": late.detail["starts_on"]} if late else {}
    detail = {**_detail(asked.period), "due_at": due_at, "due_on": asked.deadline.due_on.isoformat(), **also}
    return Item(recipient.person.id, asked.project_id, stage, detail)


def _detail(period: Period) -> Mapping[str, str]:
    return {"starts_on": period.starts_on.isoformat(), "cadence": period.cadence.value}


def _with_role(batch: Batch, roles: frozenset[OrganisationRole]) -> Sequence[Recipient]:
    return [each for each in batch.recipients if not each.organisation_roles.isdisjoint(roles)]


def _is_new(asked: Asked, recipient: Recipient) -> bool:
    """Tell whether a status became late, or missing, since the person's morning before."""
    missing_from, morning = asked.deadline.missing_from, recipient.morning
    return _has_passed(asked.deadline.due_at, recipient) or morning.since < missing_from <= morning.at


def _has_passed(due_at: datetime, recipient: Recipient) -> bool:
    """Tell whether that passed between the morning before and this one; at its own minute nothing is late."""
    return recipient.morning.since <= due_at < recipient.morning.at


def _stage(asked: Asked, recipient: Recipient) -> Stage | None:
    """Return how near a status is that isn't in; None while it is too far off.

    One that is late is asked for every morning, whatever the pace, until it is in or the next one is due.
    """
    due_at, morning = asked.deadline.due_at, recipient.morning
    if due_at < morning.at:
        return Stage.LATE
    if due_at <= morning.until:
        return Stage.TODAY
    return Stage.AHEAD if due_at <= morning.until + (morning.until - morning.at) else None
