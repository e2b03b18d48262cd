"""A person's home: what they owe first, their projects, what is wrong elsewhere; in a few queries always."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from handlers.home.views import view
from handlers.home.words import late_plan
from models.commands import DeliverableFields, MilestoneFields, MoodFields, NewAction, RiskResponse
from models.errors import NotAllowed
from models.read_models import Actor, ProjectView, RiskView
from models.read_models.home import Debt, HomePages, HomeView
from models.reports.home import SHOWN, Homes
from models.reports.ranked_projects import PAGE_SIZE
from models.rules.access import OrganisationRole, ProjectRole
from models.rules.actions import ActionStatus
from models.rules.raid.words import RaidKind
from models.rules.risks.words import ResponseStrategy, Visibility
from models.rules.rituals.recurrence import Weekly
from models.rules.surveys.asking import SurveyState, SurveyTrigger
from models.services.projects.fields import profile_of
from models.services.risks.acceptance import RiskAcceptance
from models.services.risks.responses import RiskResponses
from models.tables import memberships, projects, risks, surveys
from models.value import replace
from tests.models.reports.home import home
from tests.models.rituals import ask_weekly, inspect, switch_on
from tests.models.services.acts import score
from tests.models.services.test_surveys import contact, record
from tests.models.world import NOW, TODAY, World, statements_of

WEDNESDAYS = Weekly(frozenset({2}), time(15), TODAY)


SEVENTEEN, NINETEEN = 17, 19
"""The most statements that a home may take, and a delivery manager's."""


def promise(world: World, by: Actor, risk: RiskView, owner: Actor, days: int, title: str = "Ask") -> None:
    action = NewAction(title, owner.person.id, TODAY + timedelta(days=days))
    response = RiskResponse(ResponseStrategy.MITIGATE, action)
    RiskResponses(world.database).respond(by, risk.id, response, origin=world.origin(), now=NOW)


def titles(found: HomeView, debt: Debt) -> list[str]:
    return [risk.title for risk in found.owed[debt].first] if debt in found.owed else []


def keys(found: HomeView) -> list[str]:
    return [line.key for line in found.mine.lines]


def test_an_empty_home_is_known_as_such(world: World, homes: Homes) -> None:
    sam = world.person("Sam")
    assert home(homes, sam).is_empty
    world.project(sam)
    assert not home(homes, sam).is_empty
    assert home(homes, world.person("Nia")).is_empty
    with pytest.raises(NotAllowed):
        home(homes, world.person("Yuki", is_guest=True))


def test_actions_are_owed_a_week_before_they_are_due(world: World, homes: Homes) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    risk = world.log(dana, world.project(dana), probability=4, impact=3, owner_id=dana.person.id)
    for days, title in ((20, "Much later"), (7, "In a week"), (1, "Tomorrow")):
        promise(world, dana, risk, sam, days, title)
    found = home(homes, sam).actions
    assert [action.title for action in found.first] == ["Tomorrow", "In a week"]
    assert (found.total, found.late, found.open) == (2, 0, 3)
    later = home(homes, sam, days=3)
    assert (later.actions.late, later.debts) == (1, 2)
    assert home(homes, dana).actions.open == 0
    done = world.actions.open_of(sam, sam.person.id)[0]
    world.actions.settle(sam, done.id, ActionStatus.DONE, origin=world.origin(), now=NOW)
    assert [action.title for action in home(homes, sam).actions.first] == ["In a week"]


def test_more_actions_than_are_named_are_counted(world: World, homes: Homes) -> None:
    dana = world.person("Dana")
    risk = world.log(dana, world.project(dana), probability=4, impact=3, owner_id=dana.person.id)
    for number in range(SHOWN + 2):
        promise(world, dana, risk, dana, 1, f"Step {number}")
    found = home(homes, dana).actions
    assert (len(found.first), found.total) == (SHOWN, SHOWN + 2)


def test_each_risk_is_owed_once_and_to_whom_it_concerns(world: World, homes: Homes) -> None:
    dana, sam, jo = world.person("Dana"), world.person("Sam"), world.delivery_manager("Jo")
    project = world.project(dana)
    world.log(sam, project, "Not scored")
    stale = world.log(sam, project, "Stale", probability=4, impact=3, owner_id=sam.person.id)
    asked = world.log(dana, project, "Grave", probability=5, impact=4, owner_id=dana.person.id)
    RiskAcceptance(world.database).ask(dana, asked.id, "We can live with it", origin=world.origin(), now=NOW)

    nobodys = world.log(sam, project, "Nobody's", probability=4, impact=3)
    assert titles(home(homes, dana), Debt.SCORE) == ["Not scored"]
    assert titles(home(homes, dana), Debt.OWNER) == ["Nobody's"]
    score(world, dana, nobodys, 4, 3, jo)
    assert titles(home(homes, dana), Debt.OWNER) == []
    assert titles(home(homes, sam), Debt.SCORE) == []
    assert titles(home(homes, jo), Debt.ACCEPTANCE) == ["Grave"]
    assert titles(home(homes, dana), Debt.ACCEPTANCE) == []
    assert titles(home(homes, sam, days=14), Debt.REVIEW) == []
    assert titles(home(homes, sam, days=15), Debt.REVIEW) == ["Stale"]
    assert home(homes, sam, days=15).late == 1, "a review that is overdue is late"
    assert titles(home(homes, jo, days=15), Debt.REVIEW) == ["Nobody's"]
    late = home(homes, world.person("Dana"), days=60)
    assert titles(late, Debt.REVIEW) == ["Grave"], "hers to review, not to accept"
    world.register.review(sam, stale.id, origin=world.origin(), now=NOW + timedelta(days=15))
    assert titles(home(homes, sam, days=15), Debt.REVIEW) == []
    day, days = TODAY + timedelta(days=3), timedelta(days=4)
    due = world.log(sam, project, "Due", probability=1, impact=1, owner_id=sam.person.id, due_on=day)
    assert titles(home(homes, sam, days=3), Debt.REVIEW) == []
    assert titles(home(homes, sam, days=4), Debt.REVIEW) == ["Due"]
    world.register.review(sam, due.id, day + days, origin=world.origin(), now=NOW + days)
    assert titles(home(homes, sam, days=4), Debt.REVIEW) == [], "a new day ends it"


def test_projects_come_with_the_gravest_first_and_how_the_client_is(world: World, homes: Homes) -> None:
    dana, nia = world.person("Dana"), world.person("Nia")
    calm = world.project(dana, key="CALM", channel="C_CALM")
    high = world.project(dana, key="HIGH", channel="C_HIGH")
    worst = world.project(dana, key="WORST", channel="C_WORST")
    world.log(dana, high, probability=4, impact=3, owner_id=dana.person.id)
    world.log(dana, worst, probability=5, impact=5, owner_id=dana.person.id)
    world.mood(dana, calm, 4)
    found = home(homes, dana)
    assert keys(found) == ["WORST", "HIGH", "CALM"]
    assert [(line.critical, line.high) for line in found.mine.lines] == [(1, 0), (0, 1), (0, 0)]
    last = found.mine.lines[2].mood.last
    assert last is not None
    assert last.lowest == 4
    assert keys(home(homes, nia)) == []
    assert found.portfolio is None


def test_a_mood_alert_waits_for_those_who_were_told_until_one_takes_it(world: World, homes: Homes) -> None:
    dana, sam, jo = world.person("Dana"), world.person("Sam"), world.delivery_manager("Jo")
    project = world.project(dana)
    world.give_role(sam, project, ProjectRole.ENGINEERING_LEAD)
    world.mood(dana, project, 1)
    assert [alert.project_key for alert in home(homes, jo).alerts.first] == ["ACME"]
    assert home(homes, sam).alerts.total == 0
    waiting = home(homes, dana).alerts.first[0]
    world.moods.take(jo, waiting.id, origin=world.origin(), now=NOW)
    assert home(homes, dana).alerts.total == home(homes, jo).alerts.total == 0


def test_a_call_that_somebody_took_comes_back_until_they_say_how_it_went(world: World, homes: Homes) -> None:
    dana, priya, jo = world.person("Dana"), world.person("Priya"), world.delivery_manager("Jo")
    project = world.project(dana)
    world.give_role(priya, project, ProjectRole.ACCOUNT_MANAGER)
    world.mood(dana, project, 1)
    alert = home(homes, dana).alerts.first[0]
    world.moods.take(priya, alert.id, origin=world.origin(), now=NOW)
    assert home(homes, priya, days=1).alerts.total == 0
    for who, total in ((priya, 1), (jo, 1), (dana, 0)):
        found = home(homes, who, days=2).alerts
        assert found.total == total, who.person.name
        assert [(each.taker, each.taken_at) for each in found.first] == [("Priya", NOW)] * total
    said = MoodFields(2, "They are still waiting.")
    world.moods.log(
        priya, project, said, confirm_in=None, origin=world.origin(), now=NOW + timedelta(hours=1)
    )
    assert home(homes, priya, days=2).alerts.total == home(homes, jo, days=2).alerts.total == 0


def test_a_client_who_waits_for_two_reasons_is_one_thing_and_one_call_settles_both(
    world: World, homes: Homes
) -> None:
    dana, jo = world.person("Dana"), world.delivery_manager("Jo")
    project = world.project(dana)
    world.mood(dana, project, 1)
    robin = contact(world, dana, project)
    answers = [
        record(world, dana, project, contact_id=robin.id, rating=2, reason="Late.", about=about)
        for about in ("Checkout", "Search")
    ]
    found = home(homes, jo, days=3)
    assert [(each.project_key, each.dissatisfied_at) for each in found.alerts.first] == [("ACME", NOW)]
    assert (found.calls.total, found.debts, found.late) == (0, 1, 1)
    drawn = str(view(found, HomePages()))
    assert drawn.count("ACME's client needs a call") == 1
    assert "dissatisfied, and waiting for 3 days" in drawn

    now = NOW + timedelta(days=3)
    for each in answers:
        world.surveys.contacted(jo, each.id, origin=world.origin(), now=now)
    assert home(homes, jo, days=3).debts == 0, "who has spoken with them has seen to the alert as well"
    world.surveys.not_contacted(jo, answers[0].id, origin=world.origin(), now=now)
    assert home(homes, jo, days=3).alerts.total == 1


def test_leaders_see_what_stands_out_and_no_more_than_they_may(world: World, homes: Homes) -> None:
    dana, jo = world.person("Dana"), world.delivery_manager("Jo")
    kofi = world.person("Kofi")
    world.people.grant(world.workspace_id, kofi.person.id, OrganisationRole.LEADER, now=NOW)
    kofi = world.person("Kofi")
    world.project(dana, key="CALM", channel="C_CALM")
    secret = world.project(dana, key="SECRET", channel="C_SECRET")
    sad = world.project(dana, key="SAD", channel="C_SAD")
    owner, hidden = dana.person.id, Visibility.RESTRICTED
    world.log(dana, secret, probability=5, impact=5, owner_id=owner, visibility=hidden)
    world.mood(dana, sad, 1)
    for who, expected in ((jo, ["SECRET", "SAD"]), (kofi, [])):
        portfolio = home(homes, who).portfolio
        assert portfolio is not None
        assert [line.key for line in portfolio.lines] == expected, who.person.name
    found = home(homes, jo)
    assert found.everywhere == 3
    assert found.portfolio is not None
    assert [line.manager for line in found.portfolio.lines] == ["Dana", "Dana"]
    assert [line.has_alert for line in found.portfolio.lines] == [False, True]


def write_projects(
    world: World, manager: Actor, project: ProjectView, risk: RiskView, numbers: range
) -> None:
    """Write more projects of the manager's, each with a risk, like the one that is there."""
    ids = {number: uuid4() for number in numbers}
    role = {"person_id": manager.person.id, "role": ProjectRole.PROJECT_MANAGER, "is_deputy": False}
    theirs = {**role, "workspace_id": world.workspace_id, "created_at": NOW}
    with world.database.write() as session:
        like = session.execute(select(projects).where(projects.c.id == project.id)).mappings().one()
        bad = session.execute(select(risks).where(risks.c.id == risk.id)).mappings().one()
        session.execute(
            insert(projects),
            [
                {**like, "id": each, "key": f"P{number}", "internal_channel_id": f"C_{number}"}
                for number, each in ids.items()
            ],
        )
        session.execute(insert(memberships), [{**theirs, "project_id": each} for each in ids.values()])
        session.execute(insert(risks), [{**bad, "id": uuid4(), "project_id": each} for each in ids.values()])


def suggest_surveys(world: World, project: ProjectView, count: int) -> None:
    """Write that the project's client is to be asked about some milestones, an hour between them."""
    like = {
        "workspace_id": world.workspace_id,
        "project_id": project.id,
        "trigger": SurveyTrigger.MILESTONE,
        "version": 1,
        "state": SurveyState.OPEN,
        "held_because": "",
    }
    with world.database.write() as session:
        session.execute(
            insert(surveys),
            [
                {
                    **like,
                    "id": uuid4(),
                    "subject": str(number),
                    "about": f"Step {number}",
                    "made_at": NOW + timedelta(hours=number),
                }
                for number in range(count)
            ],
        )


def test_a_home_takes_few_statements_whatever_there_is(world: World, homes: Homes) -> None:
    jo = world.delivery_manager("Jo")
    project = world.project(jo)
    dana = world.person("Dana")
    silent = world.project(dana, key="SILENT", channel="C_SILENT")
    ask_weekly(world.database, jo, silent, created_at=NOW - timedelta(weeks=2))
    meeting = switch_on(world.database, jo, since="2026-10-01T00:00", rule=WEDNESDAYS, project_id=project.id)
    day_after = {"around": str(meeting), "working_days": 1, "at": "17:00"}
    ask_weekly(world.database, jo, project, recurrence=day_after)
    suggest_surveys(world, project, SHOWN + 2)
    world.mood(jo, project, 1)
    risk = world.log(jo, project, probability=4, impact=3, owner_id=jo.person.id)
    promise(world, jo, risk, jo, 1)
    counts = []
    for numbers in (range(1, 10), range(10, 1000)):
        write_projects(world, jo, project, risk, numbers)
        with statements_of(world.database) as seen:
            found = home(homes, jo)
        counts.append(sum("select" in each.lower() for each in seen))
        assert (found.mine.total, len(found.mine.lines)) == (numbers.stop, PAGE_SIZE)
        assert found.missing.total == 1
        assert [owed.due_at for owed in found.statuses.first] == [NOW + timedelta(days=1, hours=6)]
        assert (found.alerts.total, found.surveys.total) == (1, SHOWN + 2)
        assert [survey.about for survey in found.surveys.first] == [f"Step {each}" for each in range(SHOWN)]
    assert counts[0] == counts[1] <= NINETEEN
    with statements_of(world.database) as seen:
        home(homes, dana)
    assert sum("select" in each.lower() for each in seen) <= SEVENTEEN
    last = home(homes, jo, HomePages(mine=100, portfolio=7))
    assert (last.mine.page, last.mine.pages, len(last.mine.lines)) == (100, 100, PAGE_SIZE)
    assert last.portfolio is not None
    assert last.portfolio.page == 7
    assert home(homes, jo, HomePages(mine=101)).mine.page == 100


def test_what_is_behind_the_plan_is_on_its_managers_home_in_a_row_for_each_project(
    world: World, homes: Homes
) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    world.give_role(sam, project, ProjectRole.MEMBER)
    profile = replace(profile_of(project), starts_on=TODAY - timedelta(days=125))
    world.profiles.edit(dana, project.id, profile, version=1, origin=world.origin(), now=NOW)
    pilot = MilestoneFields("Pilot <1>", TODAY - timedelta(days=16))
    first = world.milestones.add(dana, project.id, pilot, origin=world.origin(), now=NOW)
    world.milestones.add(dana, project.id, replace(pilot, title="Live"), origin=world.origin(), now=NOW)
    world.milestones.done(dana, first.id, TODAY, origin=world.origin(), now=NOW)
    guide = world.deliverables.add(
        dana, project.id, DeliverableFields("Guide", TODAY), origin=world.origin(), now=NOW
    )
    world.deliverables.submit(dana, guide.id, "", origin=world.origin(), now=NOW)
    assert [each.project_key for each in home(homes, dana).plans.first] == ["ACME"]
    world.deliverables.reject(dana, guide.id, "Too thin", origin=world.origin(), now=NOW)
    inspect(world.database, dana, project)
    found = home(homes, dana)
    [plan] = found.plans.first
    assert late_plan(plan, TODAY) == (
        "M2 Live *12 working days late*, D1 Guide *rejected*, health check due since 9 Oct"
    )
    assert (found.plans.late, found.late, found.debts) == (1, 1, 1)
    assert home(homes, sam).plans.total == 0, "it is their manager's"


def test_what_somebody_sees_to_is_owed_when_its_day_comes(world: World, homes: Homes) -> None:
    dana, sam, jo = world.person("Dana"), world.person("Sam"), world.delivery_manager("Jo")
    project = world.project(dana)
    soon, later = TODAY + timedelta(days=7), TODAY + timedelta(days=8)
    for title, owner, due in (("Sign-on?", sam, soon), ("Hosting?", sam, later), ("Whose?", jo, soon)):
        world.item(dana, project, RaidKind.DECISION, title, owner_id=owner.person.id, due_on=due)
    found = home(homes, sam).records
    assert ([item.title for item in found.first], found.total) == (["Sign-on?"], 1)
    assert home(homes, sam, days=1).records.total == 2
    assert [home(homes, sam, days=days).late for days in (7, 8, 9)] == [0, 1, 2]
    assert home(homes, dana).records.total == 0


def test_a_score_ends_the_debt(world: World, homes: Homes) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    risk = world.log(sam, world.project(dana), "Not scored")
    score(world, dana, risk, 2, 2, sam)
    assert home(homes, dana).owed == {}
