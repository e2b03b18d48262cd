"""A meeting for tests: switched on, brought topics to, and held."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from models.commands import TopicFields
from models.read_models import Actor, AgendaPage, Meeting, ProjectView, TopicView
from models.rules.delivery import Operation
from models.rules.raid.words import RaidKind
from models.rules.rituals.recurrence import OnHoliday, Weekly
from models.rules.rituals.steps import Preset, RitualSort, StepRule
from models.services.agendas import steps
from models.services.agendas.book import Agendas
from models.services.agendas.meetings import KIND
from models.services.agendas.minutes import Minutes
from models.services.rituals.past import PastRitual, PastRituals
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.running import StepRunner
from tests.models.world import NOW, World

MEETING = Preset("Delivery – PM", "", frozenset({2}), time(15), 2, "Europe/Berlin", 60)

SORT = RitualSort(
    KIND,
    "Meeting",
    "Meets.",
    (
        StepRule(steps.POST, working_days=-1, at=time(9), is_main=True),
        StepRule(
            steps.DETAILS,
            working_days=-1,
            at=time(9),
            after=timedelta(seconds=1),
            operation=Operation.REPLY,
            about=steps.POST,
        ),
        StepRule(
            steps.DATE,
            working_days=-1,
            at=time(9),
            after=timedelta(seconds=2),
            operation=Operation.FILE,
            about=steps.POST,
        ),
        StepRule(steps.REFRESH, operation=Operation.UPDATE, about=steps.POST),
        StepRule(steps.MINUTES, after=timedelta(hours=1), operation=Operation.REPLY, about=steps.POST),
    ),
    needs_project=False,
)

ACTS = {(KIND, steps.POST): steps.draw_up, (KIND, steps.REFRESH): steps.close}

ROOM = "C_DELIVERY"

EVENING = NOW + timedelta(hours=9)
"""Too late for a meeting on this Wednesday: the first is in a week."""

FORTNIGHT = timedelta(weeks=2)

POSTED = datetime.fromisoformat("2026-10-20T08:00+00:00")

BEGUN = datetime.fromisoformat("2026-10-21T13:00+00:00")

NEXT = datetime.fromisoformat("2026-11-04T14:00+00:00")
"""The clocks change between the two."""


def switch_on(
    world: World,
    jo: Actor,
    preset: Preset = MEETING,
    channel: str = ROOM,
    now: datetime = NOW,
    project_id: UUID | None = None,
) -> Meeting:
    """Have a meeting come round, for the first time on its next weekday."""
    zone = ZoneInfo(preset.timezone or "Europe/Berlin")
    days = (now.date() + timedelta(days=ahead) for ahead in range(8))
    times = (datetime.combine(day, preset.at, zone) for day in days if day.weekday() in preset.weekdays)
    first = next(at for at in times if at > now)
    past = PastRitual(
        KIND,
        preset.name,
        Weekly(preset.weekdays, preset.at, first.date(), preset.interval),
        zone.key,
        now,
        project_id=project_id,
        channel_id=channel,
        duration_minutes=preset.duration_minutes,
        on_holiday=OnHoliday.KEEP,
        settings=preset.settings,
    )
    ritual_id = PastRituals(world.database).take_over(jo, past, now=now)
    return next(each for each in Agendas(world.database).meetings(jo, now=now) if each.ritual.id == ritual_id)


def bring(
    world: World,
    actor: Actor,
    meeting: Meeting,
    title: str = "Who covers July?",
    *,
    now: datetime = NOW,
    **more: Any,  # noqa: ANN401 - any field of a topic.
) -> TopicView:
    fields = TopicFields(title, **more)
    origin = world.origin()
    return Agendas(world.database).add_topic(actor, meeting.ritual.id, fields, origin=origin, now=now)


def run(world: World, now: datetime) -> None:
    sorts = {KIND: SORT}
    while RitualPlanner(world.database, sorts).plan(now=now):
        pass
    while StepRunner(world.database, sorts, ACTS).run(now=now):
        pass


def page(world: World, actor: Actor, now: datetime = NOW, channel: str | None = None) -> AgendaPage:
    found = Agendas(world.database).page(actor, channel_id=channel, now=now)
    assert found is not None
    return found


def on_agenda(found: AgendaPage) -> list[tuple[str, str]]:
    """Return each entry's name and what it says first."""
    return [(slot.matter.name, slot.matter.reasons[0].text) for slot in found.agenda.plan.slots]


AFTER = BEGUN + timedelta(hours=2)


def hold(world: World, jo: Actor, dana: Actor, acme: ProjectView) -> tuple[UUID, dict[str, UUID]]:
    """Hold a meeting with a waiting decision and a topic; return its agenda and its entries by name."""
    meeting = switch_on(world, jo, now=EVENING)
    world.item(dana, acme, RaidKind.DECISION, "Drop SSO?", due_on=BEGUN.date())
    bring(world, dana, meeting, "Who covers July?")
    run(world, POSTED)
    run(world, AFTER)
    page = Minutes(world.database).page(dana, now=AFTER)
    assert page is not None
    agenda = page.minutes.agenda
    assert agenda.id is not None
    return agenda.id, {slot.matter.name: slot.matter.id for slot in agenda.plan.slots}
