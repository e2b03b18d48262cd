"""Which project and which week a line means: the channel's and the present one, or those that are named."""

from zoneinfo import ZoneInfo

from handlers.asks import Ask
from handlers.blocks import escape
from handlers.grammar import nearest
from handlers.kit import Kit
from handlers.typed.places import LIST_ALL, about
from handlers.typed.text import readable
from handlers.typed.weeks import WeekWords, read_week_words
from models.errors import NotFound
from models.read_models import Actor, ProjectView
from models.rules.statuses.periods import CADENCES, Cadence, Period
from models.value import Value


class Place(Value):
    """A project, and a period of it; None where none is named or near."""

    project: ProjectView | None = None
    period: Period | None = None


class Unknown(Value):
    """A line names what is not there; ``why`` says so in mrkdwn."""

    why: str
    meant: str = ""
    """The key that an unknown one probably stands for."""
    is_no_period: bool = False
    """Whether the project is known, and it is the week or the month that there is not."""


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
    period = words.period(present(kit, project))
    if period is None:
        return Unknown(_no_period(project, words), is_no_period=True)
    return Place(project, period)


def present(kit: Kit, project: ProjectView) -> Period:
    """Return the week, or the month, that it is where the project is."""
    today = kit.clock().astimezone(ZoneInfo(project.timezone)).date()
    return Period.containing(today, CADENCES[project.kind])


def earlier_than_asked(kit: Kit, project: ProjectView, asked: Period | None, shown: Period) -> str:
    """Return that the present period isn't in, where none was named and one before is shown; else ""."""
    now = present(kit, project)
    if asked is not None or shown == now:
        return ""
    return f"{now.name.capitalize()} isn't in yet; this is {shown.name}."


def _no_period(project: ProjectView, words: WeekWords) -> str:
    """Return why there is no such period, and how one is named in projects of that kind."""
    if CADENCES[project.kind] is Cadence.MONTHLY:
        return f"{project.key} reports month by month. Name a month, as in October, or type `last`."
    if words.week is None:
        return f"{project.key} reports week by week. Name a week, as in 40, or type `last`."
    when = f"in {words.year}" if words.year else "this year or last"
    return f"There is no week {words.week} {when}. Name another, as in {project.key} 40, or type `last`."


def _project(kit: Kit, ask: Ask, actor: Actor, words: WeekWords) -> ProjectView | Unknown | None:
    if words.channel_id:
        found = kit.projects.in_channel(actor, words.channel_id)
        return found or Unknown(f"<#{words.channel_id}> isn't a project.")
    if not words.key:
        return about(kit, ask, actor)
    try:
        return kit.projects.by_key(actor, words.key)
    except NotFound:
        meant = nearest(words.key, [choice.key for choice in kit.projects.choices(actor)])
        hint = f"Did you mean {meant.upper()}?" if meant else LIST_ALL
        return Unknown(
            f"I don't know a project “{escape(readable(words.key))}”. {hint}", (meant or "").upper()
        )
