"""A ritual that its channel must not see, told directly to whoever it belongs to."""

from uuid import UUID

from models.rules.delivery import NoticeKind
from models.services.agendas.steps import CALLED_OFF
from scheduled.notices import Notice, Occasion
from scheduled.posts import Post, Small, Text


def render(occasion: Occasion) -> Post | None:
    """Say what was not posted, why, and what to do."""
    step = occasion.desk.rituals.step(occasion.workspace_id, UUID(str(occasion.ids["step_id"])))
    if step is None:
        return None
    words = occasion.words(
        name=step.ritual.name,
        starts_at=step.occurrence.starts_at,
        is_called_off=occasion.ids.get(CALLED_OFF) is True,
        is_held=occasion.ids.get(CALLED_OFF) is False,
        channel=occasion.ids["channel_id"],
        refusal=occasion.ids["refusal"],
    )
    return Post(words.summary, (Text(words.text), Small(words.small)))


NOTICE = Notice(NoticeKind.RITUAL_WITHHELD, confidential=True, render=render)
