"""What both halves of the program stand on: the one that answers, and the one that speaks on its own."""

from bot.clock import Clock
from bot.installation import Installation
from bot.settings import Settings
from bot.slack.client import BEFORE_THE_ANSWER, SlackClient
from bot.slack.contact import Contact
from bot.slack.manifest import before_name
from bot.workspaces import KnownWorkspaces
from handlers.blocks import escape, link, moment
from models.database import Database
from models.services.people import People
from models.services.workspaces import Workspaces
from models.value import Value
from scheduled.templating import Templates


class Ground(Value):
    """Settings, clock and database; Slack as it is asked before an answer; who is there, and all texts."""

    settings: Settings
    clock: Clock
    database: Database
    slack: SlackClient
    contact: Contact
    installation: Installation
    workspaces: KnownWorkspaces
    people: People
    templates: Templates


def ground_of(settings: Settings, clock: Clock) -> Ground:
    """Put it together, asking nobody anything."""
    database = Database(settings.database_url.get_secret_value())
    token = settings.slack_bot_token.get_secret_value()
    contact = Contact()
    slack = SlackClient(token, settings.slack_api_url, deadline=BEFORE_THE_ANSWER, contact=contact)
    return Ground(
        settings=settings,
        clock=clock,
        database=database,
        slack=slack,
        contact=contact,
        installation=Installation(slack, token),
        workspaces=KnownWorkspaces(Workspaces(database), clock),
        people=People(database, admins=settings.drumbeat_admins),
        templates=_templates(settings),
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
