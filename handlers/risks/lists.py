"""Lists of risks: asked for in words, turned and narrowed by buttons."""

from handlers.access import identify, person
from handlers.answers import Answer, CommandAnswer, say
from handlers.asks import Ask, Click
from handlers.blocks import escape
from handlers.grammar import nearest
from handlers.kit import Kit
from handlers.list_words import VOCABULARY, ListWords, read_list
from handlers.origins import today
from handlers.risks import list_views
from handlers.typed import readable
from models.errors import NotFound
from models.read_models import Actor, ProjectView, RiskFilter

SEARCH_LENGTH = 200


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
    here = None if wanted.scope else _here(kit, ask, actor)
    return _shown(kit, ask, actor, narrowed.of(here.id if here else None))


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page or another list in the place of this one."""
    actor = identify(kit, click)
    return _shown(kit, click, actor, list_views.decode(click.value), replaces=True)


def _of_project(kit: Kit, ask: Ask, actor: Actor, narrowed: RiskFilter, key: str) -> Answer:
    try:
        project = kit.projects.by_key(actor, key.upper())
    except NotFound:
        known = [choice.key for choice in kit.projects.choices(actor)]
        meant = nearest(key, [*VOCABULARY, *known])
        hint = (
            f"Did you mean `/{kit.prefix}risk list {meant}`?"
            if meant
            else 'Try `mine`, `all`, a project\'s short name, or words in quotes: `"vendor api"`.'
        )
        return say(f"I don't know a project “{escape(readable(key))}”. {hint}")
    return _shown(kit, ask, actor, narrowed.of(project.id))


def _shown(kit: Kit, ask: Ask, actor: Actor, wanted: RiskFilter, *, replaces: bool = False) -> Answer:
    day = today(kit, actor)
    page = kit.risks.page(actor, wanted, today=day)
    return list_views.risk_list(page, day, here=_here(kit, ask, actor), replaces=replaces)


def _here(kit: Kit, ask: Ask, actor: Actor) -> ProjectView | None:
    return kit.projects.in_channel(actor, ask.channel_id) if ask.channel_id else None
