"""Starts the programs that are measured, each a process of its own, and ends exactly those."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds within which a program must have started, or ended."""
MEGABYTE = 1024 * 1024


class Broken(Exception):
    """A program that is to be measured did not start, or fell over; the message ends with its log."""


@dataclass(frozen=True)
class Program:
    """A module to run, its arguments, and the whole of its environment."""

    module: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def command_line(self) -> list[str]:
        """Return how this very interpreter runs it."""
        return [sys.executable, "-m", self.module, *self.arguments]


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    process: "subprocess.Popen[bytes]"
    port: int
    seconds_to_answer: float


def memory(pid: int) -> float:
    """Return the resident memory of a process and its children in megabytes."""
    own = psutil.Process(pid)
    return float(sum(each.memory_info().rss for each in [own, *own.children(recursive=True)]) / MEGABYTE)


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def running(program: Program, port: int, log: Path) -> Iterator[Running]:
    """Run a server from the first healthy answer to its clean stop. Raises Broken."""
    with log.open("ab") as written:
        began = time.perf_counter()
        process = subprocess.Popen(
            program.command_line,
            cwd=ROOT,
            env=program.environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
        )
        try:
            while not is_healthy(port):
                if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                    raise Broken(_obituary(program, log))
                time.sleep(0.001)
            yield Running(process, port, time.perf_counter() - began)
            if process.poll() is not None:
                raise Broken(_obituary(program, log))
        finally:
            end(process)


def is_healthy(port: int) -> bool:
    """Ask once."""
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask the process to end, and make it."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _obituary(program: Program, log: Path) -> str:
    tail = log.read_text(errors="replace")[-1500:]
    return f"{' '.join(program.command_line[1:])} does not run. Its log ends:\n{tail}"
