"""Answers a click through the address that came with it."""

from collections.abc import Mapping
from http.client import HTTPException
from logging import getLogger
from typing import Any

from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.deadline import time_for_a_call
from bot.slack.client import BEFORE_THE_ANSWER, is_this_machine

log = getLogger(__name__)


def respond(response_url: str, message: Mapping[str, Any]) -> None:
    """Send the message, once: Slack waits for our acknowledgement, and a second try could double it.

    Bolt's own ``respond`` waits for half a minute, and tries again after a lost reply.
    """
    within = max(1, int(time_for_a_call(BEFORE_THE_ANSWER)))
    client = WebhookClient(response_url, timeout=within, retry_handlers=[])
    if is_this_machine(response_url):
        client.proxy = None
    try:
        answer = client.send_dict(dict(message))
    except (OSError, ValueError, HTTPException, SlackClientError) as error:
        log.warning("an answer to a click got lost: %s", type(error).__name__)
        return
    if answer.status_code >= 400:  # noqa: PLR2004 - HTTP's own border.
        log.warning("an answer to a click was refused: %d", answer.status_code)
