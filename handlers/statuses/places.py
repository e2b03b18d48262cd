"""Which project and which week a line means: the channel's and the present one, or those that are named."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.asks import Ask
from handlers.blocks import escape
from handlers.grammar import nearest
from handlers.kit import Kit
from handlers.typed import readable
from handlers.week_words import WeekWords, read_week_words
from models.errors import NotFound
from models.read_models import Actor, ProjectView
from models.rules.rag_periods import CADENCES, Period


@dataclass(frozen=True)
class Place:
    """A project, and a period of it; None where none is named or near."""

    project: ProjectView | None = None
    period: Period | None = None


@dataclass(frozen=True)
class Unknown:
    """A line names what is not there; ``why`` says so in mrkdwn."""

    why: str


def here(kit: Kit, ask: Ask, actor: Actor) -> ProjectView | None:
    """Return the project of the channel in which the person is."""
    return kit.projects.in_channel(actor, ask.channel_id) if ask.channel_id else None


def place_of(kit: Kit, ask: Ask, actor: Actor, text: str) -> Place | Unknown:
    """Return what the words name; without a project's name, the channel's."""
    words = read_week_words(text)
    if words is None:
        return Unknown("I can't read that. Try a project's short name, a week, or both, as in ACME 40.")
    project = _project(kit, ask, actor, words)
    if isinstance(project, Unknown):
        return project
    if project is None or not words.names_period:
        return Place(project)
    today = kit.clock().astimezone(ZoneInfo(project.timezone)).date()
    period = words.period(Period.containing(today, CADENCES[project.kind]))
    if period is None:
        named = "month, as in October" if words.month is None else "week, as in 40"
        return Unknown(f"{project.key} has no such period. Name a {named}, or type `last`.")
    return Place(project, period)


def _project(kit: Kit, ask: Ask, actor: Actor, words: WeekWords) -> ProjectView | Unknown | None:
    if words.channel_id:
        found = kit.projects.in_channel(actor, words.channel_id)
        return found or Unknown(f"<#{words.channel_id}> isn't a project.")
    if not words.key:
        return here(kit, ask, actor)
    try:
        return kit.projects.by_key(actor, words.key)
    except NotFound:
        meant = nearest(words.key, [choice.key for choice in kit.projects.choices(actor)])
        hint = f" Did you mean {meant.upper()}?" if meant else ""
        return Unknown(f"I don't know a project “{escape(readable(words.key))}”.{hint}")
