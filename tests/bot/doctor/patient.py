"""An installation to examine: Slack's side from the demo, and words for what the doctor finds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.demo.seed import seed
from bot.demo.server import Connection, Demo, create_demo
from bot.demo.story import Story, studio_north
from bot.slack.manifest import manifest
from tests.demo.running import RunningDemo, running

TOKEN = "xoxb-1-a-token-of-tests"
APP_TOKEN = "xapp-1-a-token-of-tests"
SECRET = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)

Report = dict[str, list[dict[str, str]]]
"""Findings by what was looked at."""


@contextmanager
def slack(
    story: Story | None = None,
    scopes: tuple[str, ...] = (),
    *,
    without: str = "",
    in_socket_mode: bool = False,
) -> Iterator[RunningDemo]:
    """Serve Slack's side, with a token that may do all but one thing, and more."""
    made = manifest(None if in_socket_mode else "https://drumbeat.example.com")
    granted = made["oauth_config"]["scopes"]
    granted["bot"] = [scope for scope in (*granted["bot"], *scopes) if scope != without]

    def make(address: str) -> Demo:
        connection = Connection(
            base_url=address,
            bot_url="http://bot.invalid",
            token=TOKEN,
            signing_secret=SECRET,
            app_token=APP_TOKEN,
            clock=NOW.timestamp,
        )
        return create_demo(story or studio_north(NOW), made, connection)

    with running(make) as served:
        yield served


def lines(report: Report, subject: str, severity: str = "") -> list[str]:
    """Return what was found, as "severity: what"."""
    found = [f"{each['severity']}: {each['what']}" for each in report.get(subject, [])]
    return [line for line in found if line.startswith(severity)]


def api(served: RunningDemo) -> str:
    return f"{served.address}/api/"


def filled(url: str) -> str:
    seed(url, studio_north(NOW), NOW)
    return url


Diagnose = Callable[..., Report]
"""Runs the doctor with these settings, beside enough others, and returns what it found."""

SetAll = Callable[..., None]
