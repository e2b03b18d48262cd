"""What the tests of Slack's side share."""

from collections.abc import Iterator

import pytest

from bot.slack.client import SlackClient
from bot.slack.connections import Connections
from bot.slack.messenger import SlackMessenger
from tests.bot.slack.server import Api, web_api

DEADLINE = 60.0
"""Seconds: no machine is so busy that its loopback takes as long."""


@pytest.fixture
def api() -> Iterator[Api]:
    """Return a Web API that answers what the test tells it to."""
    with web_api() as api:
        yield api


@pytest.fixture
def client(api: Api) -> SlackClient:
    """Return a client of that API."""
    client = SlackClient("xoxb-1-token", api.url, deadline=DEADLINE)
    client._connections = Connections(api.time)
    return client


@pytest.fixture
def messenger(client: SlackClient) -> SlackMessenger:
    """Return a messenger over that client."""
    return SlackMessenger(client)
