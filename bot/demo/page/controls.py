"""What an input holds, and when the bot is told of it."""

from bot.demo.state.block_ids import Placed
from bot.demo.state.state_values import current_raw, keeps_state, options_of
from bot.demo.values import JsonObject, RawValue, RawValues

_MANY = 20
_TYPED = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})


def held(block: JsonObject, element: JsonObject, values: RawValues) -> RawValue:
    """Return the raw value with which an input is drawn."""
    return current_raw(Placed(block, element), values) if keeps_state(element) else None


def told_when(block: JsonObject, element: JsonObject) -> str:
    """Return at which moments the bot is told of the input's value: change, enter, character, or never."""
    if block["type"] == "input" and not block.get("dispatch_action"):
        return ""
    if element["type"] not in _TYPED:
        return "change"
    triggers = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    moments = {"on_enter_pressed": "enter", "on_character_entered": "character"}
    return " ".join(moments[trigger] for trigger in triggers)


def groups_of(element: JsonObject) -> list[JsonObject]:
    """Return a select's options as the page's search through them wants them: in groups, perhaps labelled."""
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    return [
        {
            "label": group["label"]["text"] if group.get("label") else "",
            "options": [{"value": each["value"], "text": each["text"]["text"]} for each in group["options"]],
        }
        for group in groups
    ]


def is_long(groups: list[JsonObject]) -> bool:
    """Tell whether there are more options than anybody reads through."""
    return sum(len(group["options"]) for group in groups) > _MANY


def text_of(element: JsonObject, value: RawValue) -> str:
    """Return how the option of that value is called, "" where there is none."""
    return next((str(each["text"]["text"]) for each in options_of(element) if each["value"] == value), "")
