"""Lists of projects: asked for in words, turned by buttons; and what ``/project`` alone shows."""

from collections.abc import Sequence

from handlers.access import identify
from handlers.answers import Answer
from handlers.asks import Ask, Click
from handlers.blocks import Element, button, escape
from handlers.forms import reading
from handlers.grammar import nearest
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.projects.list_views import project_list
from handlers.projects.offers import is_shared
from handlers.projects.views import may_become_project
from handlers.typed.text import readable
from models.read_models import Actor, ProjectPage
from models.rules.projects.kinds import ProjectScope

_SCOPES = {
    "": None,
    "mine": ProjectScope.MINE,
    "my": ProjectScope.MINE,
    "me": ProjectScope.MINE,
    "all": ProjectScope.ALL,
    "everything": ProjectScope.ALL,
    "open": ProjectScope.ALL,
    "active": ProjectScope.ALL,
    "archived": ProjectScope.ARCHIVED,
    "archive": ProjectScope.ARCHIVED,
    "closed": ProjectScope.ARCHIVED,
    "over": ProjectScope.ARCHIVED,
}


def typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> Answer:  # noqa: ARG001 - every verb takes the ask.
    """Show the projects that the word asks for; without any, one's own, or all where there are none."""
    word = rest.strip().lower()
    if word not in _SCOPES:
        meant = nearest(word, filter(None, _SCOPES)) or "all"
        note = f"I don't know “{escape(readable(rest))}”. Did you mean `/project list {meant}`?"
        return _listed(kit, actor, kit.profiles.page(actor), note=note)
    return _listed(kit, actor, kit.profiles.page(actor, _SCOPES[word]))


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page or another list in the place of this one."""
    actor = identify(kit, click)
    scope, number = _carried(click.value)
    return _listed(kit, actor, kit.profiles.page(actor, scope, number), replaces=True)


def elsewhere(kit: Kit, ask: Ask, actor: Actor, *, verb: str = "") -> Answer:
    """Say that no project is meant, and offer those there are; ``verb`` is what was asked of one."""
    page = kit.profiles.page(actor)
    if verb:
        example = page.lines[0].key if page.lines else "ACME"
        typed = f"`/project {verb} {example}`"
        note = f"Which project? Type {typed}, or the same without its name in the project's channel."
        return _listed(kit, actor, page, note=note)
    if not _may_become(kit, ask):
        return _listed(kit, actor, page)
    make = button("Make this channel a project", ActionId.PROJECT_MAKE, "project ", style="primary")
    return _listed(kit, actor, page, note=f"<#{ask.channel_id}> isn't a project yet.", first=[make])


def _listed(
    kit: Kit,
    actor: Actor,
    page: ProjectPage,
    *,
    note: str = "",
    first: Sequence[Element] = (),
    replaces: bool = False,
) -> Answer:
    """Show a page with how each of its projects stands; of those that are over, nobody asks."""
    ids = [] if page.scope is ProjectScope.ARCHIVED else [line.id for line in page.lines]
    standings = kit.standings.of(actor, ids, now=kit.clock())
    return project_list(page, standings, note=note, first=first, replaces=replaces)


def _may_become(kit: Kit, ask: Ask) -> bool:
    if ask.channel_id is None or not may_become_project(ask.channel_id):
        return False
    return not is_shared(kit, ask.channel_id)


@reading()
def _carried(value: str) -> tuple[ProjectScope, int]:
    """Return what a button carries. Raises Unreadable."""
    scope, _, number = value.partition(":")
    return ProjectScope(scope), int(number)
