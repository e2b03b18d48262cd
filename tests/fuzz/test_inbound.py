"""Ten thousand deliveries, most of them not as they should be: each is answered, and nothing is half done."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.company import EVERY_PROJECT, HIDDEN, archive
from tests.fuzz.house import House
from tests.fuzz.payloads import Kind, Wish, send
from tests.fuzz.records import check_records, strangers_rows
from tests.fuzz.verdicts import UNPREFIXED, judge, judge_again
from tests.fuzz.vocabulary import TEXTS
from tests.models.world import NOW

IN_A_STORY = 100
"""Deliveries one after the other to one company; the next story begins with a new one."""
DELIVERIES = {"sqlite": 10_000, "postgresql": 1_000}
SPARE = 4
"""Stories more than the number takes: some repeat an earlier one, or deliver nothing here and there."""

_KINDS = (
    *(Kind.COMMAND, Kind.COMMAND, Kind.CLICK, Kind.CLICK, Kind.SUBMISSION, Kind.SUBMISSION),
    *(Kind.SHORTCUT, Kind.EVENT, Kind.OTHER, Kind.REPLAY),
)
_WISHES = st.builds(
    Wish,
    kind=st.sampled_from(_KINDS),
    text=st.sampled_from(TEXTS) | st.text(max_size=20),
    seed=st.integers(0, 2**32),
)


@dataclass
class Count:
    """How many deliveries there were."""

    delivered: int = 0


def live_through(inside: House, wishes: list[Wish], count: Count) -> None:
    """Deliver a story, and look after each delivery and at the end."""
    others = strangers_rows(inside.database)
    for wish in wishes:
        before = len(inside.sent)
        sent, is_bent = send(inside, wish)
        if sent is None:
            continue
        count.delivered += 1
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


def bombard(inside: House, deliveries: int) -> int:
    """Deliver about so many, and return how many there were."""
    count = Count()

    @settings(
        max_examples=deliveries // IN_A_STORY + SPARE,
        phases=(Phase.generate,),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(wishes=st.lists(_WISHES, min_size=IN_A_STORY, max_size=IN_A_STORY), is_all_over=st.integers(0, 4))
    def lives(wishes: list[Wish], is_all_over: int) -> None:
        inside.begin_again()
        if not is_all_over:
            archive(inside.database, inside.story, EVERY_PROJECT, NOW)
        live_through(inside, wishes, count)

    lives()
    return count.delivered


# A story that failed is told whole, however long its texts are.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.timeout(700)
def test_ten_thousand_deliveries_do_no_harm(inside: House) -> None:
    deliveries = DELIVERIES[inside.database.dialect]
    assert bombard(inside, deliveries) >= deliveries
