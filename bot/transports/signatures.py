"""Whether Slack sent a request, and if not, why in words for the log."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from time import monotonic

from slack_sdk.signature import SignatureVerifier
from structlog import get_logger

from bot.clock import utc_now
from bot.settings import WHERE_TO_FIND

log = get_logger(__name__)

YOUNGER_THAN = 300
"""Seconds for which Slack's signature is good."""
WARN_EVERY = 600.0
"""Seconds between two warnings for the same reason: strangers can send as much as they like."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

Headers = Mapping[str, str | Sequence[str]]


class Unproven(StrEnum):
    """Why nobody can tell that Slack sent it."""

    UNSIGNED = "it has no signature such as Slack's"
    OLD = "it was signed more than five minutes ago, or this machine's clock is wrong"
    OTHERWISE = "it was signed with another secret"


_REMEDIES = {
    Unproven.UNSIGNED: "none where a stranger sent it; otherwise let the proxy pass the headers X-Slack-…",
    Unproven.OLD: "see the line `clock` of `drumbeat doctor`",
    Unproven.OTHERWISE: f"compare SLACK_SIGNING_SECRET: {WHERE_TO_FIND['SLACK_SIGNING_SECRET']}",
}


class Signatures:
    """Tells what Slack sent by the secret that nobody else knows."""

    def __init__(self, secret: str) -> None:
        """Take the secret."""
        self._verifier = SignatureVerifier(secret)

    def why_unproven(self, headers: Headers, body: str) -> Unproven | None:
        """Return why nobody can tell that Slack sent it, or None for what it did send."""
        timestamp = str(headers.get("x-slack-request-timestamp", ""))
        signature = str(headers.get("x-slack-signature", ""))
        # The SDK's check breaks on what looks otherwise.
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return Unproven.UNSIGNED
        if self._verifier.is_valid(body, timestamp, signature):
            return None
        is_old = abs(utc_now().timestamp() - int(timestamp)) > YOUNGER_THAN
        return Unproven.OLD if is_old else Unproven.OTHERWISE


class Refusals:
    """Tells the log of each request that was refused, now and then as a warning."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        """``seconds`` is a clock that only goes forward."""
        self._seconds = seconds
        self._quiet_until: dict[Unproven, float] = {}

    def tell(self, why: Unproven) -> None:
        """Say why; the first of its kind for a while is a warning, with what can be done."""
        now = self._seconds()
        if now < self._quiet_until.get(why, now):
            log.info("refused", status=401, why=why.value)
            return
        self._quiet_until[why] = now + WARN_EVERY
        log.warning("refused", status=401, why=why.value, remedy=_REMEDIES[why])
