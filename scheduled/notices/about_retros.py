"""What the notices about retrospectives share: reading one, and whom to tell instead of a channel."""

from uuid import UUID

from models.read_models import RetroInMessage
from models.rules.access import LEADING_ROLES
from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from scheduled.notices import Occasion
from scheduled.ports import Refusal
from scheduled.posts import Button, ButtonStyle, Intent


def retro_of(occasion: Occasion) -> RetroInMessage | None:
    """Return the retrospective that the message is about, as it stands."""
    return occasion.desk.retros.for_notice(occasion.workspace_id, UUID(str(occasion.ids["retro_id"])))


def collecting_buttons(retro_id: UUID) -> tuple[Button, ...]:
    """Return the buttons that belong under a retrospective that collects cards."""
    return (
        Button("Add a card", Intent.RETRO_ADD, retro_id, ButtonStyle.PRIMARY),
        Button("How it works", Intent.RETRO_HOW, retro_id),
    )


def tell_the_leads(occasion: Occasion, refusal: Refusal) -> tuple[Outgoing, ...]:
    """Tell the project's leads and whoever started it: once for a retrospective, a channel and a person."""
    found = retro_of(occasion)
    if found is None:
        return ()
    retro = found.retro
    roles = occasion.desk.retros.roles(occasion.workspace_id, retro.project_id)
    told = [holder.person.slack_user_id for holder in roles if holder.role in LEADING_ROLES]
    if retro.started_by is not None:
        told.append(retro.started_by.slack_user_id)
    ids = {"retro_id": str(retro.id), "channel_id": occasion.channel_id, "refusal": refusal.value}
    return tuple(
        Outgoing(
            kind=NoticeKind.RETRO_WITHHELD,
            operation=Operation.POST,
            channel_id=person,
            unique_key=f"retro:{retro.id}:withheld:{occasion.channel_id}:{person}",
            ids=ids,
        )
        for person in dict.fromkeys(told)
    )
