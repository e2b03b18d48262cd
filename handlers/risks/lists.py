"""Lists of risks: asked for in words, turned and narrowed by buttons."""

from handlers.access import identify, person
from handlers.answers import Answer, CommandAnswer
from handlers.asks import Ask, Click
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.finding import here, unknown
from handlers.risks import list_views
from handlers.typed.lists import VOCABULARY, ListWords, read_list
from models.errors import NotFound
from models.read_models import Actor, RiskFilter

SEARCH_LENGTH = 200
_KNOWN = 'Try `mine`, `all`, a project\'s short name, or words in quotes: `"vendor api"`.'


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Show the risks that the words ask for; without any, those of the channel's project, or else all."""
    wanted = read_list(rest) or ListWords()
    narrowed = RiskFilter(
        mine=wanted.scope == "mine",
        band=wanted.band,
        status=wanted.status,
        owner_id=person(kit, ask, wanted.owner_slack_id).id if wanted.owner_slack_id else None,
        stale=wanted.stale,
        words=wanted.search[:SEARCH_LENGTH],
    )
    if wanted.key:
        return _of_project(kit, ask, actor, narrowed, wanted.key)
    project = None if wanted.scope else here(kit, ask, actor)
    return _shown(kit, ask, actor, narrowed.of(project.id if project else None))


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page or another list in the place of this one."""
    actor = identify(kit, click)
    return _shown(kit, click, actor, list_views.decode(click.value), replaces=True)


def _of_project(kit: Kit, ask: Ask, actor: Actor, narrowed: RiskFilter, key: str) -> Answer:
    try:
        project = kit.projects.by_key(actor, key.upper())
    except NotFound:
        return unknown(kit, actor, key, "risk list", VOCABULARY, _KNOWN)
    return _shown(kit, ask, actor, narrowed.of(project.id))


def _shown(kit: Kit, ask: Ask, actor: Actor, wanted: RiskFilter, *, replaces: bool = False) -> Answer:
    day = today(kit, actor)
    page = kit.risks.page(actor, wanted, today=day)
    return list_views.risk_list(page, day, here=here(kit, ask, actor), replaces=replaces)
