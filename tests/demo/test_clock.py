"""The demo's clock: it goes forward only, and stops wherever the bot has something to do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.state.happenings import What
from bot.demo.time import travels
from bot.demo.time.clock import DemoClock
from bot.demo.time.kept import keep_clock
from bot.demo.time.line import BotFailed, BotGone
from bot.demo.time.travels import Travels
from bot.demo.values import Message
from models.services.outlook import Prospect
from scheduled.outcomes import TIMING
from tests.conftest import NINE, SetClock
from tests.demo.company import ACME
from tests.demo.running import at_once

BOT = "U01DRUMBEAT"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class Diary:
    """A bot that does what is due when the clock comes to it; ``later`` tells what follows from what."""

    clock: DemoClock
    due: list[datetime] = field(default_factory=list)
    later: dict[datetime, datetime] = field(default_factory=dict)
    stops: list[datetime] = field(default_factory=list)
    done: list[datetime] = field(default_factory=list)
    during: Callable[[], None] = lambda: None
    silent: set[datetime] = field(default_factory=set)
    travels: Travels | None = None
    told: int = 0

    async def __call__(self, ahead: timedelta) -> Prospect:
        """Do what is due."""
        assert ahead == self.clock.ahead
        self.stops.append(self.clock())
        self.during()
        for each in [each for each in self.due if each <= self.clock()]:
            self.due.remove(each)
            self.done.append(each)
            if self.travels is not None and each not in self.silent:
                message = Message(
                    ts=f"{each.timestamp():.6f}", conversation_id=ACME, user_id=BOT, text="It is time"
                )
                self.travels.note(message, What.POSTED)
            self.due += [self.later[each]] if each in self.later else []
        first = min(self.due, default=None)
        return Prospect(first, first)

    async def heard(self) -> int:
        """Count what happened in the workspace."""
        return self.told


@pytest.fixture
def shown(clock: SetClock) -> DemoClock:
    """Return the demo's clock over a machine's that stands still."""
    return DemoClock(clock)


@pytest.fixture
def diary(shown: DemoClock) -> Diary:
    """Return a bot with nothing to do."""
    return Diary(shown)


async def _at_once(_seconds: float) -> None:
    """Wait for nothing."""


def travelling(diary: Diary, bot: Callable[[timedelta], Awaitable[Prospect]] | None = None) -> Travels:
    made = Travels(diary.clock, diary.heard, lambda: None, _at_once)
    made.bot, diary.travels = bot or diary, made
    return made


def go(journeys: Travels, goal: datetime | None) -> str | None:
    """Go there and return what is said against it, beforehand or in the end."""

    async def gone() -> str | None:
        outcome = journeys.to(goal)
        await journeys.over()
        return outcome.error or (journeys.journey.trouble if journeys.journey else "")

    return at_once(gone())


def test_it_is_the_machines_time_and_what_was_added_and_never_goes_back(
    shown: DemoClock, clock: SetClock
) -> None:
    assert shown() == NINE
    shown.go_to(NINE + DAY)
    clock.forward(HOUR)
    assert shown() == NINE + DAY + HOUR
    shown.go_to(NINE + HOUR)
    shown.put_ahead(HOUR)
    assert (shown(), shown.ahead) == (NINE + DAY + HOUR, DAY)


def test_a_later_run_begins_where_the_last_one_was(shown: DemoClock, clock: SetClock, tmp_path: Path) -> None:
    keep_clock(shown, tmp_path / "clock")
    shown.put_ahead(DAY)
    shown.put_ahead(DAY + timedelta(microseconds=1))
    later = DemoClock(clock)
    keep_clock(later, tmp_path / "clock")
    assert later() == NINE + DAY + timedelta(microseconds=1)


def test_a_jump_stops_at_each_instant_also_at_those_that_come_up_on_the_way(diary: Diary) -> None:
    first, second, after = NINE + HOUR, NINE + 2 * HOUR, NINE + DAY
    diary.due, diary.later = [first, after], {first: second}
    assert go(travelling(diary), NINE + 3 * HOUR) == ""
    assert diary.done == [first, second]
    assert diary.stops == [NINE, first, second, NINE + 3 * HOUR]
    assert diary.clock() == NINE + 3 * HOUR


def test_where_nothing_is_planned_it_looks_around_several_times_a_day(diary: Diary) -> None:
    assert go(travelling(diary), NINE + 2 * DAY) == ""
    strides = [later - sooner for sooner, later in zip(diary.stops, diary.stops[1:], strict=False)]
    assert max(strides) == travels.LONGEST_STRIDE
    assert diary.clock() == NINE + 2 * DAY


def test_the_next_scheduled_thing_is_gone_to_with_what_follows_at_once(diary: Diary) -> None:
    first, pace = NINE + 3 * DAY, TIMING.pace
    diary.due, diary.later = [first, first + HOUR], {first: first + pace, first + pace: first + 2 * pace}
    journeys = travelling(diary)
    assert go(journeys, None) == ""
    assert diary.done == [first, first + pace, first + 2 * pace]
    assert diary.clock() == first + 2 * pace
    assert [note.at for note in journeys.notes] == diary.done
    assert go(travelling(diary), None) == ""
    assert diary.clock() == first + HOUR
    assert go(travelling(diary), None) == travels.NOTHING
    assert diary.clock() == first + HOUR


def test_what_waits_for_another_try_is_done_on_the_way_and_is_not_the_next_scheduled_thing(
    diary: Diary,
) -> None:
    again, morning = NINE + timedelta(minutes=5), NINE + DAY

    async def trying(ahead: timedelta) -> Prospect:
        found = await diary(ahead)
        return Prospect(found.stop, morning if diary.clock() < morning else None)

    diary.due = [again, morning]
    assert go(travelling(diary, trying), None) == ""
    assert diary.done == [again, morning]
    assert diary.clock() == morning


def test_where_nothing_is_said_it_goes_on_to_what_is_next_but_not_for_ever(diary: Diary) -> None:
    diary.due = [NINE + each * DAY for each in (1, 2, 3, 60)]
    diary.silent = {NINE + DAY, NINE + 2 * DAY}
    journeys = travelling(diary)
    assert go(journeys, None) == ""
    assert diary.clock() == NINE + 3 * DAY
    assert go(journeys, None) == travels.SILENCE
    assert diary.clock() == NINE + 3 * DAY


def test_what_the_bot_hears_meanwhile_is_done_before_it_goes_on(diary: Diary) -> None:
    """Slack tells the bot of its own message; what it does about that belongs to the same instant."""
    first = NINE + HOUR
    diary.due = [first]
    heard: list[datetime] = []

    def during() -> None:
        if diary.clock() == first and not heard:
            heard.append(first)
            diary.told += 1

    diary.during = during
    assert go(travelling(diary), NINE + DAY) == ""
    assert diary.stops.count(first) == 2


def test_what_is_due_and_held_up_is_waited_for(diary: Diary) -> None:
    """A lane may be lent out to a process that was killed, for a minute of the machine's time."""
    first, asked = NINE + HOUR, 0

    async def busy(ahead: timedelta) -> Prospect:
        nonlocal asked
        found = await diary(ahead)
        asked += diary.clock() == first
        assert journeys.journey is not None
        held_up.append(journeys.journey.is_held_up)
        return Prospect(first) if diary.clock() == first and asked < 20 else found

    diary.due = [first]
    held_up: list[bool] = []
    journeys = travelling(diary, busy)
    assert go(journeys, NINE + DAY) == ""
    assert diary.clock() == NINE + DAY
    assert (held_up[travels.NOTICED_AFTER], held_up[20], held_up[-1]) == (False, True, False)

    async def stuck(_ahead: timedelta) -> Prospect:
        return Prospect(NINE)

    assert go(travelling(diary, stuck), NINE + 2 * DAY) == travels.STUCK
    assert diary.clock() == NINE + DAY


@pytest.mark.parametrize(
    ("error", "said"), [(BotGone(), travels.WENT_DOWN), (BotFailed(), travels.FAILED)], ids=["gone", "failed"]
)
def test_a_bot_that_fails_on_the_way_ends_the_journey_there(
    diary: Diary, error: Exception, said: str
) -> None:
    async def failing(ahead: timedelta) -> Prospect:
        found = await diary(ahead)
        if diary.clock() >= NINE + DAY:
            raise error
        return found

    diary.due = [NINE + DAY]
    assert go(travelling(diary, failing), NINE + 9 * DAY) == said
    assert diary.clock() == NINE + DAY


def test_ways_that_lead_nowhere_are_refused(diary: Diary) -> None:
    journeys = travelling(diary)
    assert go(journeys, NINE) == travels.PAST
    assert go(journeys, NINE - DAY) == travels.PAST
    assert go(journeys, NINE + 1000 * DAY) == travels.TOO_FAR
    journeys.bot = None
    assert go(journeys, NINE + DAY) == travels.DOWN
    assert (diary.stops, diary.clock()) == ([], NINE)


def test_it_stays_where_it_is_told_to_and_takes_one_way_at_a_time(diary: Diary) -> None:
    journeys = travelling(diary)
    diary.due = [NINE + each * HOUR for each in range(1, 6)]

    def during() -> None:
        if diary.clock() == NINE + 2 * HOUR:
            assert journeys.to(NINE + 9 * DAY).error == travels.UNDER_WAY
            assert journeys.journey is not None
            assert journeys.journey.share == 0.4
            journeys.stop()

    diary.during = during
    assert go(journeys, NINE + 5 * HOUR) == ""
    assert diary.clock() == NINE + 2 * HOUR
    assert diary.done == [NINE + HOUR, NINE + 2 * HOUR]
