"""The composition root: the only place where objects meet. Importing it does nothing."""

from contextlib import suppress
from logging import getLogger
from random import SystemRandom
from threading import Thread

from slack_bolt import App, BoltResponse
from structlog import get_logger

from bot.afterwards import Afterwards
from bot.checks import readiness_of
from bot.clock import Clock, utc_now
from bot.doctor.in_slack import DoctorInSlack
from bot.housekeeping import Housekeeper
from bot.installation import TRY_AGAIN, UNREACHABLE, Installation, Unconfirmed
from bot.logs import correlation_id
from bot.settings import Settings
from bot.slack.client import BEFORE_THE_ANSWER, SlackClient
from bot.slack.directory import SlackDirectory
from bot.slack.manifest import before_name
from bot.slack.messenger import SlackMessenger
from bot.slack.previews import question_preview
from bot.slack.publishing import publisher
from bot.slack.responding import respond
from bot.slack.sockets import Dialler
from bot.transports.http import WebApplication, web_application
from bot.transports.socket_mode import SocketMode
from bot.workspaces import KnownWorkspaces
from handlers.blocks import escape, link, moment
from handlers.home.publisher import HomePublisher
from handlers.kit import Kit
from handlers.register import register
from models.database import Database
from models.errors import DatabaseNotReady
from models.migrations import is_current, upgrade
from models.reports.home import Homes
from models.reports.risks import RiskReports
from models.reports.statuses import StatusReports
from models.services.actions.items import ActionItems
from models.services.actions.readings import ActionReadings
from models.services.agendas.book import Agendas
from models.services.agendas.minutes import Minutes
from models.services.agendas.readings import AgendaReadings
from models.services.channels import Channels
from models.services.drafts import Drafts
from models.services.moods.readings import MoodReadings
from models.services.moods.register import MoodRegister
from models.services.mornings.answers import Mornings
from models.services.mornings.planning import MorningPlanner
from models.services.mornings.readings import MorningReadings
from models.services.organisation import Organisation
from models.services.outbox.outbox import Outbox
from models.services.people import People
from models.services.pictures import Pictures
from models.services.plans.deliverables import Deliverables
from models.services.plans.measures import SuccessMeasures
from models.services.plans.milestones import Milestones
from models.services.plans.phases import Phases
from models.services.projects.catalogue import Projects
from models.services.projects.colleagues import Colleagues
from models.services.projects.health_check_rows import HealthCheckReadings
from models.services.projects.health_checks import HealthChecks
from models.services.projects.profiles import ProjectProfiles
from models.services.projects.team import Teams
from models.services.raid.promises import RaidPromises
from models.services.raid.readings import RaidReadings
from models.services.raid.register import RaidRegister
from models.services.retros.book import Retros
from models.services.retros.cards import RetroCards
from models.services.retros.clock import RetroClock
from models.services.retros.readings import RetroReadings
from models.services.risks.acceptance import RiskAcceptance
from models.services.risks.readings import RiskReadings
from models.services.risks.register import RiskRegister
from models.services.risks.responses import RiskResponses
from models.services.risks.watch import RiskWatch
from models.services.rituals.catalogue import Rituals
from models.services.rituals.days_off import DaysOff
from models.services.rituals.due import is_due
from models.services.rituals.planning import RitualPlanner
from models.services.rituals.readings import RitualReadings
from models.services.rituals.running import StepRunner
from models.services.rituals.times import RitualTimes
from models.services.settings import Settings as PersonalSettings
from models.services.statuses.book import Statuses
from models.services.statuses.readings import StatusReadings
from models.services.surveys.answering import ClientAnswers
from models.services.surveys.book import Surveys
from models.services.surveys.contacts import ClientContacts
from models.services.surveys.questions import ClientQuestions
from models.services.surveys.readings import SurveyReadings
from models.services.surveys.watch import SurveyWatch
from models.services.visits import Visits
from models.services.workspaces import Workspaces
from models.value import Value
from scheduled.delivery import Deliverer
from scheduled.jobs import Jobs
from scheduled.mornings import contributions
from scheduled.notices import Desk, discover
from scheduled.outcomes import TIMING, Outcomes, Timing
from scheduled.planner import Planner
from scheduled.rituals import acts, corrections, ritual_outcomes, sorts
from scheduled.templating import Templates
from scheduled.visibility import Gate

log = get_logger(__name__)

MIGRATE_FIRST = """\
Drumbeat cannot start:

  The database's schema is not the one that this version needs. Run `drumbeat migrate` once, with the same
  DATABASE_URL, and start again. (SQLite is brought up to date by itself; a Postgres may be shared by several
  processes, so there a person decides when.)"""


class Application(Value):
    """Everything put together. ``prepare`` it, ``start`` it, and ``stop`` it at the end."""

    wsgi: WebApplication
    sockets: SocketMode | None
    bolt: App
    kit: Kit
    database: Database
    installation: Installation
    deliverer: Deliverer
    planner: Planner
    jobs: Jobs
    afterwards: Afterwards

    def prepare(self) -> None:
        """See to the schema: SQLite's is migrated, Postgres's must be current. Raises DatabaseNotReady."""
        if is_current(self.database):
            return
        if self.database.dialect != "sqlite":
            raise DatabaseNotReady(MIGRATE_FIRST)
        upgrade(self.database)

    def start(self) -> None:
        """Start the ticks and the delivery, and ask Slack meanwhile whether it knows us.

        Raises SettingsProblem where Slack refuses the token for Socket Mode.
        """
        if self.sockets is not None:
            self.sockets.start()
        self.jobs.start()
        self.afterwards.start()
        Thread(target=self._introduce, name="introduction", daemon=True).start()

    def _introduce(self) -> None:
        """Find out before the first person waits for it; what Slack says against us is in the log."""
        with suppress(Unconfirmed):
            self.installation.confirm()

    def stop(self) -> None:
        """Let what is under way settle, and let go of the database; harmless when it never started."""
        if self.sockets is not None:
            self.sockets.stop()
        self.afterwards.stop()
        self.jobs.stop()
        self.database.dispose()


def build(settings: Settings, *, clock: Clock = utc_now, timing: Timing = TIMING) -> Application:
    """Put the program together. This asks neither Slack nor the database anything yet."""
    database = Database(settings.database_url.get_secret_value())
    token = settings.slack_bot_token.get_secret_value()
    waiting = SlackClient(token, settings.slack_api_url, deadline=BEFORE_THE_ANSWER)
    installation = Installation(waiting, token)
    workspaces = KnownWorkspaces(Workspaces(database), clock)
    people = People(database, admins=settings.drumbeat_admins)
    outbox = Outbox(database, lease=timing.lease)
    gate = Gate(people)
    messenger = SlackMessenger(
        SlackClient(token, settings.slack_api_url, deadline=timing.call.total_seconds())
    )
    outcomes = Outcomes(outbox, clock, SystemRandom().random, timing)
    templates = _templates(settings)
    deliverer = _deliverer(database, outbox, gate, messenger, outcomes, clock, (people, templates))
    mornings = MorningPlanner(database, contributions())
    housekeep = Housekeeper(
        database=database,
        outbox=outbox,
        people=people,
        installation=installation,
        workspaces=workspaces,
        messenger=messenger,
        watch=RiskWatch(database),
        mornings=mornings,
        clock=clock,
    )
    planner = _planner(database, mornings, clock)
    retros = RetroClock(database)
    jobs = Jobs(
        deliverer,
        plan=lambda: planner.run_once() + retros.run(now=clock()),
        housekeep=housekeep,
    )
    database.on_work = jobs.wake
    bolt = _bolt_app(settings, installation)
    afterwards = Afterwards()
    kit = Kit(
        people=people,
        organisation=Organisation(database, admins=settings.drumbeat_admins),
        settings=PersonalSettings(database),
        projects=Projects(database),
        profiles=ProjectProfiles(database, sorts()),
        health_checks=HealthChecks(database),
        teams=Teams(database),
        colleagues=Colleagues(database),
        phases=Phases(database),
        measures=SuccessMeasures(database),
        milestones=Milestones(database),
        deliverables=Deliverables(database),
        risks=RiskRegister(database),
        responses=RiskResponses(database),
        acceptance=RiskAcceptance(database),
        raid=RaidRegister(database),
        promises=RaidPromises(database),
        moods=MoodRegister(database),
        mornings=Mornings(database),
        statuses=Statuses(database),
        surveys=Surveys(database),
        contacts=ClientContacts(database),
        questions=ClientQuestions(database),
        client_answers=ClientAnswers(database),
        preview_question=question_preview(templates),
        status_reports=StatusReports(database),
        retros=Retros(database),
        retro_cards=RetroCards(database),
        actions=ActionItems(database),
        agendas=Agendas(database),
        minutes=Minutes(database),
        rituals=Rituals(database, sorts(), ritual_outcomes()),
        ritual_times=RitualTimes(database, sorts(), corrections()),
        days_off=DaysOff(database, sorts()),
        channels=Channels(database),
        drafts=Drafts(database),
        reports=RiskReports(database),
        pictures=Pictures(database),
        home=HomePublisher(
            homes=Homes(database),
            visits=Visits(database),
            people=people,
            publish=publisher(waiting),
            workspace_id=workspaces.id_of,
            clock=clock,
            prefix=before_name(settings.command_prefix),
            afterwards=afterwards,
        ),
        directory=SlackDirectory(waiting),
        doctor=DoctorInSlack(settings, database, waiting, clock),
        ritual_sorts=sorts(),
        clock=clock,
        workspace_id=workspaces.id_of,
        correlation_id=correlation_id,
        respond=respond,
        look_again=gate.forget,
        on_removed=lambda: _stop_if_removed(installation, deliverer),
        prefix=before_name(settings.command_prefix),
    )
    register(bolt, kit)
    sockets = _socket_mode(settings, bolt, waiting)
    readiness = readiness_of(database, installation, sockets)
    return Application(
        wsgi=web_application(bolt if sockets is None else None, readiness),
        sockets=sockets,
        bolt=bolt,
        kit=kit,
        database=database,
        installation=installation,
        deliverer=deliverer,
        planner=planner,
        jobs=jobs,
        afterwards=afterwards,
    )


def _templates(settings: Settings) -> Templates:
    """Return all texts of messages, one's own first."""
    return Templates(
        escape=escape,
        channel_link=lambda channel_id: f"<#{channel_id}>",
        mention=lambda person_id: f"<@{person_id}>",
        moment=moment,
        link=link,
        prefix=before_name(settings.command_prefix),
        folder=settings.templates_dir,
    )


def _deliverer(
    database: Database,
    outbox: Outbox,
    gate: Gate,
    messenger: SlackMessenger,
    outcomes: Outcomes,
    clock: Clock,
    given: tuple[People, Templates],
) -> Deliverer:
    """Return what sends the outbox. With one token there is one messenger, whatever the workspace."""
    people, templates = given
    return Deliverer(
        outbox=outbox,
        notices=discover(),
        desk=Desk(
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
            health_checks=HealthCheckReadings(database),
            agendas=AgendaReadings(database),
            retros=RetroReadings(database),
        ),
        messenger_of=lambda _workspace_id: messenger,
        gate=gate,
        clock=clock,
        outcomes=outcomes,
    )


def _planner(database: Database, mornings: MorningPlanner, clock: Clock) -> Planner:
    """Return what plans the rituals, carries out their steps, and plans people's mornings."""
    return Planner(
        is_due=lambda now: is_due(database, now),
        rituals=RitualPlanner(database, sorts()),
        steps=StepRunner(database, sorts(), acts()),
        mornings=mornings,
        watches=(SurveyWatch(database).look,),
        clock=clock,
    )


def _stop_if_removed(installation: Installation, deliverer: Deliverer) -> None:
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


def _bolt_app(settings: Settings, installation: Installation) -> App:
    """Return the Bolt app: it verifies each request, and the work is done when it answers."""
    app = App(
        name="drumbeat",
        logger=getLogger("slack_bolt"),
        process_before_response=True,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        authorize=installation,
        user_facing_authorize_error_message=TRY_AGAIN,
        # Of our own events we need one, our coming into a channel; handlers/events tells the others itself.
        # There is no function and no assistant's thread.
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_failed)
    return app


def _socket_mode(settings: Settings, bolt: App, slack: SlackClient) -> SocketMode | None:
    """Return the transport through which Slack's payloads come where they do not come over HTTP."""
    if settings.slack_app_token is None:
        return None
    return SocketMode(bolt, Dialler(slack, settings.slack_app_token.get_secret_value()))


def _failed(error: Exception) -> BoltResponse:
    """Log what a listener's own edge did not catch; at a 500 Slack tells the person that it did not work."""
    log.error("listener_failed", exc_info=error)
    return BoltResponse(status=500)
