"""The people of Studio North for tests: what each of them can do and see, by names."""

import json
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.demo.people.gestures import MessageSource, Outcome, ViewSource
from bot.demo.server import Connection, Demo, Page, create_demo
from bot.demo.story import Story
from bot.demo.values import Message, OpenView, RawValue
from bot.slack.manifest import manifest
from models.value import replace
from tests.demo.company import APP_TOKEN, SECRET, TOKEN
from tests.demo.running import RunningDemo, running
from tests.scenarios.reading import button_named, field_of, raw_values, words
from tests.scenarios.wire import Wire

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds to answer or to open a modal, where Slack has three: the machine may stand still for a while."""
_NEVER_OUTGOING = range(15_000, 32_000)


class Transport(StrEnum):
    """How what people do reaches the bot."""

    HTTP = "http"
    SOCKET = "socket"


@dataclass(frozen=True)
class Company:
    """What a person can do and see, by names: "sam" in "acme"; "drumbeat" is the bot's direct message."""

    served: RunningDemo
    story: Story
    wire: Wire

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
        workspace, place, user = self.served.demo.workspace, self.place(who, where), self.user(who)
        return self._look(lambda: workspace.timeline(place, user))

    def thread(self, who: str, where: str, message: Message) -> list[str]:
        """Return the replies in a message's thread."""
        workspace, place, user = self.served.demo.workspace, self.place(who, where), self.user(who)
        found = self._look(lambda: workspace.thread(place, message.ts, user))
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

    def choose_in_menu(self, who: str, message: Message, beside: str, label: str) -> Outcome:
        """Choose from the menu behind the three dots beside a text."""
        block = next(each for each in message.blocks if "accessory" in each and beside in json.dumps(each))
        menu = block["accessory"]
        value = next(each["value"] for each in menu["options"] if each["text"]["text"] == label)
        source = MessageSource(message.conversation_id, message.ts)
        names = (block["block_id"], menu["action_id"])
        outcome = self.served.do(self.served.demo.gestures.click(self.user(who), source, *names, value))
        self.deliver()
        return outcome

    def shortcut(self, who: str, callback_id: str, message: Message | None = None) -> Outcome:
        """Choose a shortcut, in a message's menu or in the one beside the composer."""
        source = MessageSource(message.conversation_id, message.ts) if message else None
        chosen = self.served.do(self.served.demo.gestures.shortcut(self.user(who), callback_id, source))
        self.deliver()
        return chosen

    def said(self, who: str, where: str, text: str, under: Message | None = None) -> Message:
        """Have somebody say something, perhaps in a message's thread."""
        workspace, place, user = self.served.demo.workspace, self.place(who, where), self.user(who)
        return self._look(lambda: workspace.post(place, user, text, thread_ts=under.ts if under else None))

    def without_scope(self, *names: str) -> None:
        """Take permissions away from the app."""
        workspace = self.served.demo.workspace
        workspace.app = replace(workspace.app, scopes=workspace.app.scopes - set(names))

    def come_home(self, who: str) -> None:
        """Open the bot's Home tab."""

        async def opened() -> None:
            self.served.demo.gestures.open_app(self.user(who), "home")

        self.served.do(opened())
        self.deliver()

    def home(self, who: str) -> OpenView:
        """Return what stands in the person's Home tab."""
        found = self._look(lambda: self.served.demo.workspace.homes.of(self.user(who)))
        assert found is not None, f"nothing was published for {who}"
        return found

    def press_at_home(self, who: str, label: str, beside: str = "") -> Outcome:
        """Press a button of the Home tab: the first of that label, or the one beside that text."""
        view = self.home(who)
        blocks = [block for block in view.view["blocks"] if beside in json.dumps(block, ensure_ascii=False)]
        block_id, action_id = button_named(blocks, label)
        source = ViewSource(view.id)
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
        self, who: str, name: str, raw: RawValue, typed: Mapping[str, RawValue] | None = None
    ) -> Outcome:
        """Choose in a field that tells the bot at once, with what is typed so far."""
        view = self.modal(who)
        values, field = raw_values(view, typed or {}), field_of(view, name)
        chosen = (field["block_id"], field["element"]["action_id"], raw, values)
        return self.served.do(self.served.demo.gestures.click(self.user(who), ViewSource(view.id), *chosen))

    def suggested(self, who: str, name: str, typed: str) -> dict[str, list[str]]:
        """Type in a select of the modal, and return what it offers, by the labels of its groups."""
        view = self.modal(who)
        field = field_of(view, name)
        place = (field["block_id"], field["element"]["action_id"])
        ask = self.served.demo.gestures.suggestions.ask(self.user(who), view.id, place, typed)
        return {
            group["label"]["text"] if group["label"] else "": [
                each["text"]["text"] for each in group["options"]
            ]
            for group in self.served.do(ask).groups
            if group["options"]
        }

    def submit(self, who: str, typed: Mapping[str, RawValue] | None = None) -> Outcome:
        """Press the modal's submit button."""
        view = self.modal(who)
        values = raw_values(view, typed or {})
        outcome = self.served.do(self.served.demo.gestures.submit(self.user(who), view.id, values))
        self.deliver()
        return outcome

    def deliver(self) -> None:
        """Wait until Slack has told the bot what happened; a bot that runs by itself sends by itself."""
        self.served.do(self.served.demo.files.settled())
        self.served.do(self.served.demo.events.settled())

    def _look(self, look: Callable[[], T]) -> T:
        """Look at the workspace where it lives, since the bot may be changing it just now."""

        async def there() -> T:
            return look()

        return self.served.do(there())


@contextmanager
def slack_side(
    story: Story, page: Page | None = None, transport: Transport = Transport.HTTP
) -> Iterator[tuple[RunningDemo, Wire]]:
    """Serve the workspace for a bot that is to listen at the wire's port, or to connect in Socket Mode.

    Without ``page`` it has no face.
    """
    wire = Wire(_free_port())

    def make(address: str) -> Demo:
        connection = Connection(
            base_url=address,
            bot_url=f"http://127.0.0.1:{wire.port}",
            token=TOKEN,
            signing_secret=SECRET,
            app_token=APP_TOKEN,
            clock=time.time,  # Signatures and triggers stay in real time, as in Slack.
            transport=wire,
            acknowledge_seconds=PATIENCE,
            trigger_seconds=PATIENCE,
        )
        public_url = None if transport is Transport.SOCKET else "https://drumbeat.example.com"
        return create_demo(story, manifest(public_url), connection, page)

    with running(make) as served:
        yield served, wire


def _free_port() -> int:
    """Return a port on which a bot can listen later.

    It is none of those that the system gives to outgoing connections, which might take it meanwhile.
    """
    while True:
        port = secrets.choice(_NEVER_OUTGOING)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
