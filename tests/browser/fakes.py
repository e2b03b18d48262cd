"""What the browser tests put in the place of the bot, and the blocks it sends."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from bot.demo.page.routes import routes
from bot.demo.server import Connection, Demo, create_demo
from bot.demo.state.workspace import Workspace
from bot.demo.story import studio_north
from bot.demo.values import Message
from tests.conftest import SetClock
from tests.demo.company import MANIFEST, SECRET, TOKEN, FakeBot, input_block, modal, option, plain, section
from tests.demo.running import RunningDemo

SAM, DANA, YUKI, ROBIN, BOT = "U01SAM", "U01DANA", "U01YUKI", "U02ROBIN", "U01DRUMBEAT"
ACME, BOREALIS, SHARED = "C01ACME", "C01BOREALIS", "C01ACMESHARED"
_DEADLINE = 10
T = TypeVar("T")


@dataclass
class HesitantBot(FakeBot):
    """A bot that can be made to wait before it answers."""

    may_answer: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Begin as one that answers at once."""
        self.may_answer.set()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer when allowed to."""
        await asyncio.to_thread(self.may_answer.wait, _DEADLINE)
        return await super().__call__(request)


@dataclass(frozen=True)
class Company:
    """The demo workspace under test, with its bot."""

    served: RunningDemo
    bot: HesitantBot

    @property
    def address(self) -> str:
        """Where the page is."""
        return self.served.address

    def do(self, work: Callable[[Workspace], T]) -> T:
        """Do something to the workspace on the loop on which it lives."""

        async def done() -> T:
            return work(self.served.demo.workspace)

        return self.served.do(done())

    def post(self, text: str, user_id: str = DANA, conversation_id: str = ACME, **rest: Any) -> Message:  # noqa: ANN401 - the workspace's own options.
        """Say something, or have the bot say it."""
        return self.do(lambda workspace: workspace.post(conversation_id, user_id, text, **rest))

    def open_modal(self, view: dict[str, Any], user_id: str = SAM) -> str:
        """Open a modal in front of a person and return its id."""
        return self.do(lambda workspace: workspace.modals.push(user_id, view, root=False)).id

    def update_modal(self, view_id: str, view: dict[str, Any]) -> None:
        """Replace a modal's view, as ``views.update`` does."""
        self.do(lambda workspace: workspace.modals.update(view_id, view))


def open_with_page(
    bot: FakeBot, clock: SetClock, base_url: str, manifest: dict[str, object] = MANIFEST
) -> Demo:
    """Put a workspace together with its page."""
    connection = Connection(
        base_url=base_url,
        bot_url="http://bot.invalid",
        token=TOKEN,
        signing_secret=SECRET,
        clock=lambda: clock().timestamp(),
        transport=httpx.MockTransport(bot),
    )
    return create_demo(studio_north(clock()), manifest, connection, routes)


def risk_form(score: str = "Not scored yet") -> dict[str, Any]:
    """Return a modal with one input of every kind."""
    words = [option(word) for word in ("rare", "possible", "likely")]
    return modal(
        text_field("title", "What might happen?"),
        input_block(
            {"type": "static_select", "options": words}, "likely", optional=True, dispatch_action=True
        ),
        section(score, block_id="score"),
        input_block({"type": "radio_buttons", "options": words}, "bad", optional=True),
        input_block({"type": "checkboxes", "options": words}, "seen", optional=True),
        input_block({"type": "users_select", "initial_user": DANA}, "owner", optional=True),
        input_block({"type": "datepicker"}, "due", optional=True),
        text_field("why", "Why?", optional=True, multiline=True),
        title=plain("Log a risk"),
    )


def text_field(
    block_id: str, label: str, *, optional: bool = False, multiline: bool = False
) -> dict[str, Any]:
    """Return a labelled text input."""
    element = {"type": "plain_text_input", "action_id": "a", "multiline": multiline}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        "optional": optional,
    }
