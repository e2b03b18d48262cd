"""The lives of issues, assumptions, dependencies and decisions, written out a second time."""

import pytest

from models.rules.raid.states import (
    RAID_ACTIONS,
    RAID_LIVE,
    RAID_STATUS_WORDS,
    RAID_TRANSITIONS,
    TARGETS,
    RaidMove,
    RaidStatus,
    allowed_after,
    raid_moves_from,
)
from models.rules.raid.words import RaidKind, kind_of
from models.rules.references import Marker

LIVES = {
    RaidKind.ISSUE: "open>resolved open>dropped resolved>open dropped>open",
    RaidKind.ASSUMPTION: (
        "open>confirmed open>doubtful open>wrong open>dropped doubtful>confirmed doubtful>wrong "
        "doubtful>dropped confirmed>open wrong>open dropped>open"
    ),
    RaidKind.DEPENDENCY: ("open>met open>missed open>dropped met>open missed>met missed>open dropped>open"),
    RaidKind.DECISION: "open>decided open>dropped decided>superseded dropped>open",
}


@pytest.mark.parametrize("kind", RaidKind)
def test_each_kind_goes_only_where_its_life_leads(kind: RaidKind) -> None:
    steps = {
        f"{status}>{following}"
        for status in RAID_TRANSITIONS[kind]
        for following in allowed_after(kind, status)
    }
    assert steps == set(LIVES[kind].split())


@pytest.mark.parametrize("kind", RaidKind)
def test_the_moves_are_the_steps_that_a_person_makes(kind: RaidKind) -> None:
    for status in RAID_TRANSITIONS[kind]:
        reached = {TARGETS[move] for move in raid_moves_from(kind, status)}
        assert reached == set(allowed_after(kind, status)) - {RaidStatus.SUPERSEDED}


def test_a_decision_that_was_taken_has_no_move_left() -> None:
    assert raid_moves_from(RaidKind.DECISION, RaidStatus.DECIDED) == ()
    assert raid_moves_from(RaidKind.DECISION, RaidStatus.SUPERSEDED) == ()


def test_only_what_is_open_or_doubtful_needs_somebody() -> None:
    assert {RaidStatus.OPEN, RaidStatus.DOUBTFUL} == RAID_LIVE


def test_every_state_and_move_has_its_words() -> None:
    assert set(RAID_STATUS_WORDS) == set(RaidStatus)
    assert set(TARGETS) == set(RAID_ACTIONS) == set(RaidMove)
    assert set(RAID_TRANSITIONS) == set(RaidKind)


def test_each_kind_has_letters_of_its_own() -> None:
    assert {kind.marker for kind in RaidKind} == set(Marker) - {Marker.RISK}
    assert all(kind_of(kind.marker) is kind for kind in RaidKind)
    assert kind_of(Marker.RISK) is None


@pytest.mark.parametrize(
    ("kind", "one", "many"),
    [
        (RaidKind.ISSUE, "an issue", "issues"),
        (RaidKind.ASSUMPTION, "an assumption", "assumptions"),
        (RaidKind.DEPENDENCY, "a dependency", "dependencies"),
        (RaidKind.DECISION, "a decision", "decisions"),
    ],
)
def test_each_kind_reads_as_people_say_it(kind: RaidKind, one: str, many: str) -> None:
    assert (kind.a_thing, kind.things) == (one, many)
