"""Ten thousand deliveries, most of them not as they should be: each is answered, and nothing is half done."""

from random import Random, getrandbits

import pytest

from tests.fuzz.company import EVERY_PROJECT, HIDDEN, archive
from tests.fuzz.house import House
from tests.fuzz.payloads import Kind, Wish, any_text, send
from tests.fuzz.records import check_records, strangers_rows
from tests.fuzz.verdicts import UNPREFIXED, judge, judge_again
from tests.models.world import NOW

IN_A_STORY = 100
"""Deliveries one after the other to one company; the next story begins with a new one."""
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
    """Deliver a story, and look after each delivery and at the end."""
    chance = Random(story)  # noqa: S311 - chance, no secret.
    inside.begin_again()
    if chance.random() < ALL_IS_OVER:
        archive(inside.database, inside.story, EVERY_PROJECT, NOW)
    others = strangers_rows(inside.database)
    for _ in range(IN_A_STORY):
        wish = Wish(
            chance.choice(_KINDS), any_text(chance), chance.getrandbits(32), chance.random() < GOES_ON
        )
        before = len(inside.sent)
        sent, is_bent = send(inside, wish)
        if sent is None:
            continue
        is_replay = wish.kind is Kind.REPLAY
        try:
            judge(sent, is_bent=is_bent, is_replayed=is_replay)
            if is_replay:
                judge_again(next(each for each in inside.sent[:before] if each.body == sent.body), sent)
        except AssertionError as failure:
            failure.add_note(f"Delivered {sent.payload!r}; answered {sent.answer!r}; said {sent.calls!r}")
            raise
    heard = inside.slack.heard
    inside.slack.refusals.clear()
    inside.say_all()
    told = repr(inside.slack.said(heard))
    assert HIDDEN.lower() not in told.lower()
    assert not UNPREFIXED.search(told)
    assert not inside.slack.refusals, inside.slack.refusals
    check_records(inside.database)
    assert strangers_rows(inside.database) == others


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
