"""Socket Mode: would Slack let us connect? None is made, for it would take what the bot waits for."""

from collections.abc import Generator, Mapping

from slack_sdk.errors import SlackApiError

from bot.doctor.findings import Finding, Subject, ok, problem
from bot.doctor.slack_check import client_of, code_of, unreachable
from bot.settings import Settings

_MAKE_ONE = "api.slack.com/apps → your app → Basic Information → App-Level Tokens: one with connections:write"
_SWITCH_ON = "api.slack.com/apps → your app → Socket Mode: switch it on"

_REFUSALS: Mapping[str, str] = {
    "invalid_auth": "Slack does not know SLACK_APP_TOKEN",
    "not_authed": "Slack sees no token in SLACK_APP_TOKEN",
    "token_revoked": "SLACK_APP_TOKEN was revoked",
    "not_allowed_token_type": "SLACK_APP_TOKEN is a token of another kind",
    "missing_scope": "SLACK_APP_TOKEN lacks the scope connections:write",
    "no_permission": "SLACK_APP_TOKEN lacks the scope connections:write",
}


def examine_socket(settings: Settings, app_token: str) -> Generator[Finding, None, None]:
    """Ask Slack for the address of a connection, and leave it at that."""
    try:
        client_of(settings).apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        code = code_of(error)
        what = _REFUSALS.get(code)
        if what is not None:
            yield problem(Subject.SOCKET, what, _MAKE_ONE)
        else:
            yield problem(Subject.SOCKET, f"Slack offers no connection: {code}", _SWITCH_ON)
    except OSError as error:
        yield unreachable(Subject.SOCKET, error)
    else:
        yield ok(Subject.SOCKET, "Slack offers a connection for Socket Mode, so it needs no address of ours")
