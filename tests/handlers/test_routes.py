"""Commands are found by their name; everything else is Bolt's."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.installation import UNREACHABLE, Unconfirmed
from handlers.routes import Commands, Listener


def installed(**_: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")


def app_with(risk: Listener, authorize: Callable[..., AuthorizeResult] = installed) -> App:
    """Return an app that finds ``/risk`` by its name, and ``/mood`` as Bolt does."""
    app = App(signing_secret="secret", process_before_response=True, authorize=authorize)
    app.use(Commands({"/risk": risk}))

    @app.command("/mood")
    def mood(ack: Ack) -> None:
        ack("noted")

    return app


def listed(ack: Ack, body: dict[str, str], context: BoltContext, **_: object) -> None:
    ack(f"{body['text']} in {context.team_id}")


def answer(app: App, command: Any) -> BoltResponse:  # noqa: ANN401 - also what no command is.
    body = {"command": command, "text": "list", "team_id": "T1", "user_id": "U1"}
    return app.dispatch(BoltRequest(mode="socket_mode", body=body))


def test_a_known_command_is_answered_by_its_listener() -> None:
    given = answer(app_with(listed), "/risk")
    assert (given.status, given.body) == (200, "list in T1")


def test_bolts_own_listeners_answer_the_rest() -> None:
    given = answer(app_with(listed), "/mood")
    assert (given.status, given.body) == (200, "noted")


@pytest.mark.parametrize("command", ["/other", "", None, ["/risk"], {"/risk": 1}, 7])
def test_what_nobody_knows_is_not_found(command: object) -> None:
    assert answer(app_with(listed), command).status == 404


def test_nothing_runs_where_the_app_is_not_installed() -> None:
    ran = []

    def refused(**_: object) -> AuthorizeResult:
        raise Unconfirmed(UNREACHABLE)

    answer(app_with(lambda **_: ran.append("risk"), refused), "/risk")
    assert not ran


def test_an_error_that_escapes_a_listener_reaches_the_apps_handler() -> None:
    failed = []

    def broken(**_: object) -> None:
        raise LookupError

    def handle(error: Exception) -> BoltResponse:
        failed.append(error)
        return BoltResponse(status=500)

    app = app_with(broken)
    app.error(handle)
    assert answer(app, "/risk").status == 500
    assert isinstance(failed[0], LookupError)
