"""While Slack does not confirm who we are, people read so where they are, and keep what they typed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from slack_bolt import BoltRequest, BoltResponse

from bot.settings import Settings
from bot.wiring import Application, build
from handlers.callback_ids import CallbackId
from handlers.edge.unconfirmed import TRY_AGAIN
from handlers.ids import ActionId
from tests.bot.slack.server import Answer, Api, hanging_up, saying, web_api
from tests.bot.slack_side import AUTH_TEST, TEAM, TOKEN

FIELD = {"type": "input", "block_id": "title", "element": {"type": "plain_text_input", "action_id": "title"}}
FORM = {
    "id": "V1",
    "type": "modal",
    "callback_id": CallbackId.RISK_LOG,
    "title": {"type": "plain_text", "text": "Log a risk"},
    "submit": {"type": "plain_text", "text": "Log"},
    "blocks": [FIELD],
    "state": {"values": {"title": {"title": {"type": "plain_text_input", "value": "Keys may leak"}}}},
}
PRESSED = {"type": "block_actions", "actions": [{"action_id": ActionId.RISK_EDIT, "value": "x"}]}


@dataclass(frozen=True)
class House:
    """The bot, and a Slack that does not say who it is unless a test has it."""

    application: Application
    api: Api

    def deliver(self, body: Mapping[str, Any]) -> BoltResponse:
        """Deliver what Dana does."""
        whole = {"team": {"id": TEAM}, "user": {"id": "U0DANA"}, "trigger_id": "1.2", **body}
        return self.application.bolt.dispatch(BoltRequest(mode="socket_mode", body=whole))

    def shown(self) -> Any:  # noqa: ANN401 - any JSON.
        """Return what Slack was last asked to show."""
        return self.api.asked[-1].arguments


@pytest.fixture(params=[hanging_up, saying({"ok": False, "error": "internal_error"})])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    unconfirmed: Answer = request.param
    with web_api() as api:
        api.answers = {
            "auth.test": unconfirmed,
            **{name: saying({"ok": True}) for name in ("views.open", "views.update", "respond")},
        }
        settings = Settings(
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=SecretStr("0" * 32),
            slack_api_url=api.url,
            database_url=SecretStr(f"sqlite:///{tmp_path / 'house.db'}"),
        )
        application = build(settings)
        application.prepare()
        yield House(application, api)
        application.stop()


def test_a_form_stays_with_what_is_typed_and_says_so(house: House) -> None:
    answer = house.deliver({"type": "view_submission", "view": FORM})
    assert answer.status == 200
    assert json.loads(answer.body) == {"response_action": "errors", "errors": {"title": TRY_AGAIN}}


def test_a_command_is_answered_with_what_was_typed(house: House) -> None:
    answer = house.deliver({"command": "/risk", "text": "Keys &lt;may&gt; leak", "user_id": "U0DANA"})
    said = json.loads(answer.body)
    assert (said["text"], said["response_type"]) == (
        f"{TRY_AGAIN} You typed:\nKeys &lt;may&gt; leak",
        "ephemeral",
    )


def test_a_click_is_answered_where_it_was_pressed(house: House) -> None:
    assert house.deliver(PRESSED | {"response_url": f"{house.api.url}respond"}).status == 200
    assert (house.shown()["text"], house.shown()["replace_original"]) == (TRY_AGAIN, False)

    assert house.deliver(PRESSED | {"view": FORM}).status == 200
    note, field = house.shown()["view"]["blocks"]
    assert (note["text"]["text"], field) == (TRY_AGAIN, FIELD)


def test_a_shortcut_is_answered_in_front_of_the_person(house: House) -> None:
    assert house.deliver({"type": "shortcut", "callback_id": "risk_new"}).status == 200
    assert house.shown()["view"]["blocks"][0]["text"]["text"] == TRY_AGAIN


def test_an_event_is_refused_and_comes_again(house: House) -> None:
    event = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_home_opened"}}
    assert house.deliver(event).status == 500
    house.api.answers = {**house.api.answers, "auth.test": saying(AUTH_TEST)}
    assert house.deliver(event).status == 200
