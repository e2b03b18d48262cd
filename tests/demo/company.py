"""A demo workspace for tests: the real story, a small manifest, a bot that answers what a test tells it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx

from bot.demo.outward.dispatch import ACKNOWLEDGE_SECONDS
from bot.demo.server import Connection, Demo, create_demo
from bot.demo.story import studio_north
from tests.conftest import SetClock

TOKEN = "xoxb-test"
APP_TOKEN = "xapp-test"
SECRET = "0123456789abcdef"
SAM, DANA, YUKI, ROBIN = "U01SAM", "U01DANA", "U01YUKI", "U02ROBIN"
ACME, SHARED, GENERAL, LUNCH = "C01ACME", "C01ACMESHARED", "C01GENERAL", "C01LUNCH"
BASE_URL = "http://127.0.0.1:3000"

MANIFEST: dict[str, object] = {
    "display_information": {"name": "Drumbeat"},
    "features": {
        "shortcuts": [
            {"name": "Keep this", "type": "message", "callback_id": "keep", "description": "Keeps it"},
            {"name": "New thing", "type": "global", "callback_id": "new", "description": "Makes one"},
        ],
        "slash_commands": [
            {"command": "/risk", "description": "Raise a risk", "usage_hint": "title", "should_escape": True},
            {"command": "/plain", "description": "Says what it gets", "usage_hint": ""},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "commands", "users:read", "channels:read", "groups:read", "im:read"]}
    },
    "settings": {"interactivity": {"message_menu_options_url": "https://bot.example.com/slack/events"}},
}
IN_SOCKET_MODE = {**MANIFEST, "settings": {"socket_mode_enabled": True}}


@dataclass
class FakeBot:
    """Takes requests in the bot's place: keeps each, and gives the next answer, or else an empty 200."""

    requests: list[httpx.Request] = field(default_factory=list)
    answers: list[httpx.Response] = field(default_factory=list)
    during: Callable[[], None] = lambda: None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request; what the bot does meanwhile is ``during``."""
        self.requests.append(request)
        self.during()
        return self.answers.pop(0) if self.answers else httpx.Response(200)

    def will_answer(self, answer: object, status: int = 200) -> None:
        """Answer the next request with JSON, or with a text."""
        content = {"text": answer} if isinstance(answer, str) else {"json": answer}
        self.answers.append(httpx.Response(status, **content))

    @property
    def form(self) -> dict[str, str]:
        """Return the last request's form."""
        return dict(parse_qsl(self.requests[-1].content.decode(), keep_blank_values=True))

    @property
    def payload(self) -> dict[str, Any]:
        """Return the last interaction."""
        parsed: dict[str, Any] = json.loads(self.form["payload"])
        return parsed


@dataclass
class Pauses:
    """Waits for nothing, and remembers how long it was to wait."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        """Go on at once."""
        self.seconds.append(seconds)


def open_company(
    bot: FakeBot,
    clock: SetClock,
    *,
    base_url: str = BASE_URL,
    seconds: float = ACKNOWLEDGE_SECONDS,
    manifest: dict[str, object] = MANIFEST,
    pause: Pauses | None = None,
) -> Demo:
    """Put a workspace together whose bot is the fake one."""
    connection = Connection(
        base_url=base_url,
        bot_url="http://bot.invalid",
        token=TOKEN,
        signing_secret=SECRET,
        app_token=APP_TOKEN,
        clock=lambda: clock().timestamp(),
        acknowledge_seconds=seconds,
        transport=httpx.MockTransport(bot),
        pause=pause or Pauses(),
    )
    return create_demo(studio_north(clock()), manifest, connection)


def section(text: str = "Hello", **rest: object) -> dict[str, Any]:
    """Return a section."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **rest}


def plain(text: str) -> dict[str, Any]:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    """Return an option whose text is its value with a capital."""
    return {"text": plain(value.capitalize()), "value": value}


def button(action_id: str = "go", value: str = "7") -> dict[str, Any]:
    """Return an actions block with one button."""
    element = {"type": "button", "action_id": action_id, "value": value, "text": plain("Go")}
    return {"type": "actions", "block_id": "buttons", "elements": [element]}


def input_block(element: dict[str, Any], block_id: str = "b", **rest: object) -> dict[str, Any]:
    """Return an input block around an element whose action_id is ``a``."""
    named = {"action_id": "a", **element}
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": named, **rest}


def modal(*blocks: dict[str, Any], **rest: object) -> dict[str, Any]:
    """Return a modal with a submit button."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Save"),
        "blocks": list(blocks) or [section()],
        **rest,
    }
