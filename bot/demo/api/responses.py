"""Answers through a response url: what the bot says later to a command or a click."""

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.demo.api.arguments import json_object
from bot.demo.errors import Code, SlackError
from bot.demo.limits import check_message, check_metadata
from bot.demo.outward.tickets import ResponseTicket, ResponseUrls
from bot.demo.state.workspace import Workspace
from bot.demo.values import JsonObject, Message
from models.value import Value

_log = logging.getLogger(__name__)
_KNOWN = frozenset(
    {
        "text",
        "blocks",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "metadata",
        "mrkdwn",
    }
)


class Reply(Value):
    """What the bot says to a command at once, or to anything through a response url."""

    text: str
    blocks: list[JsonObject]
    in_channel: bool
    metadata: JsonObject | None

    @classmethod
    def parse(cls, payload: JsonObject) -> "Reply":
        """Check what the bot sent; raises SlackError where Slack would not show it."""
        unknown = set(payload) - _KNOWN
        if unknown:
            raise SlackError(Code.INVALID_ARGUMENTS, [f"not known here: {', '.join(sorted(unknown))}"])
        text, blocks = str(payload.get("text") or ""), payload.get("blocks")
        check_message(text, blocks)
        in_channel = payload.get("response_type") == "in_channel"
        return cls(text, blocks or [], in_channel, check_metadata(payload.get("metadata")))


def say(
    workspace: Workspace, reply: Reply, conversation_id: str, user_id: str, thread_ts: str | None = None
) -> None:
    """Add the reply to the conversation, for all or for the one person."""
    workspace.post(
        conversation_id,
        workspace.app.bot_user_id,
        reply.text,
        blocks=reply.blocks,
        ephemeral_to=None if reply.in_channel else user_id,
        thread_ts=thread_ts,
        metadata=reply.metadata,
    )


class ResponseEndpoint:
    """Answers ``/response/{token}``."""

    def __init__(self, workspace: Workspace, urls: ResponseUrls) -> None:
        """Take the state and the urls that were handed out."""
        self._workspace = workspace
        self._urls = urls

    async def answer(self, request: Request) -> Response:
        """Do what the bot asks, or refuse as Slack does: 404 for a url that is used up, else 400."""
        body = await request.body()
        try:
            ticket = self._urls.use(request.path_params["token"])
        except SlackError as error:
            return _refusal(error, 404)
        try:
            self._answer(ticket, json_object(body))
        except SlackError as error:
            return _refusal(error, 400)
        return PlainTextResponse("ok")

    def _answer(self, ticket: ResponseTicket, payload: JsonObject) -> None:
        if payload.get("delete_original"):
            self._workspace.delete(self._original(ticket, Code.CANT_DELETE_MESSAGE))
            return
        reply = Reply.parse(payload)
        if payload.get("replace_original"):
            original = self._original(ticket, Code.CANT_UPDATE_MESSAGE)
            self._workspace.edit(original, reply.text, reply.blocks, reply.metadata or original.metadata)
        else:
            say(self._workspace, reply, ticket.conversation_id, ticket.user_id, ticket.thread_ts)

    def _original(self, ticket: ResponseTicket, refusal: Code) -> Message:
        """Find the message that was clicked; a command has none."""
        if ticket.message_ts is None:
            raise SlackError(refusal)
        original = self._workspace.message(ticket.conversation_id, ticket.message_ts)
        if original is None or original.is_tombstone:
            raise SlackError(Code.MESSAGE_NOT_FOUND)
        return original


def _refusal(error: SlackError, status: int) -> Response:
    _log.warning("The bot's answer through a response url is refused: %s", error)
    return JSONResponse({"ok": False, "error": str(error.code), "errors": list(error.faults)}, status)
