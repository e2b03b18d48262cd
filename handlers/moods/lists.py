"""Lists of readings and of all clients: asked for in words, turned by buttons."""

from handlers.access import identify
from handlers.answers import Answer
from handlers.asks import Click
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.moods import list_views, views
from handlers.moods.list_values import decode
from handlers.moods.places import Place
from handlers.origins import today
from models.read_models import Actor, MoodFilter


def of_place(kit: Kit, actor: Actor, place: Place, *, heard: bool) -> Answer:
    """Show what was logged, or heard, there."""
    project_id = place.project.id if place.project else None
    return _shown(kit, actor, MoodFilter(project_id, mine=place.is_mine, heard=heard))


def turned(kit: Kit, click: Click) -> Answer:
    """Show another page or another list in the place of this one."""
    return _shown(kit, identify(kit, click), decode(click.value), replaces=True)


def _shown(kit: Kit, actor: Actor, wanted: MoodFilter, *, replaces: bool = False) -> Answer:
    page = kit.moods.page(actor, wanted)
    return list_views.readings(page, actor.person, kit.clock(), replaces=replaces)


def trend(kit: Kit, click: Click) -> Answer:
    """Show where a client's mood is going."""
    actor = identify(kit, click)
    now = kit.clock()
    return views.trend(kit.moods.trend(actor, identifier(click.value), now=now), now)


def overview(kit: Kit, click: Click) -> Answer:
    """Show how all clients are."""
    return all_clients(kit, identify(kit, click))


def all_clients(kit: Kit, actor: Actor) -> Answer:
    """Show how all clients are, those first who need somebody."""
    choices = kit.projects.choices(actor)
    return views.overview(kit.moods.overview(actor, choices, today=today(kit, actor)))
