"""The benchmark's arithmetic: signing, reading answers, percentiles, medians, ratios and goals."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from tests.benchmarks.deliveries import Deliveries, is_expected, is_whole
from tests.benchmarks.report import Bound, Goal, Spread, percentile, ratio, spread, table
from tests.bot.slack_side import SIGNING_SECRET

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nServer: x\r\n\r\nLogged R1"


def test_every_delivery_is_signed_as_slack_signs_it_and_has_its_own_trigger() -> None:
    deliveries = Deliveries("/risk", "Vendor API may slip p4 i3", "run")
    now = int(time.time())
    requests = [deliveries.next(now), deliveries.next(now)]
    for request in requests:
        head, body = request.split(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        assert SignatureVerifier(SIGNING_SECRET).is_valid_request(body, headers)
        assert int(headers["Content-Length"]) == len(body)
    assert requests[0] != requests[1]


@given(st.integers(0, len(ANSWER) - 1))
def test_an_answer_is_whole_with_its_last_byte_and_not_before(cut: int) -> None:
    assert is_whole(ANSWER)
    assert not is_whole(ANSWER[:cut])


def test_an_answer_without_a_length_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="without a length"):
        is_whole(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")


def test_only_a_200_with_the_right_words_is_expected() -> None:
    assert is_expected(ANSWER, b"Logged")
    assert not is_expected(ANSWER, b"try again")
    assert not is_expected(ANSWER.replace(b"200 OK", b"500 No"), b"Logged")


def test_percentiles_are_by_nearest_rank() -> None:
    values = [float(value) for value in range(1, 101)]
    assert percentile(values, 0.50) == 50
    assert percentile(values, 0.99) == 99
    assert percentile([7.0], 0.99) == 7


def test_a_spread_has_the_median_between_the_extremes() -> None:
    assert spread([3, 1, 10]) == Spread(middle=3, low=1, high=10)
    assert spread([4200, 4000.4, 4500]).show() == "4,200 (4,000–4,500)"


def test_ratios_are_taken_within_a_round_so_that_a_slow_round_does_not_count_against_one_arm() -> None:
    assert ratio([90, 45], [100, 50]) == Spread(0.9, 0.9, 0.9)


@pytest.mark.parametrize(
    ("goal", "reached", "is_met"),
    [
        (Goal(Bound.AT_LEAST, 0.9), 0.9, True),
        (Goal(Bound.AT_LEAST, 0.9), 0.89, False),
        (Goal(Bound.AT_MOST, 1.3), 1.3, True),
        (Goal(Bound.AT_MOST, 1.3), 1.31, False),
        (Goal(Bound.BELOW, 0.5), 0.49, True),
        (Goal(Bound.BELOW, 0.5), 0.5, False),
    ],
)
def test_a_goal_is_met_on_its_side_of_the_figure(goal: Goal, reached: float, is_met: bool) -> None:  # noqa: FBT001 - a column of the table above.
    assert goal.is_met(reached) is is_met
    assert ("NOT MET" in goal.verdict(Spread(reached, reached, reached))) is not is_met


def test_a_table_lines_words_up_to_the_left_and_figures_to_the_right() -> None:
    assert table([["arm", "rate"], ["bare", "4,200"], ["a", "7"]]).split("\n") == [
        "arm    rate",
        "-----------",
        "bare  4,200",
        "a         7",
    ]
