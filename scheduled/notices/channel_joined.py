"""That the bot is in a channel now, with the offer to make it a project's; edited once it is one."""

from models.rules.delivery import NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from scheduled.notices import Notice, Occasion
from scheduled.ports import Refusal
from scheduled.posts import Button, ButtonStyle, Intent, Post, Text

_READ_BY_OTHERS = frozenset({Refusal.EXTERNAL, Refusal.PENDING_EXTERNAL, Refusal.GUEST})


def render(occasion: Occasion) -> Post | None:
    """Offer it, or say which project lives here."""
    channel_id = str(occasion.ids["channel_id"])
    project = occasion.desk.channels.project_in(occasion.workspace_id, channel_id)
    if project is not None and occasion.operation is Operation.POST:
        return None
    words = occasion.words(channel=channel_id, project=None if project is None else project.key)
    make = Button("Make this channel a project", Intent.PROJECT_MAKE, style=ButtonStyle.PRIMARY)
    return Post(words.summary, (Text(words.text),), () if project is not None else (make,))


def instead(occasion: Occasion, refusal: Refusal) -> tuple[Outgoing, ...]:
    """Tell whoever invited the bot why this channel is no place for a project."""
    invited_by = occasion.ids.get("invited_by")
    if invited_by is None or refusal not in _READ_BY_OTHERS:
        return ()
    channel_id = str(occasion.ids["channel_id"])
    return (
        Outgoing(
            NoticeKind.CHANNEL_NOT_OFFERED,
            Operation.POST,
            str(invited_by),
            f"channel:{channel_id}:not offered",
            {"channel_id": channel_id, "refusal": refusal.value},
        ),
    )


NOTICE = Notice(NoticeKind.CHANNEL_JOINED, confidential=True, render=render, instead=instead)
