"""Rituals of a kind that only another version knows: shown, let rest, ended, and otherwise left alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from models.errors import Invalid
from models.read_models import RitualSetup
from models.rules.delivery import NoticeKind
from models.rules.rituals.steps import RestReason
from models.services.projects.profiles import ProjectProfiles
from models.services.rituals.catalogue import Rituals
from models.services.rituals.strangers import TOLD_AFTER, Strangers
from models.services.rituals.times import RitualTimes
from models.value import replace
from tests.models.ritual_desk import MONDAY, SORTS, WEDNESDAY, Desk, at, fields_of
from tests.models.rituals import next_due_of

OLD = {kind: sort for kind, sort in SORTS.items() if kind != "agenda"}
"""What a version knows from before there were agendas."""
FRIDAY = at(9, 16)
"""The meeting's topics are collected since an hour."""


class OldDesk(Desk):
    """The services of that version; it works with what is there."""

    def __init__(self, desk: Desk) -> None:
        """Put them together, on the same database."""
        self.world, self.jo = desk.world, desk.jo
        self.rituals, self.times = Rituals(desk.world.database, OLD), RitualTimes(desk.world.database, OLD)
        self.projects = ProjectProfiles(desk.world.database, OLD)


@pytest.fixture
def old(desk: Desk) -> OldDesk:
    """Return those of the version before."""
    return OldDesk(desk)


def test_it_is_shown_as_unknown_and_only_rests_or_ends(desk: Desk, old: OldDesk) -> None:
    ritual = desk.switch_on()
    desk.through(MONDAY, 10)
    seen: dict[str, Any] = {"origin": desk.world.origin(), "now": FRIDAY}
    [line] = old.rituals.page(old.jo, now=FRIDAY).lines
    assert (line.is_known, line.next_at) == (False, None)
    card = old.rituals.card(old.jo, ritual.id, now=FRIDAY)
    assert (card.is_known, card.coming, card.may_change) == (False, (), True)
    assert desk.rituals.card(desk.jo, ritual.id, now=FRIDAY).is_known
    for act in (
        lambda: old.times.skip(old.jo, ritual.id, **seen),
        lambda: old.times.run_now(old.jo, ritual.id, **seen),
    ):
        with pytest.raises(Invalid, match="does not know what it is"):
            act()
    said = replace(fields_of(ritual), name="Another")
    with pytest.raises(Invalid):
        old.rituals.edit(old.jo, ritual.id, said, version=1, **seen)
    ended = old.rituals.end(old.jo, ritual.id, "Nobody knows it.", **seen)
    assert ended.rest is not None
    assert ended.rest.reason is RestReason.ENDED
    assert old.rituals.card(old.jo, ritual.id, now=FRIDAY).may_switch_on_again is False


@pytest.mark.parametrize("how", ["ended", "paused", "archived"])
def test_what_rests_in_the_old_version_does_not_come_round_in_the_new_one(
    desk: Desk, old: OldDesk, how: str
) -> None:
    project = desk.world.project(desk.world.person("Dana"))
    ritual = desk.switch_on(project_id=project.id)
    desk.work(FRIDAY)
    seen: dict[str, Any] = {"origin": desk.world.origin(), "now": FRIDAY}
    if how == "ended":
        old.rituals.end(old.jo, ritual.id, "Nobody knows it.", **seen)
    elif how == "paused":
        old.rituals.pause(old.jo, ritual.id, **seen)
    else:
        old.projects.archive(old.jo, project.id, "It is over.", **seen)
    assert desk.times_of(ritual) == [(WEDNESDAY, "rested")]
    assert next_due_of(desk.world.database, ritual.id) is None
    desk.through(FRIDAY, 30)
    assert desk.times_of(ritual) == [(WEDNESDAY, "rested")]
    assert not [each for each in desk.world.said() if each.kind is NoticeKind.RITUAL_STEP]


def test_what_goes_on_in_the_old_version_goes_on_in_the_new_one(desk: Desk, old: OldDesk) -> None:
    ritual = desk.switch_on()
    desk.work(FRIDAY)
    old.rituals.pause(old.jo, ritual.id, origin=desk.world.origin(), now=FRIDAY)
    later = FRIDAY + timedelta(hours=1)
    old.rituals.resume(old.jo, ritual.id, origin=desk.world.origin(), now=later)
    assert desk.times_of(ritual) == [(WEDNESDAY, "planned")]
    desk.through(later, 20)
    assert [state for _, state in desk.times_of(ritual)] == ["held", "held"]


def test_a_pause_until_a_day_is_over_by_itself_in_the_new_version(desk: Desk, old: OldDesk) -> None:
    ritual = desk.switch_on()
    desk.work(FRIDAY)
    until = at(16, 9).date()
    old.rituals.pause(old.jo, ritual.id, until, origin=desk.world.origin(), now=FRIDAY)
    desk.through(FRIDAY, 20)
    assert desk.times_of(ritual) == [(WEDNESDAY, "rested"), ("2026-01-28T15:00", "held")]


def told(desk: Desk) -> list[tuple[str, str]]:
    """Return who heard of one that is unknown."""
    return [
        (each.channel, each.key.rpartition(":")[0])
        for each in desk.world.said()
        if each.kind is NoticeKind.RITUAL_UNKNOWN
    ]


def looked(desk: Desk, now: datetime) -> frozenset[str]:
    """Have a process of the old version, just started, look twice."""
    strangers = Strangers(desk.world.database, OLD)
    strangers.look(now)
    return strangers.look(now)


def test_its_owner_hears_once_that_nothing_comes_of_it(desk: Desk) -> None:
    ritual: RitualSetup = desk.switch_on()
    due = at(9, 15)
    assert looked(desk, due - timedelta(minutes=1)) == frozenset()
    assert looked(desk, due) == {"agenda"}
    # While the new version is rolled out it may be there the next minute.
    assert told(desk) == []
    for hours in (0, 5):
        looked(desk, due + TOLD_AFTER + timedelta(hours=hours))
    assert [who for who, _ in told(desk)] == ["U_JO"]
    desk.through(due + TOLD_AFTER, 7)
    looked(desk, at(28, 9))
    assert len(set(told(desk))) == 2
    desk.rituals.end(desk.jo, ritual.id, "We meet no more.", origin=desk.world.origin(), now=at(28, 9))
    assert looked(desk, at(28, 23)) == frozenset()
