"""What gets onto an agenda, in which order, and for how long."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.agendas.changes import Changes, change_words
from models.rules.agendas.entries import BOXES, PRIORITIES, Box, Cause, Matter, Reason
from models.rules.agendas.planning import (
    BEFORE_TOPICS,
    CLOSING,
    HOUR,
    MOST_LINES,
    OPENING,
    gathered,
    planned,
    shares,
)
from models.rules.agendas.reasons import (
    colour_reason,
    deliverable_reason,
    late_reason,
    milestone_reason,
    question_reason,
    risk_reason,
    topic_reason,
)
from models.rules.agendas.words import (
    KINDS_NAMED,
    LABELS,
    LINE_LENGTH,
    detail_words,
    field_words,
    line_text,
    lines,
    overflow_label,
    overflow_words,
    timing,
)
from models.rules.statuses.periods import Cadence
from models.rules.statuses.rag import Colour
from models.value import replace

_ONE_OF_EACH_BOX = (Cause.RED, Cause.WATERMELON, Cause.CRITICAL_RISK, Cause.LATE_ACTION, Cause.MILESTONE)


def matter(number: int, *causes: Cause, days: int = 0) -> Matter:
    reasons = tuple(Reason(cause, f"about {cause}", days=days) for cause in causes)
    return Matter(UUID(int=number), f"P{number:02}", reasons)


reasons = st.builds(Reason, st.sampled_from(Cause), st.text(max_size=300), days=st.integers(0, 400))
matters = st.builds(
    Matter,
    st.integers(1, 30).map(lambda number: UUID(int=number)),
    st.sampled_from(["ACME", "BOREALIS", ""]),
    st.lists(reasons, min_size=1, max_size=4).map(tuple),
)
lengths = st.integers(15, 240)


@pytest.mark.parametrize(
    ("cause", "priority"),
    [
        (Cause.DECISION, 100),
        (Cause.RED, 90),
        (Cause.CRITICAL_RISK, 80),
        (Cause.WATERMELON, 75),
        (Cause.MOOD_ALERT, 70),
        (Cause.CLIENT_WAITS, 65),
        (Cause.AMBER, 50),
        (Cause.HIGH_RISK, 40),
        (Cause.MILESTONE, 20),
    ],
)
def test_the_gravest_come_first(cause: Cause, priority: int) -> None:
    assert Reason(cause, "").priority == priority


@pytest.mark.parametrize(("days", "priority"), [(0, 30), (1, 31), (18, 48), (19, 49), (200, 49)])
def test_a_late_action_asks_for_more_each_day_but_never_as_much_as_amber(days: int, priority: int) -> None:
    assert Reason(Cause.LATE_ACTION, "", days=days).priority == priority < PRIORITIES[Cause.AMBER]


def test_a_project_has_one_entry_in_which_the_strongest_reason_counts() -> None:
    found = gathered(
        [matter(1, Cause.AMBER), matter(2, Cause.RED), matter(1, Cause.DECISION, Cause.MILESTONE)]
    )
    assert [each.name for each in found] == ["P01", "P02"]
    assert [each.cause for each in found[0].reasons] == [Cause.DECISION, Cause.AMBER, Cause.MILESTONE]
    assert found[0].priority == PRIORITIES[Cause.DECISION]
    assert found[0].box is Box.TOPICS


def test_a_red_project_takes_the_time_of_red_ones_also_for_its_decision() -> None:
    [slot] = planned([matter(1, Cause.RED, Cause.DECISION)], HOUR).slots
    assert (slot.matter.cause, slot.minutes) == (Cause.DECISION, 15)


def test_an_hour_is_divided_as_agreed() -> None:
    causes = set(Cause) - {Cause.DECISION}
    plan = planned([matter(number, cause) for number, cause in enumerate(sorted(causes))], HOUR)
    per_box = Counter[Box]()
    for slot in plan.slots:
        per_box[slot.matter.box] += slot.minutes
    assert (plan.opening, plan.closing) == (OPENING, CLOSING) == (3, 4)
    assert all(minutes == BOXES[box].minutes for box, minutes in per_box.items())
    assert sum(rule.minutes for rule in BOXES.values()) + OPENING + CLOSING == HOUR


def test_at_most_three_red_projects_and_four_risks_are_talked_about() -> None:
    red = planned([matter(number, Cause.RED) for number in range(1, 6)], HOUR)
    assert [(slot.matter.name, slot.minutes) for slot in red.slots] == [("P01", 5), ("P02", 5), ("P03", 5)]
    assert [each.name for each in red.overflow] == ["P04", "P05"]
    risks = planned([matter(number, Cause.CRITICAL_RISK) for number in range(1, 6)], HOUR)
    assert len(risks.slots) == 4
    assert sum(slot.minutes for slot in risks.slots) == BOXES[Box.RISKS].minutes


def test_a_shorter_meeting_has_room_for_less() -> None:
    plan = planned([matter(number, Cause.RED) for number in range(1, 6)], 30)
    assert [slot.minutes for slot in plan.slots] == [4, 3]
    assert plan.length == 30


def test_late_actions_share_a_line_however_many_projects_have_some() -> None:
    today = date(2026, 10, 14)
    late = [
        Matter(UUID(int=days), f"P{days:02}", (late_reason(today - timedelta(days=days), today, ["Ask"]),))
        for days in range(1, 6)
    ]
    found = lines(planned([*late, matter(9, Cause.RED)], HOUR).slots)
    assert [(line.label, line.minutes) for line in found] == [("Red", 15), ("Late actions", 7)]
    assert found[1].text.startswith("P05 was due 9 Oct · P04 was due 10 Oct · ")
    assert found[1].text.endswith("P03 was due 11 Oct +2 more")


@given(st.lists(matters, max_size=25), lengths)
def test_the_minutes_sum_up_to_the_length(found: list[Matter], length: int) -> None:
    plan = planned(found, length)
    spent = plan.opening + plan.closing + sum(slot.minutes for slot in plan.slots)
    assert spent + plan.spare == length
    assert plan.spare >= 0
    assert all(slot.minutes >= 1 for slot in plan.slots)


@given(st.lists(matters, max_size=25), lengths)
def test_nothing_is_lost_doubled_or_out_of_order(found: list[Matter], length: int) -> None:
    plan = planned(found, length)
    here = [slot.matter for slot in plan.slots]
    assert {each.id for each in (*here, *plan.overflow)} == {each.id for each in found}
    assert len(here) + len(plan.overflow) == len({each.id for each in found})
    for kept in (here, plan.overflow):
        assert [each.priority for each in kept] == sorted((each.priority for each in kept), reverse=True)


@given(st.lists(matters, max_size=25), lengths)
def test_the_message_stays_short(found: list[Matter], length: int) -> None:
    drawn = lines(planned(found, length).slots)
    assert len(drawn) <= MOST_LINES
    assert all(len(line.text.partition(" more: ")[0]) <= LINE_LENGTH for line in drawn)
    assert all(len(line.text) <= LINE_LENGTH + KINDS_NAMED * len(", client's answer") for line in drawn)
    assert sum(line.minutes for line in drawn) <= length


@given(st.integers(0, 300), st.lists(st.integers(1, 20), min_size=1, max_size=12))
def test_shares_are_fair_and_whole(total: int, weights: list[int]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True)
    )


def test_people_need_not_meet_for_small_things_but_for_each_other() -> None:
    assert not planned([], HOUR).is_worth_meeting
    assert not planned([matter(1, Cause.MILESTONE), matter(2, Cause.NO_MEASURE)], HOUR).is_worth_meeting
    assert not planned([matter(1, Cause.LATE_ACTION, days=9)], HOUR).is_worth_meeting
    assert planned([matter(1, Cause.LATE_ACTION, days=10)], HOUR).is_worth_meeting
    assert planned([matter(1, Cause.HIGH_RISK)], HOUR).is_worth_meeting
    assert planned([matter(1, Cause.TOPIC)], HOUR).is_worth_meeting


def test_every_cause_has_a_place_and_a_name() -> None:
    assert {cause for rule in BOXES.values() for cause in rule.causes} == set(Cause) == set(LABELS)
    assert sum(len(rule.causes) for rule in BOXES.values()) == len(Cause)


def test_a_line_says_the_strongest_reason_first_and_names_the_others() -> None:
    red = colour_reason(Colour.RED, 3, Cadence.WEEKLY, "We start without the seat map.")
    late = late_reason(date(2026, 10, 10), date(2026, 10, 14), ["Call Robin", "Book the hall"])
    found = gathered([Matter(UUID(int=1), "BOREALIS", (late, red))])
    assert line_text(found[0]) == "third week, We start without the seat map · 2 late actions"
    more = Reason(Cause.MILESTONE, "M1 Beta, 19 Oct")
    found = gathered([*found, Matter(UUID(int=1), "BOREALIS", (more,))])
    assert line_text(found[0]).endswith(" · 2 late actions +1 more: milestones")
    long = colour_reason(
        Colour.RED, 3, Cadence.WEEKLY, "We start without the map and nobody told the client yet"
    )
    risky, near = Reason(Cause.HIGH_RISK, "R1 Long title of a risk"), Reason(Cause.GATE, "launch ends 2 Dec")
    said = line_text(Matter(UUID(int=1), "BOREALIS", (long, risky, risky, near)))
    assert said.endswith(" +3 more: risks, phase"), "what they are is said, however long the first is"
    assert field_words(found[0]) == "BOREALIS: Red, third week, We start without the seat map"
    assert lines(planned(found, HOUR).slots)[0].label == "Red"


def test_a_long_title_stands_once_among_the_details_and_whole() -> None:
    title = "The vendor's interface for the seat map may come weeks after the day that we agreed"
    risk = risk_reason(Cause.CRITICAL_RISK, "R12", title, "Critical 20", "new")
    [entry] = detail_words(planned([Matter(UUID(int=1), "ACME", (risk,))], HOUR))
    assert entry.reasons == (f"Risk: R12 {title}, Critical 20, new",)


def test_who_asked_for_a_decision_stands_among_the_details_alone() -> None:
    asked = question_reason("Start without the map? Managing director, by Friday", "Lee", date(2026, 10, 14))
    found = [Matter(UUID(int=1), "BOREALIS", (asked,))]
    assert lines(planned(found, HOUR).slots)[0].text == "Start without the map? Managing director, by Friday"
    [entry] = detail_words(planned(found, HOUR))
    assert entry.reasons == (
        "Decide: Start without the map? Managing director, by Friday, asked by Lee 14 Oct",
    )


def test_what_lay_ahead_and_has_passed_is_late() -> None:
    today = date(2026, 10, 14)
    late = milestone_reason("M1", "Beta", date(2026, 10, 10), today)
    near = deliverable_reason("D2", "Map", date(2026, 10, 20), today)
    found = [Matter(UUID(int=1), "ACME", (late,)), Matter(UUID(int=2), "COBALT", (near,))]
    assert [line.label for line in lines(planned(found, HOUR).slots)] == ["Late", "Ahead"]
    assert detail_words(planned(found, HOUR))[0].reasons == ("Late: M1 Beta, was due 10 Oct",)
    one = late_reason(date(2026, 10, 10), date(2026, 10, 14), ["Call Robin (Dana, was due 10 Oct)"])
    [entry] = detail_words(planned([Matter(UUID(int=1), "ACME", (one,))], HOUR))
    assert entry.reasons == ("Late actions: Call Robin (Dana, was due 10 Oct)",), "its day is said once"


def test_what_people_bring_stands_alone_and_has_the_room_before_small_things() -> None:
    topics = [
        Matter(UUID(int=number), "P01", (topic_reason(f"Topic {number}", "Sam"),)) for number in range(21, 25)
    ]
    grave = [matter(1, Cause.RED, Cause.AMBER), matter(2, Cause.RED), matter(3, Cause.DECISION)]
    small = [matter(number, Cause.AMBER) for number in range(4, 9)]
    plan = planned([*grave, *small, *topics], HOUR)
    here = [slot.matter.reasons[0].text for slot in plan.slots if slot.matter.name == "P01"]
    assert here == ["about red", *(f"Topic {number} (Sam)" for number in range(21, 25))]
    assert len(plan.slots) == MOST_LINES
    assert overflow_words(plan.overflow) == "P04, P05, P06, P07, P08"
    assert overflow_label(plan) == f"For the {plan.spare} min left"
    assert "to spare" not in timing(plan), "they are for what stands without time of its own"


def test_topics_have_the_time_that_others_leave_and_no_more() -> None:
    topics = [matter(number, Cause.TOPIC) for number in range(21, 26)]
    full = planned([matter(place, each) for place, each in enumerate(_ONE_OF_EACH_BOX)] + topics, HOUR)
    assert [slot.minutes for slot in full.slots if slot.matter.cause is Cause.TOPIC] == [4, 4, 3]
    assert (full.spare, overflow_label(full)) == (0, "No time for")
    quiet = planned([matter(1, Cause.RED), *topics], HOUR)
    assert [slot.minutes for slot in quiet.slots] == [15, 5, 5, 5, 5, 5]
    assert not quiet.overflow


@given(st.lists(matters, max_size=25), lengths)
def test_no_topic_waits_for_another_time_while_a_small_thing_has_a_line_and_time_is_left(
    found: list[Matter], length: int
) -> None:
    plan = planned(found, length)
    if plan.spare and any(each.cause is Cause.TOPIC for each in plan.overflow):
        assert len(lines(plan.slots)) == MOST_LINES
        alone = [slot.matter for slot in plan.slots if slot.matter.box not in (Box.LATE, Box.TOPICS)]
        assert all(each.priority >= BEFORE_TOPICS for each in alone)


def test_a_topic_has_the_minutes_that_were_asked_for_and_the_others_share_the_rest() -> None:
    wants = replace(matter(9, Cause.TOPIC), wants=20)
    reds = [matter(number, Cause.RED) for number in range(1, 6)]
    plan = planned([*reds, wants], HOUR)
    minutes = {slot.matter.name: slot.minutes for slot in plan.slots}
    assert minutes == {"P01": 5, "P02": 5, "P09": 20}
    assert plan.opening + plan.closing + sum(minutes.values()) + plan.spare == plan.length == HOUR
    half = planned([replace(wants, wants=50), matter(8, Cause.TOPIC)], HOUR)
    assert [slot.minutes for slot in half.slots if slot.matter.name == "P09"] == [HOUR // 2]


def test_time_that_nobody_needs_is_named() -> None:
    assert timing(planned([matter(1, Cause.RED)], HOUR)) == (
        "3 min to adjust · 4 min to read back · 38 min to spare"
    )


def test_what_changed_begins_with_what_is_worst() -> None:
    changes = Changes(
        date(2026, 9, 30),
        colours=(("COBALT", Colour.AMBER, Colour.GREEN), ("BOREALIS", Colour.AMBER, Colour.RED)),
        decided=("ACME No single sign-on in the first release.",),
        done=2,
        new_risks=1,
    )
    assert change_words(changes) == (
        "BOREALIS Amber → Red",
        "COBALT Amber → Green",
        "1 serious risk new",
        "decided: ACME No single sign-on in the first release",
        "2 actions done",
    )
    assert change_words(Changes(date(2026, 9, 30))) == ()
