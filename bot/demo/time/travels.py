"""Travelling in time: the clock stops wherever the bot has something to do, and lets it be done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.demo.people.outcomes import Outcome
from bot.demo.state.happenings import What
from bot.demo.time.clock import DemoClock
from bot.demo.time.line import BotFailed, BotGone
from bot.demo.values import Message
from models.services.outlook import Prospect
from models.value import Value, replace

Companion = Callable[[timedelta], Awaitable[Prospect]]
"""Takes the bot so far ahead, has it do what is due there, and tells what comes next."""

LONGEST_STRIDE = timedelta(hours=6)
"""Between two stops: what nobody planned, such as a risk that nobody looks at, is found at the next one."""
FARTHEST = timedelta(days=732)
IN_ONE_GO = timedelta(seconds=5)
"""What follows on an arrival so soon, such as one message after the other in a channel, belongs to it."""
AT_MOST_IN_ONE_GO = timedelta(hours=1)
LONGEST_SILENCE = timedelta(days=31)

ASK_AGAIN_SECONDS = 0.25
PATIENCE = 300
"""How often the bot is asked again about what it has not done yet; a lane may be lent out for a minute."""
NOTICED_AFTER = 8

DOWN = "The bot is down. Start it first, so that it can do what comes up on the way."
UNDER_WAY = "The clock is on its way already."
PAST = "The clock goes forward only. Choose a time after the one it shows."
TOO_FAR = "That is too far: choose a time within two years."
NOTHING = "Nothing is scheduled. Choose a day, or a date and a time."
SILENCE = "The bot has nothing to say for a month. Choose a date and a time."
WENT_DOWN = "The bot went down on the way. Start it, and go on from here."
FAILED = "The bot could not do what was due; its log says why. The clock stands where it happened."
STUCK = "Something is due that the bot does not get done; its log may say why."


class Journey(Value):
    """A way through time, under way or over; ``goal`` is None on the way to the next scheduled thing."""

    begun: datetime
    at: datetime
    goal: datetime | None
    is_over: bool = False
    remark: str = ""
    is_held_up: bool = False
    trouble: str = ""

    @property
    def share(self) -> float:
        """Tell how much of the way lies behind, from 0 to 1."""
        if self.goal is None or self.goal <= self.begun:
            return 0.0
        return min(1.0, (self.at - self.begun) / (self.goal - self.begun))


class Note(Value):
    """A message that the bot posted or changed on the way."""

    at: datetime
    conversation_id: str
    ts: str
    is_edit: bool


class _Stuck(Exception):
    """Something that is due stays undone."""


class Travels:
    """Moves the clock of the workspace and the bot's. ``bot`` is None while there is none."""

    def __init__(
        self,
        clock: DemoClock,
        heard: Callable[[], Awaitable[int]],
        changed: Callable[[], None],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take the clock, what waits until the bot heard all that happened and counts it, whom to tell."""
        self.clock = clock
        self.bot: Companion | None = None
        self.journey: Journey | None = None
        self.notes: list[Note] = []
        self._heard, self._changed, self._pause = heard, changed, pause
        self._is_wanted = True
        self._under_way: asyncio.Task[None] | None = None

    def to(self, goal: datetime | None, remark: str = "") -> Outcome:
        """Set out for that instant; None is the next scheduled thing. The remark is shown with the way."""
        now = self.clock()
        if self.journey is not None and not self.journey.is_over:
            return Outcome(ok=False, error=UNDER_WAY)
        if self.bot is None:
            return Outcome(ok=False, error=DOWN)
        if goal is not None and goal <= now:
            return Outcome(ok=False, error=PAST)
        if goal is not None and goal - now > FARTHEST:
            return Outcome(ok=False, error=TOO_FAR)
        self._is_wanted = True
        self.notes.clear()
        journey = Journey(begun=now, at=now, goal=goal, remark=remark)
        self._now_is(journey)
        self._under_way = asyncio.create_task(self._travel(self.bot, journey))
        return Outcome(ok=True)

    def note(self, message: Message, what: What) -> None:
        """Hear of what the bot says; only what it says on the way is remembered."""
        if self.journey is None or self.journey.is_over:
            return
        is_edit = what is What.EDITED
        note = Note(self.clock(), message.conversation_id, message.ts, is_edit)
        if not is_edit or (note.conversation_id, note.ts) not in {
            (each.conversation_id, each.ts) for each in self.notes
        }:
            self.notes.append(note)

    def stop(self) -> None:
        """Stay at the next stop."""
        self._is_wanted = False

    async def over(self) -> None:
        """Wait for the end of the journey."""
        if self._under_way is not None:
            await self._under_way

    async def _travel(self, bot: Companion, journey: Journey) -> None:
        trouble = ""
        try:
            ahead = await self._settled(bot)
            if journey.goal is None:
                trouble = await self._find_next(bot, journey, ahead)
            else:
                await self._go(bot, journey, journey.goal, ahead)
        except BotGone:
            trouble = WENT_DOWN
        except BotFailed:
            trouble = FAILED
        except _Stuck:
            trouble = STUCK
        finally:
            self._now_is(replace(journey, is_over=True, trouble=trouble))

    async def _go(self, bot: Companion, journey: Journey, goal: datetime, ahead: Prospect) -> None:
        while self._is_wanted and self.clock() < goal:
            stop = min(goal, ahead.stop or goal, self.clock() + LONGEST_STRIDE)
            ahead = await self._stop_at(stop, bot, journey)
        await self._finish(bot, journey, ahead)

    async def _find_next(self, bot: Companion, journey: Journey, ahead: Prospect) -> str:
        """Go from one instant to the next until the bot says something there; return why it did not."""
        ahead = await self._finish(bot, journey, ahead, backlog=AT_MOST_IN_ONE_GO)
        is_found = False
        while self._is_wanted and not is_found:
            if ahead.stop is None:
                return NOTHING
            if ahead.stop - journey.begun > LONGEST_SILENCE:
                return SILENCE
            stop, said = ahead.stop, len(self.notes)
            ahead = await self._stop_at(min(stop, self.clock() + LONGEST_STRIDE), bot, journey)
            # What comes of a look around on the way was not scheduled.
            is_found = self.clock() >= stop and len(self.notes) > said
        await self._finish(bot, journey, ahead)
        return ""

    async def _finish(
        self, bot: Companion, journey: Journey, ahead: Prospect, backlog: timedelta = IN_ONE_GO
    ) -> Prospect:
        """Go through what follows at once, and what was due before and waits no longer than that.

        Returns what comes next.
        """
        since = self.clock()
        while self._is_wanted and ahead.stop is not None and ahead.stop - since <= AT_MOST_IN_ONE_GO:
            if ahead.stop - self.clock() > (backlog if ahead.has_backlog else IN_ONE_GO):
                break
            ahead = await self._stop_at(ahead.stop, bot, journey)
        return ahead

    async def _stop_at(self, instant: datetime, bot: Companion, journey: Journey) -> Prospect:
        self.clock.go_to(instant)
        self._now_is(journey)
        return await self._settled(bot)

    async def _settled(self, bot: Companion) -> Prospect:
        """Let the bot do what is due, with all that follows from it; return what comes next."""
        for asked in range(PATIENCE):
            before = await self._heard()
            ahead = await bot(self.clock.ahead)
            if await self._heard() != before:
                continue
            if ahead.stop is None or ahead.stop > self.clock() or not self._is_wanted:
                return ahead
            if asked == NOTICED_AFTER and self.journey is not None:
                self._now_is(replace(self.journey, is_held_up=True))
            await self._pause(ASK_AGAIN_SECONDS)
        raise _Stuck

    def _now_is(self, journey: Journey) -> None:
        self.journey = replace(journey, at=self.clock())
        self._changed()
