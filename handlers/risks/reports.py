"""The matrix and the burn-down: in words at once, and as a picture that follows directly."""

from collections.abc import Callable
from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer
from handlers.asks import Ask, Click
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.origins import origin
from handlers.projects.finding import unknown
from handlers.risks import report_views
from handlers.risks.list_views import ALL
from handlers.typed.places import about
from models.errors import NotFound
from models.read_models import Actor
from models.rules.delivery import NoticeKind

Show = Callable[[Kit, Ask, Actor, UUID | None], Answer]


def matrix(kit: Kit, ask: Ask, actor: Actor, project_id: UUID | None) -> Answer:
    """Say where risks stand by how likely and how bad."""
    found = kit.reports.matrix(actor, project_id)
    if not found.is_empty:
        _send(kit, ask, actor, NoticeKind.RISK_MATRIX, project_id)
    return report_views.matrix(found)


def burn_down(kit: Kit, ask: Ask, actor: Actor, project_id: UUID | None) -> Answer:
    """Say how much risk is carried, and how that went."""
    found = kit.reports.burn_down(actor, project_id, now=kit.clock())
    if not found.is_empty:
        _send(kit, ask, actor, NoticeKind.RISK_BURNDOWN, project_id)
    return report_views.burn_down(found)


def typed(show: Show, verb: str) -> Callable[[Kit, Ask, Actor, str], CommandAnswer]:
    """Return what the verb does: of the named project, or of the channel's, or else of all."""

    def run(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
        key = rest.strip()
        if key.lower() == ALL:
            return show(kit, ask, actor, None)
        if not key:
            here = about(kit, ask, actor)
            return show(kit, ask, actor, here.id if here else None)
        try:
            project = kit.projects.by_key(actor, key.upper())
        except NotFound:
            hint = f"Try a project's short name, or `{ALL}`."
            return unknown(kit, actor, key, f"risk {verb}", [ALL], hint)
        return show(kit, ask, actor, project.id)

    return run


def clicked(show: Show) -> Callable[[Kit, Click], Answer]:
    """Return what the button does."""

    def run(kit: Kit, click: Click) -> Answer:
        actor = identify(kit, click)
        return show(kit, click, actor, None if click.value == ALL else identifier(click.value))

    return run


def _send(kit: Kit, ask: Ask, actor: Actor, kind: NoticeKind, project_id: UUID | None) -> None:
    kit.pictures.send(actor, kind, project_id, origin=origin(kit, ask), now=kit.clock())
