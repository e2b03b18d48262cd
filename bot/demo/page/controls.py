"""What an input holds, and when the bot is told of it."""

from bot.demo.state.block_ids import Placed
from bot.demo.state.state_values import current_raw, keeps_state
from bot.demo.values import JsonObject, RawValue, RawValues


def held(block: JsonObject, element: JsonObject, values: RawValues) -> RawValue:
    """Return the raw value with which an input is drawn."""
    return current_raw(Placed(block, element), values) if keeps_state(element) else None


def told_when(block: JsonObject, element: JsonObject) -> str:
    """Return at which moments the bot is told of the input's value: change, enter, character, or never."""
    if block["type"] == "input" and not block.get("dispatch_action"):
        return ""
    if element["type"] != "plain_text_input":
        return "change"
    triggers = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    moments = {"on_enter_pressed": "enter", "on_character_entered": "character"}
    return " ".join(moments[trigger] for trigger in triggers)
