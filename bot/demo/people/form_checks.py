"""What Slack's own client refuses before it sends a modal: empty required inputs, texts too short or long."""

from collections.abc import Sequence

from bot.demo.state.block_ids import Placed, placed_elements
from bot.demo.state.state_values import current_raw, keeps_state
from bot.demo.values import JsonObject, RawValues

REQUIRED = "Please complete this required field."


def form_errors(blocks: Sequence[JsonObject], values: RawValues) -> dict[str, str]:
    """Return the sentence to show beside each input that cannot be sent as it is, by block id."""
    inputs = [each for each in placed_elements(blocks) if each.is_input and keeps_state(each.element)]
    found = {each.block_id: _error(each, values) for each in inputs}
    return {block_id: error for block_id, error in found.items() if error}


def _error(placed: Placed, values: RawValues) -> str | None:
    raw = current_raw(placed, values)
    if not raw or (isinstance(raw, str) and not raw.strip()):
        return None if placed.block.get("optional") else REQUIRED
    if placed.element["type"] != "plain_text_input":
        return None
    least, most = placed.element.get("min_length") or 0, placed.element.get("max_length") or 3000
    if len(raw) < least:
        return f"Please enter at least {least} characters."
    if len(raw) > most:
        return f"Please enter no more than {most} characters."
    return None
