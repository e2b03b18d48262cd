"""The buttons below a morning's message: show all of it, bring it later or now, and away."""

from datetime import date

from handlers.access import identify
from handlers.answers import ClickAnswer, OpenModal, SubmissionAnswer, UpdateModal
from handlers.asks import Click, Submission
from handlers.callback_ids import CallbackId
from handlers.edge.routes import Routes
from handlers.forms import beside_fields, identifier, raw_values, reading
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.mornings import views
from handlers.origins import origin, today
from models.errors import Invalid
from models.services.settings import Wishes
from models.value import replace


def register(routes: Routes) -> None:
    """Register the buttons and the form."""
    routes.clicks(
        {
            ActionId.MORNING_UNFOLD: _unfold,
            ActionId.MORNING_LATER: _later,
            ActionId.MORNING_NOW: _now,
            ActionId.MORNING_AWAY: _away,
        }
    )
    routes.submissions({CallbackId.MORNING_AWAY: _gone})


def _unfold(kit: Kit, click: Click) -> None:
    actor = identify(kit, click)
    kit.mornings.unfold(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())


def _later(kit: Kit, click: Click) -> None:
    """Put it off; the message itself says until when."""
    actor = identify(kit, click)
    kit.mornings.put_off(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())


def _now(kit: Kit, click: Click) -> None:
    """Bring at once what was put off."""
    actor = identify(kit, click)
    kit.mornings.show_now(actor, identifier(click.value), origin=origin(kit, click), now=kit.clock())


def _away(kit: Kit, click: Click) -> ClickAnswer:
    actor = identify(kit, click)
    settings = kit.settings.of(actor, now=kit.clock())
    on = today(kit, actor)
    return OpenModal(views.away_form(settings.away_until or on, kit.mornings.stand_ins(actor, on)))


def _gone(kit: Kit, sent: Submission) -> SubmissionAnswer:
    actor, now = identify(kit, sent), kit.clock()
    wishes = replace(Wishes.of(kit.settings.of(actor, now=now)), away_until=_until(sent))
    try:
        settings = kit.settings.change(actor, wishes, origin=origin(kit, sent), now=now)
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    return UpdateModal(views.gone(settings, today(kit, actor)))


@reading()
def _until(sent: Submission) -> date | None:
    """Return the last day of the absence. Raises Unreadable."""
    chosen = raw_values(sent.view).get("away_until")
    return date.fromisoformat(chosen) if chosen else None
