"""What each event in a risk's life says to whom: whose lane, which operation, under which name."""

import pytest

from models.read_models import Actor, ProjectView
from models.rules.access import ProjectRole
from models.rules.delivery import NoticeKind, Operation
from models.rules.risks.words import Visibility
from tests.models.services.acts import LATER, close, edit, reject, score, undo
from tests.models.world import CHANNEL, Said, World

KINDS = NoticeKind
PM, DEPUTY = ProjectRole.PROJECT_MANAGER, True


def brief(said: list[Said]) -> list[str]:
    """Return messages as "operation kind lane"."""
    return [f"{each.operation} {each.kind.removeprefix('risk_')} {each.channel}" for each in said]


def test_a_proposed_risk_is_told_to_the_manager_alone(world: World, sam: Actor, project: ProjectView) -> None:
    risk = world.log(sam, project)
    (told,) = world.said()
    assert told == Said(
        KINDS.RISK_PROPOSED, Operation.POST, "U_DANA", f"risk:{risk.id}:proposed:U_DANA", None, None
    )


@pytest.mark.parametrize(
    ("probability", "impact", "announcements"), [(1, 3, 0), (2, 2, 1), (1, 5, 1), (5, 5, 1)]
)
def test_moderate_and_above_is_announced_in_the_internal_channel(
    world: World, sam: Actor, project: ProjectView, probability: int, impact: int, announcements: int
) -> None:
    risk = world.log(sam, project, probability=probability, impact=impact, owner_id=sam.person.id)
    expected = Said(KINDS.RISK_ANNOUNCED, Operation.POST, CHANNEL, f"risk:{risk.id}:announced", None, None)
    assert world.said() == [expected] * announcements


def test_a_scored_risk_without_an_owner_is_announced_and_proposed(
    world: World, sam: Actor, project: ProjectView
) -> None:
    world.log(sam, project, probability=5, impact=5)
    assert brief(world.said()) == [f"post announced {CHANNEL}", "post proposed U_DANA"]


def test_a_manager_is_not_told_of_their_own(world: World, dana: Actor, project: ProjectView) -> None:
    world.log(dana, project)
    assert world.said() == []


def test_a_restricted_risk_is_told_to_the_leads_and_never_announced(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(
        sam, project, probability=5, impact=5, owner_id=sam.person.id, visibility=Visibility.RESTRICTED
    )
    assert brief(world.said()) == ["post proposed U_DANA"]
    said = world.said_by(lambda: score(world, dana, risk, 4, 4, sam))
    assert brief(said) == ["update proposed U_DANA", "post outcome U_SAM"]


def test_the_confirmation_is_seen_by_the_raiser_alone(world: World, sam: Actor, project: ProjectView) -> None:
    world.log(sam, project, confirm_in="C_ELSEWHERE")
    confirmed = world.said()[-1]
    assert brief([confirmed]) == ["ephemeral confirmed C_ELSEWHERE"]
    assert confirmed.recipient == "U_SAM"
    assert confirmed.key.endswith(":confirmed")


def test_in_direct_messages_the_confirmation_is_a_message(
    world: World, sam: Actor, project: ProjectView
) -> None:
    world.log(sam, project, confirm_in="U_SAM")
    assert brief(world.said()[-1:]) == ["post confirmed U_SAM"]


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        (
            {"Dana": (PM, False), "Dee": (PM, DEPUTY), "Lee": (ProjectRole.ENGINEERING_LEAD, False)},
            ["U_DANA"],
        ),
        ({"Dee": (PM, DEPUTY), "Lee": (ProjectRole.ENGINEERING_LEAD, False)}, ["U_DEE"]),
        (
            {"Lee": (ProjectRole.ENGINEERING_LEAD, False), "Al": (ProjectRole.ACCOUNT_MANAGER, DEPUTY)},
            ["U_AL", "U_LEE"],
        ),
        ({"Mo": (ProjectRole.MEMBER, False)}, ["U_PRIYA"]),
        ({}, ["U_PRIYA"]),
    ],
    ids=["manager", "deputy", "other leads", "members only", "nobody"],
)
def test_news_goes_to_whoever_leads(
    world: World,
    sam: Actor,
    project: ProjectView,
    roles: dict[str, tuple[ProjectRole, bool]],
    told: list[str],
) -> None:
    world.person("Dana", is_deleted="Dana" not in roles)
    world.delivery_manager("Priya")
    for name, (role, is_deputy) in roles.items():
        if name != "Dana":
            world.give_role(world.person(name), project, role, is_deputy=is_deputy)
    world.log(sam, world.projects.get(sam, project.id))
    assert sorted(each.channel for each in world.said()) == told


def test_a_change_updates_what_was_said_and_tells_the_raiser(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project)
    said = world.said_by(lambda: score(world, dana, risk, 4, 3, dana))
    assert brief(said) == [f"post announced {CHANNEL}", "update proposed U_DANA", "post outcome U_SAM"]
    announced, updated, outcome = said
    assert announced.key == f"risk:{risk.id}:announced"
    assert updated.key == f"risk:{risk.id}:proposed:U_DANA:v2"
    assert updated.about == f"risk:{risk.id}:proposed:U_DANA"
    assert outcome.key == f"risk:{risk.id}:outcome:v2"


def test_an_announced_risk_is_kept_up_to_date_and_its_turns_go_to_the_thread(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project, probability=4, impact=3, owner_id=dana.person.id)
    name = f"risk:{risk.id}:announced"
    worded = edit(world, sam, risk, cause="They said so.")
    assert [(each.key, each.about) for each in world.said()[2:]] == [(f"{name}:v2", name)]
    said = world.said_by(lambda: close(world, dana, worded))
    assert brief(said) == [f"update announced {CHANNEL}", f"reply changed {CHANNEL}", "post outcome U_SAM"]
    assert [(each.key, each.about) for each in said[:2]] == [
        (f"{name}:v3", name),
        (f"risk:{risk.id}:changed:v3", name),
    ]


def test_a_rejection_is_told_to_the_raiser(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project)
    said = world.said_by(lambda: reject(world, dana, risk))
    assert brief(said) == ["update proposed U_DANA", "post outcome U_SAM"]


def test_who_raised_it_and_is_made_its_owner_reads_one_message(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project)
    said = world.said_by(lambda: score(world, dana, risk, 1, 1, sam))
    assert brief(said) == ["update proposed U_DANA", "post outcome U_SAM"]


def test_nobody_is_told_of_their_own_change(world: World, dana: Actor, project: ProjectView) -> None:
    risk = world.log(dana, project, probability=1, impact=1, owner_id=dana.person.id)
    assert world.said_by(lambda: close(world, dana, risk)) == []


def test_what_was_taken_back_disappears_from_the_channel(
    world: World, sam: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project, probability=4, impact=3)
    said = world.said_by(lambda: undo(world, sam, risk))
    assert brief(said) == [f"delete announced {CHANNEL}", "update proposed U_DANA"]
    assert said[0].about == f"risk:{risk.id}:announced"


def test_what_becomes_restricted_disappears_with_its_thread(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project, probability=4, impact=3, owner_id=dana.person.id)
    rescored = score(world, dana, risk, 5, 5, dana)
    said = world.said_by(lambda: edit(world, dana, rescored, visibility=Visibility.RESTRICTED))
    assert brief(said) == [f"delete announced {CHANNEL}", f"delete changed {CHANNEL}"]
    assert [each.about for each in said] == [f"risk:{risk.id}:announced", f"risk:{risk.id}:changed:v2"]


def test_what_is_removed_once_stays_removed_until_the_team_may_see_it_again(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    risk = world.log(sam, project, probability=4, impact=3, owner_id=dana.person.id)
    hidden = edit(world, dana, risk, visibility=Visibility.RESTRICTED)
    assert world.said_by(lambda: edit(world, dana, hidden, cause="Secret.")) == []
    seen = world.register.details(dana, risk.id, in_project=None).risk
    said = world.said_by(lambda: edit(world, dana, seen, visibility=Visibility.TEAM))
    assert brief(said) == [f"post announced {CHANNEL}"]
    assert said[0].key == f"risk:{risk.id}:announced:anew:v4"
    shown = world.register.details(dana, risk.id, in_project=None).risk
    (update,) = world.said_by(lambda: edit(world, dana, shown, cause="No secret."))
    assert update.about == said[0].key


def test_a_message_expires_a_day_after_it_was_due(world: World, sam: Actor, project: ProjectView) -> None:
    world.log(sam, project, now=LATER)
    (message,) = world.messages()
    assert (message.expires_at - message.due_at).total_seconds() == 24 * 3600
    assert (message.due_at, message.correlation_id) == (LATER, "correlation")
    assert message.ids["version"] == 1


def test_a_new_owner_is_told_unless_they_know(
    world: World, sam: Actor, dana: Actor, project: ProjectView
) -> None:
    mina = world.person("Mina")
    risk = world.log(sam, project, probability=1, impact=1, owner_id=mina.person.id)
    assert brief(world.said()) == ["post owned U_MINA"]
    assert brief(world.said_by(lambda: score(world, dana, risk, 1, 1, dana))) == [], "she did it herself"
    asked = world.said_by(lambda: world.log(sam, project, owner_id=dana.person.id))
    assert brief(asked) == ["post proposed U_DANA"], "one message is enough"
