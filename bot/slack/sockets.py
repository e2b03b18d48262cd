"""Opens WebSockets to Slack: asks for an address with the app's token, connects, and waits for the hello."""

import json

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from bot.slack.client import is_this_machine

LARGEST = 1024 * 1024
"""Bytes of a message, as over HTTP."""
OPEN_WITHIN = 10.0
"""Seconds for the handshake, and again for Slack's hello."""
PING_EVERY = 10.0
"""Seconds between two pings, and for the answer to one: a connection silently dead shows within twenty."""
CLOSE_WITHIN = 1.0
"""Seconds for Slack to answer our goodbye."""

UNREACHABLE = "unreachable"
"""Our own code beside Slack's."""

WRONG_TOKEN = frozenset(
    {
        "not_authed",
        "invalid_auth",
        "not_allowed_token_type",
        "missing_scope",
        "no_permission",
        "token_expired",
        "token_revoked",
        "account_inactive",
    }
)
"""Slack's words for a token with which no attempt will ever succeed."""


class NotConnected(Exception):
    """An attempt to connect failed; ``code`` is Slack's word for why, or the error's name."""

    def __init__(self, code: str, retry_after: float = 0.0) -> None:
        """Take the code, and the seconds that Slack wants us to wait."""
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after

    @property
    def is_final(self) -> bool:
        """Tell whether another attempt with the same token is in vain."""
        return self.code in WRONG_TOKEN


class Dialler:
    """Opens one connection after the other."""

    def __init__(self, slack: WebClient, app_token: str) -> None:
        """Take the client that asks for addresses, and the token it has to ask with."""
        self._slack = slack
        self._token = app_token

    def open(self) -> ClientConnection:
        """Return a connection on which Slack has said hello. Raises NotConnected."""
        url = self._address()
        try:
            connection = connect(
                url,
                # An address of this machine is no business of a proxy that the environment names.
                proxy=None if is_this_machine(url) else True,
                compression=None,
                open_timeout=OPEN_WITHIN,
                ping_interval=PING_EVERY,
                ping_timeout=PING_EVERY,
                close_timeout=CLOSE_WITHIN,
                max_size=LARGEST,
                legacy=True,  # The library's word for a connection that we close ourselves.
            )
        except (OSError, WebSocketException) as error:
            raise NotConnected(type(error).__name__) from error
        try:
            _expect_hello(connection.recv(OPEN_WITHIN))
        except (OSError, WebSocketException, ValueError) as error:
            connection.close()
            raise NotConnected(type(error).__name__) from error
        except NotConnected:
            connection.close()
            raise
        return connection

    def _address(self) -> str:
        try:
            return str(self._slack.apps_connections_open(app_token=self._token)["url"])
        except SlackApiError as error:
            answer = error.response
            said = str(answer.get("error"))
            # A gateway's page of HTML is no code.
            code = said if said.isidentifier() else f"HTTP {answer.status_code}"
            headers = {name.lower(): value for name, value in answer.headers.items()}
            raise NotConnected(code, float(headers.get("retry-after") or 0)) from error
        except OSError as error:
            raise NotConnected(UNREACHABLE) from error


def _expect_hello(text: str | bytes) -> None:
    message = json.loads(text)
    if message.get("type") != "hello":
        raise NotConnected(str(message.get("reason") or "no hello"))
