"""How fast messages go out: fan-out beside Slack's own limits, draining beside a loop that keeps no books."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from pydantic import SecretStr
from slack_sdk import WebClient

from bot import logs
from bot.clock import utc_now
from bot.settings import LogFormat, LogLevel, Settings
from bot.slack.client import SlackClient
from bot.slack.finding import metadata
from bot.slack.messenger import SlackMessenger
from bot.slack.render import blocks, summary
from bot.wiring import build
from models.database import Database
from models.migrations import upgrade
from models.rules.delivery import NoticeKind, Operation
from models.rules.rituals.recurrence import Once
from models.services.outbox.enqueue import Outgoing, enqueue
from models.tables import rituals
from scheduled.jobs import DELIVERY_THREADS
from scheduled.posts import Post, Text
from tests.benchmarks.limited_slack import TALLY
from tests.benchmarks.processes import ROOT
from tests.benchmarks.report import Bound, Goal, spread, table
from tests.bot.slack_side import SIGNING_SECRET, TOKEN
from tests.models.rituals import ritual_values
from tests.models.world import World
from tests.scheduled.office import Office

CHANNELS, POSTS_EACH = 50, 6
PATIENCE = 60.0
ROUNDS = 3
MESSAGES = {0.0: 300, 0.1: 160}
"""How many are drained, by Slack's latency in seconds."""
IN_FLIGHT = {0.0: 1, 0.1: DELIVERY_THREADS}

NEAR_THE_BOUND = Goal(Bound.AT_LEAST, 0.95)
FEW_REFUSED = Goal(Bound.AT_MOST, 0.01)
DRAINED = {0.0: Goal(Bound.AT_LEAST, 0.5), 0.1: Goal(Bound.AT_LEAST, 0.95)}

TEXT = "Something to say"
POST = Post(TEXT, (Text(TEXT),))


def sending_lines(folder: Path) -> str:
    """Measure both, and return the tables. Logs are kept as ``serve`` keeps them."""
    logs.configure(LogLevel.INFO, LogFormat.JSON)
    return f"{_fan_out(folder)}\n\n{_drained(folder)}\n"


@dataclass(frozen=True)
class Tally:
    """What Slack counted."""

    posts: list[float]
    calls: dict[str, int]
    refused: dict[str, int]


@contextmanager
def slack_process(latency: float, limits: str) -> Iterator[str]:
    """Run a Slack in a process of its own, and give its address."""
    command = [sys.executable, "-m", "tests.benchmarks.limited_slack", str(latency), limits]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as slack:
        assert slack.stdout is not None
        yield slack.stdout.readline().strip()


def tally(url: str) -> Tally:
    """Ask Slack what it counted."""
    with urlopen(url + TALLY) as answer:  # noqa: S310 - an address of our own.
        told = json.loads(answer.read())
    return Tally(told["posts"], told["calls"], told["refused"])


def _fan_out(folder: Path) -> str:
    """Tell of rounds in which as many rituals are due at once as posts in all."""
    rounds = [_delivered(f"sqlite:///{folder / f'fan-out-{number}.db'}") for number in range(ROUNDS)]
    seconds = spread([max(each.posts) - min(each.posts) for each in rounds])
    bound = float(POSTS_EACH - 1)  # The look-ups, one a channel, are within what their tiers let through.
    near = spread([bound / (max(each.posts) - min(each.posts)) for each in rounds])
    calls = [sum(each.calls.values()) for each in rounds]
    refused = [sum(each.refused.values()) for each in rounds]
    share = spread([few / many for few, many in zip(refused, calls, strict=True)])
    wanted = CHANNELS * POSTS_EACH
    there = [len(each.posts) for each in rounds]
    rows = [
        ["", "figure", "goal", "reached"],
        ["seconds from the first to the last, and at the least", seconds.show(2), f"{bound:.2f}", ""],
        [
            "of what the limits allow",
            f"{near.middle:.1%}",
            str(NEAR_THE_BOUND),
            NEAR_THE_BOUND.verdict(near),
        ],
        ["posts there, in the worst round", f"{min(there)} of {wanted}", f"= {wanted}", ""],
        [
            "calls refused with 429",
            f"{sum(refused)} of {sum(calls)}",
            str(FEW_REFUSED),
            FEW_REFUSED.verdict(share),
        ],
    ]
    title = f"Fan-out to {CHANNELS} channels, {POSTS_EACH} posts in each, at one a second a channel"
    return f"{title}, median of {ROUNDS}\n{table(rows)}"


def _delivered(database_url: str) -> Tally:
    """Let a whole bot deliver what is due, and return what Slack counted."""
    total = CHANNELS * POSTS_EACH
    _reminders(database_url, total)
    with slack_process(0.0, "limited") as url:
        settings = Settings(
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=SecretStr(SIGNING_SECRET),
            slack_api_url=url,
            database_url=SecretStr(database_url),
        )
        application = build(settings)
        application.planner.run_once()
        began = time.time()
        application.jobs.start()
        while len(tally(url).posts) < total and time.time() - began < PATIENCE:
            time.sleep(0.2)
        application.stop()
        return tally(url)


def _reminders(database_url: str, total: int) -> None:
    database = Database(database_url)
    upgrade(database)
    owner = World(database).person("Lee")
    due = (utc_now() - timedelta(minutes=2)).replace(second=0, microsecond=0, tzinfo=None)
    since = (due - timedelta(days=1)).isoformat(timespec="minutes")
    rows = [
        ritual_values(
            owner, since=since, rule=Once(due), timezone="UTC", channel_id=f"C{number % CHANNELS:03d}"
        )
        for number in range(total)
    ]
    with database.write() as session:
        session.connection().execute(rituals.insert(), rows)
    database.dispose()


def _drained(folder: Path) -> str:
    """Compare, round by round, with a loop over the SDK that sends the same and writes nothing down."""
    rows = [["", "in flight", "ours, a second", "the loop, a second", "goal", "reached"]]
    for latency, messages in MESSAGES.items():
        with slack_process(latency, "unlimited") as url:
            rounds = [
                (_ours(folder, url, latency, messages, each), _loop(url, latency, messages))
                for each in range(ROUNDS)
            ]
        ours, loops = zip(*rounds, strict=True)
        ratio = spread([mine / theirs for mine, theirs in rounds])
        rows.append(
            [
                f"{latency * 1000:.0f} ms latency",
                str(IN_FLIGHT[latency]),
                f"{median(ours):,.0f}",
                f"{median(loops):,.0f}",
                str(DRAINED[latency]),
                DRAINED[latency].verdict(ratio),
            ]
        )
    title = f"Draining messages with claim and settle on SQLite, median of {ROUNDS}"
    return f"{title}\n{table(rows)}"


def _ours(folder: Path, url: str, latency: float, messages: int, number: int) -> float:
    """Return how many messages a second leave the outbox, each drawn, claimed, begun, sent and settled."""
    database = Database(f"sqlite:///{folder / f'drain-{latency}-{number}.db'}")
    upgrade(database)
    messenger = SlackMessenger(SlackClient(TOKEN, url, deadline=8))
    office = Office(database, utc_now, messenger)  # type: ignore[arg-type] # It asks no more of it than a deliverer.
    said = [
        Outgoing(NoticeKind.RISK_OUTCOME, Operation.POST, f"C{each}", f"key:{each}", {"say": TEXT})
        for each in range(messages)
    ]
    with database.write() as session:
        enqueue(session, office.workspace_id, said, correlation_id="c0ffee", now=utc_now())
    deliverer = office.deliverer()
    sent: list[int] = []
    rate = _rate(messages, IN_FLIGHT[latency], lambda _share: sent.append(deliverer.run_once()))
    database.dispose()
    if sum(sent) != messages:
        msg = f"{sum(sent)} of {messages} were sent"
        raise LookupError(msg)
    return rate


def _loop(url: str, latency: float, messages: int) -> float:
    """Return how many messages a second a plain loop over the SDK sends."""
    client = WebClient(TOKEN, base_url=url)

    def send(share: int) -> None:
        for each in range(share):
            client.chat_postMessage(
                channel=f"C{each}", text=summary(POST), blocks=blocks(POST), metadata=metadata(f"key:{each}")
            )

    return _rate(messages, IN_FLIGHT[latency], send)


def _rate(messages: int, threads: int, work: Callable[[int], object]) -> float:
    began = time.perf_counter()
    workers = [threading.Thread(target=work, args=(messages // threads,)) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return messages / (time.perf_counter() - began)
