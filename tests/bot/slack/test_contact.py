"""A Slack that does not answer: a line with why and what to do, however often it is asked; one at the end."""

import json
from collections.abc import Callable
from socket import gaierror
from typing import Any
from urllib.error import URLError

import pytest

from bot import logs
from bot.settings import LogFormat, LogLevel
from bot.slack.client import SlackClient
from bot.slack.connections import NotReached
from bot.slack.contact import TELL_EVERY, Contact
from tests.bot.slack.conftest import DEADLINE
from tests.bot.slack.server import Api, hanging_up, saying

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str]) -> Lines:
    """Return what tells which lines were logged since it was last asked."""
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    return lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_an_outage_is_told_at_its_start_now_and_then_and_at_its_end(lines: Lines) -> None:
    seconds = iter([*range(0, int(TELL_EVERY) + 5, 5), TELL_EVERY])
    contact = Contact(lambda: next(seconds))
    contact.kept()
    for _ in range(0, int(TELL_EVERY) + 5, 5):
        contact.lost(NotReached("gaierror"), "slack.com", has_proxy=False)
    contact.kept()
    contact.kept()
    first, later, end = lines()
    assert (first["event"], first["level"], first["for_seconds"]) == ("slack_unreachable", "warning", 0)
    assert first["why"] == "no connection came about"
    assert "let this machine reach slack.com, or set HTTPS_PROXY" in first["remedy"]
    assert (later["event"], later["for_seconds"]) == ("slack_unreachable", TELL_EVERY)
    assert (end["event"], end["after_seconds"]) == ("slack_reachable_again", TELL_EVERY)


def test_a_name_that_is_not_found_is_told_from_a_proxy_that_is_not_there(lines: Lines) -> None:
    Contact().lost(URLError(gaierror(-2, "unknown")), "slack.com", has_proxy=False)
    Contact().lost(URLError(ConnectionRefusedError()), "slack.com", has_proxy=True)
    name, proxy = lines()
    assert name["why"] == "its name is not found"
    assert proxy["why"] == "nothing listens there"
    assert "HTTPS_PROXY names" in proxy["remedy"]


def test_clients_of_a_process_tell_it_once_and_one_without_contact_is_silent(api: Api, lines: Lines) -> None:
    contact = Contact()
    clients = [SlackClient("xoxb-1-token", api.url, deadline=DEADLINE, contact=contact) for _ in range(2)]
    silent = SlackClient("xoxb-1-token", api.url, deadline=DEADLINE)
    api.answers["auth.test"] = hanging_up
    for client in [silent, *clients, *clients]:
        with pytest.raises(ConnectionError):
            client.auth_test()
    assert [line["event"] for line in lines()] == ["slack_unreachable"]
    api.answers["auth.test"] = saying({"ok": True})
    for client in [silent, *clients]:
        client.auth_test()
    assert [line["event"] for line in lines()] == ["slack_reachable_again"]
