"""A retrospective's life: how long cards are collected, who may be known by theirs, what comes of it.

Source: retrospectives held in writing over two working days; the figures are our defaults.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TypeVar

from models.rules.workdays import moved_by_working_days

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

MOST_ACTIONS = 3
"""Actions that one retrospective may lead to: more are not done."""


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
