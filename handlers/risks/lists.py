"""Lists of risks: asked for in words, turned and narrowed by buttons."""

from collections.abc import Sequence

from handlers.access import identify, person
from handlers.answers import Answer, CommandAnswer
from handlers.asks import Ask, Click
from handlers.kit import Kit
from handlers.origins import today
from handlers.projects.finding import unknown
from handlers.risks import list_views
from handlers.typed.lists import VOCABULARY, ListWords, read_list
from handlers.typed.places import about
from models.errors import NotFound
from models.read_models import Actor, ProjectView, RiskFilter

SEARCH_LENGTH = 200
_KNOWN = 'Try `mine`, `all`, a project\'s short name, or words in quotes: `"vendor api"`.'


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Show the risks that the words ask for; without any, those of the channel's project, or else all."""
    wanted = read_list(rest) or ListWords()
    if wanted.key:
        try:
            project = kit.projects.by_key(actor, wanted.key.upper())
        except NotFound:
            return no_such(kit, actor, wanted.key)
        return of_several(kit, ask, actor, [project], wanted)
    own = None if wanted.scope else about(kit, ask, actor)
    return of_several(kit, ask, actor, [own] if own else [], wanted)


def of_several(
    kit: Kit, ask: Ask, actor: Actor, projects: Sequence[ProjectView], wanted: ListWords
) -> Answer:
    """Show the risks of these projects that the words ask for; of all projects where none is given."""
    narrowed = RiskFilter(
        project_ids=tuple(project.id for project in projects),
        mine=wanted.scope == "mine",
        band=wanted.band,
        status=wanted.status,
        owner_id=person(kit, ask, wanted.owner_slack_id).id if wanted.owner_slack_id else None,
        late=wanted.late,
        words=wanted.search[:SEARCH_LENGTH],
    )
    return _shown(kit, ask, actor, narrowed)


def no_such(kit: Kit, actor: Actor, key: str) -> Answer:
    """Say that there is no project of that name, and what was probably meant."""
    return unknown(kit, actor, key, "risk list", VOCABULARY, _KNOWN)


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page or another list in the place of this one."""
    actor = identify(kit, click)
    return _shown(kit, click, actor, list_views.decode(click.value), replaces=True)


def _shown(kit: Kit, ask: Ask, actor: Actor, wanted: RiskFilter, *, replaces: bool = False) -> Answer:
    day = today(kit, actor)
    page = kit.risks.page(actor, wanted, today=day)
    return list_views.risk_list(page, day, here=about(kit, ask, actor), replaces=replaces)
