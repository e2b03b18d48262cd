"""What changes a risk's state: in words, by a button, or from the menu of next steps."""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, CommandAnswer, OpenModal, say
from handlers.asks import Ask, Click
from handlers.blocks import escape
from handlers.forms import identifier, reading
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.risks import acceptance, modals, views
from handlers.risks.finding import find
from handlers.risks.forms import RiskForm
from handlers.risks.line import out_of_place, read_line
from handlers.risks.move_words import ASK, REVIEWED, words_of
from handlers.typed.text import given_back, readable
from models.read_models import Actor
from models.rules.risks.moves import RiskMove
from models.value import replace

_CLOSED_TOO_SOON = "Closing it was taken back."
Typed = Callable[[Kit, Ask, Actor, str], CommandAnswer]


def typed(move: RiskMove) -> Typed:
    """Return what the verb of the move does: with a reason at once, else the modal asks for one."""

    def run(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
        found, reason = find(kit, ask, actor, rest)
        if not reason:
            return _ask_why(kit, actor, found.risk.id, move)
        if move is RiskMove.ACCEPT:
            return views.changed(*acceptance.accept(kit, ask, actor, found.risk.id, readable(reason)))
        moved = kit.risks.move(
            actor, found.risk.id, move, readable(reason), origin=origin(kit, ask), now=kit.clock()
        )
        if move is RiskMove.CLOSE:
            return views.closed(moved)
        led_to = kit.risks.details(actor, moved.id, in_project=None).led_to
        return views.changed(moved, words_of(move, moved.kind).done, led_to)

    return run


def clicked(move: RiskMove) -> Callable[[Kit, Click], ClickAnswer]:
    """Return what the button of the move does."""

    def run(kit: Kit, click: Click) -> ClickAnswer:
        return _ask_why(kit, identify(kit, click), identifier(click.value), move)

    return run


def reopen(kit: Kit, click: Click) -> ClickAnswer:
    """Take back that a risk was closed."""
    actor, risk_id = identify(kit, click), identifier(click.value)
    came_from, now = origin(kit, click), kit.clock()
    risk = kit.risks.move(actor, risk_id, RiskMove.REOPEN, _CLOSED_TOO_SOON, origin=came_from, now=now)
    return replace(views.changed(risk, words_of(RiskMove.REOPEN, risk.kind).done), replaces=True)


def review_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Confirm that all that is said of the risk is still right; what is typed with it is kept."""
    found, more = find(kit, ask, actor, rest)
    if not more:
        return _reviewed(kit, ask, actor, found.risk.id)
    here = today(kit, actor)
    line = read_line(more, here)
    extra = out_of_place(line, "title", "due_on")
    if line.problem or extra:
        wrong = line.problem or f"A review leaves the rest as it is, and has no place for {extra}."
        change = f"Type `/risk edit {found.risk.reference}` to change it."
        return say(f"{escape(wrong)} Nothing was changed. {change}{given_back(f'review {rest}')}")
    came_from, now = origin(kit, ask), kit.clock()
    risk = kit.risks.review(actor, found.risk.id, line.due_on, line.title, origin=came_from, now=now)
    return views.reviewed(risk, here)


def next_step(kit: Kit, click: Click) -> ClickAnswer:
    """Do what was chosen in the menu of next steps."""
    step, _, carried = click.value.partition(":")
    risk_id = identifier(carried)
    actor = identify(kit, click)
    if step == REVIEWED:
        return _reviewed(kit, click, actor, risk_id)
    if step == ASK:
        return acceptance.ask_why(kit, actor, risk_id)
    with reading():
        move = RiskMove(step)
    return _ask_why(kit, actor, risk_id, move)


def review_clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Confirm likewise, by the button."""
    return _reviewed(kit, click, identify(kit, click), identifier(click.value))


def _reviewed(kit: Kit, ask: Ask, actor: Actor, risk_id: UUID) -> Answer | OpenModal:
    """Confirm it; where the day has passed by which it was due, ask for the new one."""
    found = kit.risks.reviewable(actor, risk_id)
    if found.is_late(kit.clock().astimezone(ZoneInfo(found.timezone)).date()):
        return OpenModal(modals.review_modal(RiskForm.of_risk(found)))
    risk = kit.risks.review(actor, risk_id, origin=origin(kit, ask), now=kit.clock())
    return views.reviewed(risk, today(kit, actor))


def _ask_why(kit: Kit, actor: Actor, risk_id: UUID, move: RiskMove) -> OpenModal:
    """Open the modal, unless the person or the risk's state is in the way."""
    if move is RiskMove.ACCEPT and acceptance.must_ask(kit, actor, risk_id):
        return acceptance.ask_why(kit, actor, risk_id)
    risk = kit.risks.movable(actor, risk_id, move)
    form = replace(RiskForm.of_risk(risk), move=move)
    return OpenModal(modals.move_modal(form, words_of(move, risk.kind)))
