"""Lists of readings and of all clients: asked for in words, turned by buttons."""

from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer
from handlers.asks import Ask, Click
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.moods import list_views, views
from handlers.moods.list_values import decode
from handlers.origins import origin, today
from handlers.typed.places import Place
from models.read_models import Actor, MoodFilter
from models.rules.delivery import NoticeKind


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
    return trend_of(kit, click, identify(kit, click), identifier(click.value))


def trend_of(kit: Kit, ask: Ask, actor: Actor, project_id: UUID) -> Answer:
    """Say where a client's mood is going, and have the picture follow where there is a line to draw."""
    now = kit.clock()
    found = kit.moods.trend(actor, project_id, now=now)
    if found.state.makes_a_line:
        kit.pictures.send(actor, NoticeKind.MOOD_TREND, project_id, origin=origin(kit, ask), now=now)
    return views.trend(found, now)


def overview(kit: Kit, click: Click) -> Answer:
    """Show how all clients are."""
    return all_clients(kit, identify(kit, click))


def all_clients(kit: Kit, actor: Actor) -> Answer:
    """Show how all clients are, those first who need somebody."""
    choices = kit.projects.choices(actor)
    return views.overview(kit.moods.overview(actor, choices, today=today(kit, actor)))
