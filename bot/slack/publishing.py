"""Puts a person's home in front of them."""

from collections.abc import Callable, Mapping
from http.client import HTTPException
from logging import getLogger
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.client import SlackClient

log = getLogger(__name__)

Publish = Callable[[str, Mapping[str, Any]], None]


def publisher(client: SlackClient) -> Publish:
    """Return what publishes a home. One that gets lost is drawn anew when somebody comes to it."""

    def publish(slack_user_id: str, view: Mapping[str, Any]) -> None:
        try:
            client.views_publish(user_id=slack_user_id, view=dict(view))
        except SlackApiError as error:
            log.warning("a home was refused: %s", error.response.get("error"))
        except (OSError, HTTPException) as error:
            log.warning("a home got lost: %s", type(error).__name__)

    return publish
