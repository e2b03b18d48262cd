"""Shortcuts: what the bot hears when somebody chooses one, and on what it can be chosen."""

from typing import Any

import pytest

from bot.demo.people.gestures import MessageSource, Outcome
from bot.demo.people.outcomes import GONE, TROUBLE
from bot.demo.server import Demo
from bot.demo.values import Message
from tests.demo.company import (
    ACME,
    BASE_URL,
    DANA,
    ROBIN,
    SAM,
    SHARED,
    FakeBot,
    button,
)
from tests.demo.running import at_once

ANYWHERE, ON_MESSAGE = "new", "keep"


def choose(demo: Demo, message: Message, shortcut: str = ON_MESSAGE, person: str = SAM) -> Outcome:
    source = MessageSource(message.conversation_id, message.ts)
    return at_once(demo.gestures.shortcut(person, shortcut, source))


def test_on_a_message_the_bot_gets_the_whole_message_and_where_to_answer(demo: Demo, bot: FakeBot) -> None:
    message = demo.workspace.post(ACME, DANA, "It is <@U01SAM>'s & down")
    assert choose(demo, message) == Outcome(ok=True)
    payload = bot.payload
    assert payload.pop("trigger_id")
    assert payload.pop("action_ts")
    assert payload.pop("response_url").startswith(f"{BASE_URL}/response/")
    shown = payload.pop("message")
    assert (shown["text"], shown["user"], shown["ts"]) == ("It is <@U01SAM>'s & down", DANA, message.ts)
    assert shown["blocks"][0]["type"] == "rich_text"
    assert payload == {
        "type": "message_action",
        "callback_id": "keep",
        "message_ts": message.ts,
        "channel": {"id": ACME, "name": "acme"},
        "user": {"id": SAM, "username": "sam", "name": "sam", "team_id": "T01STUDIO"},
        "team": {"id": "T01STUDIO", "domain": "studio-north"},
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def test_anywhere_the_bot_hears_of_no_place_and_has_only_the_trigger(demo: Demo, bot: FakeBot) -> None:
    assert at_once(demo.gestures.shortcut(SAM, ANYWHERE)) == Outcome(ok=True)
    payload = bot.payload
    assert payload.pop("trigger_id")
    assert payload.pop("action_ts")
    assert payload == {
        "type": "shortcut",
        "callback_id": "new",
        "user": {"id": SAM, "username": "sam", "team_id": "T01STUDIO"},
        "team": {"id": "T01STUDIO", "domain": "studio-north"},
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def test_a_reply_names_its_thread_and_a_client_their_own_team(demo: Demo, bot: FakeBot) -> None:
    parent = demo.workspace.post(SHARED, DANA, "Hello")
    reply = demo.workspace.post(SHARED, DANA, "And then?", thread_ts=parent.ts)
    choose(demo, reply, person=ROBIN)
    assert bot.payload["message"]["thread_ts"] == parent.ts
    assert (bot.payload["team"]["id"], bot.payload["user"]["team_id"]) == ("T02ACME", "T02ACME")


@pytest.mark.parametrize(
    "rest", [{"ephemeral_to": SAM}, {"blocks": [button()], "ephemeral_to": DANA}], ids=["to me", "to another"]
)
def test_what_only_one_person_sees_has_no_menu(demo: Demo, bot: FakeBot, rest: dict[str, Any]) -> None:
    assert choose(demo, demo.workspace.post(ACME, "U01DRUMBEAT", "Psst", **rest)) == GONE
    assert bot.requests == []


def test_nothing_is_chosen_that_is_not_on_offer(demo: Demo, bot: FakeBot) -> None:
    said = demo.workspace.post(ACME, DANA, "Hello")
    joined = demo.workspace.report(ACME, DANA, "channel_join", "<@U01DANA> has joined the channel")
    gone = Message(ts="1.000001", conversation_id=ACME, user_id=DANA, text="")
    assert choose(demo, joined) == choose(demo, gone) == GONE
    assert choose(demo, said, person=ROBIN) == choose(demo, said, "unheard of") == GONE
    assert choose(demo, said, ANYWHERE) == at_once(demo.gestures.shortcut(SAM, ON_MESSAGE)) == GONE
    assert bot.requests == []


def test_a_bot_in_trouble_is_told(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer("oh", 500)
    assert at_once(demo.gestures.shortcut(SAM, ANYWHERE)) == Outcome(ok=False, error=TROUBLE)


def test_the_trigger_opens_one_modal(demo: Demo, bot: FakeBot) -> None:
    at_once(demo.gestures.shortcut(SAM, ANYWHERE))
    assert demo.gestures._payloads._triggers.exchange(bot.payload["trigger_id"]) == SAM
