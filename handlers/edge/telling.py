"""Says what there is to say where the person is: in a conversation, in the form before them, in a new one."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.answers import Answer, OpenModal, UpdateModal, as_message, say
from handlers.blocks import Block, notice, with_note
from handlers.edge.payloads import Kind, kind_of
from handlers.edge.returning import Behind, address_in, on_top_of, shown_in
from handlers.fitting import fitting
from handlers.ids import ActionId
from handlers.kit import Kit

logger = logging.getLogger(__name__)

Body = Mapping[str, Any]
TOLD_AT_HOME = frozenset(
    {
        ActionId.ACTION_DONE,
        ActionId.ACTION_REOPEN,
        ActionId.RISK_APPROVE,
        ActionId.MOOD_ALERT_TAKE,
    }
)
"""Clicks on a home whose answer stands on it; that of all others opens in front of it."""
_TITLE = "Drumbeat"
_CHANGED_MEANWHILE = "hash_conflict"
"""The modal was drawn anew since the person touched it."""
_GONE = "not_found"
"""The modal was closed while we drew it: there is nothing to tell anybody."""
_OPEN_ALREADY = "exchanged_trigger_id"
"""Slack delivered the same thing twice, and the first delivery opened the modal."""


def answer_in_words(kit: Kit, request: BoltRequest, message: Answer) -> None:
    """Answer whatever it is with words alone, where the person is, if anybody waits for words."""
    body, ack = request.body, request.context.ack
    match kind_of(body):
        case Kind.COMMAND:
            ack(**as_message(message))
        case Kind.SUBMISSION:
            ack(**refusal_of(body, message))
        case Kind.CHOICES:
            ack(options=[])
        case Kind.CLICK | Kind.SHORTCUT | Kind.MESSAGE_SHORTCUT:
            tell(kit, request.context.client, body, message)
            ack()
        case Kind.OTHER if body.get("response_url"):
            tell(kit, request.context.client, body, message)
            ack()
        case Kind.EVENT | Kind.CLOSED | Kind.OTHER:
            ack()


def tell(kit: Kit, client: WebClient, body: Body, message: Answer) -> Sequence[Block]:
    """Tell whoever clicked or chose something; return what is to be said on their home instead."""
    address, view = address_in(body), body.get("view")
    kind = view.get("type") if isinstance(view, Mapping) else None
    if address is not None:
        kit.respond(address, {**as_message(message), "replace_original": message.replaces})
    elif kind == "home" and _action_of(body) in TOLD_AT_HOME:
        return message.blocks
    elif kind == "home" or not (blocks_of(view) and _told_in_modal(client, body, message)):
        _tell_in_front(client, body, message)
    return ()


def refusal_of(body: Body, answer: Answer) -> dict[str, Any]:
    """Return how a submitted modal is refused as a whole: beside its first field, or else in its place."""
    for block in blocks_of(body.get("view")):
        if block.get("type") == "input" and isinstance(block.get("block_id"), str):
            return {"response_action": "errors", "errors": {block["block_id"]: answer.text}}
    return {"response_action": "update", "view": _notice(answer)}


def open_modal(client: WebClient, body: Body, answer: OpenModal) -> Answer | None:
    """Open a modal, on top of the one it was asked for in; return what to say where Slack does not let us.

    Slack lays three on each other at most. What lies on top and only says something has done its work, so it
    gives its place to what is opened from it, and however long people go on, there are never more than two.
    """
    if _has_done_its_work(body.get("view")):
        update_modal(client, body, UpdateModal(answer.view))
        return None
    if _opened(client, body, answer) is None:
        return None
    return say("Slack didn't let me open the form in time. Nothing was lost; please try again.")


def _opened(client: WebClient, body: Body, answer: OpenModal) -> Exception | None:
    """Open a modal; return why Slack did not let us, if so."""
    view, trigger_id = body.get("view"), str(body.get("trigger_id"))
    is_in_modal = isinstance(view, Mapping) and view.get("type") == "modal"
    try:
        if is_in_modal:
            client.views_push(trigger_id=trigger_id, view=on_top_of(answer.view, view))
        else:
            client.views_open(trigger_id=trigger_id, view=answer.view)
    except (SlackClientError, OSError) as error:
        if _is(error, _OPEN_ALREADY):
            return None
        logger.warning("a modal could not be opened: %s", _why(error), exc_info=True)
        return error
    return None


def _tell_in_front(client: WebClient, body: Body, message: Answer) -> None:
    """Say it in a modal of its own; where Slack refuses that, in the person's direct messages.

    It refuses a trigger that is over, or not there. A Slack that does not answer is not waited for again.
    """
    refused = _opened(client, body, OpenModal(shown_in(_notice(message), body)))
    user = body.get("user")
    if not isinstance(refused, SlackClientError) or not isinstance(user, Mapping):
        return
    try:
        blocks = list(fitting(message.blocks))
        client.chat_postMessage(channel=str(user.get("id")), text=message.text, blocks=blocks)
    except (SlackClientError, OSError) as error:
        logger.warning("a person could not be told: %s", _why(error), exc_info=True)


def update_modal(client: WebClient, body: Body, answer: UpdateModal) -> None:
    """Draw the modal before somebody anew; when two choices come in quick succession, the later one wins."""
    view = body["view"]
    try:
        try:
            client.views_update(view_id=str(view.get("id")), hash=view.get("hash"), view=answer.view)
        except SlackApiError as error:
            if not _is(error, _CHANGED_MEANWHILE):
                raise
            client.views_update(view_id=str(view.get("id")), view=answer.view)
    except (SlackClientError, OSError) as error:
        # The modal stays as it was, with all that is typed in it, and can still be submitted.
        if not _is(error, _GONE):
            logger.warning("a modal could not be updated: %s", _why(error), exc_info=True)


def show_again(kit: Kit, client: WebClient, behind: Behind, message: Answer) -> None:
    """Draw what lies behind a form anew, seen once that closes; where it is gone, nothing is lost."""
    if behind.address:
        kit.respond(behind.address, {**as_message(message), "replace_original": True})
        return
    pressed = {"actions": [{"action_id": behind.action, "value": behind.value}]}
    fresh = UpdateModal(shown_in(_notice(message), pressed))
    update_modal(client, {"view": {"id": behind.view_id}}, fresh)


def _notice(message: Answer) -> Block:
    return notice(message.title or _TITLE, message.blocks)


def _has_done_its_work(view: object) -> bool:
    """Tell whether it is a modal with nothing to fill in, on top of another one."""
    return isinstance(view, Mapping) and bool(view.get("previous_view_id")) and not view.get("submit")


def blocks_of(view: object) -> list[Mapping[str, Any]]:
    """Return a view's blocks, as many as are some."""
    blocks = view.get("blocks") if isinstance(view, Mapping) else None
    return [block for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []


def _told_in_modal(client: WebClient, body: Body, message: Answer) -> bool:
    """Say it in the modal, above what is typed there, if anything; tell whether that worked."""
    view, shown = body["view"], shown_in(_notice(message), body)
    if view.get("submit"):
        shown = with_note({**view, "blocks": blocks_of(view)}, message.text)
    try:
        client.views_update(view_id=str(view.get("id")), view=shown)
    except (SlackClientError, OSError):
        return False
    return True


def _action_of(body: Body) -> str:
    match body:
        case {"actions": [{"action_id": str(name)}, *_]}:
            return name
    return ""


def _is(error: Exception, code: str) -> bool:
    return isinstance(error, SlackApiError) and error.response.get("error") == code


def _why(error: Exception) -> str:
    """Return Slack's own word for it, or what kind of error it is."""
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
