"""Leave to accept a grave risk, in Slack: asked for with the reason, given or put off with a button."""

from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, SubmissionAnswer
from handlers.asks import Ask, Click, Submission
from handlers.callback_ids import CallbackId
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.origins import origin
from handlers.risks import modals, views
from handlers.risks.forms import RiskForm
from handlers.risks.move_words import ASK_WORDS, MOVE_WORDS, NOT_YET_WORDS
from handlers.risks.submitting import risk_id_of, written
from models.read_models import Actor, RiskView
from models.rules.risks.moves import RiskMove
from models.value import replace


def must_ask(kit: Kit, actor: Actor, risk_id: UUID) -> bool:
    """Tell whether the person may accept the risk only with a delivery manager's leave."""
    return kit.risks.details(actor, risk_id, in_project=None).permissions.may_ask_acceptance


def accept(kit: Kit, ask: Ask, actor: Actor, risk_id: UUID, reason: str) -> tuple[RiskView, str]:
    """Accept it, or ask for leave where it takes a delivery manager; and return what was done, in words."""
    came_from, now = origin(kit, ask), kit.clock()
    if must_ask(kit, actor, risk_id):
        asked = kit.acceptance.ask(actor, risk_id, reason, origin=came_from, now=now)
        return asked, ASK_WORDS.done
    accepted = kit.risks.move(actor, risk_id, RiskMove.ACCEPT, reason, origin=came_from, now=now)
    return accepted, MOVE_WORDS[RiskMove.ACCEPT].done


def ask_why(kit: Kit, actor: Actor, risk_id: UUID) -> OpenModal:
    """Open the modal that asks for leave to accept."""
    form = replace(RiskForm.of_risk(kit.acceptance.askable(actor, risk_id)), move=RiskMove.ACCEPT)
    return OpenModal(modals.move_modal(form, ASK_WORDS))


def approve(kit: Kit, click: Click) -> Answer:
    """Give leave: the risk is accepted."""
    actor, risk_id = identify(kit, click), identifier(click.value)
    accepted = kit.acceptance.approve(actor, risk_id, origin=origin(kit, click), now=kit.clock())
    return views.changed(accepted, MOVE_WORDS[RiskMove.ACCEPT].done)


def not_yet(kit: Kit, click: Click) -> ClickAnswer:
    """Open the modal that says why not."""
    risk = kit.acceptance.refusable(identify(kit, click), identifier(click.value))
    form = RiskForm.of_risk(risk)
    return OpenModal(modals.move_modal(form, NOT_YET_WORDS, CallbackId.RISK_NOT_YET))


def refused(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Tell whoever asked that it is not accepted yet."""
    actor, form = identify(kit, sent), RiskForm.read(sent.view)
    came_from, now = origin(kit, sent), kit.clock()
    return written(
        sent,
        lambda: kit.acceptance.refuse(actor, risk_id_of(form), form.get("reason"), origin=came_from, now=now),
    )
