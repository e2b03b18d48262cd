"""What every listener works with, put together by the composition root."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from handlers.home.publisher import HomePublisher
from models.read_models import Profile, QuestionDraft
from models.reports.risks import RiskReports
from models.reports.standings import ProjectStandings
from models.reports.statuses import StatusReports
from models.rules.rituals.steps import RitualSort
from models.services.actions.items import ActionItems
from models.services.agendas.book import Agendas
from models.services.agendas.minutes import Minutes
from models.services.channels import Channels
from models.services.drafts import Drafts
from models.services.moods.register import MoodRegister
from models.services.mornings.answers import Mornings
from models.services.organisation import Organisation
from models.services.people import People
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
from models.services.settings import Settings
from models.services.statuses.book import Statuses
from models.services.surveys.answering import ClientAnswers
from models.services.surveys.book import Surveys
from models.services.surveys.contacts import ClientContacts
from models.services.surveys.erasing import ContactErasure
from models.services.surveys.questions import ClientQuestions
from models.value import Value


class DirectoryDown(Exception):
    """Slack could not be asked about a person or a channel just now."""


class NobodyThere(Exception):
    """Slack knows nobody of that id in this workspace."""


class Channel(Value):
    """What Slack says of a conversation. ``name`` is "" for a direct message."""

    id: str
    name: str
    is_direct: bool = False
    is_shared: bool = False
    has_bot: bool = False


class Directory(Protocol):
    """Slack's own knowledge of people and channels."""

    def profile(self, slack_user_id: str) -> Profile:
        """Return what Slack says of the person. Raises DirectoryDown, NobodyThere."""

    def described(self, user: Mapping[str, Any]) -> Profile:
        """Read Slack's description of a person, asking nobody."""

    def channel(self, channel_id: str) -> Channel:
        """Return what Slack says of the channel. Raises DirectoryDown."""


class Gravity(StrEnum):
    """How bad a symptom is: a problem keeps something from working, a warning may be meant so."""

    WELL = "well"
    WARNING = "warning"
    PROBLEM = "problem"


class Symptom(Value):
    """Something that the doctor found, and how to mend it; both as mrkdwn without anything people wrote."""

    gravity: Gravity
    what: str
    mend: str


class Doctor(Protocol):
    """Finds what is wrong with this installation."""

    def examine(self, workspace_id: UUID) -> tuple[Symptom, ...]:
        """Return what was found, gravest first, in time for an answer."""


class Kit(Value):
    """The services, ports and settings that listeners share."""

    people: People
    organisation: Organisation
    settings: Settings
    projects: Projects
    profiles: ProjectProfiles
    health_checks: HealthChecks
    teams: Teams
    colleagues: Colleagues
    phases: Phases
    measures: SuccessMeasures
    milestones: Milestones
    deliverables: Deliverables
    risks: RiskRegister
    responses: RiskResponses
    acceptance: RiskAcceptance
    raid: RaidRegister
    promises: RaidPromises
    moods: MoodRegister
    mornings: Mornings
    statuses: Statuses
    surveys: Surveys
    contacts: ClientContacts
    erasure: ContactErasure
    questions: ClientQuestions
    client_answers: ClientAnswers
    preview_question: Callable[[QuestionDraft], Sequence[Mapping[str, Any]]]
    """Draws a question to a client as it will be sent, with its buttons in words."""
    standings: ProjectStandings
    status_reports: StatusReports
    retros: Retros
    retro_cards: RetroCards
    actions: ActionItems
    agendas: Agendas
    minutes: Minutes
    rituals: Rituals
    ritual_times: RitualTimes
    days_off: DaysOff
    channels: Channels
    drafts: Drafts
    reports: RiskReports
    pictures: Pictures
    home: HomePublisher
    directory: Directory
    doctor: Doctor
    ritual_sorts: Mapping[str, RitualSort]
    """What each kind of ritual is, by its name."""
    clock: Callable[[], datetime]
    workspace_id: Callable[[str, str], UUID]
    """From (enterprise id or "", team id) of the installation to the workspace."""
    correlation_id: Callable[[], str]
    """The id that ties this request's log lines and records together."""
    tell_error: Callable[[str, Exception], bool]
    """Logs what an error kept from being done; tells whether the database is away, or may be."""
    respond: Callable[[str, Mapping[str, Any]], None]
    """Sends a message to the address that came with a click; a failure is logged there."""
    look_again: Callable[[UUID, str], None]
    """Has the next confidential message look anew who can read a channel."""
    on_removed: Callable[[], None]
    """Is told that the app may have been removed from the workspace."""
    prefix: str = field(default="")
    """What stands before each command's name, such as "x-"."""
