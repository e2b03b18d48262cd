"""What the buttons of a project's card and of lists do."""

from uuid import UUID

from handlers.access import identify
from handlers.answers import ClickAnswer, in_its_place
from handlers.asks import Click
from handlers.forms import Unreadable, identifier
from handlers.kit import Kit
from handlers.plans import phases
from handlers.plans.commands import listed
from handlers.plans.listeners import SORTS
from handlers.projects import archiving
from handlers.projects.cards import history, shown
from handlers.projects.commands import command
from models.read_models import Actor


def show(kit: Kit, click: Click) -> ClickAnswer:
    """Show one project to whoever clicked."""
    actor = identify(kit, click)
    return shown(kit, actor, identifier(click.value))


def show_history(kit: Kit, click: Click) -> ClickAnswer:
    """Show what was done to a project."""
    return _history(kit, identify(kit, click), identifier(click.value))


def next_step(kit: Kit, click: Click) -> ClickAnswer:
    """Do what was chosen from the menu behind three dots."""
    actor = identify(kit, click)
    step, _, carried = click.value.partition(":")
    project_id = identifier(carried)
    if step == "history":
        return _history(kit, actor, project_id)
    if step == "phase":
        return phases.shown(kit, actor, project_id)
    if step in SORTS:
        return listed(kit, actor, SORTS[step], kit.projects.get(actor, project_id))
    if step == "archive":
        return archiving.asked(kit, actor, project_id)
    raise Unreadable


def meant(kit: Kit, click: Click) -> ClickAnswer:
    """Carry out what the mistyped word stood for, in the place of the question."""
    return in_its_place(command(kit, click, click.value))


def _history(kit: Kit, actor: Actor, project_id: UUID) -> ClickAnswer:
    return history(kit.profiles.history(actor, project_id))
