"""Planning what is done about a risk, and judging what is left of it: in words, by buttons, in forms."""

from datetime import date

from handlers.access import identify, person
from handlers.answers import Answer, ClickAnswer, CommandAnswer, OpenModal, SubmissionAnswer, say
from handlers.asks import Ask, Click, Submission
from handlers.blocks import escape
from handlers.forms import identifier
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.risks import modals, moves, opening, views
from handlers.risks.finding import find
from handlers.risks.forms import STEP_FIELDS, RiskForm
from handlers.risks.line import RiskLine, out_of_place, read_line
from handlers.risks.submitting import risk_id_of, written, written_or_both
from handlers.submitting import chosen_id
from handlers.typed.text import given_back
from models.commands import TITLE_LENGTH, NewAction, RiskResponse
from models.read_models import Actor, RiskDetails, RiskView
from models.rules.references import leading
from models.rules.risks.moves import RiskMove
from models.rules.risks.words import MOVING, ResponseStrategy
from models.services.texts import too_long
from models.value import replace

_R = ResponseStrategy
TYPED = {
    "avoid": _R.AVOID,
    "reduce": _R.MITIGATE,
    "mitigate": _R.MITIGATE,
    "pass on": _R.TRANSFER,
    "pass": _R.TRANSFER,
    "transfer": _R.TRANSFER,
    "accept": _R.ACCEPT,
    "escalate": _R.ESCALATE,
    "exploit": _R.EXPLOIT,
    "enhance": _R.ENHANCE,
    "share": _R.SHARE,
}
"""Strategies as people type them; the longer ones come before those that they begin with."""
_NAMING = frozenset({"avoid", "mitigate", "reduce", "transfer", "exploit", "enhance", "share"})
"""Strategies that are typed in the verb's place, too; to accept and to escalate are verbs of their own."""
_MOVES = {_R.ACCEPT: RiskMove.ACCEPT, _R.ESCALATE: RiskMove.ESCALATE}


def with_strategy(word: str, rest: str) -> str:
    """Take ``mitigate R1 Ask for a date`` for ``respond R1 mitigate Ask for a date``."""
    found = leading(rest)
    if word not in _NAMING or found is None or read_strategy(found[1])[0] is not None:
        return rest
    return f"{found[0]} {word} {found[1]}".rstrip()


def respond_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Plan a response in a line; where something is missing, open the form with what was said."""
    found, more = find(kit, ask, actor, rest)
    strategy, step = read_strategy(more)
    if strategy in MOVING and strategy is not None:
        return moves.typed(_MOVES[strategy])(kit, ask, actor, f"{found.risk.reference} {step}")
    details = kit.responses.respondable(actor, found.risk.id)
    line = read_line(step, today(kit, actor))
    extra = out_of_place(line, "title", "owner_slack_id", "due_on")
    wrong = (
        f"A next step has no place for {extra}." if extra else next(too_long(line.title, TITLE_LENGTH), "")
    )
    if problem := line.problem or wrong:
        return say(f"{escape(problem)} Nothing was saved.{given_back(f'respond {rest}')}")
    if strategy is None or not _is_whole(line):
        return OpenModal(_modal(details, strategy, line))
    owner = person(kit, ask, line.owner_slack_id or "")
    response = RiskResponse(strategy, NewAction(line.title, owner.id, line.due_on))
    risk = kit.responses.respond(actor, details.risk.id, response, origin=origin(kit, ask), now=kit.clock())
    return views.changed(risk, "the plan is saved")


def read_strategy(text: str) -> tuple[ResponseStrategy | None, str]:
    """Take the strategy off a line's beginning; None where it names none."""
    lower = text.lower()
    for typed, strategy in TYPED.items():
        if lower == typed or lower.startswith((f"{typed} ", f"{typed}:")):
            return strategy, text[len(typed) :].lstrip(" :")
    return None, text


def respond_clicked(kit: Kit, click: Click) -> ClickAnswer:
    """Open the form that plans a response."""
    actor = identify(kit, click)
    details = kit.responses.respondable(actor, identifier(click.value))
    return OpenModal(_modal(details, None, RiskLine()))


def respond(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save the plan."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)

    def write() -> RiskView:
        response = form.response(chosen_id(kit, sent, form, "action_owner"))
        return kit.responses.respond(
            actor, risk_id_of(form), response, origin=origin(kit, sent), now=kit.clock()
        )

    return written(sent, write, STEP_FIELDS)


def reassess_typed(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    """Judge what is left, in a line or by the form."""
    found, more = find(kit, ask, actor, rest)
    if not more:
        return opening.reassessing(found)
    line = read_line(more, today(kit, actor))
    if line.problem or (extra := out_of_place(line, "probability", "impact")):
        wrong = line.problem or f"Reassessing says only what is left of it, and has no place for {extra}."
        return _not_reassessed(found, wrong, rest)
    if line.probability is None or line.impact is None:
        return _not_reassessed(found, "I need both how likely and how bad it still is.", rest)
    risk = kit.responses.reassess(
        actor,
        found.risk.id,
        line.probability,
        line.impact,
        version=found.risk.version,
        origin=origin(kit, ask),
        now=kit.clock(),
    )
    return views.changed(risk, "reassessed after what was done")


def _not_reassessed(found: RiskDetails, why: str, rest: str) -> Answer:
    name = found.risk.reference
    then = f"Type `/risk reassess {name} p2 i2`; the rest is changed with `/risk edit {name}`."
    return say(f"{escape(why)} Nothing was changed. {then}{given_back(f'reassess {rest}')}")


def reassess(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Save what is left of the risk."""
    actor = identify(kit, sent)
    form = RiskForm.read(sent.view)
    probability, impact = form.level("probability") or 0, form.level("impact") or 0

    def write() -> RiskView:
        return kit.responses.reassess(
            actor,
            risk_id_of(form),
            probability,
            impact,
            version=form.version,
            origin=origin(kit, sent, f":{form.version}"),
            now=kit.clock(),
        )

    return written_or_both(sent, write, form, actor, modals.reassess_modal)


def _is_whole(line: RiskLine) -> bool:
    return bool(line.title and line.owner_slack_id and line.due_on)


def _modal(found: RiskDetails, strategy: ResponseStrategy | None, line: RiskLine) -> dict[str, object]:
    risk = found.risk
    due: date | None = line.due_on
    form = RiskForm.of_risk(risk)
    kept = strategy or (risk.strategy if risk.strategy not in MOVING else None)
    values = {
        **form.values,
        "strategy": kept,
        "action": line.title[:TITLE_LENGTH],
        "action_owner": line.owner_slack_id or (risk.owner.slack_user_id if risk.owner else None),
        "action_due": due.isoformat() if due else None,
    }
    return modals.respond_modal(replace(form, values=values), has_actions=bool(found.actions))
