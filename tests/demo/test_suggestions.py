"""Selects whose options the bot suggests: what it hears, what it may answer, and what can be chosen then."""

from typing import Any

import pytest

from bot.demo.people.gestures import Outcome, ViewSource
from bot.demo.people.outcomes import GONE, TROUBLE
from bot.demo.people.suggestions import Suggested
from bot.demo.server import Demo
from bot.demo.values import ChangeKind, RawValue
from tests.conftest import SetClock
from tests.demo.company import (
    DANA,
    IN_SOCKET_MODE,
    MANIFEST,
    SAM,
    FakeBot,
    input_block,
    modal,
    open_company,
    option,
    plain,
    section,
)
from tests.demo.running import at_once

SELECT = {"type": "external_select", "min_query_length": 2}


def opened(demo: Demo, select: dict[str, Any] = SELECT, *, live: bool = False) -> str:
    block = input_block(select, dispatch_action=live)
    return demo.workspace.modals.push(SAM, modal(block), root=True).id


def ask(demo: Demo, view_id: str, typed: str = "acme", who: str = SAM) -> Suggested:
    return at_once(demo.gestures.suggestions.ask(who, view_id, ("b", "a"), typed))


def choose(demo: Demo, view_id: str, raw: RawValue) -> Outcome:
    return at_once(demo.gestures.click(SAM, ViewSource(view_id), "b", "a", raw))


def test_the_bot_hears_what_is_typed_and_where_and_may_open_nothing(demo: Demo, bot: FakeBot) -> None:
    bot.will_answer({"options": [option("acme"), option("other")]})
    view_id = opened(demo)
    found = ask(demo, view_id)
    assert [each["value"] for each in found.groups[0]["options"]] == ["acme", "other"]
    payload = bot.payload
    assert payload.pop("view")["id"] == view_id
    assert payload == {
        "type": "block_suggestion",
        "container": {"type": "view", "view_id": view_id},
        "block_id": "b",
        "action_id": "a",
        "value": "acme",
        "user": {"id": SAM, "username": "sam", "name": "sam", "team_id": "T01STUDIO"},
        "team": {"id": "T01STUDIO", "domain": "studio-north"},
        "api_app_id": "A01DRUMBEAT",
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def test_only_what_was_suggested_can_be_chosen_and_it_survives_other_suggestions(
    demo: Demo, bot: FakeBot
) -> None:
    view_id = opened(demo, live=True)
    assert choose(demo, view_id, "acme").error == "external_select offers no 'acme'"
    bot.will_answer({"option_groups": [{"label": plain("Yours"), "options": [option("acme")]}]})
    assert ask(demo, view_id).groups[0]["label"] == plain("Yours")
    assert choose(demo, view_id, "acme").ok
    assert bot.payload["actions"][0]["selected_option"] == option("acme")
    bot.will_answer({"options": []})
    assert ask(demo, view_id, "zebra") == Suggested([{"label": None, "options": []}])
    demo.workspace.modals.update(view_id, modal(section(), input_block(SELECT)))
    at_once(demo.gestures.submit(SAM, view_id, {}))
    assert bot.payload["view"]["state"]["values"]["b"]["a"] == {
        "type": "external_select",
        "selected_option": option("acme"),
    }


def test_the_choice_at_the_beginning_counts_without_any_suggestion(demo: Demo, bot: FakeBot) -> None:
    view_id = opened(demo, {**SELECT, "initial_option": option("acme")})
    at_once(demo.gestures.submit(SAM, view_id, {"b": {"a": "acme"}}))
    assert bot.payload["view"]["state"]["values"]["b"]["a"]["selected_option"]["value"] == "acme"


def test_too_few_letters_and_other_peoples_modals_ask_nothing(demo: Demo, bot: FakeBot) -> None:
    view_id = opened(demo)
    assert ask(demo, view_id, "a") == Suggested([])
    assert ask(demo, view_id, who=DANA) == Suggested([], GONE.error)
    static = opened(demo, {"type": "static_select", "options": [option("acme")]})
    assert ask(demo, static) == Suggested([], GONE.error)
    default = opened(demo, {"type": "external_select"})
    assert ask(demo, default, "ac") == Suggested([])
    assert bot.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"text": "Hello"},
        {"options": [option("x")], "option_groups": []},
        {"options": [option(str(number)) for number in range(101)]},
        {"options": [{**option("x"), "text": plain("x" * 76)}]},
        {"option_groups": [{"label": plain("Yours"), "options": []}]},
    ],
    ids=["nothing", "a message", "both", "too many", "too long", "an empty group"],
)
def test_what_slack_would_not_show_is_refused_loudly(
    demo: Demo, bot: FakeBot, answer: dict[str, Any]
) -> None:
    view_id, page = opened(demo), demo.workspace.subscribe(SAM)
    bot.will_answer(answer)
    assert ask(demo, view_id) == Suggested([], TROUBLE)
    said = [at_once(anext(page)) for _ in range(2)]
    assert any("are refused" in change.text for change in said if change.kind is ChangeKind.NOTICE)


def test_a_slow_bot_and_one_in_trouble_suggest_nothing(bot: FakeBot, clock: SetClock) -> None:
    demo = open_company(bot, clock)
    bot.will_answer("oh", 500)
    assert ask(demo, opened(demo)) == Suggested([], TROUBLE)


def test_over_http_the_manifest_must_name_the_address(bot: FakeBot, clock: SetClock) -> None:
    demo = open_company(bot, clock, manifest={**MANIFEST, "settings": {}})
    assert ask(demo, opened(demo)).error == TROUBLE
    assert bot.requests == []
    assert open_company(bot, clock, manifest=IN_SOCKET_MODE).workspace.suggests_options
