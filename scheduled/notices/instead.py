"""Whom to tell directly of what a channel must not see."""

from typing import Protocol
from uuid import UUID

from models.read_models import PersonRef
from models.rules.access import LEADING_ROLES
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from scheduled.notices import Occasion
from scheduled.ports import Refusal


class Raised(Protocol):
    """A record of a project that somebody raised."""

    @property
    def project_id(self) -> UUID:
        """Return its project."""

    @property
    def raised_by(self) -> PersonRef:
        """Return who raised it."""


def to_leads(
    occasion: Occasion, refusal: Refusal, kind: NoticeKind, name: str, record: Raised
) -> tuple[Outgoing, ...]:
    """Tell the project's leads and whoever raised it: once for a record, a channel and a person."""
    roles = occasion.desk.risks.roles(occasion.workspace_id, record.project_id)
    leads = [holder.person.slack_user_id for holder in roles if holder.role in LEADING_ROLES]
    return tuple(
        Outgoing(
            kind=kind,
            operation=Operation.POST,
            channel_id=person,
            unique_key=f"{name}:withheld:{occasion.channel_id}:{person}",
            ids=dict(occasion.ids) | {"channel_id": occasion.channel_id, "refusal": refusal.value},
        )
        for person in dict.fromkeys([*leads, record.raised_by.slack_user_id])
    )
