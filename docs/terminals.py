"""Draws the installation guide's terminals: what its commands print beside the demo's Slack."""  # noqa: INP001 - a script.

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap

from bot.demo.server import Connection, Demo, create_demo
from bot.demo.story import studio_north
from bot.slack.manifest import manifest
from tests.demo.running import running

IMAGES = Path(__file__).parent / "images"
WIDTH, LINE, TOP, LEFT = 760, 19, 62, 28
COLUMNS = 94
MONO = "ui-monospace, Menlo, Consolas, monospace"
TOKEN, APP_TOKEN = "xoxb-1-of-the-guide", "xapp-1-of-the-guide"
STARTS_WITHIN = 20.0
"""Seconds until the bot serves, at most."""


@dataclass(frozen=True)
class Terminal:
    """A picture: what was typed, and what is shown of what it printed."""

    name: str
    title: str
    typed: str
    printed: Sequence[str]


def main() -> None:
    """Draw all of them anew."""
    with TemporaryDirectory() as folder, slack_side() as address:
        environment = {
            "PATH": os.environ["PATH"],  # noqa: TID251 - a script has no settings.
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": f"{address}/api/",
            "PORT": "3000",
        }

        def run(*words: str) -> list[str]:
            return _run(words, environment, folder)

        draw(Terminal("install-0-version", "The version", "drumbeat --version", run("--version")))
        printed = run("manifest", "--socket")
        shown = [*printed[:9], "  …", *printed[-6:]]
        draw(Terminal("install-0-manifest", "The manifest", "drumbeat manifest --socket", shown))
        with serving(environment, folder) as lines:
            draw(Terminal("install-5-serve", "The start", "drumbeat serve", lines))
            draw(Terminal("install-6-doctor", "The doctor", "drumbeat doctor", run("doctor")))


@contextmanager
def slack_side() -> Iterator[str]:
    """Serve the demo's workspace, and yield its address."""

    def make(address: str) -> Demo:
        connection = Connection(
            base_url=address,
            bot_url="http://bot.invalid",
            token=TOKEN,
            signing_secret="0" * 32,
            app_token=APP_TOKEN,
            clock=time.time,
        )
        return create_demo(studio_north(datetime.now(UTC)), manifest(None), connection)  # noqa: TID251 - as above.

    with running(make) as served:
        yield served.address


@contextmanager
def serving(environment: Mapping[str, str], folder: str) -> Iterator[list[str]]:
    """Run the bot, and yield what it says until it serves."""
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(  # noqa: S603 - ours.
        command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            said = _until(process.stdout or (), lambda line: '"serving"' in line)
            yield [_short(line, folder) for line in said]
        finally:
            process.terminate()


def _until(lines: Iterable[str], is_last: Callable[[str], bool]) -> Iterator[str]:
    started = time.monotonic()
    for line in lines:
        yield line.rstrip()
        if is_last(line) or time.monotonic() - started > STARTS_WITHIN:
            return


def _run(words: Sequence[str], environment: Mapping[str, str], folder: str) -> list[str]:
    command = [sys.executable, "-m", "bot", *words]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603 - ours.
    return _short(done.stdout, folder).splitlines()


def _short(printed: str, folder: str) -> str:
    """Return it without the path of the folder, which is another one each time."""
    return printed.replace(f"{folder}/", "…/")


def draw(terminal: Terminal) -> None:
    """Write the picture: a window without anybody's decoration, and the text in it."""
    rows = [(f"$ {terminal.typed}", "700"), *((row, "400") for row in _folded(terminal.printed))]
    height = TOP + LINE * len(rows) + 22
    texts = "\n".join(
        f"<text x='{LEFT}' y='{TOP + LINE * place}' xml:space='preserve' font-family='{MONO}' font-size='12' "
        f"font-weight='{weight}' fill='#1d2433'>{escape(row)}</text>"
        for place, (row, weight) in enumerate(rows)
    )
    picture = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' "
        f"height='{height}' role='img' aria-labelledby='t'>\n<title id='t'>{escape(terminal.title)}</title>\n"
        f"<rect width='{WIDTH}' height='{height}' rx='10' fill='#eef0f4'/>\n"
        f"<rect x='8' y='8' width='{WIDTH - 16}' height='{height - 16}' rx='8' fill='#fff' "
        "stroke='#c9ced8'/>\n"
        f"<line x1='8' y1='36' x2='{WIDTH - 8}' y2='36' stroke='#c9ced8'/>\n"
        f"<text x='{LEFT}' y='27' font-family='{MONO}' font-size='12' fill='#5d6675'>terminal</text>\n"
        f"{texts}\n</svg>\n"
    )
    (IMAGES / f"{terminal.name}.svg").write_text(picture)


def _folded(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        yield from wrap(line, COLUMNS, subsequent_indent=indent, drop_whitespace=False) or [""]


if __name__ == "__main__":
    main()
