"""A step of a ritual, drawn by the ritual's own file."""

from uuid import UUID

from models.read_models import DueStep
from models.rules.delivery import NoticeKind, Operation
from models.services.agendas.steps import CALLED_OFF
from models.services.outbox.enqueue import Outgoing
from scheduled.notices import Drawn, Notice, Occasion
from scheduled.ports import CANNOT_POST, Refusal
from scheduled.rituals import RitualOccasion, discover


def render(occasion: Occasion) -> Drawn | None:
    """Have the ritual say what it has to say, as things stand."""
    step = _step(occasion)
    ritual = discover().get(step.ritual.kind) if step else None
    # Of a kind that only another version knows there is nothing to say; whose it is hears of that.
    return ritual.render(RitualOccasion(occasion, step)) if ritual and step else None


def tell_the_owner(occasion: Occasion, refusal: Refusal) -> tuple[Outgoing, ...]:
    """Tell whoever the ritual belongs to that its channel must not have it.

    Where the channel cannot have it, the outbox tells them once until that is mended.
    """
    step = None if refusal in CANNOT_POST else _step(occasion)
    if step is None:
        return ()
    owner = step.ritual.owner.slack_user_id
    news = {CALLED_OFF: occasion.ids[CALLED_OFF]} if CALLED_OFF in occasion.ids else {}
    named = [f"{name}_{is_so}".lower() for name, is_so in news.items()]
    return (
        Outgoing(
            kind=NoticeKind.RITUAL_WITHHELD,
            operation=Operation.POST,
            channel_id=owner,
            unique_key=":".join(["step", str(step.id), *named, "withheld", occasion.channel_id, owner]),
            ids={
                **news,
                "step_id": str(step.id),
                "channel_id": occasion.channel_id,
                "refusal": refusal.value,
            },
        ),
    )


def _step(occasion: Occasion) -> DueStep | None:
    return occasion.desk.rituals.step(occasion.workspace_id, UUID(str(occasion.ids["step_id"])))


NOTICE = Notice(NoticeKind.RITUAL_STEP, confidential=True, render=render, instead=tell_the_owner)
