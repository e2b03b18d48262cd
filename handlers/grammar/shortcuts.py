"""What stands in Slack's own menus."""

from handlers.callback_ids import ShortcutId
from handlers.grammar.vocabulary import Shortcut

SHORTCUTS = (
    Shortcut(
        ShortcutId.RISK_FROM_MESSAGE,
        "Log as risk",
        "Make a risk of what this message says",
        "risk",
        is_on_message=True,
    ),
    Shortcut(ShortcutId.RISK_NEW, "Log a risk", "Say what might happen to one of your projects", "risk"),
    Shortcut(
        ShortcutId.MOOD_NEW, "Log client mood", "Say how a client is, in one choice and a sentence", "mood"
    ),
)
