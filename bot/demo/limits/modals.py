"""What Slack refuses in a modal and in the app's Home tab."""

import json
from collections.abc import Callable, Iterator

from bot.demo.errors import Code, SlackError
from bot.demo.limits.blocks import block_faults
from bot.demo.limits.checks import Check, anything, boolean, fault, one_of, plain_text, record, string
from bot.demo.values import JsonObject

_BLOCKS_A_VIEW = 100
_BYTES_A_VIEW = 250 * 1024
_EXTERNAL_ID = 255

_NAMED: dict[str, Check] = {
    "private_metadata": string(3000, shortest=0),
    "callback_id": string(255, shortest=0),
    "external_id": string(_EXTERNAL_ID, shortest=0),
}
_MODAL = record(
    {"type": one_of("modal"), "title": plain_text(24), "blocks": anything},
    {
        **_NAMED,
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
_HOME = record({"type": one_of("home"), "blocks": anything}, _NAMED)


def check_view(view: object) -> JsonObject:
    """Return the modal, or raise SlackError where Slack would refuse it."""
    return _checked(view, _modal_faults)


def check_home(view: object) -> JsonObject:
    """Return the home view, or raise SlackError where Slack would refuse it."""
    return _checked(view, _home_faults)


def _checked(view: object, faults_of: Callable[[JsonObject], Iterator[str]]) -> JsonObject:
    if not isinstance(view, dict):
        raise SlackError(Code.INVALID_ARGUMENTS, [fault("must provide an object", "/view")])
    if len(json.dumps(view).encode()) > _BYTES_A_VIEW:
        raise SlackError(Code.VIEW_TOO_LARGE)
    faults = list(faults_of(view))
    if faults:
        raise SlackError(Code.INVALID_ARGUMENTS, faults)
    return view


def _home_faults(view: JsonObject) -> Iterator[str]:
    yield from _HOME(view, "/view")
    if view.get("blocks") is not None:
        yield from block_faults(view["blocks"], "/view/blocks", _BLOCKS_A_VIEW)


def _modal_faults(view: JsonObject) -> Iterator[str]:
    yield from _MODAL(view, "/view")
    blocks = view.get("blocks")
    if blocks is None:
        return
    yield from block_faults(blocks, "/view/blocks", _BLOCKS_A_VIEW)
    if not isinstance(blocks, list):
        return
    inputs = [block for block in blocks if isinstance(block, dict) and block.get("type") == "input"]
    if inputs and not view.get("submit"):
        yield fault("missing required field: submit", "/view")
    focused = sum(
        isinstance(block.get("element"), dict) and block["element"].get("focus_on_load") is True
        for block in inputs
    )
    if focused > 1:
        yield fault("only one element may have focus_on_load", "/view/blocks")
