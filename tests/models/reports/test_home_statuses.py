"""What Home says of statuses: which are owed, by whom, and what stands out."""

from datetime import timedelta
from typing import Any

from models.commands import DimensionFields
from models.read_models import Actor
from models.read_models.home import Debt
from models.reports.home import Homes
from models.rules.access import ProjectRole
from models.rules.risks.words import Visibility
from models.rules.statuses.periods import Period, Timeliness
from models.rules.statuses.rag import Colour, Dimension, Movement
from models.services.settings import Settings, Wishes
from tests.models.reports.home import home
from tests.models.rituals import ask_weekly
from tests.models.world import NOW, TODAY, World


def red(owner: Actor, due_in: int = 2) -> dict[Dimension, DimensionFields]:
    due = TODAY + timedelta(days=due_in)
    return {Dimension.SCHEDULE: DimensionFields(Colour.RED, "Mock it", owner.person.id, due, "It passes")}


def test_a_status_is_owed_from_two_days_before_it_is_due(world: World, homes: Homes) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    world.give_role(sam, project, ProjectRole.MEMBER)
    assert home(homes, dana).statuses.total == 0
    ask_weekly(world.database, dana, project, created_at=NOW - timedelta(days=2))
    assert home(homes, dana, days=-1).statuses.total == 0
    assert [owed.project_key for owed in home(homes, dana).statuses.first] == ["ACME"]
    assert home(homes, sam).statuses.total == 0
    # What is overdue stays there when its week is over, and stands before what is due next.
    for days, weeks in ((5, ["week 42"]), (7, ["week 42", "week 43"]), (9, ["week 43"])):
        found = home(homes, dana, days=days)
        assert [owed.period.name for owed in found.statuses.first] == weeks
        assert found.late == 1, "what is due next is not late yet"
    world.status(dana, project)
    assert home(homes, dana).debts == 0
    assert home(homes, dana, days=5).debts == 0


def test_a_delivery_manager_reads_of_what_others_have_not_sent_the_longest_silence_first(
    world: World, homes: Homes
) -> None:
    dana, jo = world.person("Dana"), world.delivery_manager("Jo")
    lately, silent, given, own = (
        world.project(owner, key=key, channel=f"C_{key}")
        for owner, key in ((dana, "LATELY"), (dana, "SILENT"), (dana, "GIVEN"), (jo, "OWN"))
    )
    week = timedelta(weeks=1)
    for each in (lately, silent, given, own):
        owner = jo if each is own else dana
        ask_weekly(world.database, owner, each, created_at=NOW - 3 * week)
        if each is not silent:
            world.status(owner, each, period=Period.containing(TODAY - week), now=NOW - week)
    world.status(dana, given)

    def shown(actor: Actor, days: int) -> list[tuple[str, Timeliness, int, list[str]]]:
        found = home(homes, actor, days=days)
        assert found.missing.total == len(found.missing.first)
        return [
            (each.project_key, each.state, each.missed, [person.name for person in each.turn.asked])
            for each in found.missing.first
        ]

    # Not yet due; what she is asked for herself stands elsewhere.
    assert shown(jo, 0) == [("SILENT", Timeliness.MISSING, 3, ["Dana"])]
    assert shown(jo, 3) == [
        ("SILENT", Timeliness.OVERDUE, 4, ["Dana"]),
        ("LATELY", Timeliness.OVERDUE, 1, ["Dana"]),
    ]
    assert shown(dana, 3) == []
    assert [each.project_key for each in home(homes, jo, days=3).statuses.first] == ["OWN"]
    world.status(dana, lately, now=NOW + timedelta(days=3))
    assert [key for key, *_ in shown(jo, 3)] == ["SILENT"]


def test_what_waits_for_a_manager_waits_for_their_deputy_while_they_are_away(
    world: World, homes: Homes
) -> None:
    dana, lee, ines = (world.person(name) for name in ("Dana", "Lee", "Ines"))
    project = world.project(dana)
    world.give_role(lee, project, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    world.give_role(ines, project, ProjectRole.PRODUCT_OWNER)
    ask_weekly(world.database, dana, project, created_at=NOW)
    world.log(ines, project, "Nobody's yet")

    def asked() -> tuple[list[str], list[str]]:
        """Return who is asked for the status, and who to score the risk."""
        found = {actor.person.name: home(homes, actor) for actor in (dana, lee, ines)}
        return (
            [name for name, shown in found.items() if shown.statuses.total],
            [name for name, shown in found.items() if Debt.SCORE in shown.owed],
        )

    assert asked() == (["Dana"], ["Dana"])
    settings = Settings(world.database)
    settings.change(dana, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    assert asked() == (["Dana", "Lee"], ["Dana", "Lee"]), "who is away may look at their home all the same"
    settings.change(lee, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    assert asked() == (["Dana", "Lee", "Ines"], ["Dana", "Lee"])


def test_a_green_that_is_not_explained_waits_for_who_says_it(world: World, homes: Homes) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    acme = world.project(dana)
    world.give_role(sam, acme, ProjectRole.MEMBER)
    critical: dict[str, Any] = {"probability": 4, "impact": 5, "owner_id": dana.person.id}
    world.log(dana, acme, visibility=Visibility.RESTRICTED, **critical)
    status = world.status(dana, acme).status

    def shown(actor: Actor) -> tuple[int, bool]:
        found = home(homes, actor)
        (line,) = found.mine.lines
        assert line.status is not None
        return found.unexplained.total, line.status.is_unexplained

    assert shown(dana) == (1, False), "a line of the list tells everybody the same"
    assert shown(sam) == (0, False), "what is only for leads is not hinted at"
    world.log(dana, acme, "Another", **critical)
    status = world.status(dana, acme, version=1).status
    assert shown(sam) == (0, True)
    world.statuses.justify(dana, status.id, "Tested.", version=2, origin=world.origin(), now=NOW)
    assert shown(dana) == (0, False)
    explained = home(homes, dana).mine.lines[0].status
    assert explained is not None
    assert explained.is_flagged, "what somebody explained is still no plain green"


def test_a_red_project_comes_before_one_with_a_critical_risk(world: World, homes: Homes) -> None:
    dana, jo = world.person("Dana"), world.delivery_manager("Jo")
    worst = world.project(dana, key="WORST", channel="C_WORST")
    late = world.project(dana, key="LATE", channel="C_LATE")
    world.log(dana, worst, probability=5, impact=5, owner_id=dana.person.id)
    world.status(dana, late, dimensions=red(dana))
    found = home(homes, jo).portfolio
    assert found is not None
    assert [line.key for line in found.lines] == ["LATE", "WORST"]
    status = found.lines[0].status
    assert status is not None
    assert (status.colour, status.movement, status.is_stale) == (Colour.RED, Movement.NOT_KNOWN, False)
    assert found.lines[1].status is None


def test_a_green_that_nobody_has_said_again_stands_out(world: World, homes: Homes) -> None:
    dana, jo = world.person("Dana"), world.delivery_manager("Jo")
    world.status(dana, world.project(dana))
    for days, expected in ((0, 0), (12, 0), (13, 1)):
        portfolio = home(homes, jo, days=days).portfolio
        assert portfolio is not None
        assert portfolio.total == expected, days


def test_an_old_status_is_shown_as_stale_and_a_newer_one_with_its_arrow(world: World, homes: Homes) -> None:
    dana = world.person("Dana")
    project = world.project(dana)

    def shown(days: int) -> tuple[Colour, Movement, bool]:
        status = home(homes, dana, days=days).mine.lines[0].status
        assert status is not None
        return status.colour, status.movement, status.is_stale

    world.status(dana, project)
    assert shown(7) == (Colour.GREEN, Movement.NOT_KNOWN, False)
    assert shown(9) == (Colour.GREEN, Movement.NOT_KNOWN, False), "late since yesterday"
    assert shown(13) == (Colour.GREEN, Movement.NOT_KNOWN, True), "missing"
    week = timedelta(weeks=1)
    next_week = Period.containing(TODAY + week)
    world.status(dana, project, period=next_week, now=NOW + week, dimensions=red(dana, due_in=14))
    assert shown(8) == (Colour.RED, Movement.WORSE, False)
