"""The clockwork as a whole: a rule comes round, and its message is in the channel."""

from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.read_models import Profile
from models.rules.delivery import NoticeKind, Operation
from models.rules.rituals.recurrence import Weekly
from models.services.agendas.steps import CALLED_OFF
from models.services.mornings.planning import MorningPlanner
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.rituals.due import is_due
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from models.services.rituals.strangers import Strangers
from models.tables import ritual_steps
from scheduled.notices import discover as discover_notices
from scheduled.planner import Planner
from scheduled.ports import ChannelFacts, Refusal
from scheduled.rituals import acts, discover, sorts
from tests.conftest import SetClock
from tests.models.rituals import switch_on
from tests.scheduled.fake_readings import NOW
from tests.scheduled.office import PACE, Office

DAILY = Weekly(frozenset(range(5)), time(9), NOW.date())
ROOT = Path(__file__).parents[2]


@pytest.fixture
def planner(office: Office) -> Planner:
    """Return the planner with the product's own rituals; what they say is the product's own, too."""
    office.notices = discover_notices()
    return Planner(
        is_due=lambda now: is_due(office.database, now),
        rituals=RitualPlanner(office.database, sorts()),
        steps=StepRunner(office.database, sorts(), acts()),
        mornings=MorningPlanner(office.database, ()),
        clock=office.clock,
        strangers=Strangers(office.database, sorts()).look,
    )


@pytest.fixture
def ritual(office: Office) -> None:
    """Have Lee switch a reminder on, due at nine."""
    lee = office.people.remember(
        office.workspace_id, "T0ACME", Profile("U0LEE", "T0ACME", "Lee", "UTC"), now=NOW
    )
    switch_on(
        office.database,
        lee,
        since="2026-10-14T08:59",
        rule=DAILY,
        timezone="UTC",
        name="Stand-up notes",
        settings={"text": "What *blocks* you? <!here>"},
    )


@pytest.mark.usefixtures("ritual")
def test_a_ritual_is_posted_once_when_it_comes_round(
    office: Office, planner: Planner, clock: SetClock
) -> None:
    # The ritual, its step, and Lee's morning, in which there is nothing.
    assert planner.run_once() == 3
    assert planner.run_once() == 0
    office.deliverer().run_once()
    assert [call.where for call in office.messenger.calls] == ["C_DELIVERY"]
    [said] = office.messenger.texts
    assert "⏰ *Stand-up notes*" in said
    assert "late" not in said
    assert "What *blocks* you? <!here>" in said
    clock.forward(timedelta(days=1))
    planner.run_once()
    office.deliverer().run_once()
    assert len(office.messenger.calls) == 2


@pytest.mark.usefixtures("ritual")
def test_what_comes_late_says_so(office: Office, planner: Planner, clock: SetClock) -> None:
    clock.forward(timedelta(hours=2))
    planner.run_once()
    office.deliverer().run_once()
    assert "*Stand-up notes* · late" in office.messenger.texts[0]


@pytest.mark.usefixtures("ritual")
def test_a_channel_that_cannot_have_it_is_told_to_the_rituals_owner_until_it_can(
    office: Office, planner: Planner, clock: SetClock
) -> None:
    facts = [ChannelFacts(Refusal.NOT_IN_CHANNEL)] * 2 + [ChannelFacts(None, frozenset())]
    facts += [ChannelFacts(Refusal.ARCHIVED)]
    office.messenger.facts = lambda _: facts.pop(0)
    for _ in range(4):
        planner.run_once()
        office.deliverer().run_once()
        clock.forward(timedelta(days=1) if clock.now.weekday() != 4 else timedelta(days=3))
    assert [call.where for call in office.messenger.calls] == ["U0LEE", "C_DELIVERY", "U0LEE"]
    first, _, last = office.messenger.texts
    assert first.startswith("*Please invite me to <#C_DELIVERY> again.*")
    assert "*Stand-up notes* is not there" in first
    assert "`/invite @Drumbeat`" in first
    assert "is archived*" in last


@pytest.mark.usefixtures("ritual")
def test_a_channel_that_outsiders_read_does_not_have_it_and_its_owner_is_told(
    office: Office, planner: Planner
) -> None:
    office.messenger.facts = lambda _: ChannelFacts(Refusal.EXTERNAL)
    planner.run_once()
    office.deliverer().run_once()
    assert [call.where for call in office.messenger.calls] == ["U0LEE"]
    assert "I did not post it in <#C_DELIVERY>: the channel is shared" in office.messenger.texts[0]


@pytest.mark.usefixtures("ritual")
def test_its_owner_is_told_what_a_line_says_that_its_channel_must_not_have(
    office: Office, planner: Planner, clock: SetClock
) -> None:
    office.messenger.facts = lambda _: ChannelFacts(Refusal.EXTERNAL)
    planner.run_once()
    with office.database.write() as session:
        ids = {"step_id": str(session.scalars(select(ritual_steps.c.id)).one())}
        lines = [
            Outgoing(
                NoticeKind.RITUAL_STEP, Operation.POST, "C_DELIVERY", str(is_off), {**ids, CALLED_OFF: is_off}
            )
            for is_off in (True, False)
        ]
        enqueue(session, office.workspace_id, lines, correlation_id="lines", now=clock.now)
    for _ in range(3):
        office.deliverer().run_once()
        clock.forward(PACE)
    told = [text for text in office.messenger.texts if "Stand-up notes* of" in text]
    assert [("is called off" in text, "takes place after all" in text) for text in told] == [
        (True, False),
        (False, True),
    ]


def test_each_kind_has_a_file_a_template_and_steps_that_fit_together() -> None:
    folder = ROOT / "scheduled"
    files = {path.stem for path in (folder / "rituals").glob("[!_]*.py")}
    assert set(discover()) == files
    for kind, ritual in discover().items():
        names = [step.kind for step in ritual.sort.steps]
        says_something = any(step.operation is not None for step in ritual.sort.steps)
        assert not says_something or (folder / "templates" / f"{kind}.txt.j2").is_file()
        assert len(set(names)) == len(names)
        assert sum(step.is_main for step in ritual.sort.steps) == 1
        assert {step.about for step in ritual.sort.steps} <= {None, *names}
        assert set(ritual.acts) <= set(names)


def test_of_a_kind_that_only_another_version_knows_its_owner_and_the_log_hear_once_that_nothing_comes(
    office: Office, planner: Planner, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    lee = office.people.remember(
        office.workspace_id, "T0ACME", Profile("U0LEE", "T0ACME", "Lee", "UTC"), now=NOW
    )
    for name in ("Sun", "Rain & *hail*"):
        switch_on(office.database, lee, since="2026-10-14T08:59", rule=DAILY, name=name, kind="rain_dance")
    for _ in range(4):
        planner.run_once()
        office.deliverer().run_once()
        clock.forward(timedelta(minutes=1))
    assert caplog.text.count("rain_dance") == 1
    assert [call.where for call in office.messenger.calls] == ["U0LEE", "U0LEE"]
    [said] = [text for text in office.messenger.texts if "hail" in text]
    assert "bring that version back" in said
