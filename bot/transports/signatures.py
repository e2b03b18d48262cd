"""Why a request is refused as none of Slack's, in words for the log; Bolt itself checks the signature."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from time import monotonic

from structlog import get_logger

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


def is_signed(headers: Headers) -> bool:
    """Tell whether there are a time and a signature to check; Bolt's check breaks on what looks otherwise."""
    timestamp, signature = _signed_at(headers), headers.get("x-slack-signature", "")
    return bool(_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(str(signature)))


def why_refused(headers: Headers, now: float) -> Unproven:
    """Return why a signature was not taken. ``now`` is the time by this machine's clock."""
    return Unproven.OLD if abs(now - int(_signed_at(headers))) > YOUNGER_THAN else Unproven.OTHERWISE


def _signed_at(headers: Headers) -> str:
    return str(headers.get("x-slack-request-timestamp", ""))


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
