"""The app's Home: what the bot publishes for one person, what it hears, and what can be pressed there."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.demo.people.gestures import ViewSource
from tests.conftest import SetClock
from tests.demo.company import DANA, MANIFEST, SAM, FakeBot, button, input_block, open_company, plain, section
from tests.demo.running import RunningDemo, running

HOME: dict[str, object] = {
    **MANIFEST,
    "features": {"app_home": {"home_tab_enabled": True, "messages_tab_read_only_enabled": True}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


@pytest.fixture
def home(bot: FakeBot, clock: SetClock) -> Iterator[RunningDemo]:
    """Serve a workspace whose app has a Home tab and wants to know of it."""
    with running(lambda base_url: open_company(bot, clock, base_url=base_url, manifest=HOME)) as served:
        yield served


def view(*blocks: dict[str, Any], **rest: object) -> dict[str, Any]:
    return {"type": "home", "callback_id": "home", "blocks": list(blocks) or [section()], **rest}


def refusal(served: RunningDemo, **arguments: Any) -> str:  # noqa: ANN401 - any argument of the method.
    with pytest.raises(SlackApiError) as caught:
        served.client().views_publish(**arguments)
    return str(caught.value.response["error"])


def events(bot: FakeBot) -> list[dict[str, Any]]:
    told = [json.loads(request.content) for request in bot.requests]
    return [each["event"] for each in told if "event" in each]


def test_each_person_has_a_home_of_their_own(home: RunningDemo) -> None:
    first = home.client().views_publish(user_id=SAM, view=view(section("For Sam")))["view"]
    home.client().views_publish(user_id=DANA, view=view(section("For Dana")))
    assert (first["type"], first["callback_id"], first["root_view_id"]) == ("home", "home", first["id"])
    shown = home.demo.workspace.homes.of(SAM)
    assert shown is not None
    assert shown.view["blocks"][0]["text"]["text"] == "For Sam"
    again = home.client().views_publish(user_id=SAM, view=view(section("Again")), hash=first["hash"])["view"]
    assert again["id"] == first["id"]
    assert refusal(home, user_id=SAM, view=view(), hash=first["hash"]) == "hash_conflict"


def test_slacks_limits_for_a_home(home: RunningDemo, served: RunningDemo) -> None:
    home.client().views_publish(user_id=SAM, view=view(*[section()] * 100))
    assert refusal(home, user_id=SAM, view=view(*[section()] * 101)) == "invalid_arguments"
    assert refusal(home, user_id=SAM, view=view(title=plain("No title"))) == "invalid_arguments"
    assert refusal(home, user_id="U09NOBODY", view=view()) == "invalid_arguments"
    assert refusal(served, user_id=SAM, view=view()) == "not_enabled"


def test_the_app_hears_which_tab_is_opened_and_what_it_had_published(home: RunningDemo, bot: FakeBot) -> None:
    gestures = home.demo.gestures

    async def come(tab: str) -> None:
        gestures.open_app(SAM, tab)
        await home.demo.events.settled()

    home.do(come("home"))
    published = home.client().views_publish(user_id=SAM, view=view())["view"]
    home.do(come("home"))
    home.do(come("messages"))
    first, second, third = events(bot)
    assert first.pop("event_ts")
    assert first == {"type": "app_home_opened", "user": SAM, "channel": "D01SAM", "tab": "home"}
    assert (second["view"]["id"], second["view"]["hash"]) == (published["id"], published["hash"])
    assert (third["tab"], "view" in third) == ("messages", False)


def test_a_click_in_a_home_opens_a_modal_and_tells_what_is_filled_in(home: RunningDemo, bot: FakeBot) -> None:
    blocks = (button("home_go"), input_block({"type": "plain_text_input"}, optional=True))
    published = home.client().views_publish(user_id=SAM, view=view(*blocks))["view"]
    source = ViewSource(published["id"])
    click = home.demo.gestures.click(SAM, source, "buttons", "home_go", None, {"b": {"a": "typed"}})
    assert home.do(click).ok
    payload = bot.payload
    assert payload["container"] == {"type": "view", "view_id": published["id"]}
    assert payload["view"]["state"]["values"]["b"]["a"]["value"] == "typed"
    assert payload["view"]["type"] == "home"
    assert not {"response_url", "channel", "message"} & set(payload)
    modal = {"type": "modal", "title": plain("Go"), "blocks": [section()]}
    home.client().views_open(trigger_id=payload["trigger_id"], view=modal)
    assert [each.view["title"]["text"] for each in home.demo.workspace.views_of(SAM)] == ["Go"]
    others = home.demo.gestures.click(DANA, source, "buttons", "home_go")
    assert not home.do(others).ok


def test_people_cannot_write_to_an_app_that_only_speaks(home: RunningDemo) -> None:
    outcome = home.do(home.demo.gestures.say(SAM, "D01SAM", "Hello"))
    assert outcome.error == "Sending messages to this app has been turned off."
