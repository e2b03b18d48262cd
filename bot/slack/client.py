"""The SDK's client as the bot wants it: it never repeats a call by itself, and every call has a deadline."""

import json
import logging
from ipaddress import ip_address
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit

from slack_sdk import WebClient

from bot.deadline import time_for_a_call
from bot.slack.connections import Connections, NotReached
from bot.slack.contact import Contact

_JSON = "application/json;charset=utf-8"
_FORM = "application/x-www-form-urlencoded"

BEFORE_THE_ANSWER = 2.0
"""Seconds for a call on which an answer to Slack waits; several share what bot/deadline.py allows."""


class SlackClient(WebClient):
    """A client whose threads share kept connections.

    The SDK's own retry after a lost reply posts a message twice, so there are no retry handlers here.
    """

    def __init__(self, token: str, base_url: str, *, deadline: float, contact: Contact | None = None) -> None:
        """Take the bot's token, the address that methods' names are added to, and a whole call's seconds.

        They count from connecting to the last byte of the reply. ``contact`` tells the log where none comes.
        """
        super().__init__(
            token=token,
            base_url=base_url,
            timeout=int(max(1, deadline)),
            logger=logging.getLogger("slack_sdk"),
            retry_handlers=[],
        )
        self._deadline = deadline
        self._connections = Connections()
        self._contact = contact
        if is_this_machine(base_url):
            self.proxy = None

    def _perform_urllib_http_request(self, *, url: str, args: dict[str, Any]) -> dict[str, Any]:
        """Make one request, unless its time is over before it has begun."""
        within = time_for_a_call(self._deadline)
        if not within:
            msg = "no time was left for the call"
            raise NotReached(msg)
        try:
            answer = self._answer(url, args, within)
        except OSError as error:
            if self._contact is not None:
                host = urlsplit(url).netloc.rpartition("@")[2]
                self._contact.lost(error, host, has_proxy=bool(self.proxy))
            raise
        if self._contact is not None:
            self._contact.kept()
        return answer

    def _answer(self, url: str, args: dict[str, Any], within: float) -> dict[str, Any]:
        """Make one request.

        Behind a proxy, and with forms of files, the SDK does it its own way, with a time-out for each packet.
        """
        if self.proxy or args["data"]:
            return super()._perform_urllib_http_request(url=url, args=args)
        is_json = bool(args["json"])
        body = json.dumps(args["json"]) if is_json else urlencode(args["params"] or {})
        headers = {**args["headers"], "Content-Type": _JSON if is_json else _FORM}
        reply = self._connections.post(url, body.encode(), headers, within=within)
        return {"status": reply.status, "headers": reply.headers, "body": reply.body}

    def send_bytes(self, url: str, content: bytes) -> int:
        """Send a file's bytes to the address that Slack named for them, without our token; return the status.

        Raises OSError, HTTPException.
        """
        if self.proxy:
            try:
                done = self._upload_file(
                    url=url,
                    data=content,
                    logger=self._logger,
                    timeout=self.timeout,
                    proxy=self.proxy,
                    ssl=self.ssl,
                )
            except HTTPError as refusal:
                return refusal.code
            return int(done.status)
        kind = {"Content-Type": "application/octet-stream"}
        return self._connections.post(url, content, kind, within=time_for_a_call(self._deadline)).status


def is_this_machine(url: str) -> bool:
    """Tell whether the address is a loopback one, which a proxy of the environment must not see."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
