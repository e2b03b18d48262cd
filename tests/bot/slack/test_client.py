"""The client: one call is one request, it ends at its deadline, and connections serve more than one call."""

import gc
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from selectors import EVENT_READ, DefaultSelector

import pytest

from bot.deadline import over_within
from bot.slack import connections
from bot.slack.client import SlackClient
from bot.slack.connections import Connections, NotReached, ReplyLost
from tests.bot.slack.conftest import DEADLINE
from tests.bot.slack.server import Answer, Api, hanging_up, saying, silent, trickling

OK = saying({"ok": True})
SHORT = 0.3
"""Seconds that a call has whose end is waited for."""


def test_calls_share_a_connection(api: Api, client: SlackClient) -> None:
    api.answers["auth.test"] = OK
    for _ in range(3):
        client.auth_test()
    assert len({asked.port for asked in api.asked}) == 1


def test_an_idle_connection_is_not_used_for_long(
    api: Api, client: SlackClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "KEPT_FOR", 0.0)
    api.answers["auth.test"] = OK
    client.auth_test()
    client.auth_test()
    assert len({asked.port for asked in api.asked}) == 2


def test_a_connection_that_the_other_side_closed_is_not_used_again(api: Api, client: SlackClient) -> None:
    api.answers["auth.test"] = saying({"ok": True}, headers={"Connection": "close"})
    for _ in range(3):
        client.auth_test()
    assert len({asked.port for asked in api.asked}) == 3


def test_a_connection_that_ended_while_it_was_idle_is_not_used_again(api: Api, client: SlackClient) -> None:
    def once(handler: BaseHTTPRequestHandler) -> None:
        OK(handler)
        handler.close_connection = True

    api.answers["auth.test"] = once
    for _ in range(2):
        client.auth_test()
        ((idle,),) = client._connections._idle.values()
        with DefaultSelector() as selector:
            selector.register(idle.sock, EVENT_READ)
            assert selector.select(timeout=10), "the other side hangs up"
    assert len({asked.port for asked in api.asked}) == 2


def test_a_request_goes_out_in_one_piece() -> None:
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                seen.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

        answering = threading.Thread(target=answer)
        answering.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/api/auth.test"
        reply = Connections().post(url, b"its body", {"X-Its": "head"}, within=DEADLINE)
        answering.join()
    assert (reply.status, reply.body) == (200, "{}")
    assert b"X-Its: head" in seen[0]
    assert seen[0].endswith(b"its body")


def test_a_call_whose_time_is_over_is_not_begun_with_or_without_a_proxy(
    api: Api, client: SlackClient
) -> None:
    api.answers["auth.test"] = OK
    client.auth_test()
    for proxy in (None, "http://127.0.0.1:9"):
        client.proxy = proxy
        with over_within(0.0), pytest.raises(NotReached):
            client.auth_test()
    client.proxy = None
    client.auth_test()
    assert len(api.asked) == 2


def test_a_lost_reply_is_told_and_the_call_not_repeated(api: Api, client: SlackClient) -> None:
    api.answers["chat.postMessage"] = hanging_up
    with pytest.raises(ReplyLost):
        client.chat_postMessage(channel="C1", text="hello")
    assert api.methods == ["chat.postMessage"]


@pytest.mark.parametrize("misbehaving", [silent, trickling])
def test_a_call_ends_at_its_deadline(
    api: Api, client: SlackClient, misbehaving: Callable[[threading.Event], Answer]
) -> None:
    api.answers["auth.test"] = OK
    client.auth_test()  # From here on there is a connection, for the time must not end in opening one.
    client._deadline = SHORT
    api.answers["auth.test"] = misbehaving(api.over)
    with pytest.raises(TimeoutError):
        client.auth_test()


def test_where_nobody_listens_nothing_has_happened() -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        client = SlackClient(
            "xoxb-1-token", f"http://127.0.0.1:{unused.getsockname()[1]}/api/", deadline=DEADLINE
        )
        with pytest.raises(NotReached):
            client.auth_test()


def test_a_proxy_of_the_environment_does_not_see_this_machines_calls(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    api.answers["auth.test"] = OK
    assert SlackClient("xoxb-1-token", api.url, deadline=DEADLINE).auth_test()["ok"]
    assert (
        SlackClient("xoxb-1-token", "https://slack.example/api/", deadline=DEADLINE).proxy
        == "http://127.0.0.1:9"
    )


def test_connections_that_nobody_needs_any_more_are_closed(api: Api) -> None:
    api.answers["x"] = OK
    kept = Connections()
    reply = kept.post(f"{api.url}x", b"{}", {"Content-Type": "application/json"}, within=DEADLINE)
    assert reply.status == 200
    (idle,) = next(iter(kept._idle.values()))
    sock = idle.sock
    del kept, idle
    gc.collect()
    assert sock.fileno() == -1
