"""What goes wrong in a call of Slack, and what may be done about it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from socket import gaierror
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.connections import NotReached
from scheduled.ports import MessengerError, Method, NotSent, RateLimited, Refusal, Refused, Unclear

PATIENCE = 30.0
"""Seconds to wait where Slack asks for patience and does not say how much."""

OK = 200
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

A_CHANNELS_LIMIT = 3.0
"""Seconds that Slack asks for at the most where one channel has had too many posts: it takes one a second.

The workspace's own limit is counted by the minute, and is what a longer wait is about. The answer says
nothing but the seconds.
"""

_LIMITED = frozenset({"ratelimited", "rate_limited"})
_HALF_DONE = frozenset({"fatal_error", "internal_error"})
"""Slack's documentation says of these that part of the work may have been done."""
_PASSING = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_authed",
        "org_login_required",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
    }
)
"""Nothing was done, and Slack or whoever runs the bot can put it right: messages wait for that."""
_LEFT_OUT = "missing_scope"
_OPTIONAL = frozenset({Method.UPLOAD, Method.FIND, Method.LOOK_UP})
"""What a message does without, for one that waited for the permission would hold up all that follows it."""
_WORD = re.compile(r"\w+")
"""What Slack's own refusals look like; whatever else comes back is not from Slack."""

_CHANNEL_REFUSALS = {
    "channel_not_found": Refusal.CHANNEL_NOT_FOUND,
    "is_archived": Refusal.ARCHIVED,
    "not_in_channel": Refusal.NOT_IN_CHANNEL,
}


@contextmanager
def unseen() -> Iterator[None]:
    """Let a call be made again of which nobody has seen anything, whether it happened or not."""
    try:
        yield
    except Unclear as failure:
        raise NotSent(str(failure)) from failure


def require_taken(status: int) -> None:
    """Raise what may be done about it unless a file's bytes were taken."""
    if status == OK:
        return
    if status == TOO_MANY_REQUESTS:
        raise RateLimited(Method.UPLOAD, PATIENCE)
    said = f"HTTP {status}"
    raise Unclear(said) if status >= SERVER_ERROR else Refused(said)


@contextmanager
def failures(method: Method) -> Iterator[None]:
    """Turn whatever goes wrong in a call into what may be done about it."""
    try:
        yield
    except SlackApiError as error:
        raise _meaning(error.response, method) from error
    except NotReached as error:
        raise NotSent(str(error)) from error
    except URLError as error:
        never_left = isinstance(error.reason, gaierror | ConnectionRefusedError)
        raise (NotSent if never_left else Unclear)(type(error.reason).__name__) from error
    except (OSError, HTTPException) as error:
        raise Unclear(type(error).__name__) from error


def _meaning(answer: SlackResponse, method: Method) -> MessengerError:
    status, code = answer.status_code, str(answer.get("error") or "")
    if status == TOO_MANY_REQUESTS or code in _LIMITED:
        wait = _retry_after(answer)
        return RateLimited(method, wait, in_channel_alone=method is Method.POST and wait <= A_CHANNELS_LIMIT)
    if status >= SERVER_ERROR:
        return Unclear(f"HTTP {status}")
    if code in _HALF_DONE:
        return Unclear(code)
    if not _WORD.fullmatch(code):
        return Unclear(f"HTTP {status} with no answer of Slack's")
    if code in _PASSING and not (method in _OPTIONAL and code == _LEFT_OUT):
        return NotSent(code)
    return Refused(code, _CHANNEL_REFUSALS.get(code))


def _retry_after(answer: SlackResponse) -> float:
    stated = {name.lower(): value for name, value in answer.headers.items()}.get("retry-after", "")
    try:
        return max(float(stated), 0.0)
    except ValueError:
        return PATIENCE
