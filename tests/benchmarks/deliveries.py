"""A slash command as Slack delivers it, made with little work: a generator must not hold up an arm."""

import hmac

from tests.bot.slack_side import SIGNING_SECRET, command

_TRIGGER = "0.0.trigger"
_LENGTH = b"content-length:"
_END_OF_HEAD = b"\r\n\r\n"


class Deliveries:
    """Makes one signed request after the other; each is a new delivery, with a trigger of its own."""

    def __init__(self, name: str, text: str, run: str) -> None:
        """Take the command, what follows it, and a word that no other run uses."""
        self._before, self._after = command(name, text, trigger_id=_TRIGGER).encode().split(_TRIGGER.encode())
        self._run = run.encode()
        self._made = 0

    def next(self, timestamp: int) -> bytes:
        """Return the next request, signed for this second."""
        self._made += 1
        body = b"%s%d.0.%s%s" % (self._before, self._made, self._run, self._after)
        head = (
            b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"X-Slack-Request-Timestamp: %d\r\nX-Slack-Signature: %s\r\nContent-Length: %d\r\n\r\n"
        )
        return head % (timestamp, signature(timestamp, body), len(body)) + body


def signature(timestamp: int, body: bytes) -> bytes:
    """Return Slack's signature of a body."""
    digest = hmac.digest(SIGNING_SECRET.encode(), b"v0:%d:%s" % (timestamp, body), "sha256")
    return b"v0=" + digest.hex().encode()


def is_whole(received: bytes) -> bool:
    """Tell whether these bytes are a whole answer. Raises ValueError where its length is not announced."""
    end = received.find(_END_OF_HEAD)
    if end < 0:
        return False
    head = received[:end].lower()
    at = head.find(_LENGTH)
    if at < 0:
        msg = f"an answer without a length: {head!r}"
        raise ValueError(msg)
    length = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
    return len(received) >= end + len(_END_OF_HEAD) + length


def is_expected(answer: bytes, words: bytes) -> bool:
    """Tell whether the answer is a 200 that says these words."""
    return answer.startswith(b"HTTP/1.1 200 ") and words in answer
