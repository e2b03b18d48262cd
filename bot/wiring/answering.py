"""The half that answers: what listeners work with, and how what Slack sends reaches them."""

from logging import getLogger

from slack_bolt import App, BoltRequest, BoltResponse

from bot.afterwards import Afterwards
from bot.doctor.in_slack import DoctorInSlack
from bot.installation import Installation, Unconfirmed
from bot.logs import correlation_id
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from bot.slack.manifest import before_name
from bot.slack.previews import question_preview
from bot.slack.publishing import publisher
from bot.slack.responding import respond
from bot.slack.sockets import Dialler
from bot.transports.signatures import Signatures
from bot.transports.socket_mode import SocketMode
from bot.wiring.clockwork import Clockwork, stop_if_removed
from bot.wiring.ground import Ground
from handlers.edge.running import FAILED
from handlers.edge.unconfirmed import answer_unconfirmed
from handlers.home.publisher import HomePublisher
from handlers.kit import Kit
from models.reports.home import Homes
from models.reports.risks import RiskReports
from models.reports.standings import ProjectStandings
from models.reports.statuses import StatusReports
from models.services.actions.items import ActionItems
from models.services.agendas.book import Agendas
from models.services.agendas.minutes import Minutes
from models.services.channels import Channels
from models.services.drafts import Drafts
from models.services.moods.register import MoodRegister
from models.services.mornings.answers import Mornings
from models.services.organisation import Organisation
from models.services.pictures import Pictures
from models.services.plans.deliverables import Deliverables
from models.services.plans.measures import SuccessMeasures
from models.services.plans.milestones import Milestones
from models.services.plans.phases import Phases
from models.services.projects.catalogue import Projects
from models.services.projects.colleagues import Colleagues
from models.services.projects.health_checks import HealthChecks
from models.services.projects.profiles import ProjectProfiles
from models.services.projects.team import Teams
from models.services.raid.promises import RaidPromises
from models.services.raid.register import RaidRegister
from models.services.retros.book import Retros
from models.services.retros.cards import RetroCards
from models.services.risks.acceptance import RiskAcceptance
from models.services.risks.register import RiskRegister
from models.services.risks.responses import RiskResponses
from models.services.rituals.catalogue import Rituals
from models.services.rituals.days_off import DaysOff
from models.services.rituals.times import RitualTimes
from models.services.settings import Settings as PersonalSettings
from models.services.statuses.book import Statuses
from models.services.surveys.answering import ClientAnswers
from models.services.surveys.book import Surveys
from models.services.surveys.contacts import ClientContacts
from models.services.surveys.erasing import ContactErasure
from models.services.surveys.questions import ClientQuestions
from models.services.visits import Visits
from scheduled.outage import Outage
from scheduled.rituals import corrections, ritual_outcomes, sorts


def kit_of(ground: Ground, clockwork: Clockwork, afterwards: Afterwards) -> Kit:
    """Return what every listener works with."""
    database, prefix = ground.database, before_name(ground.settings.command_prefix)
    return Kit(
        people=ground.people,
        organisation=Organisation(database, admins=ground.settings.drumbeat_admins),
        settings=PersonalSettings(database),
        projects=Projects(database),
        profiles=ProjectProfiles(database, sorts(), corrections()),
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
        erasure=ContactErasure(database),
        questions=ClientQuestions(database),
        client_answers=ClientAnswers(database),
        preview_question=question_preview(ground.templates),
        standings=ProjectStandings(database),
        status_reports=StatusReports(database),
        retros=Retros(database),
        retro_cards=RetroCards(database),
        actions=ActionItems(database),
        agendas=Agendas(database),
        minutes=Minutes(database),
        rituals=Rituals(database, sorts(), ritual_outcomes(), corrections()),
        ritual_times=RitualTimes(database, sorts(), corrections()),
        days_off=DaysOff(database, sorts(), corrections()),
        channels=Channels(database),
        drafts=Drafts(database),
        reports=RiskReports(database),
        pictures=Pictures(database),
        home=HomePublisher(
            homes=Homes(database),
            visits=Visits(database),
            people=ground.people,
            publish=publisher(ground.slack),
            workspace_id=ground.workspaces.id_of,
            clock=ground.clock,
            prefix=prefix,
            afterwards=afterwards,
            tell_error=clockwork.outage.tell,
        ),
        directory=SlackDirectory(ground.slack),
        doctor=DoctorInSlack(ground.settings, database, ground.slack, ground.clock),
        ritual_sorts=sorts(),
        clock=ground.clock,
        workspace_id=ground.workspaces.id_of,
        correlation_id=correlation_id,
        tell_error=clockwork.outage.tell,
        respond=respond,
        look_again=clockwork.gate.forget,
        on_removed=lambda: stop_if_removed(ground.installation, clockwork.deliverer),
        prefix=prefix,
    )


def bolt_app(installation: Installation, outage: Outage, kit: Kit) -> App:
    """Return the Bolt app, which gets only what Slack sent: the work is done when it answers."""
    app = App(
        name="drumbeat",
        logger=getLogger("slack_bolt"),
        process_before_response=True,
        authorize=installation,
        # Whoever brings a request proves it.
        request_verification_enabled=False,
        # Of our own events we need one, our coming into a channel; handlers/events tells the others itself.
        # There is no function and no assistant's thread.
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    def failed(error: Exception, request: BoltRequest) -> BoltResponse:
        """Log what a listener's own edge did not catch; at a 500 Slack tells the person that it failed."""
        if isinstance(error, Unconfirmed):
            return answer_unconfirmed(kit, request)
        outage.tell(FAILED, error)
        return BoltResponse(status=500)

    app.error(failed)
    return app


def signatures_of(settings: Settings) -> Signatures:
    """Return what tells whether Slack sent a request."""
    return Signatures(settings.slack_signing_secret.get_secret_value())


def socket_mode(settings: Settings, bolt: App, slack: SlackClient) -> SocketMode | None:
    """Return the transport through which Slack's payloads come where they do not come over HTTP."""
    if settings.slack_app_token is None:
        return None
    return SocketMode(bolt, Dialler(slack, settings.slack_app_token.get_secret_value()))
