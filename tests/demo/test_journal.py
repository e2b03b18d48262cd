"""The journal of what goes between Slack and the bot: complete, legible, without secrets, and bounded."""

import asyncio
import json

import httpx
import pytest

from bot.demo.people.gestures import MessageSource
from bot.demo.server import Demo
from bot.demo.wire.journal import KEPT, Exchange, Way
from bot.demo.wire.legible import LONGEST, legible, without_secrets
from bot.demo.wire.naming import Sort
from tests.conftest import SetClock
from tests.demo.company import ACME, APP_TOKEN, SAM, SECRET, TOKEN, FakeBot, button, modal, open_company
from tests.demo.running import RunningDemo, at_once
from tests.demo.test_sockets import acknowledge, company, connected, received, types


def newest(demo: Demo) -> Exchange:
    return demo.journal.latest()[0]


def everything(demo: Demo) -> str:
    return repr(demo.journal.latest())


def test_a_command_is_there_with_its_answer(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer({"text": "Logged"})
    at_once(demo.gestures.say(SAM, ACME, "/risk Certs expire"))
    exchange = newest(demo)
    assert (exchange.way, exchange.named.sort, exchange.status) == (Way.TO_BOT, Sort.COMMAND, "200")
    assert (exchange.named.what, exchange.named.about) == ("/risk Certs expire", (SAM, ACME))
    assert exchange.request.line == "POST /slack/events"
    signature = dict(exchange.request.headers)["X-Slack-Signature"]
    assert signature == bot.requests[0].headers["x-slack-signature"]
    assert json.loads(exchange.request.body)["text"] == "Certs expire"
    assert exchange.answer is not None
    assert json.loads(exchange.answer.body) == {"text": "Logged"}


def test_what_opens_a_door_is_hidden(served: RunningDemo, bot: FakeBot) -> None:
    served.do(served.demo.gestures.say(SAM, ACME, "/risk x"))
    url = bot.form["response_url"]
    served.client().chat_postMessage(channel=ACME, text="Hello", blocks=[button()])
    httpx.post(url, json={"text": "Later"})
    kept = everything(served.demo)
    assert "Later" in kept
    for secret in (TOKEN, SECRET, "verification-token", url.rpartition("/")[2]):
        assert secret not in kept
    assert "Bearer xoxb-•••" in kept
    assert f"/response/{url.rpartition('/')[2][:4]}" in kept


@pytest.mark.parametrize("address", ["/response/", "/upload/", "wss://x/link/?ticket="])
@pytest.mark.parametrize("secret", ["abcdRest", "-x-uRest", "a_-bRest"])
def test_a_secret_is_hidden_however_it_begins(address: str, secret: str) -> None:
    assert without_secrets(f'"{address}{secret}"') == f'"{address}{secret[:4]}•••"'


def test_calls_and_answers_of_the_bot_are_there_in_the_order_in_which_they_began(
    served: RunningDemo, bot: FakeBot
) -> None:
    served.do(served.demo.gestures.say(SAM, ACME, "/risk"))
    opened = modal(callback_id="risk_log")
    served.client().views_open(trigger_id=bot.form["trigger_id"], view=opened)
    httpx.post(bot.form["response_url"], json={"replace_original": True, "text": "x"})
    reply, call, command = served.demo.journal.latest()
    assert [each.named.kind for each in (command, call, reply)] == ["command", "views.open", "response_url"]
    assert (call.way, call.named.what, call.status) == (Way.TO_SLACK, "risk_log", "200")
    assert json.loads(call.request.body)["view"]["callback_id"] == "risk_log"
    assert (reply.status, reply.is_ok) == ("cant_update_message", False)
    assert served.demo.journal.latest(Sort.CALL) == [call]


def test_a_refused_call_says_slacks_own_code(served: RunningDemo) -> None:
    with pytest.raises(Exception, match="channel_not_found"):
        served.client().chat_postMessage(channel="C09NOWHERE", text="Hello")
    assert (newest(served.demo).status, newest(served.demo).is_ok) == ("channel_not_found", False)


def test_a_bot_that_says_nothing_is_seen_not_to(clock: SetClock) -> None:
    class Silent(FakeBot):
        async def __call__(self, request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(60)
            return await super().__call__(request)

    demo = open_company(Silent(), clock, seconds=0.01)
    at_once(demo.gestures.say(SAM, ACME, "/risk x"))
    assert (newest(demo).status, newest(demo).answer) == ("no answer in time", None)


def test_a_click_tells_which_button(demo: Demo) -> None:
    message = demo.workspace.post(ACME, "U01DRUMBEAT", "Go?", blocks=[button("risk.open")])
    at_once(demo.gestures.click(SAM, MessageSource(ACME, message.ts), "buttons", "risk.open"))
    named = newest(demo).named
    assert (named.sort, named.kind, named.what) == (Sort.INTERACTION, "block_actions", "risk.open")


def test_an_envelope_is_there_with_its_acknowledgement(clock: SetClock) -> None:
    with company(clock) as slack, connected(slack) as link:
        typed = types(slack)
        envelope = received(link)
        acknowledge(link, envelope, text="Done")
        typed.result(10)
        exchange = newest(slack.demo)
        assert (exchange.named.sort, exchange.status) == (Sort.COMMAND, "acknowledged")
        assert json.loads(exchange.request.body)["envelope_id"] == envelope["envelope_id"]
        assert exchange.answer is not None
        assert json.loads(exchange.answer.body)["payload"] == {"text": "Done"}
        opened = slack.demo.journal.latest(Sort.CALL)[0]
        assert opened.named.kind == "apps.connections.open"
        assert opened.answer is not None
        assert "•••" in opened.answer.body
        assert APP_TOKEN not in everything(slack.demo)


def test_memory_is_bounded(demo: Demo) -> None:
    async def type_much() -> None:
        for number in range(KEPT + 5):
            await demo.gestures.say(SAM, ACME, f"/risk {number}")

    at_once(type_much())
    kept = demo.journal.latest()
    assert (len(kept), kept[0].named.what) == (KEPT, f"/risk {KEPT + 4}")
    assert demo.journal.find(1) is None
    long = legible("application/json", json.dumps({"text": "x" * 50_000}).encode())
    assert len(long) < LONGEST + 40
    assert "characters more" in long
    assert legible("image/png", b"\x89PNG\xff") == "5 bytes of image/png"
    demo.journal.clear()
    assert demo.journal.latest() == []
