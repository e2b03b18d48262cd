"""The home's blocks: within Slack's limits at its fullest, and of use when there is nothing yet."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from bot.demo.limits import check_home
from handlers.edge.prefixing import in_blocks
from handlers.home.pages import decode
from handlers.home.views import turned_away, view
from handlers.home.words import standing
from models.read_models import (
    ActionOrigin,
    ActionView,
    Actor,
    MoodState,
    OwedStatus,
    PersonRef,
    RaidView,
    RiskView,
)
from models.read_models.home import (
    Debt,
    HomeColour,
    HomePages,
    HomeProject,
    HomeProjects,
    HomeView,
    Owed,
    OwedActions,
    UntakenAlert,
)
from models.reports.home import SHOWN
from models.reports.ranked_projects import PAGE_SIZE
from models.rules.actions import ActionSource, ActionStatus
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import RaidKind
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import RiskKind
from models.rules.statuses.periods import Period, Timeliness
from models.rules.statuses.rag import Colour
from models.value import replace

NOW = datetime(2026, 10, 14, 9, tzinfo=UTC)
TODAY = date(2026, 10, 14)
SAM = PersonRef(uuid4(), "U01SAM", "Sam <Reyes>")
ACTOR = Actor(SAM, uuid4(), "Europe/Berlin", is_full_member=True)
EMPTY = HomeView(ACTOR, NOW, TODAY, OwedActions(), HomeProjects())


def test_an_action_that_follows_from_no_record_names_its_project() -> None:
    origin = ActionOrigin(ActionSource.CSAT, uuid4())
    speak = replace(action(1), title="Speak with them", source=origin, project_key="ACME", due_on=TODAY)
    found = replace(EMPTY, actions=OwedActions(1, (speak,), open=1))
    assert "Speak with them · ACME · " in json.dumps(view(found, HomePages()), ensure_ascii=False)


def action(number: int) -> ActionView:
    return ActionView(
        id=uuid4(),
        workspace_id=ACTOR.workspace_id,
        source=ActionOrigin(ActionSource.RISK, uuid4(), f"ACME-R{number}"),
        version=1,
        status=ActionStatus.OPEN,
        title="Ask *everybody* <!channel>",
        owner=SAM,
        due_on=TODAY,
        raised_by=SAM,
        raised_at=NOW,
        updated_at=NOW,
    )


def risk(number: int) -> RiskView:
    return RiskView(
        id=uuid4(),
        workspace_id=ACTOR.workspace_id,
        project_id=uuid4(),
        project_key="ACME",
        project_name="Acme",
        channel_id="C1",
        number=number,
        version=1,
        kind=RiskKind.THREAT,
        status=RiskStatus.OPEN,
        title="x" * 150,
        raised_by=SAM,
        raised_at=NOW,
        updated_at=NOW,
        probability=4,
        impact=4,
        acceptance_asked_by=SAM,
    )


def record(number: int) -> RaidView:
    return RaidView(
        id=uuid4(),
        workspace_id=ACTOR.workspace_id,
        project_id=uuid4(),
        project_key="ACME",
        project_name="Acme",
        channel_id="C1",
        kind=RaidKind.DECISION if number else RaidKind.ISSUE,
        number=number,
        version=1,
        status=RaidStatus.OPEN,
        title="Drop <!here>?",
        raised_by=SAM,
        raised_at=NOW,
        updated_at=NOW,
        due_on=TODAY,
    )


def projects(pages: int) -> HomeProjects:
    mood, status = MoodState((), TODAY), HomeColour(Period.containing(TODAY), Colour.RED)
    lines = tuple(
        HomeProject(uuid4(), f"P{number}", "n" * 80, "C1", 1, 2, has_alert=True, mood=mood, status=status)
        for number in range(PAGE_SIZE)
    )
    return HomeProjects(lines, 2, pages, pages * PAGE_SIZE)


OWED = OwedStatus(
    uuid4(), "ACME", "Acme", "Europe/Berlin", Period.containing(TODAY), Timeliness.OPEN, Colour.GREEN
)
FULL = replace(
    EMPTY,
    actions=OwedActions(99, tuple(map(action, range(SHOWN))), 99, 100),
    statuses=Owed(99, (OWED,) * SHOWN),
    unexplained=Owed(99, (replace(OWED, unexplained_id=uuid4()),) * SHOWN),
    records=Owed(99, tuple(map(record, range(SHOWN))), 99),
    alerts=Owed(99, (UntakenAlert(uuid4(), uuid4(), "ACME", TODAY, dissatisfied_at=NOW),) * SHOWN),
    owed={debt: Owed(99, tuple(map(risk, range(SHOWN)))) for debt in Debt},
    mine=projects(3),
    portfolio=projects(3),
    everywhere=1000,
)


def said(drawn: dict[str, Any]) -> str:
    return json.dumps(drawn, ensure_ascii=False)


def test_a_full_home_keeps_to_slacks_limits() -> None:
    drawn = in_blocks(view(FULL, HomePages(2, 2)), "x-")
    check_home(drawn)
    assert len(drawn["blocks"]) < 100, "none is cut off"
    text = said(drawn)
    assert "<!" not in text.replace("<!date", "")
    assert "`/x-drumbeat actions`" in text
    assert decode(drawn["private_metadata"]) == HomePages(2, 2)


def test_an_empty_home_teaches_the_first_three_steps() -> None:
    text = said(view(EMPTY, HomePages()))
    assert "Welcome, Sam &lt;Reyes&gt;" in text
    assert all(step in text for step in ("/project create", "/risk Staging certs", "/mood 4 good call"))
    check_home(view(EMPTY, HomePages()))


def test_each_debt_has_the_button_that_ends_it() -> None:
    text = said(view(FULL, HomePages()))
    debts = (
        "I'll call them",
        "Update",
        "Done",
        "Give it an owner",
        "Score",
        "Decide",
        "Details",
        "Review",
        "Approve",
        "Not yet",
    )
    assert "things wait for you* · 297 late" in text, "actions, records and reviews alike"
    for label in (*debts, "Show", "Log a risk", "My actions 100"):
        assert f'"{label}"' in text, label


def test_a_guest_gets_nothing_but_a_polite_word() -> None:
    drawn = turned_away()
    check_home(drawn)
    assert "Hello" in said(drawn)


def test_a_green_that_somebody_explained_is_still_no_plain_green() -> None:
    status = HomeColour(Period.containing(TODAY), Colour.GREEN, is_flagged=True)
    [line] = projects(1).lines[:1]
    explained = replace(line, status=status)
    assert standing(explained) == "🟢 Green, but …"
    waiting = replace(explained, status=replace(status, is_unexplained=True))
    assert standing(waiting) == "🟢 Green, but not explained yet"
