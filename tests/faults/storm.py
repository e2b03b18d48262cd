"""A storm: processes are killed again and again while many posts are due and Slack fails now and then."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from random import Random

from sqlalchemy import case, func, select

from bot.clock import utc_now
from models.database import Database
from models.rules.delivery import MessageState, NoticeKind
from models.rules.rituals.recurrence import Once
from models.tables import lanes, outbox_messages, rituals
from tests.faults.frail_slack import Fate, FrailSlack, frail_slack
from tests.faults.workers import HURRIED, Nursery
from tests.models.rituals import ritual_values
from tests.models.world import World

CHANNELS = 100
DEADLINE = 240.0
"""Seconds after which a storm has not ended."""
LOOK_EVERY = 0.01
EARLY = 0.7
"""Slack settles somewhat before we look, or a slow machine would be to blame for what goes wrong."""


@dataclass(frozen=True)
class Scale:
    """How much is going on."""

    posts: int
    processes: int
    kills: int


@dataclass
class Outcome:
    """What came of it."""

    seconds: float = 0.0
    kills: int = 0
    calls: Counter[tuple[str, Fate]] = field(default_factory=Counter)
    wanted: dict[str, list[str]] = field(default_factory=dict)
    """The keys of each channel's posts, in the order of its lane."""
    shown: dict[str, list[str]] = field(default_factory=dict)
    """The keys of what stands in each channel, in Slack's order."""
    states: Counter[MessageState] = field(default_factory=Counter)

    @property
    def missing(self) -> int:
        """Return how many posts are not there."""
        return sum(len(set(keys) - set(self.shown.get(where, ()))) for where, keys in self.wanted.items())

    @property
    def doubled(self) -> int:
        """Return how many posts are there more than once."""
        return sum(count > 1 for keys in self.shown.values() for count in Counter(keys).values())

    @property
    def out_of_order(self) -> int:
        """Return in how many channels the first appearances are not in the order of the lane."""
        return sum(
            [key for key in dict.fromkeys(self.shown.get(where, ())) if key in set(keys)] != keys
            for where, keys in self.wanted.items()
            if set(keys) <= set(self.shown.get(where, ()))
        )

    def __str__(self) -> str:
        """Return the figures in a line."""
        posts = sum(map(len, self.wanted.values()))
        fates = Counter[Fate]()
        for (method, fate), count in self.calls.items():
            if method == "chat.postMessage":
                fates[fate] += count
        calls = ", ".join(f"{count} {fate.value}" for fate, count in sorted(fates.items()))
        looks = sum(count for (method, _), count in self.calls.items() if method == "conversations.history")
        return (
            f"{posts} posts, {self.kills} kills: {self.doubled} doubled, {self.missing} missing, "
            f"{self.out_of_order} channels out of order; calls: {calls}; {looks} looks; {self.seconds:.0f} s"
        )


def storm(database: Database, database_url: str, seed: int, scale: Scale, *, naive: bool = False) -> Outcome:
    """Let everything fall due, kill at random until all is settled, and return what stands where."""
    random = Random(seed)  # noqa: S311 - repeatable on purpose.
    fill(database, scale.posts)
    began = time.monotonic()
    with frail_slack(random, EARLY * HURRIED.settles_within.total_seconds()) as slack:
        with running(database_url, slack, scale, naive=naive) as processes:
            kills = _kill_until_settled(database, processes, slack, random, scale)
        return outcome(database, slack, kills, time.monotonic() - began)


def fill(database: Database, posts: int) -> None:
    """Write down as many reminders as posts, all due within the next seconds."""
    owner = World(database).person("Lee")
    due = (utc_now() - timedelta(minutes=2)).replace(second=0, microsecond=0, tzinfo=None)
    now = utc_now()
    rows = [
        ritual_values(
            owner,
            since=(due - timedelta(days=1)).isoformat(timespec="minutes"),
            rule=Once(due),
            timezone="UTC",
            name=f"Reminder {number}",
            channel_id=f"C{number % CHANNELS:03d}",
            next_due_at=now + timedelta(seconds=4) * (number / posts),
        )
        for number in range(posts)
    ]
    with database.write() as session:
        session.connection().execute(rituals.insert(), rows)


class Processes:
    """Those that work just now; whoever is killed has a successor at once."""

    def __init__(self, nursery: Nursery, database_url: str, slack: FrailSlack, *, naive: bool) -> None:
        self._nursery = nursery
        self._told = (database_url, slack.url)
        self._naive = naive
        self.living: list[BaseProcess] = []

    def start(self) -> None:
        """Start one more."""
        self.living.append(self._nursery.start(*self._told, naive=self._naive))

    def kill(self, process: BaseProcess) -> None:
        """End one as ``kill -9`` does."""
        self.living.remove(process)
        process.kill()
        process.join()


@contextmanager
def running(database_url: str, slack: FrailSlack, scale: Scale, *, naive: bool) -> Iterator[Processes]:
    """Keep as many processes at work until the block is left."""
    processes = Processes(Nursery(), database_url, slack, naive=naive)
    try:
        for _ in range(scale.processes):
            processes.start()
        yield processes
    finally:
        for process in [*processes.living]:
            processes.kill(process)


def _kill_until_settled(
    database: Database, processes: Processes, slack: FrailSlack, random: Random, scale: Scale
) -> int:
    """Kill one whenever so many posts were made, and return how many were killed."""
    due_at = sorted(random.sample(range(1, scale.posts * 19 // 20), scale.kills))
    kills, deadline = 0, time.monotonic() + DEADLINE
    while kills < scale.kills or not _is_settled(database, scale):
        assert time.monotonic() < deadline, f"it did not end: {len(slack.said)} said, {kills} killed"
        if kills < scale.kills and len(slack.said) >= due_at[kills]:
            processes.kill(random.choice(processes.living))
            processes.start()
            kills += 1
        time.sleep(LOOK_EVERY if kills < scale.kills else 10 * LOOK_EVERY)
    return kills


def _is_settled(database: Database, scale: Scale) -> bool:
    open_states = (MessageState.PENDING, MessageState.SENDING)
    with database.read() as session:
        is_open = case((outbox_messages.c.state.in_(open_states), 1), else_=0)
        total, unsettled = session.execute(select(func.count(), func.sum(is_open))).one()
    return total >= scale.posts and not unsettled


def outcome(database: Database, slack: FrailSlack, kills: int, seconds: float) -> Outcome:
    """Compare what was to be said with what stands in the channels."""
    found = Outcome(seconds, kills, slack.fates)
    with database.read() as session:
        rows = session.execute(
            select(lanes.c.channel_id, outbox_messages.c.unique_key, outbox_messages.c.state)
            .join(lanes, lanes.c.id == outbox_messages.c.lane_id)
            .where(outbox_messages.c.kind == NoticeKind.RITUAL_STEP)
            .order_by(outbox_messages.c.id)
        )
        for channel, key, state in rows:
            found.wanted.setdefault(channel, []).append(key)
            found.states[state] += 1
    for said in slack.said:
        if said.channel in found.wanted:
            found.shown.setdefault(said.channel, []).append(said.key)
    return found
