"""Studio North for tests: the real bot and database beside the demo workspace, and hands to use them."""

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.demo.gestures import MessageSource, Outcome, ViewSource
from bot.demo.seed import seed
from bot.demo.server import Connection, Demo, create_demo
from bot.demo.story import Story, studio_north
from bot.demo.values import Message, OpenView, RawValue, RawValues
from bot.server import HttpServer
from bot.settings import Settings
from bot.slack.manifest import manifest
from bot.wiring import Application, build
from tests.conftest import SetClock
from tests.demo.company import SECRET, TOKEN
from tests.demo.running import RunningDemo, running

PACE = timedelta(seconds=2)
"""More than the time between two messages in one channel."""


@dataclass(frozen=True)
class Studio:
    """What a person can do and see, by names: "sam" in "acme"; "drumbeat" is the bot's direct message."""

    served: RunningDemo
    application: Application
    story: Story
    clock: SetClock

    def user(self, who: str) -> str:
        """Return a person's Slack id."""
        return self.story.person(who).id

    def place(self, who: str, where: str) -> str:
        """Return a conversation's id."""
        if where == "drumbeat":
            direct = self.served.demo.workspace.direct_message(self.user(who))
            assert direct is not None
            return direct.id
        return self.story.conversation(where).id

    def type(self, who: str, where: str, text: str) -> Outcome:
        """Send a line, and let the bot say all that it has to say."""
        gestures = self.served.demo.gestures
        outcome = self.served.do(gestures.say(self.user(who), self.place(who, where), text))
        self.deliver()
        return outcome

    def sees(self, who: str, where: str) -> list[str]:
        """Return the texts of what a person sees in a conversation, oldest first, as they read them."""
        return [words(message) for message in self.messages(who, where)]

    def messages(self, who: str, where: str) -> list[Message]:
        """Return what a person sees in a conversation."""
        return self.served.demo.workspace.timeline(self.place(who, where), self.user(who))

    def thread(self, who: str, where: str, message: Message) -> list[str]:
        """Return the replies in a message's thread."""
        found = self.served.demo.workspace.thread(self.place(who, where), message.ts, self.user(who))
        return [words(reply) for reply in found[1:]]

    def find(self, who: str, where: str, text: str) -> Message:
        """Return the newest message that says so."""
        return next(each for each in reversed(self.messages(who, where)) if text in words(each))

    def press(self, who: str, message: Message, label: str) -> Outcome:
        """Press a message's button."""
        block_id, action_id = button_named(message.blocks, label)
        source = MessageSource(message.conversation_id, message.ts)
        outcome = self.served.do(self.served.demo.gestures.click(self.user(who), source, block_id, action_id))
        self.deliver()
        return outcome

    def modal(self, who: str) -> OpenView:
        """Return the modal in front of the person."""
        return self.served.demo.workspace.views_of(self.user(who))[-1]

    def has_modal(self, who: str) -> bool:
        """Tell whether a modal is open."""
        return bool(self.served.demo.workspace.views_of(self.user(who)))

    def press_in_modal(self, who: str, label: str, typed: Mapping[str, RawValue] | None = None) -> Outcome:
        """Press a button inside the modal, with what is typed so far."""
        view = self.modal(who)
        block_id, action_id = button_named(view.view["blocks"], label)
        values = raw_values(view, typed or {})
        source = ViewSource(view.id)
        click = self.served.demo.gestures.click(self.user(who), source, block_id, action_id, None, values)
        return self.served.do(click)

    def choose(
        self, who: str, block_id: str, raw: RawValue, typed: Mapping[str, RawValue] | None = None
    ) -> Outcome:
        """Choose in a field that tells the bot at once, with what is typed so far."""
        view = self.modal(who)
        values = raw_values(view, typed or {})
        action_id = inputs(view)[block_id]
        source = ViewSource(view.id)
        click = self.served.demo.gestures.click(self.user(who), source, block_id, action_id, raw, values)
        return self.served.do(click)

    def submit(self, who: str, typed: Mapping[str, RawValue] | None = None) -> Outcome:
        """Press the modal's submit button."""
        view = self.modal(who)
        values = raw_values(view, typed or {})
        outcome = self.served.do(self.served.demo.gestures.submit(self.user(who), view.id, values))
        self.deliver()
        return outcome

    def deliver(self) -> None:
        """Let the bot send all that is due, and what is due a moment later."""
        for _ in range(50):
            self.clock.forward(PACE)
            if not self.application.deliverer.run_once():
                return
        msg = "the outbox never came to rest"
        raise AssertionError(msg)


@contextmanager
def studio(database_url: str, clock: SetClock) -> Iterator[Studio]:
    """Open the company, with its bot answering over signed HTTP."""
    story = studio_north(clock())
    port = _free_port()

    def make(address: str) -> Demo:
        connection = Connection(
            base_url=address,
            bot_url=f"http://127.0.0.1:{port}",
            token=TOKEN,
            signing_secret=SECRET,
            clock=time.time,  # Signatures and triggers stay in real time, as in Slack.
        )
        return create_demo(story, manifest("https://drumbeat.example.com"), connection)

    with running(make) as served:
        seed(database_url, story, clock())
        application = build(_settings(database_url, served.address), clock=clock)
        application.prepare()
        server = HttpServer(application.wsgi, "127.0.0.1", port, threads=4)
        thread = threading.Thread(target=server.serve, name="bot")
        thread.start()
        try:
            company = Studio(served, application, story, clock)
            company.deliver()
            yield company
        finally:
            server.stop()
            thread.join(10)
            application.stop()


def _settings(database_url: str, address: str) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(TOKEN),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=f"{address}/api/",
        database_url=SecretStr(database_url),
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


_PARTS = ("text", "label", "fields", "elements", "element", "accessory", "options", "initial_option")


def _texts(part: object) -> Iterator[str]:
    """Walk through everything that has a text, in the order people read it."""
    if isinstance(part, list):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for name in (
            "text",
            "label",
            "fields",
            "elements",
            "element",
            "accessory",
            "options",
            "initial_option",
        ):
            if not isinstance(part.get(name), str):
                yield from _texts(part.get(name))


def _buttons(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in blocks:
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in [*block.get("elements", []), *accessory]:
            if element.get("type") == "button":
                yield block["block_id"], element


def words(message: Message) -> str:
    """Return all that a message says, block by block."""
    return "\n".join(text for block in message.blocks for text in _texts(block)) or message.text


def modal_words(view: OpenView) -> str:
    """Return all that a modal says."""
    return "\n".join(text for block in view.view["blocks"] for text in _texts(block))


def labels(message: Message) -> list[str]:
    """Return the buttons' labels."""
    return [str(element["text"]["text"]) for _, element in _buttons(message.blocks)]


def button_named(blocks: list[dict[str, Any]], label: str) -> tuple[str, str]:
    """Return a button's block id and action id."""
    for block_id, element in _buttons(blocks):
        if element["text"]["text"] == label:
            return block_id, element["action_id"]
    msg = f"no button {label!r} among {json.dumps(blocks)[:2000]}"
    raise AssertionError(msg)


def inputs(view: OpenView) -> dict[str, str]:
    """Return block id → action id of a modal's inputs."""
    return {
        block["block_id"]: block["element"]["action_id"]
        for block in view.view["blocks"]
        if block["type"] == "input"
    }


def raw_values(view: OpenView, typed: Mapping[str, RawValue]) -> RawValues:
    """Return what the page would send: what was typed, by block and action."""
    known = inputs(view)
    return {block_id: {known[block_id]: raw} for block_id, raw in typed.items()}
