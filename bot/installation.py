"""The Slack workspace this program is installed in: asked of Slack once, then remembered."""

import threading

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_bolt.context import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from structlog import get_logger

from bot.deadline import time_for_a_call
from bot.settings import WHERE_TO_FIND
from bot.slack.client import BEFORE_THE_ANSWER

log = get_logger(__name__)

UNREACHABLE = "unreachable"
"""Our own code beside Slack's."""


COPY_AGAIN = f"copy it again: {WHERE_TO_FIND['SLACK_BOT_TOKEN']}; `drumbeat doctor` looks closer"
SOMEBODY_ELSE = "look at the proxy between here and Slack, and at SLACK_API_URL if it is set"


class Unconfirmed(Exception):
    """Slack has not confirmed the token yet; ``code`` is Slack's word for why, or UNREACHABLE.

    None of the SDK's errors: of those Bolt makes a bare text, which shows after a command and nowhere else.
    """

    def __init__(self, code: str) -> None:
        """Take the code."""
        super().__init__(f"Slack has not confirmed SLACK_BOT_TOKEN: {code}")
        self.code = code


class Installation(Authorize):
    """Answers Bolt's question "which bot are we here?" from memory, after asking Slack once.

    The answer is always the installed workspace, also for a person of another team who acts in a shared
    channel, or a modal of theirs would fail for want of an installation in their team.
    """

    def __init__(self, client: WebClient, token: str) -> None:
        """Take the client that every request may share; it carries the token and its short time-outs."""
        self._client = client
        self._token = token
        self._asking = threading.Lock()
        self._known: AuthorizeResult | None = None
        self._told = ""

    def __call__(self, *, context: BoltContext, **_ignored: str | None) -> AuthorizeResult:
        """Authorize a request. Raises Unconfirmed."""
        context["client"] = self._client
        known = self.confirm()
        context["enterprise_id"] = known.enterprise_id
        context["team_id"] = known.team_id
        return known

    def confirm(self) -> AuthorizeResult:
        """Return who we are, asking Slack until it has said so once. Raises Unconfirmed."""
        if self._known is not None:
            return self._known
        if not self._asking.acquire(timeout=time_for_a_call(BEFORE_THE_ANSWER)):
            # Others wait for Slack already; whoever waits for them in turn gets no answer in time.
            raise Unconfirmed(UNREACHABLE)
        try:
            if self._known is None:
                self._known = self._ask()
        finally:
            self._asking.release()
        return self._known

    def refusal(self) -> str | None:
        """Return Slack's word for why it does not confirm who we are, or UNREACHABLE; None where it does."""
        try:
            self.confirm()
        except Unconfirmed as refusal:
            return refusal.code
        return None

    def refusal_by_now(self) -> str | None:
        """Return the same asked anew, whatever Slack said before; who we are stays known."""
        if self._known is None:
            return self.refusal()
        try:
            self._client.auth_test()
        except (OSError, SlackApiError) as error:
            return _code_of(error)
        return None

    def forget(self) -> None:
        """Ask Slack anew next time."""
        with self._asking:
            self._known = None

    def _ask(self) -> AuthorizeResult:
        try:
            answer = self._client.auth_test()
        except (OSError, SlackApiError) as error:
            code = _code_of(error)
            if isinstance(error, SlackApiError):
                self._tell(code)
            raise Unconfirmed(code) from error
        self._told = ""
        return AuthorizeResult.from_auth_test_response(bot_token=self._token, auth_test_response=answer)

    def _tell(self, code: str) -> None:
        """Warn once that an answer was no yes; where there was none at all, the client has told that."""
        if code == self._told:
            return
        self._told = code
        if code == UNREACHABLE:
            log.warning("slack_unreachable", why="what answers is not Slack", remedy=SOMEBODY_ELSE)
        else:
            log.warning("slack_refused_token", code=code, setting="SLACK_BOT_TOKEN", remedy=COPY_AGAIN)


def _code_of(error: OSError | SlackApiError) -> str:
    """Return Slack's word; what comes from a proxy in between has none."""
    return str((isinstance(error, SlackApiError) and error.response.get("error")) or UNREACHABLE)
