"""What Slack refuses among the options that the bot suggests."""

from bot.demo.errors import Code, SlackError
from bot.demo.limits.checks import fault
from bot.demo.limits.element_parts import SUGGESTIONS
from bot.demo.values import JsonObject


def check_suggestions(suggested: object) -> list[JsonObject]:
    """Return the groups of options, one without a label where there are no groups; raises SlackError."""
    faults = list(SUGGESTIONS(suggested, ""))
    if not faults and isinstance(suggested, dict) and len(suggested) == 1:
        if suggested.get("option_groups") is not None:
            return list(suggested["option_groups"])
        if suggested.get("options") is not None:
            return [{"label": None, "options": suggested["options"]}]
    raise SlackError(
        Code.INVALID_ARGUMENTS, faults or [fault("must provide either options or option_groups", "")]
    )
