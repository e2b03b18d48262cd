"""The field in which a project is chosen: a select, or a search where there are more than a select holds."""

import re
from collections.abc import Sequence
from itertools import groupby

from handlers.access import identify
from handlers.answers import Group, Suggested
from handlers.asks import Looking
from handlers.blocks import Block, Element, option
from handlers.callback_ids import SourceId
from handlers.inputs import OPTION_COUNT, external_select, field, select
from handlers.kit import Kit
from handlers.projects.needs import NoProject
from models.read_models import ProjectChoice

_WORD = re.compile(r"\w+")
_LONGEST = 100
_PLACEHOLDER = "Choose a project"


def project_field(
    projects: Sequence[ProjectChoice], chosen: str, *, label: str = "Project", optional: bool = False
) -> Block:
    """Return the field; ``projects`` are those that ``Projects.choices`` returns with the chosen one.

    Raises NoProject, for Slack takes no select without choices.
    """
    if not projects:
        raise NoProject
    if len(projects) <= OPTION_COUNT:
        choices = [_option(project) for project in projects]
        element = select(SourceId.PROJECT, choices, placeholder=_PLACEHOLDER, chosen=chosen)
    else:
        found = next((_option(project) for project in projects if str(project.id) == chosen), None)
        element = external_select(SourceId.PROJECT, placeholder="Type a name", chosen=found)
    return field("project", label, element, optional=optional)


def suggest(kit: Kit, looking: Looking) -> Suggested:
    """Return the projects in whose key or name is what was typed: the person's own, then the others."""
    words = _WORD.findall(looking.text[:_LONGEST])
    found = kit.projects.choices(identify(kit, looking), words=words, limit=OPTION_COUNT)
    groups = groupby(found, key=lambda project: project.is_mine)
    labels = {True: "Yours", False: "All others"}
    return Suggested(
        tuple(Group(labels[is_mine], tuple(map(_option, projects))) for is_mine, projects in groups)
    )


def _option(project: ProjectChoice) -> Element:
    return option(f"{project.key} – {project.name}", str(project.id))
