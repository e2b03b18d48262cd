"""Requests to the bot: signatures, the forms, and what happens without an answer."""

import asyncio

import httpx
import pytest
from slack_sdk.signature import Clock, SignatureVerifier

from bot.demo.server import Demo
from bot.demo.state.bot_switch import Condition
from bot.demo.values import Message
from tests.conftest import SetClock
from tests.demo.company import (
    ACME,
    MANIFEST,
    ROBIN,
    SAM,
    SECRET,
    SHARED,
    YUKI,
    FakeBot,
    open_company,
    section,
)
from tests.demo.running import at_once


def type_in(
    demo: Demo, text: str, person: str = SAM, where: str = ACME, thread: str | None = None
) -> Message:
    at_once(demo.gestures.say(person, where, text, thread))
    return demo.workspace.timeline(where, person)[-1]


def test_requests_are_signed_as_slack_signs(demo: Demo, bot: FakeBot, clock: SetClock) -> None:
    class At(Clock):
        def now(self) -> float:
            return clock().timestamp()

    type_in(demo, "/risk Größe & Preis")
    [request] = bot.requests
    assert str(request.url) == "http://bot.invalid/slack/events"
    verifier = SignatureVerifier(SECRET, At())
    assert verifier.is_valid_request(request.content, dict(request.headers))
    assert not verifier.is_valid_request(request.content + b"x", dict(request.headers))


def test_a_command_has_the_fields_of_slacks_form(demo: Demo, bot: FakeBot) -> None:
    type_in(demo, "/risk   Certs expire  ")
    form = bot.form
    assert form.pop("response_url").startswith("http://127.0.0.1:3000/response/")
    assert form.pop("trigger_id")
    assert form == {
        "token": "verification-token",
        "team_id": "T01STUDIO",
        "team_domain": "studio-north",
        "channel_id": ACME,
        "channel_name": "acme",
        "user_id": SAM,
        "user_name": "sam",
        "command": "/risk",
        "text": "Certs expire",
        "api_app_id": "A01DRUMBEAT",
        "is_enterprise_install": "false",
    }


@pytest.mark.parametrize(
    ("person", "where", "name"), [(SAM, "D01SAM", "directmessage"), ("U01JO", "C01LEADS", "privategroup")]
)
def test_only_public_channels_have_a_name_for_apps(
    demo: Demo, bot: FakeBot, person: str, where: str, name: str
) -> None:
    at_once(demo.gestures.say(person, where, "/risk"))
    assert bot.form["channel_name"] == name


def test_mentions_are_escaped_only_where_the_manifest_asks(demo: Demo, bot: FakeBot) -> None:
    type_in(demo, "/risk a<b & @dana #acme")
    assert bot.form["text"] == "a&lt;b &amp; <@U01DANA|dana> <#C01ACME|acme>"
    type_in(demo, "/plain a<b & @dana")
    assert bot.form["text"] == "a<b & @dana"


def test_an_empty_acknowledgement_says_nothing(demo: Demo) -> None:
    before = demo.workspace.timeline(ACME, SAM)
    assert type_in(demo, "/risk x") == before[-1]


def test_a_text_answers_the_caller_alone(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer("Noted")
    message = type_in(demo, "/risk x")
    assert (message.text, message.ephemeral_to, message.user_id) == ("Noted", SAM, "U01DRUMBEAT")


def test_an_answer_in_channel_shows_what_was_typed_too(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer({"response_type": "in_channel", "text": "Noted", "blocks": [section()]})
    type_in(demo, "/risk x")
    typed, answer = demo.workspace.timeline(ACME, "U01DANA")[-2:]
    assert (typed.user_id, typed.text) == (SAM, "/risk x")
    assert (answer.text, answer.ephemeral_to) == ("Noted", None)


def slackbot_says(message: Message) -> str:
    assert (message.user_id, message.ephemeral_to) == ("USLACKBOT", SAM)
    return message.text


def test_an_answer_slack_would_refuse_is_told(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer({"blocks": [section("x" * 3001)]})
    assert "“invalid_blocks”" in slackbot_says(type_in(demo, "/risk x"))


def test_an_error_of_the_bot_is_told(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer("oh", 500)
    assert slackbot_says(type_in(demo, "/risk x")) == "`/risk` failed with the error “dispatch_failed”."


def test_a_bot_that_is_away_is_told(demo: Demo, bot: FakeBot, caplog: pytest.LogCaptureFixture) -> None:
    def away() -> None:
        message = "refused"
        raise httpx.ConnectError(message)

    bot.during = away
    assert "“dispatch_failed”" in slackbot_says(type_in(demo, "/risk x"))
    [told] = caplog.messages
    assert told == "The bot cannot be reached at http://bot.invalid/slack/events: refused."
    demo.switch.became(Condition.RESTARTING)
    assert "“dispatch_failed”" in slackbot_says(type_in(demo, "/risk x"))
    assert caplog.messages == [told]


def test_a_bot_that_is_late_is_told(clock: SetClock) -> None:
    class LateBot(FakeBot):
        async def __call__(self, request: httpx.Request) -> httpx.Response:
            await asyncio.Event().wait()
            return await super().__call__(request)

    demo = open_company(LateBot(), clock, seconds=0.01)
    assert slackbot_says(type_in(demo, "/risk x")) == "`/risk` failed because the app did not respond."


def test_a_command_that_is_not_in_the_manifest_is_not_valid(demo: Demo, bot: FakeBot) -> None:
    assert "is not a valid command" in slackbot_says(type_in(demo, "/riks x"))
    assert bot.requests == []


def test_commands_do_not_work_in_threads(demo: Demo, bot: FakeBot) -> None:
    root = demo.workspace.timeline(ACME, SAM)[-1].ts
    type_in(demo, "/risk x", thread=root)
    assert "not supported in threads" in demo.workspace.thread(ACME, root, SAM)[-1].text
    assert bot.requests == []


def test_a_client_is_only_known_by_their_id(demo: Demo, bot: FakeBot) -> None:
    type_in(demo, "/risk x", ROBIN, SHARED)
    assert (bot.form["user_id"], bot.form["team_id"]) == (ROBIN, "T01STUDIO")


def test_a_guest_has_our_commands(demo: Demo, bot: FakeBot) -> None:
    type_in(demo, "/risk x", YUKI, "C01COBALT")
    assert bot.form["user_id"] == YUKI


def test_a_plain_message_stays_in_slack(demo: Demo, bot: FakeBot) -> None:
    message = type_in(demo, "See @dana & <b>")
    assert (message.text, message.user_id) == ("See <@U01DANA> &amp; &lt;b&gt;", SAM)
    assert bot.requests == []


def test_nobody_speaks_where_they_are_not(demo: Demo) -> None:
    outcome = at_once(demo.gestures.say(ROBIN, ACME, "Hello"))
    assert not outcome.ok
    assert demo.workspace.timeline(ACME, ROBIN) == []


def test_the_manifest_names_the_commands(demo: Demo) -> None:
    assert MANIFEST["features"]
    assert [(each.command, each.usage_hint) for each in demo.workspace.commands] == [
        ("/plain", ""),
        ("/risk", "title"),
    ]
