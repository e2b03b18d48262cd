"""What no listener is there for is answered in plain words, where the person is."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from handlers.callback_ids import CallbackId
from handlers.edge.prefixing import renamed
from handlers.edge.unknown import OLDER_BUTTON, OLDER_FORM, OLDER_SHORTCUT, Unknown
from handlers.errors import words
from handlers.forms import Unreadable
from handlers.kit import Kit
from tests.bot.slack.server import Api, hanging_up, saying, web_api

Json = dict[str, Any]
FIELD = {"type": "input", "block_id": "title", "element": {"type": "plain_text_input"}}
VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "older",
    "title": {"type": "plain_text", "text": "Older"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [FIELD],
    "hash": "h",
    "state": {"values": {}},
}


class Desk:
    """The little of the kit that answering takes."""

    prefix = "x-"

    def __init__(self) -> None:
        self.said: list[tuple[str, Mapping[str, Any]]] = []

    def respond(self, address: str, message: Mapping[str, Any]) -> None:
        self.said.append((address, message))


@pytest.fixture
def desk() -> Desk:
    """Return where answers to clicks are collected."""
    return Desk()


@pytest.fixture
def api() -> Any:  # noqa: ANN401 - a generator's fixture.
    """Run a Slack that takes modals."""
    with web_api() as running:
        running.answers = {name: saying({"ok": True}) for name in ("views.open", "views.update")}
        yield running


@pytest.fixture
def deliver(desk: Desk, api: Api) -> Callable[[Json], BoltResponse]:
    """Return what delivers a payload to an app that knows nothing."""

    def installed(**_: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")

    app = App(
        signing_secret="secret",
        process_before_response=True,
        authorize=installed,
        client=WebClient(token="xoxb-1", base_url=api.url, retry_handlers=[]),
    )
    app.use(Unknown(_kit(desk)))
    return lambda payload: app.dispatch(BoltRequest(mode="socket_mode", body=payload))


def _kit(desk: Desk) -> Kit:
    return desk  # type: ignore[return-value]


def interaction(kind: str, **more: object) -> Json:
    return {"type": kind, "user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": "1.2", **more}


def pressed(action_id: object, **more: object) -> Json:
    return interaction("block_actions", actions=[{"action_id": action_id}], **more)


def test_an_older_button_is_answered_beside_its_message(
    deliver: Callable[[Json], BoltResponse], desk: Desk
) -> None:
    answer = deliver(pressed("gone", response_url="https://example.com/1"))
    assert (answer.status, answer.body) == (200, "")
    [(address, message)] = desk.said
    assert (address, message["text"], message["replace_original"]) == (
        "https://example.com/1",
        OLDER_BUTTON,
        False,
    )


def test_an_older_button_in_a_form_is_answered_above_what_is_typed(
    deliver: Callable[[Json], BoltResponse], api: Api
) -> None:
    deliver(pressed("gone", view=VIEW))
    [asked] = api.asked
    assert asked.method == "views.update"
    note, field = asked.arguments["view"]["blocks"]
    assert (note["text"]["text"], field) == (OLDER_BUTTON, FIELD)
    assert "hash" not in asked.arguments["view"]


def test_an_older_button_in_a_form_without_fields_is_answered_in_its_place(
    deliver: Callable[[Json], BoltResponse], api: Api
) -> None:
    deliver(pressed("gone", view={**VIEW, "submit": None}))
    [shown] = api.asked[0].arguments["view"]["blocks"]
    assert shown["text"]["text"] == OLDER_BUTTON


def test_an_older_button_on_the_home_is_answered_in_front_of_it(
    deliver: Callable[[Json], BoltResponse], api: Api
) -> None:
    deliver(pressed("gone", view={**VIEW, "type": "home"}))
    assert [asked.method for asked in api.asked] == ["views.open"]


def test_what_no_form_can_say_any_more_is_written_to_the_person(
    deliver: Callable[[Json], BoltResponse], api: Api
) -> None:
    api.answers["views.open"] = saying({"ok": False, "error": "expired_trigger_id"})
    api.answers["chat.postMessage"] = saying({"ok": True})
    deliver(interaction("shortcut", callback_id="gone"))
    assert api.methods == ["views.open", "chat.postMessage"]
    written = api.asked[-1].arguments
    assert (written["channel"], written["text"]) == ("U1", renamed(OLDER_SHORTCUT, "x-"))


def test_a_slack_that_does_not_answer_is_not_asked_twice(
    deliver: Callable[[Json], BoltResponse], api: Api
) -> None:
    api.answers["views.open"] = hanging_up
    deliver(interaction("shortcut", callback_id="gone"))
    assert api.methods == ["views.open"]


def test_a_second_note_takes_the_place_of_the_first(
    deliver: Callable[[Json], BoltResponse], api: Api
) -> None:
    noted = {"type": "section", "block_id": "note", "text": {"type": "mrkdwn", "text": "Earlier."}}
    deliver(pressed("gone", view={**VIEW, "blocks": [noted, FIELD]}))
    assert "Earlier." not in str(api.asked[0].arguments["view"])


def test_an_older_form_keeps_what_is_typed_and_says_so_beside_it(
    deliver: Callable[[Json], BoltResponse],
) -> None:
    answer = deliver(interaction("view_submission", view=VIEW))
    assert answer.status == 200
    assert '"errors"' in answer.body
    assert OLDER_FORM in answer.body


@pytest.mark.parametrize("kind", ["shortcut", "message_action"])
def test_an_older_shortcut_is_answered_in_a_window_of_its_own(
    deliver: Callable[[Json], BoltResponse], api: Api, kind: str
) -> None:
    deliver(interaction(kind, callback_id="gone"))
    assert [asked.method for asked in api.asked] == ["views.open"]
    assert "`/x-drumbeat help`" in str(api.asked[0].arguments["view"])


def test_a_command_that_is_gone_names_the_help(deliver: Callable[[Json], BoltResponse]) -> None:
    answer = deliver({"command": "/x-older", "team_id": "T1", "user_id": "U1"})
    assert "`/x-drumbeat help`" in answer.body


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("/risk", "leave COMMAND_PREFIX unset"),
        ("/acme-risk", "set COMMAND_PREFIX=acme"),
        ("/a-b-drumbeat", "set COMMAND_PREFIX=a-b"),
    ],
)
def test_a_command_of_ours_by_another_prefix_says_what_to_set(
    deliver: Callable[[Json], BoltResponse], name: str, remedy: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = deliver({"command": name, "text": "secret", "team_id": "T1", "user_id": "U1"})
    assert remedy in answer.body
    assert "help`" not in answer.body
    [warned] = [line for line in caplog.records if line.levelname == "WARNING"]
    assert warned.getMessage() == f"nobody answers the command {name}: {remedy}"


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback", "team_id": "T1", "event": {"type": "nobody_asked_for_this"}},
        interaction("view_closed", view=VIEW),
        interaction("dialog_submission", callback_id="gone"),
        interaction("workflow_step_edit", callback_id="gone"),
        {"type": "something_new"},
        {},
    ],
)
def test_where_nobody_waits_for_words_it_is_only_acknowledged(
    deliver: Callable[[Json], BoltResponse], payload: Json
) -> None:
    answer = deliver(payload)
    assert (answer.status, answer.body) == (200, "")


def test_a_menu_that_asks_for_choices_gets_none(deliver: Callable[[Json], BoltResponse]) -> None:
    assert deliver(interaction("block_suggestion", action_id="gone", value="a")).body == '{"options": []}'


@pytest.mark.parametrize(
    "payload",
    [
        interaction("block_actions", actions=[]),
        interaction("block_actions", actions=["risk_edit"]),
        pressed(7),
        pressed(None),
        {**pressed("risk_edit"), "actions": None},
    ],
)
def test_a_click_that_is_not_as_slack_makes_it_is_answered(
    deliver: Callable[[Json], BoltResponse], desk: Desk, payload: Json
) -> None:
    assert deliver({**payload, "response_url": "https://example.com/1"}).status == 200
    assert desk.said[0][1]["text"] == words(Unreadable())


@pytest.mark.parametrize(
    "view", [{**VIEW, "callback_id": 7}, {"callback_id": CallbackId.RISK_LOG.value}, "x"]
)
def test_a_form_that_is_not_as_slack_makes_it_is_answered(
    deliver: Callable[[Json], BoltResponse], view: object
) -> None:
    assert words(Unreadable()) in deliver(interaction("view_submission", view=view)).body
