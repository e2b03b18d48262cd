"""The half that speaks on its own: it plans, sends what waits in the outbox, and keeps house."""

from random import SystemRandom

from structlog import get_logger

from bot.clock import Clock
from bot.database import explanation_of
from bot.housekeeping import Housekeeper
from bot.installation import UNREACHABLE, Installation, Unconfirmed
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.contact import Contact
from bot.slack.messenger import SlackMessenger
from bot.wiring.ground import Ground
from models.database import Database
from models.reports.home import Homes
from models.reports.risks import RiskReports
from models.reports.statuses import StatusReports
from models.services.actions.readings import ActionReadings
from models.services.agendas.readings import AgendaReadings
from models.services.channels import Channels
from models.services.drafts import Drafts
from models.services.moods.readings import MoodReadings
from models.services.mornings.planning import MorningPlanner
from models.services.mornings.readings import MorningReadings
from models.services.outbox.outbox import Outbox
from models.services.people import People
from models.services.plans.behind import PlanReadings
from models.services.projects.health_check_rows import HealthCheckReadings
from models.services.raid.readings import RaidReadings
from models.services.retros.clock import RetroClock
from models.services.retros.readings import RetroReadings
from models.services.risks.readings import RiskReadings
from models.services.risks.watch import RiskWatch
from models.services.rituals.due import is_due
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.readings import RitualReadings
from models.services.rituals.running import StepRunner
from models.services.rituals.strangers import Strangers
from models.services.statuses.readings import StatusReadings
from models.services.surveys.readings import SurveyReadings
from models.services.surveys.watch import SurveyWatch
from models.value import Value
from scheduled.delivery import Deliverer
from scheduled.jobs import Jobs
from scheduled.mornings import contributions
from scheduled.notices import Desk, discover
from scheduled.outage import Outage
from scheduled.outcomes import Outcomes, Timing
from scheduled.planner import Planner
from scheduled.rituals import acts, sorts
from scheduled.templating import Templates
from scheduled.visibility import Gate

log = get_logger(__name__)


class Clockwork(Value):
    """What ticks; ``gate`` knows who can read a channel, ``outage`` whether the database is away."""

    deliverer: Deliverer
    planner: Planner
    jobs: Jobs
    gate: Gate
    outage: Outage


def clockwork_of(ground: Ground, timing: Timing) -> Clockwork:
    """Put it together; whatever is written to the database wakes it."""
    database, clock = ground.database.unhurried, ground.clock
    outbox, gate = Outbox(database, lease=timing.lease), Gate(ground.people)
    messenger = _messenger(ground.settings, ground.contact, timing)
    deliverer = Deliverer(
        outbox=outbox,
        notices=discover(),
        desk=desk_of(database, ground.people, ground.templates),
        # With one token there is one messenger, whatever the workspace.
        messenger_of=lambda _workspace_id: messenger,
        gate=gate,
        clock=clock,
        outcomes=Outcomes(outbox, clock, SystemRandom().random, timing),
    )
    mornings = MorningPlanner(database, contributions())
    housekeep = Housekeeper(
        database=database,
        outbox=outbox,
        people=ground.people,
        installation=ground.installation,
        workspaces=ground.workspaces,
        messenger=messenger,
        watch=RiskWatch(database),
        mornings=mornings,
        clock=clock,
    )
    planner = _planner(database, mornings, clock)
    retros = RetroClock(database)
    outage = Outage(
        explanation_of(ground.settings, database),
        require=database.require_file,
        prove=ground.database.try_writing,
    )
    jobs = Jobs(
        deliverer,
        plan=lambda: planner.run_once() + retros.run(now=clock()),
        housekeep=housekeep,
        outage=outage,
    )
    ground.database.on_work = jobs.wake
    return Clockwork(deliverer=deliverer, planner=planner, jobs=jobs, gate=gate, outage=outage)


def desk_of(database: Database, people: People, templates: Templates) -> Desk:
    """Return what every message is drawn from."""
    return Desk(
        risks=RiskReadings(database),
        actions=ActionReadings(database),
        raid=RaidReadings(database),
        moods=MoodReadings(database),
        people=people,
        reports=RiskReports(database),
        templates=templates,
        channels=Channels(database),
        drafts=Drafts(database),
        statuses=StatusReadings(database),
        surveys=SurveyReadings(database),
        status_reports=StatusReports(database),
        rituals=RitualReadings(database),
        mornings=MorningReadings(database),
        homes=Homes(database),
        health_checks=HealthCheckReadings(database),
        plans=PlanReadings(database),
        agendas=AgendaReadings(database),
        retros=RetroReadings(database),
    )


def _messenger(settings: Settings, contact: Contact, timing: Timing) -> SlackMessenger:
    token, deadline = settings.slack_bot_token.get_secret_value(), timing.call.total_seconds()
    return SlackMessenger(SlackClient(token, settings.slack_api_url, deadline=deadline, contact=contact))


def _planner(database: Database, mornings: MorningPlanner, clock: Clock) -> Planner:
    """Return what plans the rituals, carries out their steps, and plans people's mornings."""
    return Planner(
        is_due=lambda now: is_due(database, now),
        rituals=RitualPlanner(database, sorts()),
        steps=StepRunner(database, sorts(), acts()),
        mornings=mornings,
        watches=(SurveyWatch(database).look,),
        strangers=Strangers(database, sorts()).look,
        clock=clock,
    )


def stop_if_removed(installation: Installation, deliverer: Deliverer) -> None:
    """Send nothing more once Slack refuses the token; what is still to be said waits for a new one.

    Slack is asked, for the news may be older than the installation.
    """
    installation.forget()
    code = installation.refusal()
    if code == UNREACHABLE:
        raise Unconfirmed(code)
    if code is not None:
        log.error("removed_from_slack", code=code, remedy="install the app again, then restart")
        deliverer.stop()
