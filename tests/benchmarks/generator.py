"""The load: ``python -m tests.benchmarks.generator``, a process of its own that prints one Sample as JSON."""

import argparse
import json
import secrets
import selectors
import socket
import time
from dataclasses import asdict

from tests.benchmarks.deliveries import Deliveries, is_expected, is_whole
from tests.benchmarks.report import Sample, percentile

PATIENCE = 15.0
"""Seconds without any answer after which an arm counts as broken."""


class Connection:
    """One kept-alive connection with at most one request under way, as one of Slack's would be."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._received = b""

    def send(self, request: bytes) -> None:
        """Send a request; it fits into the socket's buffer."""
        self._received = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bytes | None:
        """Take what is there, and return the answer once it is whole. Raises ConnectionError."""
        arrived = self.socket.recv(65536)
        if not arrived:
            msg = "the server closed a connection"
            raise ConnectionError(msg)
        self._received += arrived
        return self._received if is_whole(self._received) else None


def run(port: int, connections: int, deliveries: Deliveries, expected: bytes, seconds: float) -> Sample:
    """Keep every connection busy for a tenth more than the given time, and measure the last ten elevenths."""
    selector = selectors.DefaultSelector()
    opened = [Connection(port) for _ in range(connections)]
    for connection in opened:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(deliveries.next(int(time.time())))
    began = time.perf_counter() + seconds / 10
    until = began + seconds
    took: list[float] = []
    answered = unexpected = 0
    working = cpu_at_start = 0.0
    under_way = connections
    while under_way:
        ready = selector.select(PATIENCE)
        if not ready:
            msg = f"no answer within {PATIENCE:.0f} s"
            raise TimeoutError(msg)
        for key, _ in ready:
            ready_one: Connection = key.data
            answer = ready_one.receive()
            if answer is None:
                continue
            now = time.perf_counter()
            answered += 1
            unexpected += not is_expected(answer, expected)
            if began <= now < until:
                took.append(now - ready_one.sent_at)
                cpu_at_start = cpu_at_start or time.process_time()
                working = time.process_time() - cpu_at_start
            if now < until:
                ready_one.send(deliveries.next(int(time.time())))
            else:
                under_way -= 1
    for connection in opened:
        connection.socket.close()
    took.sort()
    return Sample(
        answers=len(took),
        answered=answered,
        unexpected=unexpected,
        seconds=seconds,
        p50_ms=percentile(took, 0.50) * 1000,
        p99_ms=percentile(took, 0.99) * 1000,
        load=working / seconds,
    )


def main() -> None:
    """Read the arguments, make the load, print what it gave."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("connections", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("command")
    parser.add_argument("text")
    parser.add_argument("expected")
    given = parser.parse_args()
    deliveries = Deliveries(given.command, given.text, secrets.token_hex(6))
    sample = run(given.port, given.connections, deliveries, given.expected.encode(), given.seconds)
    print(json.dumps(asdict(sample)))


if __name__ == "__main__":
    main()
