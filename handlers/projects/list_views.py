"""A list of projects: each with its colour and client, who manages it, where it stands and its open risks."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from handlers.answers import Answer
from handlers.blocks import Block, Element, actions, button, context, escape, section
from handlers.home.words import client, standing
from handlers.ids import ActionId
from handlers.projects import words
from handlers.views.paging import turning
from models.read_models import ProjectLine, ProjectPage
from models.read_models.home import ProjectStanding
from models.rules.projects.kinds import ProjectScope

_NAMES = {
    ProjectScope.MINE: "Your projects",
    ProjectScope.ALL: "All projects",
    ProjectScope.ARCHIVED: "Archived projects",
}
_ACTIONS = {
    ProjectScope.MINE: ActionId.PROJECT_LIST_MINE,
    ProjectScope.ALL: ActionId.PROJECT_LIST_ALL,
    ProjectScope.ARCHIVED: ActionId.PROJECT_LIST_ARCHIVED,
}
_EMPTY = {
    ProjectScope.MINE: "You are on no project yet. Whoever leads one can add you: `/project team add @you`.",
    ProjectScope.ALL: "There are no projects yet. Type `/project create` in a project's channel.",
    ProjectScope.ARCHIVED: "Nothing is archived.",
}


def project_list(
    page: ProjectPage,
    standings: Mapping[UUID, ProjectStanding],
    *,
    note: str = "",
    first: Sequence[Element] = (),
    replaces: bool = False,
) -> Answer:
    """Show one page of projects, under a note and before what the note offers, if given."""
    name = _NAMES[page.scope]
    blocks = [section(note)] if note else []
    if first:
        blocks.append(actions(list(first)))
    if page.total:
        blocks.append(section(f"*{name}: {page.total}*"))
        blocks += [_line(line, standings.get(line.id)) for line in page.lines]
    else:
        blocks.append(section(_EMPTY[page.scope]))
    if page.pages > 1:
        blocks.append(context(f"Page {page.page} of {page.pages}"))
    if buttons := list(_buttons(page)):
        blocks.append(actions(buttons))
    return Answer(text=f"{name}: {page.total}", blocks=tuple(blocks), replaces=replaces)


def _line(line: ProjectLine, stands: ProjectStanding | None) -> Block:
    who = escape(line.manager.name) if line.manager else "nobody manages it"
    told = [f"*{line.key}* {escape(line.name)}", f"for {escape(line.client_name)}"]
    if line.archiving_reason:
        told.append(escape(line.archiving_reason))
    second = [who, words.phase(line.phase), f"risks: {words.open_risks(line.per_band)}"]
    lines = [" · ".join(told), " · ".join(second)]
    if stands is not None:
        lines.insert(1, f"{standing(stands)} · {client(stands)}")
    text = "\n".join(lines)
    return section(text, button("Show", ActionId.PROJECT_SHOW, str(line.id)))


def _buttons(page: ProjectPage) -> Iterator[Element]:
    turns = (ActionId.PROJECT_PAGE_BACK, ActionId.PROJECT_PAGE_ON)
    yield from turning(page.page, page.pages, turns, lambda number: f"{page.scope}:{number}")
    for scope in ProjectScope:
        if scope is not page.scope and (scope is not ProjectScope.ARCHIVED or page.archived):
            label = f"Archived {page.archived}" if scope is ProjectScope.ARCHIVED else _NAMES[scope]
            yield button(label, _ACTIONS[scope], f"{scope}:1")
