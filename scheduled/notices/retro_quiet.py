"""Two retrospectives in a row without a card: what may help, to whoever owns them, once."""

from collections.abc import Iterator
from uuid import UUID

from models.rules.delivery import NoticeKind
from models.rules.rituals.steps import RitualState
from scheduled.notices import Notice, Occasion
from scheduled.notices.about_retros import retro_of
from scheduled.posts import Button, Intent, Post, Small, Text


def render(occasion: Occasion) -> Post | None:
    """Say what may help; the ritual, where one starts them, is a press away."""
    found = retro_of(occasion)
    if found is None or found.retro.archived_at is not None:
        return None
    buttons = tuple(_buttons(occasion))
    words = occasion.words(
        project=found.retro.project_key, channel=found.retro.channel_id, has_ritual=bool(buttons)
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), buttons)


def _buttons(occasion: Occasion) -> Iterator[Button]:
    """Yield what leads to the ritual, while it is on."""
    if "ritual_id" not in occasion.ids:
        return
    ritual_id = UUID(str(occasion.ids["ritual_id"]))
    setup = occasion.desk.rituals.setup(occasion.workspace_id, ritual_id, occasion.now)
    if setup is not None and setup.ritual.state is RitualState.ACTIVE:
        yield Button("Change when it comes", Intent.RITUAL_SHOW, ritual_id)


NOTICE = Notice(NoticeKind.RETRO_QUIET, confidential=True, render=render)
