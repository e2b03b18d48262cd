"""What becomes of what: a risk that happens an issue, a doubt a risk; and who hears of any of it."""

from collections.abc import Callable
from typing import Any

import pytest

from models.commands import RaidFields, RaidOutcome
from models.errors import Invalid, NotAllowed
from models.read_models import Actor, ProjectView, RaidView
from models.rules.raid.states import RaidMove, RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.risks.moves import RiskMove
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind, Visibility
from models.services.raid.readings import RaidReadings
from models.tables import raid_items, risks
from tests.models.services import acts
from tests.models.services.acts import LATER
from tests.models.world import NOW, World


def move(world: World, actor: Actor, item: RaidView, how: RaidMove, text: str = "So.") -> RaidView:
    """Make a move."""
    return world.raid.move(actor, item.id, how, RaidOutcome(text), origin=world.origin(), now=LATER)


def told(world: World, act: Callable[[], object]) -> list[str]:
    """Return what the call says, as "operation kind lane"."""
    return [f"{each.operation} {each.kind} {each.channel}" for each in world.said_by(act)]


def test_a_threat_that_happens_becomes_an_issue_with_its_owner_and_its_impact(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project, probability=3, impact=4, owner_id=sam.person.id)
    said = told(world, lambda: acts.move(world, dana, risk, RiskMove.HAPPENED, "Gone."))
    assert {"post raid_announced C_ACME", "post raid_owned U_SAM"} <= set(said)

    (linked,) = world.register.details(sam, risk.id, in_project=None).led_to
    issue = world.raid.details(sam, linked.id, in_project=None)
    assert str(linked.reference) == "ACME-I1"
    assert (issue.item.title, issue.item.details, issue.item.impact, issue.item.owner) == (
        risk.title,
        "Gone.",
        4,
        sam.person,
    )
    assert [each.id for each in issue.came_from] == [risk.id]

    acts.close(world, dana, risk)
    acts.move(world, dana, risk, RiskMove.REOPEN, "Again.")
    acts.move(world, dana, risk, RiskMove.HAPPENED, "Again.")
    assert world.count(raid_items) == 1, "the issue is still open"


def test_an_opportunity_that_happens_is_no_issue(world: World, dana: Actor, project: ProjectView) -> None:
    me = dana.person.id
    luck = world.log(dana, project, probability=3, impact=3, owner_id=me, kind=RiskKind.OPPORTUNITY)
    assert acts.move(world, dana, luck, RiskMove.HAPPENED).status is RiskStatus.OCCURRED
    assert world.count(raid_items) == 0


def test_what_an_archived_project_has_on_record_can_be_ended_and_no_more(
    world: World, dana: Actor, project: ProjectView
) -> None:
    item = world.item(dana, project, RaidKind.ASSUMPTION)
    decision = world.item(dana, project, RaidKind.DECISION, outcome="Yes.")
    world.profiles.archive(dana, project.id, "Over.", origin=world.origin(), now=NOW)
    fields, origin = RaidFields("Else", outcome="No."), world.origin()
    refused: tuple[Callable[[], object], ...] = (
        lambda: world.raid.edit(dana, item.id, fields, version=1, origin=origin, now=LATER),
        lambda: world.raid.supersede(dana, decision.id, fields, origin=origin, now=LATER),
        lambda: world.raid.undo(dana, item.id, origin=origin, now=NOW),
        lambda: world.raid.undoable(dana, item.id, now=NOW),
        lambda: world.raid.movable(dana, item.id, RaidMove.DOUBT),
        lambda: move(world, dana, item, RaidMove.DOUBT),
    )
    for act in refused:
        with pytest.raises(Invalid, match="/project reopen ACME"):
            act()
    found = world.raid.details(dana, item.id, in_project=None).permissions
    assert (found.may_edit, found.may_undo, RaidMove.DOUBT in found.moves) == (False, False, False)
    assert "archived" in found.why_no_more
    assert move(world, dana, item, RaidMove.WRONG).status is RaidStatus.WRONG
    assert world.count(raid_items) == 2, "and nothing new follows"


def test_a_doubt_proposes_a_risk_once_and_the_lead_is_asked(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    item = world.item(sam, project, RaidKind.ASSUMPTION, "Texts by May", details="The launch.")
    origin = world.origin("twice")
    for _ in range(2):
        world.raid.move(sam, item.id, RaidMove.DOUBT, RaidOutcome("Silence."), origin=origin, now=LATER)
    found = world.raid.details(sam, item.id, in_project=None)
    (linked,) = found.led_to
    risk = world.register.details(dana, linked.id, in_project=None)
    assert (risk.risk.title, risk.risk.cause, risk.risk.effect, risk.risk.status) == (
        "May not hold: Texts by May",
        "Silence.",
        "The launch.",
        RiskStatus.PROPOSED,
    )
    assert [each.id for each in risk.came_from] == [item.id]
    assert world.history(dana, risk.risk)[0].action == "logged"
    assert ("risk_proposed", "U_DANA") in {(each.kind, each.channel) for each in world.said()}
    held = move(world, sam, found.item, RaidMove.CONFIRM)
    move(world, sam, move(world, sam, held, RaidMove.REOPEN), RaidMove.DOUBT)
    assert world.count(risks) == 1, "the risk is on the register still"
    assert world.log(sam, project).number == 2


def test_a_wrong_assumption_becomes_an_issue_that_its_owner_has(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    item = world.item(dana, project, RaidKind.ASSUMPTION, "Texts by May", owner_id=sam.person.id)
    wrong = move(world, dana, item, RaidMove.WRONG, "They come in June.")
    assert wrong.status is RaidStatus.WRONG
    (linked,) = world.raid.details(sam, item.id, in_project=None).led_to
    issue = world.raid.details(sam, linked.id, in_project=None).item
    assert (issue.kind, issue.owner, issue.details) == (RaidKind.ISSUE, sam.person, "They come in June.")
    move(world, dana, move(world, dana, wrong, RaidMove.REOPEN), RaidMove.WRONG)
    assert world.count(raid_items) == 2


def test_what_is_restricted_leads_to_what_is_restricted_and_no_channel_hears_of_it(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    hidden: dict[str, Any] = {"visibility": Visibility.RESTRICTED, "owner_id": dana.person.id}
    risk = world.log(dana, project, probability=5, impact=5, **hidden)
    acts.move(world, dana, risk, RiskMove.HAPPENED, "Gone.")
    item = world.item(dana, project, RaidKind.ASSUMPTION, **hidden)
    move(world, dana, item, RaidMove.DOUBT)
    (issue,) = world.register.details(dana, risk.id, in_project=None).led_to
    assert world.raid.details(dana, issue.id, in_project=None).item.visibility is Visibility.RESTRICTED
    assert not [each for each in world.said() if each.channel == "C_ACME"]
    assert RaidReadings(world.database).issues_of(world.workspace_id, risk.id) == ()

    open_ = world.item(dana, project, RaidKind.ASSUMPTION, "Open")
    move(world, dana, open_, RaidMove.WRONG)
    (made,) = world.raid.details(sam, open_.id, in_project=None).led_to
    fields = RaidFields("Open", visibility=Visibility.RESTRICTED)
    world.raid.edit(dana, made.id, fields, version=1, origin=world.origin(), now=LATER)
    assert world.raid.details(sam, open_.id, in_project=None).led_to == ()
    assert world.raid.details(dana, open_.id, in_project=None).led_to == (made,)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (RaidKind.ISSUE, {"impact": 3}),
        (RaidKind.ASSUMPTION, {}),
        (RaidKind.DEPENDENCY, {}),
        (RaidKind.DECISION, {}),
    ],
)
def test_channels_stay_calm_and_the_lead_hears_of_what_nobody_owns(
    world: World, sam: Actor, dana: Actor, project: ProjectView, kind: RaidKind, said: dict[str, Any]
) -> None:
    assert told(world, lambda: world.item(sam, project, kind, **said)) == ["post raid_raised U_DANA"]
    assert told(world, lambda: world.item(dana, project, kind, **said)) == []
    lee = world.person("Lee").person
    assert told(world, lambda: world.item(sam, project, kind, owner_id=lee.id)) == ["post raid_owned U_LEE"]
    assert told(world, lambda: world.item(sam, project, kind, owner_id=sam.person.id)) == []


def test_a_bad_issue_is_announced_once_and_leaves_the_channel_when_it_is_hidden_or_taken_back(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    item = world.item(sam, project, impact=4, owner_id=sam.person.id)

    def edit(**changed: object) -> RaidView:
        found = world.raid.details(dana, item.id, in_project=None).item
        fields = RaidFields(item.title, impact=4, owner_id=sam.person.id, **changed)  # type: ignore[arg-type]
        version = found.version
        return world.raid.edit(dana, item.id, fields, version=version, origin=world.origin(), now=LATER)

    assert told(world, lambda: edit(details="More.")) == ["update raid_announced C_ACME"]
    assert told(world, lambda: edit(visibility=Visibility.RESTRICTED)) == ["delete raid_announced C_ACME"]
    assert told(world, lambda: edit(details="Less.")) == ["post raid_announced C_ACME"]
    resolved = told(world, lambda: move(world, dana, item, RaidMove.RESOLVE))
    assert resolved == ["update raid_announced C_ACME", "post raid_outcome U_SAM"]
    mine = world.item(sam, project, impact=5)
    taken_back = told(world, lambda: world.raid.undo(sam, mine.id, origin=world.origin(), now=NOW))
    assert taken_back == ["delete raid_announced C_ACME", "delete raid_raised U_DANA"]


def test_a_decision_is_announced_when_it_is_decided_and_says_when_another_takes_its_place(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    item = world.item(sam, project, RaidKind.DECISION, "Drop SSO?", owner_id=dana.person.id)
    assert told(world, lambda: move(world, dana, item, RaidMove.DECIDE, "Yes.")) == [
        "post raid_announced C_ACME",
        "update raid_owned U_DANA",
        "post raid_outcome U_SAM",
    ]

    def anew() -> RaidView:
        fields = RaidFields("Drop SSO?", outcome="No.")
        return world.raid.supersede(dana, item.id, fields, origin=world.origin(), now=LATER)

    assert told(world, anew) == [
        "update raid_announced C_ACME",
        "update raid_owned U_DANA",
        "post raid_outcome U_SAM",
        "post raid_announced C_ACME",
    ]
    guest = world.person("Gus", is_guest=True)
    with pytest.raises(NotAllowed):
        move(world, guest, item, RaidMove.DECIDE)
