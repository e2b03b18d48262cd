"""Clicks and choices: what the bot hears, and what it may answer."""

from typing import Any

import httpx
import pytest

from bot.demo.people.gestures import MessageSource, Outcome, ViewSource
from bot.demo.people.outcomes import TROUBLE
from bot.demo.server import Demo
from bot.demo.values import Message, RawValue
from tests.demo.company import (
    ACME,
    BASE_URL,
    DANA,
    ROBIN,
    SAM,
    SHARED,
    FakeBot,
    button,
    input_block,
    modal,
    option,
    plain,
    section,
)
from tests.demo.running import at_once

PICK = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}


def post(demo: Demo, *blocks: dict[str, Any], where: str = ACME, only_to: str | None = None) -> Message:
    return demo.workspace.post(where, "U01DRUMBEAT", "Hello", blocks=list(blocks), ephemeral_to=only_to)


def click(
    demo: Demo, message: Message, name: tuple[str, str], raw: RawValue = None, person: str = SAM
) -> Outcome:
    source = MessageSource(message.conversation_id, message.ts)
    return at_once(demo.gestures.click(person, source, *name, raw))


def test_a_click_in_a_message(demo: Demo, bot: FakeBot) -> None:
    message = post(demo, button())
    assert click(demo, message, ("buttons", "go")) == Outcome(ok=True)
    payload = bot.payload
    assert payload["type"] == "block_actions"
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": ACME,
        "is_ephemeral": False,
    }
    assert payload["channel"] == {"id": ACME, "name": "acme"}
    assert payload["team"] == {"id": "T01STUDIO", "domain": "studio-north"}
    assert (payload["message"]["ts"], payload["message"]["bot_id"]) == (message.ts, "B01DRUMBEAT")
    [action] = payload["actions"]
    assert action.pop("action_ts")
    assert action == {
        "type": "button",
        "block_id": "buttons",
        "action_id": "go",
        "value": "7",
        "text": {**plain("Go"), "emoji": True},
    }


def test_a_client_clicks_under_their_own_team(demo: Demo, bot: FakeBot) -> None:
    click(demo, post(demo, button(), where=SHARED), ("buttons", "go"), person=ROBIN)
    assert (bot.payload["team"]["id"], bot.payload["user"]["team_id"]) == ("T01STUDIO", "T02ACME")


def test_an_ephemeral_message_is_not_sent_along(demo: Demo, bot: FakeBot) -> None:
    message = post(demo, button(), only_to=SAM)
    click(demo, message, ("buttons", "go"))
    assert bot.payload["container"]["is_ephemeral"] is True
    assert "message" not in bot.payload


def test_nobody_clicks_what_they_do_not_see(demo: Demo, bot: FakeBot) -> None:
    assert not click(demo, post(demo, button(), only_to=SAM), ("buttons", "go"), person=DANA).ok
    assert not click(demo, post(demo, button()), ("buttons", "go"), person=ROBIN).ok
    assert not click(demo, post(demo, button()), ("buttons", "gone")).ok
    assert bot.requests == []


@pytest.mark.parametrize(
    ("element", "raw", "chosen"),
    [
        (PICK, "b", {"selected_option": {"text": {**plain("B"), "emoji": True}, "value": "b"}}),
        (
            {**PICK, "type": "overflow"},
            "a",
            {"selected_option": {"text": {**plain("A"), "emoji": True}, "value": "a"}},
        ),
        ({"type": "users_select", "action_id": "pick"}, DANA, {"selected_user": DANA}),
        (
            {"type": "conversations_select", "action_id": "pick"},
            "C01ACME",
            {"selected_conversation": "C01ACME"},
        ),
        ({"type": "datepicker", "action_id": "pick"}, "2026-10-21", {"selected_date": "2026-10-21"}),
    ],
    ids=["select", "overflow", "person", "channel", "date"],
)
def test_a_choice_in_a_message(
    demo: Demo, bot: FakeBot, element: dict[str, Any], raw: str, chosen: dict[str, Any]
) -> None:
    message = post(demo, section(block_id="s", accessory=element))
    assert click(demo, message, ("s", "pick"), raw).ok
    [action] = bot.payload["actions"]
    assert action.items() >= chosen.items()
    kept = {} if element["type"] == "overflow" else {"s": {"pick": {"type": element["type"], **chosen}}}
    assert bot.payload["state"]["values"] == kept


def test_a_choice_that_is_not_on_offer_goes_nowhere(demo: Demo, bot: FakeBot) -> None:
    message = post(demo, section(block_id="s", accessory=PICK))
    assert not click(demo, message, ("s", "pick"), "z").ok
    assert bot.requests == []


def test_a_click_in_a_modal_carries_all_that_was_typed(demo: Demo, bot: FakeBot) -> None:
    typed = input_block({"type": "plain_text_input"}, "title")
    view = demo.workspace.modals.push(SAM, modal(typed, button()), root=True)
    values: dict[str, dict[str, RawValue]] = {"title": {"a": "Half a sen"}}
    at_once(demo.gestures.click(SAM, ViewSource(view.id), "buttons", "go", None, values))
    payload = bot.payload
    assert payload["container"] == {"type": "view", "view_id": view.id}
    assert payload["view"]["state"]["values"]["title"]["a"]["value"] == "Half a sen"
    assert not {"channel", "message", "response_url"} & set(payload)
    assert demo.workspace.views_of(SAM)[0].values == values


def test_an_input_tells_the_bot_only_where_it_asked(demo: Demo, bot: FakeBot) -> None:
    quiet = input_block({"type": "plain_text_input"}, "quiet")
    loud = input_block(PICK, "loud", dispatch_action=True)
    source = ViewSource(demo.workspace.modals.push(SAM, modal(quiet, loud), root=True).id)
    at_once(demo.gestures.click(SAM, source, "quiet", "a", "x"))
    assert bot.requests == []
    at_once(demo.gestures.click(SAM, source, "loud", "pick", "b"))
    assert bot.payload["actions"][0]["selected_option"]["value"] == "b"
    state = bot.payload["view"]["state"]["values"]
    assert (state["quiet"]["a"]["value"], state["loud"]["pick"]["selected_option"]["value"]) == ("x", "b")


def test_a_bot_in_trouble_is_told(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer("oh", 500)
    assert click(demo, post(demo, button()), ("buttons", "go")) == Outcome(ok=False, error=TROUBLE)


def respond(demo: Demo, url: str, **payload: object) -> tuple[int, str]:
    async def post_it() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(demo.app), base_url=BASE_URL) as client:
            return await client.post(url, json=payload)

    response = at_once(post_it())
    return response.status_code, response.text if response.is_success else response.json()["error"]


def clicked(demo: Demo, bot: FakeBot, message: Message) -> str:
    click(demo, message, ("buttons", "go"))
    url: str = bot.payload["response_url"]
    return url


def commanded(demo: Demo, bot: FakeBot) -> str:
    at_once(demo.gestures.say(SAM, ACME, "/risk x"))
    return bot.form["response_url"]


def test_the_reply_to_a_click_replaces_also_what_only_one_sees(demo: Demo, bot: FakeBot) -> None:
    message = post(demo, button(), only_to=SAM)
    answer = respond(demo, clicked(demo, bot, message), replace_original=True, text="Done")
    assert answer == (200, "ok")
    last = demo.workspace.timeline(ACME, SAM)[-1]
    assert (last.ts, last.text, last.blocks, last.ephemeral_to) == (message.ts, "Done", [], SAM)


def test_the_reply_to_a_click_deletes(demo: Demo, bot: FakeBot) -> None:
    message = post(demo, button(), only_to=SAM)
    url = clicked(demo, bot, message)
    assert respond(demo, url, delete_original=True) == (200, "ok")
    assert demo.workspace.message(ACME, message.ts) is None
    assert respond(demo, url, delete_original=True) == (400, "message_not_found")


def test_a_reply_is_for_the_one_person_unless_it_says_otherwise(demo: Demo, bot: FakeBot) -> None:
    url = clicked(demo, bot, post(demo, button()))
    respond(demo, url, text="Only you")
    assert demo.workspace.timeline(ACME, SAM)[-1].ephemeral_to == SAM
    respond(demo, url, text="All", response_type="in_channel")
    assert demo.workspace.timeline(ACME, DANA)[-1].text == "All"


def test_the_reply_to_a_command_replaces_nothing(demo: Demo, bot: FakeBot) -> None:
    url = commanded(demo, bot)
    assert respond(demo, url, text="Working on it") == (200, "ok")
    assert respond(demo, url, replace_original=True, text="Done") == (400, "cant_update_message")
    assert respond(demo, url, delete_original=True) == (400, "cant_delete_message")


def test_a_reply_keeps_to_the_limits(demo: Demo, bot: FakeBot) -> None:
    url = commanded(demo, bot)
    assert respond(demo, url) == (400, "no_text")
    assert respond(demo, url, blocks=[section("x" * 3001)]) == (400, "invalid_blocks")
    assert respond(demo, url, text="x", colour="red") == (400, "invalid_arguments")


def test_the_sixth_reply_is_too_many(demo: Demo, bot: FakeBot) -> None:
    url = commanded(demo, bot)
    answers = [respond(demo, url, text=str(number)) for number in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
