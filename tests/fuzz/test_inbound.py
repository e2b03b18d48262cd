"""Ten thousand deliveries, most of them not as they should be: each is answered, and nothing is half done."""

from datetime import timedelta
from random import Random, getrandbits

import pytest

from tests.fuzz.company import EVERY_PROJECT, HIDDEN, archive
from tests.fuzz.dealer import Kind, Wish, any_text
from tests.fuzz.house import House
from tests.fuzz.payloads import send
from tests.fuzz.records import check_records, strangers_rows
from tests.fuzz.verdicts import UNPREFIXED, judge, judge_again
from tests.models.world import NOW

IN_A_STORY = 200
"""Deliveries to one company, half of them before time passes; the next story begins with a new one."""
HOURS = (0, 3, 24, 72)
"""How long nobody does anything, in the middle of a story."""
GOES_ON = 0.5
"""How often somebody goes on with what they were just shown."""
ALL_IS_OVER = 0.1
"""How often every project is archived."""
DELIVERIES = {"sqlite": 10_000, "postgresql": 1_000}

_KINDS = (
    *(Kind.COMMAND, Kind.COMMAND, Kind.CLICK, Kind.CLICK, Kind.SUBMISSION, Kind.SUBMISSION),
    *(Kind.SHORTCUT, Kind.EVENT, Kind.OTHER, Kind.REPLAY),
)


def live_through(inside: House, story: int) -> None:
    """Deliver a story, and look after each delivery, whenever time passes and at the end."""
    chance = Random(story)  # noqa: S311 - chance, no secret.
    inside.begin_again()
    if chance.random() < ALL_IS_OVER:
        archive(inside.database, inside.story, EVERY_PROJECT, NOW)
    for hours in (chance.choice(HOURS), 0):
        others, heard = strangers_rows(inside.database), inside.slack.heard
        for _ in range(IN_A_STORY // 2):
            kind, goes_on = chance.choice(_KINDS), chance.random() < GOES_ON
            deliver(inside, Wish(kind, any_text(chance), chance.getrandbits(32), goes_on))
        assert strangers_rows(inside.database) == others
        inside.let_pass(timedelta(hours=hours))
        told = repr(inside.slack.said_to_us(heard))
        assert HIDDEN.lower() not in told.lower()
        assert not UNPREFIXED.search(told)
        assert not inside.slack.refusals, inside.slack.refusals
        check_records(inside.database)


def deliver(inside: House, wish: Wish) -> None:
    """Deliver a wish, and look whether it was handled as it must be."""
    before = len(inside.sent)
    sent, is_bent = send(inside, wish)
    if sent is None:
        return
    is_replay = wish.kind is Kind.REPLAY
    try:
        judge(sent, is_bent=is_bent, is_replayed=is_replay)
        if is_replay:
            judge_again(next(each for each in inside.sent[:before] if each.body == sent.body), sent)
    except AssertionError as failure:
        failure.add_note(f"Delivered {sent.payload!r}; answered {sent.answer!r}; said {sent.calls!r}")
        raise


def bombard(inside: House, stories: int) -> None:
    """Tell so many stories, each by a number of its own, which tells the same again."""
    for _ in range(stories):
        story = getrandbits(32)
        try:
            live_through(inside, story)
        except BaseException as failure:
            failure.add_note(f"This was story {story}.")
            raise


@pytest.mark.timeout(700)
def test_ten_thousand_deliveries_do_no_harm(inside: House) -> None:
    bombard(inside, DELIVERIES[inside.database.dialect] // IN_A_STORY)
