"""What somebody is to do by a day, to them, when another person asked; kept to what became of it."""

from uuid import UUID

from models.read_models import ActionView
from models.rules.delivery import NoticeKind, Operation
from scheduled.notices import Notice, Occasion
from scheduled.posts import Button, ButtonStyle, Intent, Post, Text
from scheduled.wording.actions import action_words


def render(occasion: Occasion) -> Post | None:
    """Say what is to be done and by when; or that it is settled, or somebody else's by now."""
    action = occasion.desk.actions.for_notice(occasion.workspace_id, UUID(str(occasion.ids["action_id"])))
    if action is None:
        return None
    is_theirs = action.owner.slack_user_id == occasion.ids["owner"]
    is_new = occasion.operation is Operation.POST
    if is_new and not (is_theirs and action.is_open):
        return None
    words = occasion.words(action=action_words(action, occasion.today), is_theirs=is_theirs)
    return Post(words.summary, (Text(words.text),), _buttons(action) if is_theirs else ())


def _buttons(action: ActionView) -> tuple[Button, ...]:
    if not action.is_open:
        return ()
    return (
        Button("Done", Intent.ACTION_DONE, action.id, ButtonStyle.PRIMARY),
        Button("Change", Intent.ACTION_CHANGE, action.id),
    )


NOTICE = Notice(NoticeKind.ACTION_GIVEN, confidential=True, render=render)
