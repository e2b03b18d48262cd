"""Lists of these records: asked for in words, turned and narrowed by buttons."""

from handlers.access import identify, person
from handlers.answers import Answer, CommandAnswer, say
from handlers.asks import Ask, Click
from handlers.blocks import escape
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.finding import leading, unknown
from handlers.raid import list_views
from handlers.raid.list_words import VOCABULARY, read_list
from handlers.typed.places import about
from handlers.typed.text import readable
from models.read_models import Actor, RaidFilter

SEARCH_LENGTH = 200
_KNOWN = (
    "Try `mine`, `all`, a project's short name, `issues`, `assumptions`, `dependencies`, `decisions`, "
    '`late`, `over`, or words in quotes: `"sso"`.'
)


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Show what the words ask for; without any, what is open in the channel's project, or else everywhere."""
    wanted, projects = read_list(rest), None
    if wanted is None or wanted.key:
        named, more = leading(kit, actor, rest)
        wanted, projects = read_list(more), named
    if wanted is None:
        return say(f"I can't read “{escape(readable(rest))}”. {_KNOWN}")
    if wanted.key:
        return unknown(kit, actor, wanted.key, "raid list", VOCABULARY, _KNOWN)
    narrowed = RaidFilter(
        mine=wanted.scope == "mine",
        kind=wanted.kind,
        status=wanted.status,
        over=wanted.over,
        late=wanted.late,
        owner_id=person(kit, ask, wanted.owner_slack_id).id if wanted.owner_slack_id else None,
        words=wanted.search[:SEARCH_LENGTH],
    )
    if projects is None:
        own = None if wanted.scope else about(kit, ask, actor)
        projects = (own,) if own else ()
    return _shown(kit, ask, actor, narrowed.of(*(project.id for project in projects)))


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page or another list in the place of this one."""
    actor = identify(kit, click)
    return _shown(kit, click, actor, list_views.decode(click.value), replaces=True)


def _shown(kit: Kit, ask: Ask, actor: Actor, wanted: RaidFilter, *, replaces: bool = False) -> Answer:
    day = today(kit, actor)
    page = kit.raid.page(actor, wanted, today=day)
    return list_views.raid_list(page, day, here=about(kit, ask, actor), replaces=replaces)
