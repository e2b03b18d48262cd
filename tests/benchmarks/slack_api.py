"""The Web API for the arms: ``python -m tests.benchmarks.slack_api`` prints its address and answers."""

import itertools
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bot.slack_side import TEAM, USUAL, web_api

Answer = Callable[[dict[str, str]], dict[str, Any]]

_CHANNEL = {"name": "acme", "is_channel": True, "is_im": False, "is_member": True, "is_ext_shared": False}
_count = itertools.count(1)


def _said(asked: dict[str, str]) -> dict[str, Any]:
    stamp = f"{int(time.time())}.{next(_count):06d}"
    return {"ok": True, "channel": asked.get("channel", "C0ACME"), "ts": stamp, "message": {"ts": stamp}}


ANSWERS: dict[str, Answer] = {
    **USUAL,
    "conversations.info": lambda asked: {"ok": True, "channel": {"id": asked["channel"], **_CHANNEL}},
    "conversations.members": lambda _: {"ok": True, "members": ["U0DANA", "U0BOT"]},
    "conversations.open": lambda _: {"ok": True, "channel": {"id": "D0DANA"}},
    "conversations.history": lambda _: {"ok": True, "messages": [], "has_more": False},
    "conversations.replies": lambda _: {"ok": True, "messages": [], "has_more": False},
    "team.info": lambda _: {"ok": True, "team": {"id": TEAM, "name": "Acme"}},
    "chat.postMessage": _said,
    "chat.postEphemeral": _said,
    "chat.update": _said,
    "chat.delete": _said,
}


def main() -> None:
    """Answer until standard input ends."""
    with web_api(ANSWERS) as api:
        print(api.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
