"""Occasions on which a message is drawn, for tests."""

from models.reports.home import Homes
from models.reports.statuses import StatusReports
from models.rules.delivery import NoticeKind, Operation
from models.services.actions.readings import ActionReadings
from models.services.agendas.readings import AgendaReadings
from models.services.channels import Channels
from models.services.drafts import Drafts
from models.services.moods.readings import MoodReadings
from models.services.mornings.readings import MorningReadings
from models.services.plans.behind import PlanReadings
from models.services.projects.health_check_rows import HealthCheckReadings
from models.services.raid.readings import RaidReadings
from models.services.retros.readings import RetroReadings
from models.services.risks.readings import RiskReadings
from models.services.rituals.readings import RitualReadings
from models.services.statuses.readings import StatusReadings
from models.services.surveys.readings import SurveyReadings
from scheduled.notices import Desk, Occasion
from scheduled.templating import Templates
from tests.scheduled.fake_messenger import CHANNEL
from tests.scheduled.fake_readings import (
    NOW,
    NOWHERE,
    RISK,
    FakeActions,
    FakeMoods,
    FakePeople,
    FakeRaid,
    FakeReports,
)


def escape(text: str) -> str:
    """Escape as the wiring's function does, as far as a test can see it."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("*", "∗")):  # noqa: RUF001 - a look-alike on purpose.
        text = text.replace(character, entity)
    return " ".join(text.split())


def templates() -> Templates:
    """Return the product's templates with this module's escape."""
    return Templates(
        escape=escape,
        channel_link=lambda channel_id: f"<#{channel_id}>",
        moment=lambda at, **_: str(at),
        mention=lambda person_id: f"<@{person_id}>",
        link=lambda url, label: f"<{url}|{label}>",
    )


def occasion(
    kind: NoticeKind,
    readings: RiskReadings,
    operation: Operation = Operation.POST,
    *,
    actions: ActionReadings | None = None,
    moods: MoodReadings | None = None,
    raid: RaidReadings | None = None,
    statuses: StatusReadings | None = None,
    status_reports: StatusReports | None = None,
    surveys: SurveyReadings | None = None,
    channel: str = CHANNEL,
    **ids: object,
) -> Occasion:
    """Return the occasion on which a message of that kind is drawn."""
    return Occasion(
        desk=Desk(
            risks=readings,
            actions=actions or FakeActions(None),
            raid=raid or FakeRaid(),
            moods=moods or FakeMoods(),
            people=FakePeople(),
            reports=FakeReports(),
            templates=templates(),
            channels=Channels(NOWHERE),
            drafts=Drafts(NOWHERE),
            statuses=statuses or StatusReadings(NOWHERE),
            surveys=surveys or SurveyReadings(NOWHERE),
            status_reports=status_reports or StatusReports(NOWHERE),
            rituals=RitualReadings(NOWHERE),
            mornings=MorningReadings(NOWHERE),
            homes=Homes(NOWHERE),
            health_checks=HealthCheckReadings(NOWHERE),
            plans=PlanReadings(NOWHERE),
            agendas=AgendaReadings(NOWHERE),
            retros=RetroReadings(NOWHERE),
        ),
        kind=kind,
        operation=operation,
        workspace_id=RISK.workspace_id,
        channel_id=channel,
        ids={"risk_id": str(RISK.id), "version": 1} | ids,
        now=NOW,
    )
