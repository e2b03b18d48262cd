"""Changing a risk: who may, what must be there, what two people at once see, and what the history keeps."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from models.commands import TEXT_LENGTH
from models.errors import (
    Conflict,
    IncompleteTransition,
    Invalid,
    NotAllowed,
    NotFound,
    RefusedTransition,
)
from models.read_models import Actor, ProjectView, RiskView
from models.rules.access import Capability, ProjectRole
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import Missing, RiskStatus
from models.rules.risks.words import Visibility
from models.tables import audit_entries, outbox_messages, risks
from models.value import replace
from tests.models.services.acts import LATER, close, edit, fields_of, reject, score, undo
from tests.models.world import NOW, World


@pytest.fixture
def proposed(world: World, sam: Actor, project: ProjectView) -> RiskView:
    """Return a risk that Sam proposed."""
    return world.log(sam, project)


@pytest.fixture
def opened(world: World, sam: Actor, dana: Actor, project: ProjectView) -> RiskView:
    """Return a high risk that Sam raised and Dana owns."""
    return world.log(sam, project, probability=4, impact=3, owner_id=dana.person.id)


def test_scoring_opens_a_risk_once_it_has_an_owner(world: World, dana: Actor, proposed: RiskView) -> None:
    scored = score(world, dana, proposed, 4, 3, None)
    assert (scored.status, scored.score, scored.version) == (RiskStatus.PROPOSED, 12, 2)
    owned = score(world, dana, scored, 4, 3, dana)
    assert (owned.status, owned.owner, owned.version) == (RiskStatus.OPEN, dana.person, 3)
    assert owned.next_review_on is not None
    assert world.register.details(dana, owned.id, in_project=None).risk == owned


def test_only_who_judges_a_risk_moves_its_review(world: World, dana: Actor, opened: RiskView) -> None:
    later = NOW + timedelta(days=2)
    fields = fields_of(opened, title="Vendor API slips", due_on=date(2026, 12, 1))
    worded = world.register.edit(dana, opened.id, fields, version=1, origin=world.origin(), now=later)
    assert (worded.version, worded.next_review_on) == (2, opened.next_review_on)
    fields = replace(fields, impact=1)
    judged = world.register.edit(dana, opened.id, fields, version=2, origin=world.origin(), now=later)
    assert judged.next_review_on == date(2026, 11, 15), "moderate: 30 days from then"
    looked = world.register.review(dana, opened.id, origin=world.origin(), now=later + timedelta(days=1))
    assert looked.next_review_on == date(2026, 11, 16)


def test_editing_opens_a_risk_once_it_is_complete(world: World, dana: Actor, proposed: RiskView) -> None:
    edited = edit(world, dana, proposed, probability=2, impact=2, owner_id=dana.person.id)
    assert edited.status is RiskStatus.OPEN


@pytest.mark.parametrize("lost", ["probability", "impact", "owner_id"])
def test_an_open_risk_cannot_lose_what_it_needs(
    world: World, dana: Actor, opened: RiskView, lost: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        edit(world, dana, opened, **{lost: None})
    assert list(refusal.value.problems) == [lost]


def test_changing_nothing_writes_nothing(world: World, dana: Actor, opened: RiskView) -> None:
    before = world.count(audit_entries), world.count(outbox_messages)
    assert edit(world, dana, opened) == opened
    assert (world.count(audit_entries), world.count(outbox_messages)) == before


def test_the_second_of_two_editors_is_told_and_sees_both(
    world: World, sam: Actor, dana: Actor, opened: RiskView
) -> None:
    first = edit(world, dana, opened, title="Vendor API slips for sure", cause="They said so.")
    second = edit(world, dana, first, title="Vendor API is late")
    with pytest.raises(Conflict) as refusal:
        edit(world, sam, opened, title="Vendor API will slip")
    conflict = refusal.value
    assert conflict.current == second
    assert conflict.by == dana.person
    assert {change.field: (change.before, change.after) for change in conflict.changes} == {
        "title": ("Vendor API may slip", "Vendor API is late"),
        "cause": (None, "They said so."),
    }
    assert world.register.details(sam, opened.id, in_project=None).risk == second


def test_a_conflict_names_an_owner_not_an_id(world: World, sam: Actor, dana: Actor, opened: RiskView) -> None:
    edit(world, dana, opened, owner_id=sam.person.id)
    with pytest.raises(Conflict) as refusal:
        score(world, dana, opened, 1, 1, dana)
    (change,) = refusal.value.changes
    assert (change.before, change.after) == ("Dana", "Sam")
    assert change.raw == ("U_DANA", "U_SAM"), "a form has people by Slack's ids"


def test_an_editor_who_saw_the_newest_version_goes_ahead(
    world: World, sam: Actor, dana: Actor, opened: RiskView
) -> None:
    changed = edit(world, dana, opened, cause="They said so.")
    assert edit(world, sam, changed, effect="We cannot test.").version == 3


def test_closing_needs_a_reason_and_keeps_it(world: World, dana: Actor, opened: RiskView) -> None:
    with pytest.raises(IncompleteTransition) as refusal:
        close(world, dana, opened, " \x00 ")
    assert refusal.value.missing == (Missing.REASON,)
    closed = close(world, dana, opened, "They delivered.")
    assert (closed.status, closed.closing_reason) == (RiskStatus.CLOSED, "They delivered.")
    assert closed.next_review_on is None
    newest = world.history(dana, closed)[0]
    assert (newest.action, newest.reason, newest.person) == ("closed", "They delivered.", dana.person)


def test_too_long_a_reason_is_refused(world: World, dana: Actor, opened: RiskView) -> None:
    with pytest.raises(Invalid, match="Keep it to 2,000 characters"):
        close(world, dana, opened, "x" * (TEXT_LENGTH + 1))


def test_a_proposed_risk_is_rejected_not_closed(world: World, dana: Actor, proposed: RiskView) -> None:
    with pytest.raises(RefusedTransition) as refusal:
        close(world, dana, proposed, "why not")
    assert refusal.value.allowed == (RiskStatus.OPEN, RiskStatus.REJECTED)
    rejected = reject(world, dana, proposed, "")
    assert rejected.status is RiskStatus.REJECTED


def test_an_open_risk_cannot_be_rejected(world: World, dana: Actor, opened: RiskView) -> None:
    with pytest.raises(RefusedTransition) as refusal:
        reject(world, dana, opened, "no")
    assert RiskStatus.CLOSED in refusal.value.allowed


def test_what_is_over_cannot_be_scored(world: World, dana: Actor, proposed: RiskView) -> None:
    rejected = reject(world, dana, proposed, "no")
    with pytest.raises(RefusedTransition):
        score(world, dana, rejected, 3, 3, dana)


def test_a_replayed_change_is_made_once(world: World, dana: Actor, opened: RiskView) -> None:
    once = world.register.move(
        dana, opened.id, RiskMove.CLOSE, "done", origin=world.origin("click"), now=LATER
    )
    before = world.count(audit_entries), world.count(outbox_messages)
    assert (
        world.register.move(dana, opened.id, RiskMove.CLOSE, "done", origin=world.origin("click"), now=LATER)
        == once
    )
    assert (world.count(audit_entries), world.count(outbox_messages)) == before


def test_undo_takes_a_risk_off_every_screen_and_keeps_its_number(
    world: World, sam: Actor, project: ProjectView, proposed: RiskView
) -> None:
    undone = undo(world, sam, proposed)
    assert undone.is_withdrawn
    for reference in (proposed.id, proposed.reference):
        with pytest.raises(NotFound):
            world.register.details(sam, reference, in_project=None)
    with pytest.raises(NotFound):
        edit(world, sam, undone)
    assert world.count(risks) == 1
    assert world.log(sam, project).number == 2


def test_undo_is_over_once_somebody_else_has_worked_on_it(
    world: World, sam: Actor, dana: Actor, proposed: RiskView
) -> None:
    score(world, dana, proposed, 3, 3, None)
    with pytest.raises(Invalid, match=r"Somebody else .* Ask the project manager to take it off the list"):
        undo(world, sam, proposed)
    assert not world.register.details(sam, proposed.id, in_project=None).permissions.may_undo


def test_undo_still_works_after_the_raiser_s_own_change(world: World, sam: Actor, proposed: RiskView) -> None:
    edited = edit(world, sam, proposed, title="Vendor API may slip badly")
    assert undo(world, sam, edited).is_withdrawn


Act = Callable[[World, Actor, RiskView], RiskView]
ACTS: dict[Capability, Act] = {
    Capability.EDIT_RISK: lambda world, actor, risk: edit(world, actor, risk, title="Changed"),
    Capability.SCORE_RISK: lambda world, actor, risk: score(world, actor, risk, 2, 2, None),
    Capability.REJECT_RISK: reject,
    Capability.CLOSE_RISK: close,
    Capability.UNDO_RISK: undo,
}


@pytest.mark.parametrize("capability", ACTS)
def test_a_colleague_without_a_tie_to_the_risk_may_change_nothing(
    world: World, proposed: RiskView, capability: Capability
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        ACTS[capability](world, world.person("Nia"), proposed)
    assert refusal.value.capability is capability
    assert refusal.value.ask == (("Sam",) if capability is Capability.UNDO_RISK else ("Dana",))


@pytest.mark.parametrize("capability", ACTS)
def test_a_guest_may_change_nothing_not_even_their_own(
    world: World, sam: Actor, proposed: RiskView, capability: Capability
) -> None:
    world.person("Sam", is_guest=True)
    guest = replace(sam, is_full_member=False)
    with pytest.raises(NotAllowed):
        ACTS[capability](world, guest, proposed)


@pytest.mark.parametrize("capability", ACTS)
def test_another_workspace_s_risk_does_not_exist(
    world: World, proposed: RiskView, capability: Capability
) -> None:
    other = World(world.database, "T_OTHER")
    with pytest.raises(NotFound):
        ACTS[capability](other, other.delivery_manager("Sam"), proposed)


@pytest.mark.parametrize("capability", ACTS)
def test_a_restricted_risk_does_not_exist_for_others(
    world: World, sam: Actor, project: ProjectView, capability: Capability
) -> None:
    hidden = world.log(sam, project, visibility=Visibility.RESTRICTED)
    nia = world.person("Nia")
    world.give_role(nia, project, ProjectRole.MEMBER)
    with pytest.raises(NotFound):
        ACTS[capability](world, nia, hidden)


def test_only_who_may_score_changes_the_levels_by_editing_too(
    world: World, sam: Actor, dana: Actor, proposed: RiskView
) -> None:
    for levels in ({"probability": 2}, {"impact": 2}, {"probability": 2, "impact": 2}):
        with pytest.raises(NotAllowed) as refusal:
            edit(world, sam, proposed, **levels)
        assert refusal.value.capability is Capability.SCORE_RISK
    named = edit(world, sam, edit(world, dana, proposed, probability=4, impact=3), title="Vendor API slips")
    assert (named.title, named.score, named.status) == ("Vendor API slips", 12, RiskStatus.PROPOSED)
    owned = edit(world, sam, named, owner_id=sam.person.id)
    assert edit(world, sam, owned, impact=2).score == 8, "it is Sam's own now"


def test_who_only_says_whose_it_is_did_not_score_it(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    judged = world.log(sam, project, probability=4, impact=3)
    owned = score(world, dana, judged, 4, 3, dana)
    rescored = score(world, dana, owned, 2, 3, dana)
    assert [entry.action for entry in world.history(dana, rescored)] == ["scored", "owned", "logged"]


def test_an_owner_who_left_may_stay_but_not_be_chosen_anew(
    world: World, sam: Actor, dana: Actor, opened: RiskView, proposed: RiskView
) -> None:
    world.person("Dana", is_deleted=True)
    assert edit(world, sam, opened, title="Vendor API slips").owner == dana.person
    with pytest.raises(Invalid):
        edit(world, sam, proposed, owner_id=dana.person.id)


def test_history_tells_who_changed_what_from_what_to_what(
    world: World, sam: Actor, dana: Actor, proposed: RiskView
) -> None:
    scored = score(world, dana, proposed, 4, 3, dana)
    edit(world, dana, scored, visibility=Visibility.RESTRICTED)
    newest, before, first = world.history(sam, scored)
    assert [entry.action for entry in (first, before, newest)] == ["logged", "scored", "edited"]
    assert [(change.field, change.before, change.after) for change in newest.changes] == [
        ("visibility", "team", "restricted")
    ]
    assert [(change.field, change.before, change.after) for change in before.changes] == [
        ("status", "proposed", "open"),
        ("probability", None, "4"),
        ("impact", None, "3"),
        ("owner_id", None, "Dana"),
        ("next_review_on", None, "2026-10-28"),
    ]


def test_of_many_who_change_a_risk_at_once_one_wins_and_the_rest_are_told(
    world: World, dana: Actor, opened: RiskView
) -> None:
    def attempt(number: int) -> RiskView | Conflict:
        try:
            return edit(world, dana, opened, title=f"Title {number}")
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(max_workers=6) as pool:
        outcomes = list(pool.map(attempt, range(6)))
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, RiskView)]
    assert all(outcome.current == winner for outcome in outcomes if isinstance(outcome, Conflict))
    assert [entry.version for entry in world.history(dana, opened)] == [2, 1]
