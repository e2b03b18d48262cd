"""A retrospective's life: how long cards are collected, who may be known by theirs, what comes of it.

Source: retrospectives held in writing over two working days; the figures are our defaults.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import takewhile
from typing import TypeVar

from models.rules.rituals.workdays import moved_by_working_days
from models.value import Value

COLLECTING_DAYS = 2
"""Working days for which cards are collected, and by which that is extended, once."""

CLOSING_TIMES = (time(12), time(17))
"""Times of day at which collecting ends by itself: while people are there to read what came of it."""

LONGEST = timedelta(days=14)
"""From the start to the end of collecting; after longer nobody remembers what it was about."""

ENOUGH_CONTRIBUTORS = 3
"""From so many on cards tell more than a conversation would; with fewer a live one is offered."""

SMALL_GROUP = 3
"""In a group of so many or fewer, who wrote what is easy to guess."""

SAFETY_QUESTION = "How free do you feel to say what you think here?"
SAFETY_WORDS: Mapping[int, str] = {
    1: "I would rather say nothing",
    2: "I would keep much to myself",
    3: "I would say some of it",
    4: "I would say most of it",
    5: "I would say anything",
}
"""The safety check: how free people feel to speak, from 1 to 5."""

SAFETY_SHOWN_FROM = SMALL_GROUP + 1
"""Answers from which on the safety check is shown; of fewer it is easy to guess whose is which."""

HELD_BACK = 2
"""Whoever answers no more than that has something that they do not say."""

MOST_ACTIONS = 3
"""Actions that one retrospective may lead to: more are not done."""

QUIET = 2
"""Retrospectives in a row without a card after which whoever owns them is told, once, what may help."""


class Safety(Value):
    """What came of a safety check: how many gave each answer, from 1 to 5."""

    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        """Return how many answered."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """Return the mean answer of those who answered."""
        return sum(value * count for value, count in enumerate(self.counts, start=1)) / self.answers

    @property
    def somebody_holds_back(self) -> bool:
        """Tell whether there is anybody who does not say what they think."""
        return any(self.counts[:HELD_BACK])


def safety_of(values: Collection[int]) -> Safety | None:
    """Return what came of a safety check; None where so few answered that it has to be forgotten."""
    if len(values) < SAFETY_SHOWN_FROM:
        return None
    return Safety(tuple(sum(each == value for each in values) for value in SAFETY_WORDS))


def safety_words(safety: Safety) -> str:
    """Return how free a team feels to speak, as a mean, and what to do where somebody holds back."""
    told = f"Free to speak: {safety.mean:.1f} of 5 ({safety.answers} answers)."
    if not safety.somebody_holds_back:
        return told
    return f"{told} Not all of you say what they think: talk about that first, and ask nobody who."


class RetroState(StrEnum):
    """Where a retrospective stands."""

    COLLECTING = "collecting"
    CLOSED = "closed"


RETRO_TRANSITIONS: Mapping[RetroState, frozenset[RetroState]] = {
    RetroState.COLLECTING: frozenset({RetroState.CLOSED}),
    RetroState.CLOSED: frozenset(),
}
"""What may follow; never backwards, for by then what was written cannot be changed any more."""


def may_follow(current: RetroState, target: RetroState) -> bool:
    """Tell whether a retrospective may go from the one state to the other."""
    return target in RETRO_TRANSITIONS[current]


def closes_at(started: datetime, zone: tzinfo, holidays: Collection[date] = ()) -> datetime:
    """Return when collecting ends that begins now: two working days on, at the next closing time."""
    local = started.astimezone(zone)
    day = moved_by_working_days(local.date(), COLLECTING_DAYS, holidays)
    if local.time() > CLOSING_TIMES[-1]:
        day = moved_by_working_days(day, 1, holidays)
        return _at(day, CLOSING_TIMES[0], zone)
    return _at(day, next(each for each in CLOSING_TIMES if local.time() <= each), zone)


def extended(closing: datetime, zone: tzinfo, holidays: Collection[date] = ()) -> datetime:
    """Return when collecting ends that would have ended at ``closing``: two working days later."""
    local = closing.astimezone(zone)
    return _at(moved_by_working_days(local.date(), COLLECTING_DAYS, holidays), local.time(), zone)


def reminded_at(closing: datetime, zone: tzinfo, holidays: Collection[date] = ()) -> datetime:
    """Return when the team is reminded: at the same time, one working day before collecting ends."""
    local = closing.astimezone(zone)
    return _at(moved_by_working_days(local.date(), -1, holidays), local.time(), zone)


def wants_live(contributors: int) -> bool:
    """Tell whether so few took part that a conversation would tell more."""
    return contributors < ENOUGH_CONTRIBUTORS


def is_small(people: int) -> bool:
    """Tell whether a group is so small that who wrote what is easy to guess, without a name on it."""
    return people <= SMALL_GROUP


def _at(day: date, when: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, when, zone)


CardT = TypeVar("CardT")

PAGE_LENGTH = 2400
"""Characters of cards in one message of the thread."""

_ESCAPED = 4
"""Characters that & < > grow by at most, made harmless."""


def pages(cards: Sequence[tuple[CardT, str]], longest: int = PAGE_LENGTH) -> tuple[tuple[CardT, ...], ...]:
    """Share out cards, each with its text, among messages that are never too long; the order stays."""
    found: list[list[CardT]] = []
    left = 0
    for card, text in cards:
        length = len(text) + _ESCAPED * sum(map(text.count, "&<>")) + 60
        if not found or length > left:
            found.append([])
            left = longest
        found[-1].append(card)
        left -= length
    return tuple(map(tuple, found))


def falls_quiet(earlier: Sequence[int]) -> bool:
    """Tell whether one without a card makes it enough in a row; ``earlier`` had so many, newest first."""
    return len(list(takewhile(lambda cards: not cards, earlier))) == QUIET - 1
