"""The HTTP server: who was accepted is answered, also when it is told to stop meanwhile."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.server import HttpServer
from tests.bot.slack_side import send

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DEADLINE = 10


def application(before: Callable[[], object]) -> "WSGIApplication":
    def answer(_environ: "WSGIEnvironment", start: "StartResponse") -> list[bytes]:
        before()
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    return answer


@contextmanager
def serving(server: HttpServer) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield thread
    finally:
        server.stop()
        thread.join(DEADLINE)
        assert not thread.is_alive()


def test_port_nought_takes_a_free_one_and_says_which() -> None:
    server = HttpServer(application(lambda: None), "127.0.0.1", 0, threads=1)
    with serving(server):
        assert send(server.port, "GET", "/").body == "ok"


def test_a_name_with_two_addresses_listens_on_one_port() -> None:
    server = HttpServer(application(lambda: None), "localhost", 0, threads=1)
    with serving(server):
        assert server.port > 0


def test_a_taken_port_is_an_error_of_the_machine() -> None:
    first = HttpServer(application(lambda: None), "127.0.0.1", 0, threads=1)
    with serving(first), pytest.raises(OSError, match="in use"):
        HttpServer(application(lambda: None), "127.0.0.1", first.port, threads=1)


def test_stopping_answers_the_requests_under_way_and_those_that_wait_for_a_thread() -> None:
    reached, go = threading.Semaphore(0), threading.Event()

    def wait() -> None:
        reached.release()
        go.wait(DEADLINE)

    server = HttpServer(application(wait), "127.0.0.1", 0, threads=1)
    with serving(server) as thread, ThreadPoolExecutor(3) as people:
        answers = [people.submit(send, server.port, "GET", "/") for _ in range(3)]
        assert reached.acquire(timeout=DEADLINE)
        while len(server._server.active_channels) < 3 or len(server._server.task_dispatcher.queue) < 2:
            assert thread.is_alive()
        server.stop()
        go.set()
        assert [answer.result(DEADLINE).body for answer in answers] == ["ok", "ok", "ok"]


def test_after_stopping_nobody_is_accepted() -> None:
    server = HttpServer(application(lambda: None), "127.0.0.1", 0, threads=1)
    with serving(server):
        pass
    with pytest.raises(ConnectionRefusedError):
        send(server.port, "GET", "/")
