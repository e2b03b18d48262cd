"""What the bot's answer to a submitted modal does: close it, show errors, show something else."""

from collections.abc import Mapping

from bot.demo.errors import Code, SlackError
from bot.demo.outward.dispatch import Acknowledgement
from bot.demo.people.outcomes import Outcome
from bot.demo.state.modals import Modals
from bot.demo.values import JsonObject, OpenView

_MEMBERS = {
    None: frozenset[str](),
    "clear": frozenset({"response_action"}),
    "errors": frozenset({"response_action", "errors"}),
    "update": frozenset({"response_action", "view"}),
    "push": frozenset({"response_action", "view"}),
}


def apply(modals: Modals, opened: OpenView, acknowledgement: Acknowledgement) -> Outcome:
    """Do what the bot answered; raises SlackError when Slack would not understand it."""
    if acknowledgement.text:
        raise SlackError(Code.INVALID_ARGUMENTS, ["the answer to a modal is empty or JSON"])
    payload = acknowledgement.payload or {}
    action = payload.get("response_action")
    if action not in _MEMBERS or set(payload) != _MEMBERS[action]:
        raise SlackError(Code.INVALID_ARGUMENTS, [f"no response_action with {', '.join(sorted(payload))}"])
    if action == "errors":
        modals.show_errors(opened.id, _errors(payload["errors"], opened))
        return Outcome(ok=False)
    _move(modals, opened, action, payload)
    return Outcome(ok=True)


def _move(modals: Modals, opened: OpenView, action: str | None, payload: JsonObject) -> None:
    match action:
        case "update":
            modals.update(opened.id, payload["view"])
        case "push":
            modals.push(opened.user_id, payload["view"], root=False)
        case "clear":
            modals.clear(opened.user_id)
        case _:
            modals.close(opened.id)


def _errors(errors: object, opened: OpenView) -> dict[str, str]:
    """Return the sentences by block id, each of which must be that of an input."""
    inputs = {block["block_id"] for block in opened.view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, Mapping) or not errors:
        raise SlackError(Code.INVALID_ARGUMENTS, ["errors must name at least one block"])
    strangers = set(errors) - inputs
    if strangers:
        raise SlackError(Code.INVALID_ARGUMENTS, [f"no input has block_id {', '.join(sorted(strangers))}"])
    return {block_id: str(sentence) for block_id, sentence in errors.items()}
