"""Methods that hand over files, and the address to which the bytes go."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.demo.api.access import Access
from bot.demo.api.arguments import Arguments
from bot.demo.api.method import Method
from bot.demo.errors import Code, SlackError
from bot.demo.limits.checks import fault
from bot.demo.state.files import File
from bot.demo.state.workspace import Workspace
from bot.demo.values import Conversation, JsonObject
from models.value import Value, replace

_log = logging.getLogger(__name__)
_LONGEST_ALT_TEXT = 1_000
_LONGEST_COMMENT = 40_000
_LARGEST = 1_000_000_000
_A_MOMENT = 0.3
_PLACE = re.compile(r"[CGDZ][A-Z0-9]+")


class FilePlace(Value):
    """Where bytes go, which is this server's own address; and what waits until a file's message appears."""

    base_url: str
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


class FileMethods:
    """Files, which are announced, sent and then shared; the message with them comes a moment later."""

    def __init__(self, workspace: Workspace, access: Access, place: FilePlace) -> None:
        """Take the state, what the bot may touch, and where files go."""
        self._workspace = workspace
        self._access = access
        self._place = place
        self._sharing: set[asyncio.Task[None]] = set()

    def methods(self) -> dict[str, Method]:
        """Return the methods by name."""
        announced = frozenset({"filename", "length", "alt_txt"})
        shared = frozenset({"files", "channel_id", "initial_comment", "thread_ts"})
        return {
            "files.getUploadURLExternal": Method(self._announce, announced, "files:write", a_minute=100),
            "files.completeUploadExternal": Method(self._complete, shared, "files:write", a_minute=100),
        }

    async def settled(self) -> None:
        """Wait until each file so far is in its conversation."""
        await asyncio.gather(*self._sharing)

    async def take(self, request: Request) -> Response:
        """Take a file's bytes, which come without a token: the address is secret."""
        content = await request.body()
        if self._workspace.files.receive(request.path_params["ticket"], content):
            return PlainTextResponse(f"OK - {len(content)}")
        _log.warning("A file of %s bytes is refused: its address is unknown, or its length", len(content))
        return PlainTextResponse("Bad Request", 400)

    def _announce(self, arguments: Arguments) -> JsonObject:
        name, length = arguments.required("filename"), arguments.number("length", 0)
        alt_text = arguments.text("alt_txt")
        if length <= 0:
            raise SlackError(Code.MISSING_ARGUMENT, ["length"])
        if length > _LARGEST:
            raise SlackError(Code.FILE_UPLOAD_SIZE_RESTRICTED)
        if len(alt_text) > _LONGEST_ALT_TEXT:
            raise SlackError(Code.ALT_TXT_TOO_LARGE)
        bot = self._workspace.app.bot_user_id
        file_id, ticket = self._workspace.files.announce(name, length, alt_text, bot)
        return {"upload_url": f"{self._place.base_url}/upload/{ticket}", "file_id": file_id}

    def _complete(self, arguments: Arguments) -> JsonObject:
        """Share files; the answer names no message, for there is none yet."""
        files = list(self._named(arguments.structure("files")))
        place, comment = arguments.optional("channel_id"), arguments.text("initial_comment")
        thread_ts = arguments.optional("thread_ts")
        if place is not None and not _PLACE.fullmatch(place):
            mismatch = "input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$"
            raise SlackError(Code.INVALID_ARGUMENTS, [fault(mismatch, "/channel_id")])
        if len(comment) > _LONGEST_COMMENT:
            raise SlackError(Code.MSG_TOO_LONG)
        conversation = self._shareable(place) if place is not None else None
        for file in files:
            self._workspace.files.share(file)
        if conversation is not None:
            sharing = asyncio.get_running_loop().create_task(
                self._post(conversation, files, comment, thread_ts)
            )
            self._sharing.add(sharing)
            sharing.add_done_callback(self._sharing.discard)
        return {"files": [{"id": file.id, "title": file.title} for file in files]}

    def _named(self, named: object) -> Iterator[File]:
        if not isinstance(named, list) or not named:
            raise SlackError(Code.INVALID_ARGUMENTS, [fault("must provide an array", "/files")])
        for position, each in enumerate(named):
            if not isinstance(each, dict) or not isinstance(each.get("id"), str):
                raise SlackError(
                    Code.INVALID_ARGUMENTS, [fault("missing required field: id", f"/files/{position}")]
                )
            file = self._workspace.files.arrived(each["id"])
            yield replace(file, title=str(each.get("title") or file.title))

    def _shareable(self, channel_id: str) -> Conversation:
        """Find where the bot may share: only where it is a member, whatever it may post elsewhere."""
        conversation = self._access.visible(channel_id)
        if self._workspace.app.bot_user_id not in conversation.member_ids:
            raise SlackError(Code.CHANNEL_NOT_FOUND)
        return self._access.writable(channel_id)

    async def _post(
        self, conversation: Conversation, files: list[File], comment: str, thread_ts: str | None
    ) -> None:
        await self._place.pause(_A_MOMENT)
        bot = self._workspace.app.bot_user_id
        named = [file.id for file in files]
        self._workspace.post_files(conversation.id, bot, comment, named, thread_ts=thread_ts)
