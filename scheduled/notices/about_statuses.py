"""What the notices about statuses share: reading the status, and whom to tell instead of a channel."""

from uuid import UUID

from models.read_models import StatusInRow
from models.rules.access import LEADING_ROLES
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from scheduled.notices import Occasion
from scheduled.ports import Refusal
from scheduled.posts import Button, Intent


def status_of(occasion: Occasion) -> StatusInRow | None:
    """Return the status that the message is about, as it stands."""
    return occasion.desk.statuses.for_notice(occasion.workspace_id, UUID(str(occasion.ids["status_id"])))


def details(found: StatusInRow) -> Button:
    """Return the button that shows the status with its versions."""
    return Button("Details", Intent.STATUS_SHOW, found.status.id)


def tell_the_project(occasion: Occasion, refusal: Refusal) -> tuple[Outgoing, ...]:
    """Tell the project's leads and whoever wrote it: once for a status, a channel and a person."""
    found = status_of(occasion)
    if found is None:
        return ()
    status = found.status
    roles = occasion.desk.statuses.roles(occasion.workspace_id, status.project_id)
    leads = [holder.person.slack_user_id for holder in roles if holder.role in LEADING_ROLES]
    return tuple(
        Outgoing(
            kind=NoticeKind.STATUS_WITHHELD,
            operation=Operation.POST,
            channel_id=person,
            unique_key=f"status:{status.id}:withheld:{occasion.channel_id}:{person}",
            ids={
                "status_id": str(status.id),
                "channel_id": occasion.channel_id,
                "refusal": refusal.value,
            },
        )
        for person in dict.fromkeys([*leads, status.author.slack_user_id])
    )
