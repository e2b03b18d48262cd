"""``drumbeat demo`` as a process for tests: started, asked over HTTP as its page does, and ended."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 30
_START = """
import sys
import time
from pathlib import Path
from bot.demo.launcher import Options, run
from bot.demo.seed import seed
from bot.slack.manifest import manifest

port, folder, public_url, has_story = sys.argv[1:]
options = Options("127.0.0.1", int(port), Path(folder) if folder else None)
prepare = {"": lambda url, story, now: None, "yes": seed, "no bot": None}[has_story]
sys.exit(run(options, manifest(public_url or None), prepare))
"""


@contextmanager
def started(
    folder: Path | str = "",
    *,
    public_url: str = "http://127.0.0.1/",
    has_story: bool = False,
    has_bot: bool = True,
    port: int = 0,
) -> Iterator[subprocess.Popen[str]]:
    story = ("yes" if has_story else "") if has_bot else "no bot"
    command = [sys.executable, "-c", _START, str(port), str(folder), public_url, story]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def address(process: subprocess.Popen[str]) -> str:
    """Read the welcome, which comes when the bot answers."""
    assert process.stdout
    return process.stdout.readline().rpartition(" ")[2].strip()


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait until nobody can write to the output any more: neither the demo nor the bot that inherited it."""
    return process.communicate(timeout=PATIENCE)


def complaints_of_both(process: subprocess.Popen[str]) -> str:
    """Return what was complained of once both have ended."""
    return ended(process)[1]


def fragment(at: str, name: str) -> str:
    return httpx.get(f"{at}/fragments/U01SAM/{name}").text


def until(at: str, condition: str) -> None:
    """Wait until the page says so."""
    for _ in range(PATIENCE * 20):
        if f"Bot {condition}" in fragment(at, "bot"):
            return
        time.sleep(0.05)
    pytest.fail(f"the bot never became {condition}: {fragment(at, 'bot')}")


def press(at: str, gesture: str, **asked: str) -> dict[str, object]:
    address = f"{at}/gestures/U01SAM/{gesture}"
    answer: dict[str, object] = httpx.post(address, json=asked, timeout=PATIENCE).json()
    return answer
